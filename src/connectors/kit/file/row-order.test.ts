import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PocketHub } from '../../../../test/pocket-hub.ts'
import { add } from '../../../base/decimal.ts'
import { rowNames } from '../row-name.ts'

interface Row {
  readonly sku: string
  readonly quantity: string
  readonly lot: string
  readonly status: string
  readonly sscc: string
}

/** A file of one document whose rows have no numbers. */
type File = (rows: readonly Row[]) => string

const receipt: File = (rows) =>
  [
    'receipt_number,location,received_at,sku,quantity,uom,lot,status',
    ...rows.map(
      ({ sku, quantity, lot, status }) => `GR-1,NORTH,2026-04-01T08:00:00Z,${sku},${quantity},EA,${lot},${status}`,
    ),
  ].join('\n')

const shipment: File = (rows) =>
  [
    'delivery_number,location,carrier,shipped_at,sscc,tracking_number,sku,quantity,uom,lot,status',
    ...rows.map(
      ({ sku, quantity, lot, status, sscc }) =>
        `D-1,NORTH,UPS,2026-04-01T08:00:00Z,${sscc},1Z1,${sku},${quantity},EA,${lot},${status}`,
    ),
  ].join('\n')

const json: File = (rows) =>
  JSON.stringify({
    type: 'receipt.posted',
    occurredAt: '2026-04-01T08:00:00Z',
    data: {
      receiptNumber: 'GR-1',
      location: 'NORTH',
      lines: rows.map(({ sku, quantity, lot, status }) => ({
        ...{ sku, quantity, uom: 'EA' },
        ...(lot === '' ? {} : { lot }),
        ...(status === '' ? {} : { status }),
      })),
    },
  })

/** What was moved of each item, lot and status after these files, and what is in doubt. */
function told(files: readonly string[]): { readonly moved: Readonly<Record<string, string>>; readonly doubts: number } {
  const hub = new PocketHub(
    {
      north: { connector: 'warehouse-files', settings: {} },
      wms: { connector: 'generic-wms', settings: {} },
    },
    [],
  )
  for (const [index, file] of files.entries()) {
    if (file.startsWith('{')) hub.receive('wms', { eventId: `E-${index}`, ...(JSON.parse(file) as object) })
    else hub.receive('north', file)
  }
  expect(hub.parked).toEqual([])
  const moved: Record<string, string> = {}
  let doubts = 0
  for (const { type, data } of hub.facts) {
    if (type === 'inventory.conflict_detected') doubts++
    if (type !== 'inventory.balance_changed') continue
    const { sku, changes } = data as { sku: string; changes: readonly Readonly<Record<string, string>>[] }
    for (const { status = '', lot = '', onHand = '' } of changes) moved[`${sku} ${status} ${lot}`] = onHand
  }
  return { moved, doubts }
}

function expected(rows: readonly Row[], sign: '' | '-'): Readonly<Record<string, string>> {
  const moved: Record<string, string> = {}
  for (const { sku, status, lot, quantity } of rows) {
    const key = `${sku} ${status === '' ? 'available' : status} ${lot}`
    moved[key] = add(moved[key] ?? '0', `${sign}${quantity}`)
  }
  return moved
}

const row: fc.Arbitrary<Row> = fc.record({
  sku: fc.constantFrom('LAMP', 'CABLE'),
  quantity: fc.constantFrom('1', '2', '10'),
  lot: fc.constantFrom('', 'L1'),
  status: fc.constantFrom('', 'available', 'damaged'),
  sscc: fc.constantFrom('006141410000000024', '006141410000000031'),
})
const rows = fc.array(row, { minLength: 1, maxLength: 8 })
const orders = rows.chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc.array(fc.shuffledSubarray(list, { minLength: list.length }), { minLength: 1, maxLength: 3 }),
  ),
)

describe.each([
  ['a receipt', receipt, ''],
  ['a shipping confirmation', shipment, '-'],
  ['a receipt of the generic contract', json, ''],
] as const)('%s whose rows have no numbers', (_, file, sign) => {
  test('moves the same however often it comes and in whatever order its rows are', () => {
    fc.assert(
      fc.property(orders, ([list, others]) => {
        const after = told([file(list), ...others.map(file)])
        expect(after).toEqual({ moved: expected(list, sign), doubts: 0 })
      }),
    )
  })

  test('moves one row more when it comes again with one more, of another item or alike', () => {
    fc.assert(
      fc.property(orders, fc.nat(), ([list, [other = list]], at) => {
        const one = list[at % list.length] ?? list[0]
        if (one === undefined) return
        // Alike in everything, or the largest of those that only the quantity tells apart.
        for (const more of [
          { ...one, lot: 'L9' },
          { ...one, quantity: '10' },
        ]) {
          const all = [more, ...other]
          expect(told([file(list), file(all)])).toEqual({ moved: expected(all, sign), doubts: 0 })
        }
      }),
    )
  })

  const lamp: Row = { sku: 'LAMP', quantity: '5', lot: 'L1', status: '', sscc: '006141410000000024' }

  test('counts two rows that are alike in everything twice', () => {
    expect(told([file([lamp, lamp]), file([lamp, lamp])])).toEqual({
      moved: { 'LAMP available L1': `${sign}10` },
      doubts: 0,
    })
  })

  test('asks about a quantity that is another one the next time, and moves nothing more', () => {
    const after = told([file([lamp]), file([{ ...lamp, quantity: '7' }])])
    expect(after).toEqual({ moved: { 'LAMP available L1': `${sign}5` }, doubts: 1 })
  })
})

test('a row more that stands between two that only their quantities tell apart is asked about, never taken without a word', () => {
  const row = (quantity: string): Row => ({ sku: 'LAMP', quantity, lot: '', status: '', sscc: '' })
  expect(told([receipt([row('3'), row('5')]), receipt([row('3'), row('4'), row('5')])]).doubts).toBe(1)
})

test('rows of other words that would read alike are not one', () => {
  const row = (sku: string, lot: string): Row => ({ sku, quantity: '1', lot, status: '', sscc: '' })
  const names = rowNames(
    [row('A', 'L'), row('A|lot=L', ''), row('A', 'L|2'), row('A', 'L')].map((one) => ({ ...one, uom: 'EA' })),
  )
  expect(new Set(names).size).toBe(4)
})

test('a receipt whose rows have numbers asks about a corrected quantity just so', () => {
  const numbered = (quantity: string): string =>
    `receipt_number,location,received_at,line,sku,quantity,uom\nGR-1,NORTH,2026-04-01T08:00:00Z,1,LAMP,${quantity},EA`
  expect(told([numbered('5'), numbered('7')])).toEqual({ moved: { 'LAMP available ': '5' }, doubts: 1 })
})
