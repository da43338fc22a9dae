import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

describe('key', () => {
  test('create shows the text once and asks for what was named', async () => {
    hub.reply = () => ({ status: 201, body: { id: 'key_1', key: 'interline_live_new' } })
    const { out } = await hub.run([
      'key',
      'create',
      'warehouse',
      '--scope',
      'inbound:write:wms',
      'shipments:read',
      '--expires-days',
      '30',
    ])
    expect(out).toContain('interline_live_new')
    expect(hub.json(0)).toEqual({
      name: 'warehouse',
      scopes: ['inbound:write:wms', 'shipments:read'],
      expiresInDays: 30,
    })
  })

  test('revoke does nothing without --yes', async () => {
    await hub.run(['key', 'revoke', 'key_1'])
    expect(hub.asked).toEqual([])
    await hub.run(['key', 'revoke', 'key_1', '--yes'])
    expect(hub.asked[0]).toMatchObject({ method: 'DELETE', url: '/v1/keys/key_1' })
  })
})

describe('quota', () => {
  test('is listed with what everybody has, and set at the version that was seen', async () => {
    const own = { client: 'key_1', perSecond: 5, burst: 10, version: 3 }
    hub.reply = () => ({ body: { ...own, everybody: { perSecond: 5000, burst: 10_000 }, data: [own] } })
    const { out } = await hub.run(['quota'])
    expect(out).toContain('(everybody)')
    expect(out).toContain('key_1')
    await hub.run(['quota', 'set', 'key_1', '--per-second', '7'])
    expect(hub.asked[2]).toMatchObject({ method: 'PUT', url: '/v1/quotas/key_1', body: '{"perSecond":7}' })
    expect(hub.asked[2]?.headers['if-match']).toBe('"v3"')
    await hub.run(['quota', 'remove', 'key_1'])
    expect(hub.asked[4]).toMatchObject({ method: 'DELETE', url: '/v1/quotas/key_1' })
  })
})

describe('person', () => {
  const bo = { id: 'usr_1', email: 'bo@example.com', name: 'Bo', roles: ['viewer'], state: 'active', version: 4 }

  test('invite says the whole link, once', async () => {
    hub.reply = () => ({ status: 201, body: { id: 'usr_1', link: '/welcome#abc' } })
    const { out } = await hub.run(['person', 'invite', 'bo@example.com', 'Bo Lind', '--role', 'viewer', 'finance'])
    expect(JSON.parse(hub.asked[0]?.body ?? '')).toEqual({
      email: 'bo@example.com',
      name: 'Bo Lind',
      roles: ['viewer', 'finance'],
    })
    expect(out).toContain(`http://127.0.0.1:${hub.port}/welcome#abc`)
  })

  test('disable and change find somebody by address, and change the version that was seen', async () => {
    hub.reply = () => ({ body: { data: [bo], page: { next: null } } })
    await hub.run(['person', 'disable', 'BO@example.com'])
    expect(hub.asked.map(({ method }) => method)).toEqual(['GET'])
    await hub.run(['person', 'disable', 'BO@example.com', '--yes'])
    expect(hub.asked[2]).toMatchObject({ method: 'PATCH', url: '/v1/people/usr_1', body: '{"disabled":true}' })
    expect(hub.asked[2]?.headers['if-match']).toBe('"v4"')
    const { code, error } = await hub.run(['person', 'link', 'eve@example.com'])
    expect([code, error]).toEqual([1, expect.stringContaining('eve@example.com')])
  })
})

describe('tracking', () => {
  test('link says the whole link of the shipment with this number, once', async () => {
    hub.reply = ({ method }) =>
      method === 'GET'
        ? { body: { data: [{ id: 'shp_1' }], page: { next: null } } }
        : { status: 201, body: { id: 'lnk_1', link: '/t/abc', expiresAt: '2026-07-01T00:00:00Z' } }
    const { out } = await hub.run(['tracking', 'link', '1Z9', '--days', '30'])
    expect(hub.asked[1]?.url).toBe('/v1/shipments/shp_1/tracking-links')
    expect(hub.json(1)).toEqual({ days: 30 })
    expect(out).toContain(`${hub.url}/t/abc`)
    expect(out).toContain('until 2026-07-01T00:00:00Z')
  })

  test('days are whole ones, and nothing is asked with others', async () => {
    const { code, error } = await hub.run(['tracking', 'link', 'shp_1', '--days', 'many'])
    expect([code, error]).toEqual([2, expect.stringContaining('days must be a whole number')])
    expect(hub.asked).toEqual([])
  })

  test('revoke does nothing without --yes', async () => {
    await hub.run(['tracking', 'revoke', 'shp_1', 'lnk_1'])
    expect(hub.asked).toEqual([])
    await hub.run(['tracking', 'revoke', 'shp_1', 'lnk_1', '--yes'])
    expect(hub.asked[0]).toMatchObject({ method: 'DELETE', url: '/v1/shipments/shp_1/tracking-links/lnk_1' })
  })
})
