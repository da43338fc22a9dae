import { describe, expect, test } from 'vitest'
import type { Translation } from '../connector.ts'
import { declaredFiles } from './files-setting.ts'
import { translateFile } from './translate-file.ts'

function read(text: string, files: object = {}): Translation {
  const document = { bytes: new TextEncoder().encode(text), contentType: 'text/csv', headers: {}, content: undefined }
  const settings = { system: 'wms', orderSystem: 'erp', timeZone: '' }
  return translateFile(document, { kinds: declaredFiles(files).in, badRows: 'park_file', settings })
}

function kinds(translation: Translation): string[] {
  return 'assertions' in translation ? translation.assertions.map(({ type }) => type) : []
}

const receipts = 'receipt_number,purchase_order_number,location,received_at,sku,quantity,uom'
const shipped =
  'delivery_number,confirmation,location,carrier,shipped_at,tracking_number,sku,quantity,uom,freight_amount,freight_currency'
const stock = 'counted,sku,location,quantity,uom,effective_at,document,line,lot'

describe('what the rows of one document say of it', () => {
  test.each([
    ['location', 'GR-1,PO-1,SOUTH,2026-04-01,B,1,EA', 'Expected NORTH. Found: SOUTH'],
    ['purchaseOrderNumber', 'GR-1,PO-2,NORTH,2026-04-01,B,1,EA', 'Expected PO-1. Found: PO-2'],
    ['receivedAt', 'GR-1,PO-1,NORTH,2026-04-02,B,1,EA', 'Expected 2026-04-01. Found: 2026-04-02'],
  ])('the goods of a receipt are not booked by its first row when another row has another %s', (field, row, words) => {
    const text = `${receipts}\nGR-1,PO-1,NORTH,2026-04-01,A,1,EA\n${row}\n`
    expect(() => read(text)).toThrow(new RegExp(`row 3, column ${field}, .*${words} \\[document\\.contradicts\\]`))
  })

  test('the freight of a delivery is not that of its first row alone, and parts of it are not one', () => {
    const row = (confirmation: string, sku: string, freight: string): string =>
      `D-1,${confirmation},NORTH,UPS,2026-04-01,1Z1,${sku},1,EA,${freight},EUR`
    expect(() => read([shipped, row('1', 'A', '10'), row('1', 'B', '12')].join('\n'))).toThrow(/freightAmount/)
    expect(() => read([shipped, row('1', 'A', '10'), row('2', 'B', '10')].join('\n'))).toThrow(/confirmation/)
    expect(kinds(read([shipped, row('1', 'A', '10'), row('1', 'B', '10')].join('\n')))).toHaveLength(4)
  })

  test('a row that leaves out what the first one says is a row of the same document', () => {
    const text = `${receipts}\nGR-1,PO-1,NORTH,2026-04-01,A,1,EA\nGR-1,,NORTH,2026-04-01,B,1,EA\n`
    expect(kinds(read(text))).toEqual([
      'goods_receipt.reported',
      'inventory.movement_reported',
      'inventory.movement_reported',
    ])
  })

  test('a partner whose rows may differ has them as documents of their own, or says that the first row counts', () => {
    const text = `${receipts}\nGR-1,PO-1,NORTH,2026-04-01,A,1,EA\nGR-1,PO-2,NORTH,2026-04-01,B,1,EA\n`
    const own = { kind: 'receipt', group: ['receiptNumber', 'purchaseOrderNumber'] }
    expect(kinds(read(text, { own })).filter((type) => type === 'goods_receipt.reported')).toHaveLength(2)
    expect(kinds(read(text, { own: { kind: 'receipt', once: ['location'] } }))).toHaveLength(3)
    expect(() => declaredFiles({ own: { kind: 'receipt', once: ['place'] } })).toThrow('once: there is no field place')
  })
})

test('two receipts of one number with the same row and no line numbers are not taken as one', () => {
  const own = { kind: 'receipt', group: ['receiptNumber', 'purchaseOrderNumber'] }
  const text = (sku: string): string =>
    `${receipts}\nGR-1,PO-1,NORTH,2026-04-01,A,1,EA\nGR-1,PO-2,NORTH,2026-04-01,${sku},1,EA\n`
  expect(() => read(text('A'), { own })).toThrow('line numbers, because another document GR-1 has the same row of A')
  expect(kinds(read(text('B'), { own }))).toHaveLength(4)
})

describe('how much is at one place', () => {
  const row = (quantity: string, line: string, lot = '', at = '2026-04-01T08:00:00Z'): string =>
    `snapshot,LAMP,A-01,${quantity},EA,${at},S-1,${line},${lot}`

  test.each([
    ['two pallets of one item, each with its line', row('48', '1'), row('12', '2')],
    ['two rows that are alike', row('48', ''), row('48', '')],
  ])('is not the word of whichever row comes last: %s', (_, first, second) => {
    expect(() => read([stock, first, second].join('\n'))).toThrow('At row 3: expected a place that no other line')
    expect(() => read([stock, second, first].join('\n'))).toThrow('At row 3: expected a place that no other line')
  })

  test('lots of an item, counts at other times and a line that is told again are no contradiction', () => {
    const rows = [row('48', '1', 'L1'), row('12', '2', 'L2'), row('12', '2', 'L2')]
    expect(kinds(read([stock, ...rows, row('47', '3', 'L1', '2026-04-01T09:00:00Z')].join('\n')))).toHaveLength(4)
  })
})

test('a file whose header is known is that file, also when its first row is cut off', () => {
  expect(() => read(`${receipts}\nGR-1,PO-1,NO`)).toThrow('row 2, bytes 75-87: Another number of cells than columns')
})

describe('movements that nothing tells apart', () => {
  const head = 'movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line,sequence'
  const row = (sku: string, quantity: string, line = '', sequence = ''): string =>
    `adjust_gain,${sku},${quantity},EA,2026-04-01T08:00:00Z,A-01,adjustment,D-1,${line},${sequence}`

  test.each([
    ['alike', row('LAMP', '48'), row('LAMP', '48')],
    ['of other quantities', row('LAMP', '48'), row('LAMP', '12')],
  ])('are not one of them: rows without line %s', (_, first, second) => {
    expect(() => read([head, first, second].join('\n'))).toThrow('At row 3.line: expected a line or sequence')
  })

  test('are movements of their own with a line, a sequence or another item', () => {
    const rows = [row('LAMP', '48'), row('CABLE', '48'), row('LAMP', '48', '1'), row('LAMP', '48', '', '2')]
    expect(kinds(read([head, ...rows].join('\n')))).toHaveLength(4)
  })
})
