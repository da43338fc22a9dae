import { expect, test } from 'vitest'
import { readCsv } from '../../base/csv.ts'
import { readFile } from './file.ts'

const settings = { system: 'wms', orderSystem: 'erp' }
const head = 'movement,sku,quantity,uom,effective_at,from_location,to_location,document_kind,document,line'

function rows(count: number): unknown[] {
  const row = (index: number): string => `move,S${index % 1000},1,EA,2026-04-01T09:00:00Z,A,B,move,M${index},1`
  return readCsv(
    new TextEncoder().encode([head, ...Array.from({ length: count }, (_, index) => row(index))].join('\n')),
  )
}

test('reads a file of a hundred thousand movements, one assertion each and in order', () => {
  const assertions = readFile(rows(100_000), settings)
  expect(assertions).toHaveLength(100_000)
  expect(assertions[99_999]).toMatchObject({ data: { document: { id: 'M99999' } } })
})

test('refuses a file that is longer instead of reading the first part of it', () => {
  expect(() => readFile(rows(100_001), settings)).toThrow('at most 100000 rows')
})

test('names the row and the column of what it cannot read, as the sender sees them', () => {
  const file = `${head}\nmove,LAMP,1,EA,2026-04-01T09:00:00Z,A,B,move,M1,1\nmove,LAMP,one,EA,2026-04-01T09:00:00Z,A,B,move,M2,1\n`
  expect(() => readFile(readCsv(new TextEncoder().encode(file)), settings)).toThrow('At row 3.quantity')
})

test('keeps numbers as they are written: leading zeros of an item are part of its name', () => {
  const file = `${head}\nmove,00042,1,EA,2026-04-01T09:00:00Z,A,B,move,0007,1\n`
  expect(readFile(readCsv(new TextEncoder().encode(file)), settings)).toMatchObject([
    { data: { sku: '00042', document: { id: '0007' } } },
  ])
})
