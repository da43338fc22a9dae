import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** Items, places, parties, carriers, and what others call them. */
export function describeMasterData(api: ApiUnderTest): void {
  const put = (path: string, json: object, version: number) =>
    api.ask('PUT', `/v1/master-data/${path}`, { json, headers: { 'if-match': `"v${version}"` } })
  const get = (path: string) => api.ask('GET', `/v1/master-data/${path}`)
  const load = (kind: string, rows: readonly unknown[]) =>
    api.ask('POST', `/v1/master-data/${kind}/import`, { json: { rows } })

  describe('master data', () => {
    test('is created, read and changed only by whoever saw the newest version; every version stays', async () => {
      const item = { sku: 'A/1', baseUom: 'C62' }
      const created = await put('items/A%2F1', item, 0)
      expect(created.json()).toEqual({ key: 'A/1', outcome: 'created', version: 1 })
      expect((await get('items/A%2F1')).headers['etag']).toBe('"v1"')
      await expectProblem(put('items/A%2F1', { ...item, description: 'A' }, 0), 412, 'VERSION_STALE')
      expect((await put('items/A%2F1', { ...item, description: 'A' }, 1)).json()).toMatchObject({ version: 2 })
      const versions = (await get('items/A%2F1/versions')).json() as { data: { version: number; source: string }[] }
      expect(versions.data.map(({ version, source }) => [version, source])).toEqual([
        [2, 'api'],
        [1, 'api'],
      ])
      await expectProblem(put('items/B', item, 0), 422, 'REQUEST_INVALID')
      await expectProblem(put('items/A%2F1', { ...item, colour: 'red' }, 2), 422, 'REQUEST_INVALID')
      await expectProblem(api.ask('PUT', '/v1/master-data/items/A', { json: item }), 428, 'VERSION_REQUIRED')
      await expectProblem(get('items/none'), 404, 'NOT_FOUND')
      await expectProblem(get('colours'), 404, 'NOT_FOUND')
    })

    test('is imported row by row, says what became of each, and again changes nothing', async () => {
      const rows = [
        ...Array.from({ length: 600 }, (_, n) => ({ code: `L${n}`, name: `Place ${n}` })),
        { name: 'no code' },
      ]
      const first = (await load('locations', rows)).json() as { rows: { outcome: string; problem?: string }[] }
      expect(first).toMatchObject({ created: 600, changed: 0, unchanged: 0, refused: 1 })
      expect(first.rows.at(-1)).toEqual({ outcome: 'refused', problem: expect.stringContaining('code') })
      expect((await load('locations', rows)).json()).toMatchObject({ created: 0, unchanged: 600 })
      const { data, page } = (await get('locations?search=L59&limit=5')).json() as {
        data: { key: string }[]
        page: { next: string }
      }
      expect(data.map(({ key }) => key)).toEqual(['L59', 'L590', 'L591', 'L592', 'L593'])
      const rest = (await get(`locations?search=L59&limit=50&cursor=${page.next}`)).json() as { data: object[] }
      expect(rest.data).toHaveLength(6)
    })

    test('is imported from cells, too, and first only said what would become of each', async () => {
      const table = [
        ['code', 'name'],
        ['CELL-1', 'By cells'],
      ]
      const order = (more: object) => api.ask('POST', '/v1/master-data/locations/import', { json: more })
      expect((await order({ table, dryRun: true })).json()).toMatchObject({ created: 1 })
      await expectProblem(get('locations/CELL-1'), 404, 'NOT_FOUND')
      expect((await order({ table })).json()).toMatchObject({ created: 1 })
      expect((await get('locations/CELL-1')).json()).toMatchObject({ body: { name: 'By cells' } })
      await expectProblem(order({ rows: [{}], table }), 422, 'REQUEST_INVALID')
      await expectProblem(order({}), 422, 'REQUEST_INVALID')
      expect((await api.ask('GET', '/v1/unknown-codes?system=nobody')).json()).toEqual({ data: [], truncated: false })
    })

    test('knows what may be sent instead of an item, from a table, once it is approved', async () => {
      const table = [
        ['sku', 'uom', 'quantity', 'substitute', 'substituteUom', 'substituteQuantity', 'priority', 'customersAccept'],
        ['TEA-250', 'EA', '2', 'TEA-500', 'EA', '1', '1', 'ACME BETA'],
        ['TEA-250', 'EA', '2', 'TEA-250', 'EA', '1', '1', ''],
      ]
      expect((await api.ask('POST', '/v1/master-data/substitutes/import', { json: { table } })).json()).toMatchObject({
        created: 1,
        refused: 1,
      })
      const path = 'substitutes/TEA-250%2FTEA-500'
      const row = (await get(path)).json() as { body: object }
      expect(row.body).toMatchObject({ status: 'proposed', priority: 1, customersAccept: ['ACME', 'BETA'] })
      expect((await put(path, { ...row.body, status: 'active' }, 1)).json()).toMatchObject({ version: 2 })
      expect((await get(path)).json()).toMatchObject({ body: { status: 'active', approvedBy: expect.any(String) } })
    })

    test('makes a quantity in cases of an item count in pieces, exactly', async () => {
      const units = [{ uom: 'CS', numerator: '12', denominator: '1' }]
      await load('items', [{ sku: 'CASED', baseUom: 'EA', uomConversions: units }])
      await load('cross-references', [
        { entity: 'item', system: 'warehouse', externalValue: 'WH-CASED', canonicalId: 'CASED', status: 'active' },
      ])
      let moves = 0
      const balance = await eventually(
        // The hub may not know of a change for a second.
        async () => {
          await api.move(`cased-${moves++}`, 'WH-CASED', { uom: 'CS', quantity: '5' })
          const answer = await api.ask('GET', '/v1/inventory/balances?sku=CASED')
          return (answer.json() as { data: { onHand: string; uom: string }[] }).data[0]
        },
        (found) => found !== undefined,
      )
      expect(balance?.uom).toBe('C62')
      expect(Number(balance?.onHand) % 60).toBe(0)
    })
  })
}
