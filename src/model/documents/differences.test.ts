import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceFacts, differencesOf } from './differences.ts'

const line = (sku: string, quantity: string, more: object = {}) => ({ sku, quantity, uom: 'C62', ...more })
const came = (sku: string, received: string, more: object = {}) => ({ sku, received, uom: 'C62', ...more })

describe('what left a warehouse against what it was to ship', () => {
  const delivery = (ordered: readonly object[], ...shipped: readonly object[][]) => ({
    lines: ordered,
    confirmations: Object.fromEntries(shipped.map((lines, at) => [`${at + 1}`, { lines }])),
  })

  test('more, and something else, are told; less may still follow', () => {
    const ordered = [line('MUG', '12'), line('PLATE', '4'), line('BOWL', '2')]
    const shipped = [line('MUG', '13'), line('PLATE', '1'), line('CUP', '1')]
    expect(differencesOf('delivery', delivery(ordered, shipped))).toEqual([
      { kind: 'shipped_over', sku: 'MUG', expected: '12', said: '13', uom: 'C62' },
      { kind: 'shipped_unordered', sku: 'CUP', expected: '0', said: '1', uom: 'C62' },
    ])
  })

  test('lots of one item are one quantity, and confirmations add up', () => {
    const lots = [line('MUG', '6', { lot: 'A' }), line('MUG', '6', { lot: 'B' })]
    expect(differencesOf('delivery', delivery([line('MUG', '12')], lots))).toEqual([])
    expect(differencesOf('delivery', delivery([line('MUG', '12')], lots, [line('MUG', '1')]))).toMatchObject([
      { kind: 'shipped_over', said: '13' },
    ])
  })

  test('a delivery whose lines nobody told is compared with nothing; one that is changed to fit is settled', () => {
    const shipped = { confirmations: { 1: { lines: [line('MUG', '13')] } } }
    expect(differencesOf('delivery', shipped)).toEqual([])
    const before = { ...shipped, lines: [line('MUG', '12')] }
    const types = (was: object, is: object) =>
      differenceFacts(
        'delivery',
        was as Readonly<Record<string, unknown>>,
        is as Readonly<Record<string, unknown>>,
      ).map(({ type }) => type)
    expect(types({ lines: before.lines }, before)).toEqual(['delivery.discrepancy_detected'])
    expect(types(before, { ...before, lines: [line('MUG', '13')] })).toEqual(['delivery.discrepancy_resolved'])
    expect(types(before, { ...before, note: 'x' })).toEqual([])
  })
})

describe('what a customer received against what was shipped', () => {
  const delivery = (shipped: readonly object[][], received: readonly object[][]) => ({
    confirmations: Object.fromEntries(shipped.map((lines, at) => [`${at + 1}`, { lines }])),
    receipts: Object.fromEntries(received.map((lines, at) => [`R${at + 1}`, { lines }])),
  })

  test('nothing is said where both agree, in whatever units each writes a piece', () => {
    const object = delivery([[line('MUG', '12', { uom: 'EA' })]], [[came('MUG', '12')]])
    expect(differencesOf('delivery', object)).toEqual([])
  })

  test('over, short and damaged are told apart, item by item', () => {
    const object = delivery(
      [[line('MUG', '12'), line('PLATE', '2'), line('BOWL', '3'), line('CUP', '1')]],
      [[came('MUG', '13'), came('PLATE', '1'), came('BOWL', '3', { damaged: '1' })]],
    )
    expect(differencesOf('delivery', object)).toEqual([
      { kind: 'over', sku: 'MUG', expected: '12', said: '13', uom: 'C62' },
      { kind: 'short', sku: 'PLATE', expected: '2', said: '1', uom: 'C62' },
      { kind: 'short', sku: 'CUP', expected: '1', said: '0', uom: 'C62' },
      { kind: 'damaged', sku: 'BOWL', expected: '0', said: '1', uom: 'C62' },
    ])
  })

  test('a second part that is still on its way is not missing', () => {
    const two = [[line('MUG', '12')], [line('MUG', '4')]]
    expect(differencesOf('delivery', delivery(two, [[came('MUG', '12')]]))).toEqual([])
    expect(differencesOf('delivery', delivery(two, [[came('MUG', '12')], [came('MUG', '3')]]))).toMatchObject([
      { kind: 'short', expected: '16', said: '15' },
    ])
  })

  test('pieces and cartons are not compared', () => {
    expect(differencesOf('delivery', delivery([[line('MUG', '12')]], [[came('MUG', '1', { uom: 'XCT' })]]))).toEqual([])
  })

  test('it does not matter which document came first', () => {
    const parts = [
      { confirmations: { 1: { lines: [line('MUG', '12')] } } },
      { receipts: { R1: { lines: [came('MUG', '9')] } } },
      { receipts: { R1: { lines: [came('MUG', '9')] }, R2: { lines: [came('MUG', '5')] } } },
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1], { minLength: 2 }), (order) => {
        let object: Readonly<Record<string, unknown>> = {}
        const open = new Set<string>()
        for (const at of [...order, 2]) {
          const next = { ...object, ...parts[at] }
          for (const { type, data } of differenceFacts('delivery', object, next))
            for (const { kind } of (data as { differences: { kind: string }[] }).differences)
              if (type === 'delivery.discrepancy_detected') open.add(kind)
              else open.delete(kind)
          object = next
        }
        // What was short has come, and more.
        expect([...open]).toEqual(['over'])
      }),
    )
  })
})

describe('what a supplier invoices against what was ordered', () => {
  const order = (invoices: object, lines: readonly object[] = [line('MUG', '12', { price: '4.50' })]) => ({
    lines,
    invoices,
  })

  test('a part of the order is no difference; more than all of it is', () => {
    const invoice = (quantity: string) => ({ lines: [line('MUG', quantity, { price: '4.5' })] })
    expect(differencesOf('purchase_order', order({ A: invoice('8') }))).toEqual([])
    expect(differencesOf('purchase_order', order({ A: invoice('8'), B: invoice('5') }))).toMatchObject([
      { kind: 'over', expected: '12', said: '13' },
    ])
    expect(
      differencesOf('purchase_order', order({ A: invoice('12'), B: { ...invoice('5'), kind: 'credit_note' } })),
    ).toEqual([])
  })

  test('an invoice that is taken back counts no more, and what it asks for besides goods is no item', () => {
    const lines = [line('MUG', '13', { price: '4.5' })]
    const taken = { purpose: 'cancelled', invoiceNumber: 'A', lines: [] }
    expect(differencesOf('purchase_order', order({ A: { lines }, 'A cancelled': taken }))).toEqual([])
    const freight = { line: '2', description: 'Freight', quantity: '1', uom: 'C62', price: '10' }
    expect(differencesOf('purchase_order', order({ A: { lines: [line('MUG', '12'), freight] } }))).toEqual([])
  })

  test('another price and an item that nobody ordered are told', () => {
    const invoices = { A: { lines: [line('MUG', '12', { price: '4.75' }), line('VASE', '1')] } }
    expect(differencesOf('purchase_order', order(invoices))).toEqual([
      { kind: 'price', sku: 'MUG', expected: '4.5', said: '4.75' },
      { kind: 'not_ordered', sku: 'VASE', expected: '0', said: '1', uom: 'C62' },
    ])
  })

  test('an order whose lines nobody told is not compared, and odd members are not stumbled over', () => {
    const invoices = { A: { lines: [line('MUG', '1')] } }
    expect(differencesOf('purchase_order', { invoices })).toEqual([])
    for (const lines of [undefined, null, 'none', [null, 7, {}, { sku: 1 }, { sku: 'MUG', quantity: 'many' }]])
      expect(differencesOf('purchase_order', { lines, invoices: { A: { lines }, B: {} } })).toEqual([])
  })
})

describe('what a supplier announces against what was ordered', () => {
  const order = (...notices: readonly object[]) => ({
    lines: [line('MUG', '12'), line('BOWL', '3')],
    notices: Object.fromEntries(notices.map((notice, at) => [`${at}`, { purpose: 'original', ...notice }])),
  })
  const notice = (asnNumber: string, sentAt: string, lines: readonly object[], more: object = {}) => ({
    ...{ asnNumber, sentAt, lines },
    ...more,
  })

  test('notices add up: more, and something else, are told; less may follow', () => {
    const first = notice('A1', '2026-04-01', [line('MUG', '8'), line('CUP', '1')])
    expect(differencesOf('purchase_order', order(first))).toEqual([
      { kind: 'announced_unordered', sku: 'CUP', expected: '0', said: '1', uom: 'C62' },
    ])
    expect(differencesOf('purchase_order', order(first, notice('A2', '2026-04-02', [line('MUG', '5')])))).toMatchObject(
      [{ kind: 'announced_over', sku: 'MUG', expected: '12', said: '13' }, { kind: 'announced_unordered' }],
    )
  })

  test('one that is replaced or taken back does not count any more, in whatever order the two are told', () => {
    const over = notice('A1', '2026-04-01', [line('MUG', '20')])
    const right = notice('A1', '2026-04-02', [line('MUG', '12')], { purpose: 'replacement' })
    const nothing = notice('A1', '2026-04-02', [], { purpose: 'cancelled' })
    for (const later of [right, nothing]) {
      expect(differencesOf('purchase_order', order(over, later))).toEqual([])
      expect(differencesOf('purchase_order', order(later, over))).toEqual([])
    }
  })

  test('a number that is used for another notice, and a package that is announced twice, are told', () => {
    const first = notice('A1', '2026-04-01', [line('MUG', '4', { sscc: '1' })])
    const again = notice('A1', '2026-04-02', [line('MUG', '5', { sscc: '2' })])
    const other = notice('A2', '2026-04-03', [line('BOWL', '1', { sscc: '1' })])
    expect(differencesOf('purchase_order', order(first, again))).toEqual([
      { kind: 'announced_twice', sku: 'MUG', expected: '0', said: '5' },
    ])
    expect(differencesOf('purchase_order', order(first, other))).toEqual([
      { kind: 'announced_twice', sku: 'BOWL', expected: '0', said: '1' },
    ])
    expect(differencesOf('purchase_order', order(first))).toEqual([])
  })
})
