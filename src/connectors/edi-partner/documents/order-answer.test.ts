import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

describe.each(['x12', 'edifact'] as const)('in %s a customer reads', (standard) => {
  const read = (command: string, payload: unknown) =>
    understood(textOf(command, payload, agreed({ standard })), agreed({ ...mirror, standard, system: 'erp' }))
  const line = { line: '10', sku: 'SKU-1', quantity: '12', uom: 'C62', price: '19.9' }
  const order = { orderNumber: 'SO-9', customerPurchaseOrder: 'C-77', lines: [line] }

  test('whether we take his order', () => {
    const statuses = (answer: string): unknown[] =>
      read('answer_order', { ...order, answer }).map(({ data }) => (data as { status?: string }).status)
    expect(statuses('accepted')).toEqual([undefined, 'acknowledged'])
    expect(statuses('rejected')).toEqual([undefined])
  })

  test('whether we take his change', () => {
    const [kept] = read('answer_order_change', { ...order, answer: 'rejected', change: '03010830' })
    const own = standard === 'x12' ? 'SO-9 03010830' : 'SO-9-03010830'
    expect(kept).toMatchObject({
      type: 'purchase_order.reported',
      data: { parts: { answers: { [own]: { answer: 'rejected', lines: [{ answers: [{ answer: 'rejected' }] }] } } } },
    })
  })
})
