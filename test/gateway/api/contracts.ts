import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../tools/source-tree.ts'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Shown {
  readonly state: string
  readonly version: string
  readonly next: readonly string[]
  readonly consumers: readonly { readonly kind: string; readonly name: string; readonly uses?: number }[]
}

/** What is promised about contracts, and about the end of one. */
export function describeContracts(hub: ApiUnderTest): void {
  const pathOf = (id: string): string => `/v1/contracts/${encodeURIComponent(id)}`
  const read = async (id: string): Promise<Shown> => (await hub.ask('GET', pathOf(id))).json() as Shown
  const decide = async (id: string, json: object, version?: string) =>
    hub.ask('PATCH', pathOf(id), {
      json: { reason: 'because of the test', ...json },
      headers: { 'if-match': version ?? String((await hub.ask('GET', pathOf(id))).headers['etag']) },
    })
  const year = 365 * 86_400_000

  describe('contracts', () => {
    test('are everything that the hub has agreed on, and can be searched', async () => {
      const ids = async (query: string): Promise<readonly string[]> => {
        const { data } = (await hub.ask('GET', `/v1/contracts?${query}`)).json() as { data: { id: string }[] }
        return data.map(({ id }) => id)
      }
      expect(await ids('kind=object&limit=200')).toContain('object:shipment')
      expect(await ids('search=SHIPMENT.DELIVERED')).toEqual(['event:shipment.delivered', 'fact:shipment.delivered'])
      expect(await ids('kind=connector&search=dhl')).toContain('connector:dhl.inbound')
      expect(await ids('kind=edi')).toContain('edi:partner')
      expect(await ids('owner=nobody')).toEqual([])
      const first = (await hub.ask('GET', '/v1/contracts?limit=2')).json() as {
        data: { id: string }[]
        page: { next: string }
      }
      const second = await ids(`limit=2&cursor=${first.page.next}`)
      expect(second[0] ?? '').toMatch(/^connector:/)
      expect(first.data.map(({ id }) => id)).not.toContain(second[0])
      await expectProblem(hub.ask('GET', pathOf('operation:none')), 404, 'NOT_FOUND')
    })

    test('say in which version they are, and begin with the first', async () => {
      const { data } = (await hub.ask('GET', `${pathOf('fact:order.received')}/versions`)).json() as { data: object[] }
      expect(data).toMatchObject([{ version: '1.0', isBreaking: false, changes: [] }])
      expect(await read('fact:order.received')).toMatchObject({
        version: '1.0',
        state: 'published',
        next: ['deprecated'],
      })
    })

    test('are compared with what somebody wants to publish, with those whom it breaks', async () => {
      const made = await hub.ask('POST', '/v1/subscriptions', {
        json: { url: 'https://contracts.example/hook', types: ['order.*'] },
        headers: hub.once(),
      })
      const path = 'schemas/facts/order.received.json'
      const text = readFileSync(join(root, path), 'utf8')
      const check = async (files: object[]) =>
        (await hub.ask('POST', '/v1/contracts/check', { json: { files } })).json() as object
      expect(await check([{ path, text }])).toMatchObject({ isCompatible: true, checked: 1, verdicts: [] })
      const schema = JSON.parse(text) as { properties: Record<string, object>; required: string[] }
      const [first = ''] = Object.keys(schema.properties)
      const changed = { ...schema, properties: { ...schema.properties, [first]: { const: 7 } } }
      const broken = await check([
        { path, text: JSON.stringify(changed) },
        { path: 'README.json', text: '{}' },
        { path: 'bad.json', text: '{' },
      ])
      expect(broken).toMatchObject({
        isCompatible: false,
        verdicts: [{ id: 'fact:order.received', verdict: 'breaking', consumers: [{ name: 'contracts.example' }] }],
        passedOver: ['README.json'],
        faults: [expect.stringContaining('bad.json')],
      })
      const { id } = made.json() as { id: string }
      await hub.ask('DELETE', `/v1/subscriptions/${id}`, { headers: { 'if-match': String(made.headers['etag']) } })
    })

    test('an operation that ends says so on each answer, says who still uses it, and is refused after its sunset', async () => {
      const id = 'operation:listPickUps'
      const old = await hub.ask('POST', '/v1/keys', {
        json: { name: 'old client', scopes: ['system:read', 'network:read'] },
      })
      const { key } = old.json() as { key: string }
      const call = () => hub.ask('GET', '/v1/pick-ups', { headers: { authorization: `Bearer ${key}` } })
      expect((await call()).headers['deprecation']).toBeUndefined()
      const sunsetAt = new Date(Date.now() + year).toISOString()
      const since = '2026-01-01T00:00:00Z'
      const wish = { state: 'deprecated', deprecatedAt: since, sunsetAt, successor: 'operation:readOverview' }
      await expectProblem(decide(id, wish, '"v7"'), 412, 'VERSION_STALE')
      await expectProblem(decide(id, { ...wish, sunsetAt: '2020-01-01T00:00:00Z' }), 422, 'CONTRACT_TRANSITION')
      // There is no such day; it must not become the second of March.
      await expectProblem(decide(id, { ...wish, sunsetAt: '2126-02-30T00:00:00Z' }), 422, 'REQUEST_INVALID')
      await expectProblem(decide(id, { ...wish, successor: 'operation:nothing' }), 422, 'CONTRACT_TRANSITION')
      await expectProblem(decide(id, { state: 'retired' }), 422, 'CONTRACT_TRANSITION')
      await expectProblem(decide('operation:changeContract', wish), 422, 'CONTRACT_TRANSITION')
      expect((await decide(id, wish)).json()).toMatchObject({ state: 'deprecated', reason: 'because of the test' })
      const { status, headers } = await call()
      expect(status).toBe(200)
      expect(headers['deprecation']).toBe('@1767225600')
      expect(headers['sunset']).toBe(new Date(sunsetAt).toUTCString())
      expect(headers['link']).toBe(
        '</v1/contracts/operation%3AlistPickUps>; rel="deprecation", </v1/contracts/operation%3AlistPickUps>; rel="sunset", </v1/contracts/operation%3AreadOverview>; rel="successor-version"',
      )
      const seen = await eventually(
        () => read(id),
        ({ consumers }) => consumers.some((one) => one.name === 'old client'),
        15_000,
      )
      expect(seen.consumers.find((one) => one.name === 'old client')).toMatchObject({ kind: 'client', uses: 2 })
      await expectProblem(decide(id, { state: 'sunset', sunsetAt }), 422, 'CONTRACT_TRANSITION')
      await decide(id, { state: 'sunset', sunsetAt: new Date().toISOString() })
      const { data: offered } = (await hub.ask('GET', '/v1/catalogue?kind=operation')).json() as { data: object[] }
      expect(offered).toContainEqual(
        expect.objectContaining({ name: 'listPickUps', state: 'sunset', successor: 'operation:readOverview' }),
      )
      const gone = await expectProblem(call(), 410, 'CONTRACT_SUNSET')
      expect(gone.headers['link']).toContain('rel="successor-version"')
      expect(gone.headers['sunset']).toBeDefined()
      // More time for those who are not ready; and then it was not meant at all.
      await decide(id, { state: 'deprecated', sunsetAt })
      expect((await call()).status).toBe(200)
      await decide(id, { state: 'published' })
      expect((await call()).headers['deprecation']).toBeUndefined()
      const { data } = (await hub.ask('GET', '/v1/audit?kind=contract')).json() as {
        data: { reason: string; name: string }[]
      }
      expect(data.length).toBe(4)
      expect(data[0]).toMatchObject({ name: id, reason: 'because of the test' })
    })
  })

  test('the catalogue says of everything who answers for it and how fast it is', async () => {
    const { services, data } = (await hub.ask('GET', '/v1/catalogue')).json() as { services: object[]; data: object[] }
    expect(services.length).toBeGreaterThan(8)
    expect(data).toContainEqual(
      expect.objectContaining({ kind: 'operation', name: 'acceptInbound', latency: 'realtime', tier: 'gold' }),
    )
    expect(data).toContainEqual(
      expect.objectContaining({ kind: 'process', name: 'order-to-ship', owner: 'fulfilment' }),
    )
    expect(data).toContainEqual(expect.objectContaining({ kind: 'event', name: 'shipment.delivered' }))
    const only = (await hub.ask('GET', '/v1/catalogue?kind=connector_operation')).json() as { data: { kind: string }[] }
    expect(new Set(only.data.map(({ kind }) => kind))).toEqual(new Set(['connector_operation']))
  })
}
