import { expect, test } from 'vitest'
import * as aftership from '../../src/connectors/aftership/codes.ts'
import * as dhl from '../../src/connectors/dhl/codes.ts'
import * as easypost from '../../src/connectors/easypost/codes.ts'
import type { StatusTable } from '../../src/connectors/kit/status-table.ts'
import * as shippo from '../../src/connectors/shippo/codes.ts'
import { codes } from '../../src/model/shipment/codes.ts'

const tables = [aftership, dhl, easypost, shippo].flatMap((module): StatusTable[] => Object.values(module))

test('no row of a code table was lost on the way', () => {
  expect(Object.fromEntries(tables.map(({ name, rows }) => [name, Object.keys(rows).length]))).toEqual({
    'aftership-subtag': 43,
    'aftership-tag': 9,
    'dhl-unified-statusCode': 5,
    'easypost-status': 10,
    'easypost-status_detail': 28,
    'shippo-status': 6,
    'shippo-substatus': 27,
  })
})

test('every row leads to a canonical code that a shipment understands', () => {
  for (const { name, rows } of tables)
    for (const [code, { event }] of Object.entries(rows)) {
      expect(Object.hasOwn(codes, event), `${name} ${code}`).toBe(true)
      // A routed code belongs to a tender or a movement: a carrier of parcels has none.
      expect('routed' in codes[event], `${name} ${code}`).toBe(false)
    }
})

test('every table is in the order in which people look things up', () => {
  for (const { name, rows } of tables)
    expect(Object.keys(rows), name).toEqual(Object.keys(rows).toSorted((a, b) => (a < b ? -1 : 1)))
})
