import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

describe.each(['x12', 'edifact'] as const)('in %s a customer reads', (standard) => {
  const read = (command: string, payload: unknown) =>
    understood(textOf(command, payload, agreed({ standard })), agreed({ ...mirror, standard, system: 'erp' }))

  test('what he is to pay', () => {
    const payload = {
      ...{ invoiceNumber: 'I-5', orderNumber: 'SO-9', customerPurchaseOrder: 'C-77' },
      lines: [{ line: '10', sku: 'SKU-1', quantity: '12', uom: 'C62', price: '19.9' }],
      total: { amount: '238.80', currency: 'EUR' },
    }
    expect(read('bill_customer', payload)).toMatchObject([
      {
        type: 'purchase_order.reported',
        data: { parts: { invoices: { 'I-5': { total: { amount: '238.8', currency: 'EUR' } } } } },
      },
    ])
  })

  test.each([{ kind: 'credit_note', amount: '39.80' }, { amount: '-39.80' }])('what he gets back (%j)', (credit) => {
    const { amount, ...kind } = credit
    const payload = {
      ...{ invoiceNumber: 'C-5', orderNumber: 'SO-9', customerPurchaseOrder: 'C-77', ...kind },
      lines: [{ line: '10', sku: 'SKU-1', quantity: '2', uom: 'C62', price: '19.9' }],
      total: { amount, currency: 'EUR' },
    }
    expect(read('bill_customer', payload)).toMatchObject([
      { data: { parts: { invoices: { 'C-5': { kind: 'credit_note', total: { amount: '-39.8' } } } } } },
    ])
  })
})
