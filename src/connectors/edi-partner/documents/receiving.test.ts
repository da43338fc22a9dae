import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

describe.each(['x12', 'edifact'] as const)('in %s a supplier reads', (standard) => {
  const read = (command: string, payload: unknown) =>
    understood(textOf(command, payload, agreed({ standard })), agreed({ ...mirror, standard, system: 'erp' }))

  test('what came of what he sent, damaged or not', () => {
    const payload = {
      receiptNumber: 'R-1',
      purchaseOrderNumber: 'PO-1',
      receivedAt: '2026-03-04T10:00:00Z',
      lines: [
        { line: '10', sku: 'SKU-1', quantity: '9', uom: 'C62' },
        { line: '10', sku: 'SKU-1', quantity: '3', uom: 'C62', status: 'damaged' },
      ],
    }
    const wrong = standard === 'x12' ? { damaged: '3' } : { rejected: '3' }
    expect(read('confirm_receipt', payload)[0]?.data).toMatchObject({
      parts: { receipts: { 'R-1': { lines: [{ sku: 'SKU-1', received: '12', ...wrong }] } } },
    })
  })
})
