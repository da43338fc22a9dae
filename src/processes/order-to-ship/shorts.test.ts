import { describe, expect, test } from 'vitest'
import { deliveryOf, type Known, nothing } from './known.ts'
import { shortsOf } from './shorts.ts'

const line = (lineNo: string, sku: string, quantity: string, uom = 'C62') => ({ lineNo, sku, quantity, uom })
/** What is missing of each line of a delivery, by what its warehouse tells. */
function missing(lines: readonly object[], picked: unknown): readonly string[] {
  const object = { deliveryNumber: '80000001', lines, picked }
  const fact = { subject: 'dlv_1', data: { object, to: 'picked' } } as never
  const { number: _, ...told } = deliveryOf(fact)
  const known = { ...nothing, lines, deliveries: { D: { subject: 'dlv_1', toldAt: '', ...told } } } as unknown as Known
  return shortsOf({ known } as never, 'D').map(
    ({ lineNo, quantity, rest = 'nothing said' }) => `${lineNo} ${quantity} ${rest}`,
  )
}

describe('what a warehouse did not find', () => {
  test('is known where it names only the item, in whatever packages and lots the goods are', () => {
    const wanted = [line('10', 'TEA', '10'), line('20', 'MUG', '2')]
    const packages = [
      { sku: 'TEA', quantity: '4.5', uom: 'C62', lot: 'A' },
      { sku: 'MUG', quantity: '2', uom: 'C62' },
      { sku: 'TEA', quantity: '4.25', uom: 'C62', lot: 'B', rest: 'backordered' },
    ]
    expect(missing(wanted, packages)).toEqual(['10 1.25 backordered'])
  })

  test('is missing of the last lines of an item that several lines ask for', () => {
    const wanted = [line('1', 'TEA', '5'), line('2', 'TEA', '5'), line('3', 'TEA', '5')]
    expect(missing(wanted, [{ sku: 'TEA', quantity: '7', uom: 'C62' }])).toEqual([
      '2 3 nothing said',
      '3 5 nothing said',
    ])
    expect(missing(wanted, [{ sku: 'TEA', quantity: '16', uom: 'C62' }])).toEqual([])
  })

  test('is missing of the line that the warehouse names', () => {
    const wanted = [line('1', 'TEA', '5'), line('2', 'TEA', '5')]
    expect(missing(wanted, [line('1', 'TEA', '3'), line('2', 'TEA', '5')])).toEqual(['1 2 nothing said'])
  })

  test('is not guessed in another unit, or of an item that it says nothing of', () => {
    expect(missing([line('1', 'TEA', '12')], [{ sku: 'TEA', quantity: '1', uom: 'XCS' }])).toEqual([])
    expect(missing([line('1', 'TEA', '12')], [{ sku: 'MUG', quantity: '1', uom: 'C62' }])).toEqual([])
  })
})
