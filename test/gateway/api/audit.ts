import { describe, expect, test } from 'vitest'
import { ChainCheck, type ChainedRow } from '../../../src/backbone/audit-chain.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Shown {
  readonly id: number
  readonly change: string
  readonly kind: string
  readonly name: string
  readonly actor: string
  readonly address?: string
  readonly traceId?: string
  readonly reason?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** What everybody did until here, and the chain that it makes. */
export function describeAudit(hub: ApiUnderTest): void {
  const list = async (query: string) =>
    ((await hub.ask('GET', `/v1/audit?${query}`)).json() as { data: readonly Shown[] }).data

  describe('the audit log', () => {
    test('has every act of the other tests: who, from where, in which trace, and why', async () => {
      const kinds = ['key', 'subscription', 'connection', 'items', 'message', 'task', 'job']
      const rows = (await Promise.all(kinds.map((kind) => list(`kind=${kind}&limit=200`)))).flat()
      const acts = new Set(rows.map(({ kind, change }) => `${kind} ${change}`))
      for (const act of ['key create', 'key remove', 'subscription create', 'connection create', 'items create'])
        expect(acts).toContain(act)
      for (const act of [
        'message discard',
        'message release',
        'message edit',
        'task decide',
        'task create',
        'job create',
      ])
        expect(acts).toContain(act)
      const asked = rows.filter(({ actor }) => !actor.startsWith('start with') && actor !== 'the hub')
      expect(asked.length).toBeGreaterThan(10)
      for (const row of asked)
        expect(row).toMatchObject({ address: '127.0.0.1', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) })
      for (const row of rows.filter(({ change }) => ['discard', 'release', 'edit'].includes(change)))
        expect(row.reason?.length).toBeGreaterThan(2)
    })

    test('has what people decide about postings, with state and hash of the payload before and after', async () => {
      const settled = (await list('kind=posting&limit=200')).filter(({ change }) => change === 'settle')
      expect(settled[0]).toMatchObject({
        before: { state: expect.any(String), payloadHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        after: { state: 'applied', naturalKey: expect.any(String) },
      })
    })

    test('is filtered by who, what and when, and is empty where nothing fits', async () => {
      const [key] = await list('kind=key&change=create&limit=1')
      expect(key).toMatchObject({ kind: 'key', change: 'create' })
      expect(await list(`actor=${encodeURIComponent(key?.actor ?? '')}&limit=1`)).toHaveLength(1)
      expect(await list('until=2001-01-01T00:00:00Z')).toEqual([])
      expect((await list('since=2001-01-01T00:00:00Z&limit=1')).length).toBe(1)
    })

    test('is a whole chain here, and wherever its rows are taken', async () => {
      const head = (await hub.ask('GET', '/v1/audit/chain')).json() as { no: number; hash: string }
      const verify = async (json: object) => (await hub.ask('POST', '/v1/audit/verification', { json })).json()
      expect(await verify({ seen: [head] })).toMatchObject({ faults: [], rows: head.no, head })
      const exported = await hub.ask('GET', '/v1/audit/export')
      expect(exported.headers['content-type']).toBe('application/x-ndjson')
      const check = new ChainCheck([head])
      for (const line of exported.text.trim().split('\n')) check.add(JSON.parse(line) as ChainedRow)
      expect(check.end(head)).toEqual([])
      expect((await hub.ask('GET', `/v1/audit/export?after=${head.no}`)).text).toBe('')
      const unseen = { no: head.no + 5, hash: 'ab'.repeat(32) }
      expect(await verify({ seen: [unseen] })).toMatchObject({
        faults: [{ fault: 'truncated', no: head.no + 1, count: 5 }],
      })
    })
  })
}
