import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about keys. */
export function describeKeys(hub: ApiUnderTest): void {
  describe('keys', () => {
    test('open only what their scopes name, and nothing once they are revoked', async () => {
      const made = await hub.ask('POST', '/v1/keys', {
        json: { name: 'reader', scopes: ['shipments:read', 'inbound:write:ware*'] },
      })
      const { id, key } = made.json() as { id: string; key: string }
      const headers = { authorization: `Bearer ${key}` }
      expect((await hub.ask('GET', '/v1/shipments', { headers })).status).toBe(200)
      expect((await hub.ask('GET', '/v1/shipments', { headers: { authorization: '', 'x-api-key': key } })).status).toBe(
        200,
      )
      const missing = await expectProblem(hub.ask('GET', '/v1/effects', { headers }), 403, 'SCOPE_MISSING')
      expect(missing.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="effects:read"')
      expect((await hub.ask('POST', '/v1/inbound/warehouse', { json: {}, headers })).status).toBe(202)
      await expectProblem(hub.ask('POST', '/v1/inbound/erp', { json: {}, headers }), 403, 'SCOPE_MISSING')
      const list = (await hub.ask('GET', '/v1/keys')).json() as { data: { id: string }[] }
      expect(list.data.map((one) => one.id)).toContain(id)
      expect((await hub.ask('DELETE', `/v1/keys/${id}`)).status).toBe(204)
      const ended = await expectProblem(hub.ask('GET', '/v1/shipments', { headers }), 401, 'AUTHENTICATION_REQUIRED')
      expect(ended.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
      await expectProblem(
        hub.ask('GET', '/v1/shipments', { headers: { authorization: '' } }),
        401,
        'AUTHENTICATION_REQUIRED',
      )
      await expectProblem(hub.ask('DELETE', '/v1/keys/key_none'), 404, 'NOT_FOUND')
      await expectProblem(
        hub.ask('POST', '/v1/keys', { json: { name: 'x', scopes: ['everything'] } }),
        422,
        'REQUEST_INVALID',
      )
    })

    test('get a new text while the old one counts on, until the moment that is said', async () => {
      const wish = { json: { name: 'rotated', scopes: ['shipments:read'] }, headers: hub.once() }
      const made = (await hub.ask('POST', '/v1/keys', wish)).json() as { id: string; key: string }
      const rotate = (id: string) =>
        hub.ask('POST', `/v1/keys/${id}/rotate`, { json: { overlapHours: 1 }, headers: hub.once() })
      const rotated = (await rotate(made.id)).json() as { key: string; old: { id: string } }
      expect(rotated.old).toMatchObject({ id: made.id })
      for (const key of [made.key, rotated.key])
        expect((await hub.ask('GET', '/v1/shipments', { headers: { authorization: `Bearer ${key}` } })).status).toBe(
          200,
        )
      await expectProblem(rotate('key_none'), 404, 'NOT_FOUND')
    })

    test('have what everybody may send, until somebody gives one of them another quota', async () => {
      const path = '/v1/quotas/key_counted'
      const everybody = await hub.ask('GET', path)
      expect([everybody.headers['etag'], everybody.json()]).toMatchObject(['"v0"', { perSecond: 5000, burst: 10_000 }])
      const set = (version: string, json: object) => hub.ask('PUT', path, { json, headers: { 'if-match': version } })
      expect((await set('"v0"', { perSecond: 5 })).json()).toMatchObject({ perSecond: 5, burst: 10, version: 1 })
      await expectProblem(set('"v0"', { perSecond: 6 }), 412, 'VERSION_STALE')
      await expectProblem(set('"v1"', { perSecond: 0 }), 422, 'REQUEST_INVALID')
      await expectProblem(hub.ask('PUT', path, { json: { perSecond: 6 } }), 428, 'VERSION_REQUIRED')
      await expectProblem(hub.ask('GET', '/v1/quotas/%20'), 422, 'REQUEST_INVALID')
      expect((await hub.ask('GET', '/v1/quotas')).json()).toMatchObject({ data: [{ client: 'key_counted' }] })
      const inUse = (await hub.ask('GET', '/v1/quota-use')).json() as { data: { burst: number; used: number }[] }
      expect(inUse.data.length).toBeGreaterThan(1)
      expect(inUse.data.filter(({ used, burst }) => used < 0 || used > burst)).toEqual([])
      const remove = () => hub.ask('DELETE', path, { headers: { 'if-match': '"v1"' } })
      expect((await remove()).status).toBe(204)
      await expectProblem(remove(), 412, 'VERSION_STALE')
      const { data } = (await hub.ask('GET', '/v1/audit?kind=quota')).json() as { data: { change: string }[] }
      expect(data.map(({ change }) => change)).toEqual(['remove', 'change'])
    })
  })
}
