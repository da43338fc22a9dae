import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PocketHub } from '../../test/pocket-hub.ts'
import { add, negate } from '../base/decimal.ts'
import { connections, type Happening, routes, said } from './happenings.contract.ts'

interface Adjustment {
  readonly lines: readonly { readonly postings: readonly { readonly delta: string }[] }[]
}

test('posts counts so that the ERP ends with what was counted, in whatever order counts and movements are told', () => {
  const line = { sku: 'LAMP', location: 'R1', uom: 'EA' }
  const at = (hour: number): object => ({ occurredAt: `2026-04-01T${String(hour).padStart(2, '0')}:00:00Z` })
  const gain = (hour: number, quantity: string, id: string): Happening =>
    said(
      'wms',
      'movement',
      { movement: 'adjust_gain', ...line, quantity, to: { location: 'R1' }, document: { kind: 'adjustment', id } },
      at(hour),
    )
  const count = (hour: number, quantity: string, document: string): Happening =>
    said('wms', 'count', { document, lines: [{ line: '1', ...line, quantity }] }, at(hour))
  const day = [gain(8, '10', 'A1'), count(9, '8', 'CC-1'), gain(10, '5', 'A2'), count(11, '14', 'CC-2')]
  fc.assert(
    fc.property(fc.shuffledSubarray([...day, ...day], { minLength: day.length * 2 }), (happenings) => {
      const hub = new PocketHub(connections, routes)
      for (const happen of happenings) happen(hub)
      const deltas = [...hub.effects.values()].flatMap(({ payload }) =>
        (JSON.parse(payload) as Adjustment).lines.flatMap(({ postings: rows }) => rows.map(({ delta }) => delta)),
      )
      expect(deltas.reduce(add, '0')).toBe('14')
    }),
  )
})

test('takes a correction back with the opposite sign', () => {
  const hub = new PocketHub(connections, routes)
  const loss = { movement: 'adjust_loss', sku: 'LAMP', quantity: '3', uom: 'EA', from: { location: 'R1' } }
  said('wms', 'movement', { ...loss, document: { kind: 'adjustment', id: 'A1' } })(hub)
  said('wms', 'movement', { ...loss, document: { kind: 'adjustment', id: 'A1R' }, reverses: 'wms/adjustment/A1//' })(
    hub,
  )
  const [first, second] = [...hub.effects.values()].map(
    ({ payload }) => (JSON.parse(payload) as Adjustment).lines[0]?.postings[0]?.delta ?? '',
  )
  expect(first).toBe('-3')
  expect(second).toBe(negate('-3'))
})

test('posts what a customer sends back when it comes and when it is sold again, one behind the other', () => {
  const back = { sku: 'LAMP', quantity: '1', uom: 'EA' }
  const pending = { location: 'RETURNS', status: 'returned_pending' }
  const hub = new PocketHub(connections, routes)
  const came = {
    movement: 'return_receipt',
    ...back,
    to: pending,
    document: { kind: 'return', id: 'RT-1', line: '10' },
  }
  const sold = {
    movement: 'restock',
    ...back,
    from: pending,
    to: { location: 'R1' },
    document: { kind: 'restock', id: 'RT-1', line: '10' },
  }
  said('wms', 'movement', came)(hub)
  said('wms', 'movement', sold)(hub)
  expect([...hub.effects.values()].map(({ naturalKey, key }) => [naturalKey, key])).toEqual([
    ['post_return_receipt:erp:wms/return/RT-1/10/', 'item:LAMP'],
    ['restock_return:erp:wms/restock/RT-1/10/', 'item:LAMP'],
  ])
  expect(JSON.parse([...hub.effects.values()][0]?.payload ?? '{}')).toMatchObject({
    returnNumber: 'RT-1',
    location: 'RETURNS',
    lines: [{ sku: 'LAMP', quantity: '1', postings: [{ delta: '1', status: 'returned_pending' }] }],
  })
})

test('takes a goods receipt back behind the receipt itself', () => {
  const receiptLine = { sku: 'LAMP', quantity: '40', uom: 'EA' }
  const hub = new PocketHub(connections, routes)
  said('wms', 'receipt.posted', { receiptNumber: 'GR-1', location: 'IN', lines: [receiptLine] })(hub)
  said('wms', 'movement', {
    movement: 'receipt_reversal',
    ...receiptLine,
    quantity: '3',
    from: { location: 'IN' },
    document: { kind: 'correction', id: 'C-1' },
    reverses: 'wms/goods_receipt/GR-1//LAMP',
  })(hub)
  expect([...hub.effects.values()].map(({ command, key }) => [command, key])).toEqual([
    ['post_goods_receipt', 'receipt:GR-1'],
    ['reverse_goods_receipt', 'receipt:GR-1'],
  ])
  expect(JSON.parse([...hub.effects.values()][1]?.payload ?? '{}')).toMatchObject({
    receiptNumber: 'GR-1',
    lines: [{ sku: 'LAMP', quantity: '3' }],
  })
})

test.each([
  ['transfer_out', { from: { location: 'R1' } }, '-2'],
  ['transfer_in', { to: { location: 'R1' } }, '2'],
  ['return_to_vendor', { from: { location: 'R1' } }, '-2'],
  ['kit', { from: { location: 'R1' } }, '-2'],
  ['kit', { to: { location: 'R1' } }, '2'],
  ['unkit', { to: { location: 'R1' } }, '2'],
])('posts a %s with the change of stock that it makes (%j)', (movement, places, delta) => {
  const hub = new PocketHub(connections, routes)
  const document = { kind: movement, id: 'D-1', line: '1' }
  said('wms', 'movement', { movement, sku: 'LAMP', quantity: '2', uom: 'EA', document, ...places })(hub)
  const [posting] = [...hub.effects.values()]
  expect(posting?.naturalKey).toBe(`adjust_inventory:erp:wms/${movement}/D-1/1/`)
  expect(JSON.parse(posting?.payload ?? '{}')).toMatchObject({
    movementType: movement,
    lines: [{ postings: [{ delta }] }],
  })
})

test.each(['move', 'pick', 'putaway', 'unpick', 'uom_repack', 'pack'])(
  'posts no %s: an ERP keeps no bins',
  (movement) => {
    const hub = new PocketHub(connections, routes)
    const places = { from: { location: 'R1' }, to: { location: 'R2' } }
    const document = { kind: 'task', id: 'T-1' }
    said('wms', 'movement', { movement, sku: 'LAMP', quantity: '2', uom: 'EA', document, ...places })(hub)
    expect([...hub.effects.keys()]).toEqual([])
  },
)
