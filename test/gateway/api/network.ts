import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

const manifest = (text: string): object => ({
  source: 'asked',
  files: [{ path: 'harbor/partner.yaml', content: Buffer.from(text).toString('base64') }],
})
const harbor = `
partner: {id: harbor, name: Harbor Fulfilment, role: 3pl, contacts: [edi@harbor.example]}
connections:
  - {id: harbor, connector: edi-partner}
agreements:
  - {connection: harbor, partnerId: HARBOR, ownId: MERIDIAN}
`

/** Partners as files: planned, applied, shown, tested, and written down. */
export function describeNetwork(hub: ApiUnderTest): void {
  describe('a network as files', () => {
    test('is planned with everything that is wrong, and changes nothing', async () => {
      const plan = await hub.ask('POST', '/v1/network/plans', {
        json: manifest(harbor.replace('role: 3pl', 'rule: 3pl')),
      })
      expect(plan.json()).toMatchObject({
        changes: [{ kind: 'partner' }, { kind: 'connection' }, { kind: 'agreement' }],
        problems: [{ code: 'MANIFEST_KEY_UNKNOWN', file: 'harbor/partner.yaml', line: 2, path: 'partner.rule' }],
      })
      await expectProblem(hub.ask('GET', '/v1/partners/harbor'), 404, 'NOT_FOUND')
    })

    test('is applied, and its partner is shown and tested', async () => {
      const applied = await hub.ask('POST', '/v1/network', { json: manifest(harbor) })
      expect(applied.json()).toMatchObject({ changes: [{ change: 'create', kind: 'partner', name: 'harbor' }, {}, {}] })
      const shown = { id: 'harbor', connections: [{ id: 'harbor', connector: 'edi-partner', ways: ['HTTP in'] }] }
      expect((await hub.ask('GET', '/v1/partners/harbor')).json()).toMatchObject(shown)
      expect((await hub.ask('GET', '/v1/partners')).json()).toMatchObject({ data: [shown] })
      expect((await hub.ask('POST', '/v1/partners/harbor/tests')).json()).toMatchObject({
        failed: 0,
        skipped: 1,
        data: [{ check: 'manifest', result: 'passed' }, { check: 'document', result: 'skipped' }, { check: 'door' }],
      })
      await expectProblem(hub.ask('POST', '/v1/partners/nobody/tests'), 404, 'NOT_FOUND')
    })

    test('is written down, the newest first, page by page', async () => {
      const first = (await hub.ask('GET', '/v1/audit?limit=2')).json() as {
        data: readonly { id: number; source: string }[]
        page: { next: string }
      }
      expect(first.data.map(({ source }) => source)).toEqual(['asked', 'asked'])
      const next = await hub.ask('GET', `/v1/audit?limit=2&cursor=${encodeURIComponent(first.page.next)}`)
      const { data } = next.json() as { data: readonly { id: number }[] }
      expect(data[0]?.id).toBe((first.data[1]?.id ?? 0) - 1)
    })

    test('shows who made and ended keys and subscriptions, and no secret of them', async () => {
      const key = (
        await hub.ask('POST', '/v1/keys', { json: { name: 'portal', scopes: ['shipments:read'] } })
      ).json() as {
        id: string
        key: string
      }
      await hub.ask('DELETE', `/v1/keys/${key.id}`)
      await hub.ask('DELETE', `/v1/keys/${key.id}`)
      const made = await hub.ask('POST', '/v1/subscriptions', {
        json: { url: 'https://portal.example/in' },
        headers: { 'idempotency-key': 'audited' },
      })
      const { id, secret } = made.json() as { id: string; secret: string }
      const matched = { 'if-match': String(made.headers['etag']) }
      const paused = await hub.ask('PATCH', `/v1/subscriptions/${id}`, { json: { state: 'paused' }, headers: matched })
      await hub.ask('DELETE', `/v1/subscriptions/${id}`, { headers: { 'if-match': String(paused.headers['etag']) } })
      const rowsOf = async (name: string) =>
        ((await hub.ask('GET', `/v1/audit?name=${name}`)).json() as { data: readonly object[] }).data
      const [ended, begun, ...more] = await rowsOf(key.id)
      expect(ended).toMatchObject({ change: 'remove', kind: 'key', source: 'api' })
      expect(begun).toMatchObject({ change: 'create', after: { name: 'portal', scopes: ['shipments:read'] } })
      expect(more).toEqual([])
      const rows = await rowsOf(id)
      expect(rows).toMatchObject([
        { change: 'remove', kind: 'subscription', before: { state: 'paused' } },
        { change: 'change', before: { state: 'active' }, after: { state: 'paused' } },
        { change: 'create', after: { url: 'https://portal.example/in', types: ['*'] } },
      ])
      expect(JSON.stringify([ended, begun, rows])).not.toContain(secret)
      expect(JSON.stringify([ended, begun])).not.toContain(key.key)
    })
  })
}
