import { expect, test } from 'vitest'
import * as aftership from '../../src/connectors/aftership/codes.ts'
import * as dhl from '../../src/connectors/dhl/codes.ts'
import * as easypost from '../../src/connectors/easypost/codes.ts'
import * as ediEdifact from '../../src/connectors/edi-partner/meaning/codes-edifact.ts'
import { reasons1651, statuses1650, statuses1652 } from '../../src/connectors/edi-partner/meaning/codes-x12.ts'
import type { StatusTable } from '../../src/connectors/kit/status-table.ts'
import * as shippo from '../../src/connectors/shippo/codes.ts'
import { codes } from '../../src/model/shipment/codes.ts'

const tables = [aftership, dhl, easypost, ediEdifact, { statuses1650, statuses1652 }, shippo].flatMap(
  (module): StatusTable[] => Object.values(module),
)

test('no row of a code table was lost on the way', () => {
  expect(Object.fromEntries(tables.map(({ name, rows }) => [name, Object.keys(rows).length]))).toEqual({
    'aftership-subtag': 43,
    'aftership-tag': 9,
    'dhl-unified-statusCode': 5,
    'easypost-status': 10,
    'easypost-status_detail': 28,
    'edifact-1001-container': 4,
    'edifact-4405': 103,
    'edifact-9011': 103,
    'shippo-status': 6,
    'shippo-substatus': 27,
    'x12-1650': 42,
    'x12-1652': 9,
  })
  expect(Object.keys(reasons1651)).toHaveLength(86)
})

test('every row leads to a canonical code that a shipment understands', () => {
  for (const { name, rows } of tables)
    for (const [code, { event }] of Object.entries(rows)) {
      expect(Object.hasOwn(codes, event), `${name} ${code}`).toBe(true)
      // A routed code belongs to a tender or a paper: a carrier of parcels has none, and EDI leaves no scan of it.
      if (!name.startsWith('edifact')) expect('routed' in codes[event], `${name} ${code}`).toBe(false)
    }
})

test('every table is in the order in which people look things up', () => {
  for (const { name, rows } of tables) expect(Object.keys(rows), name).toEqual(Object.keys(rows).toSorted(inOrder))
})

/** Numbers as numbers, the rest as text. */
function inOrder(a: string, b: string): number {
  return /^\d+$/.test(a) && /^\d+$/.test(b) ? Number(a) - Number(b) : a < b ? -1 : 1
}
