import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

describe.each(['x12', 'edifact'] as const)('in %s a supplier reads', (standard) => {
  const read = (command: string, payload: unknown, purpose?: 'change') =>
    understood(textOf(command, payload, agreed({ standard }), purpose), agreed({ ...mirror, standard, system: 'erp' }))
  const line = { line: '10', sku: 'SKU-1', quantity: '12', uom: 'C62', price: '19.9' }
  const placed = { purchaseOrderNumber: 'PO-1', requestedDelivery: '2026-03-12', currency: 'EUR', lines: [line] }

  test('our order, its change and that it is cancelled', () => {
    expect(read('order_goods', placed)).toMatchObject([
      {
        type: 'order.reported',
        about: { references: [{ scheme: 'customer_order', value: 'PO-1' }] },
        data: { status: 'received', object: { currency: 'EUR', requestedDelivery: '2026-03-12', lines: [line] } },
      },
    ])
    const [changed] = read('order_goods', placed, 'change')
    expect(changed?.data).toMatchObject({
      parts: { changes: { [Object.keys(changesOf(changed))[0] ?? '']: { lines: [line] } } },
    })
    expect(read('withdraw_order', placed)).toMatchObject([{ type: 'order.reported', data: { status: 'cancelled' } }])
  })
})

function changesOf(told: { readonly data: unknown } | undefined): object {
  const { parts } = (told ?? { data: { parts: { changes: {} } } }).data as { parts: { changes: object } }
  return parts.changes
}
