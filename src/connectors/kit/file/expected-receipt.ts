import type { FileKindOut } from './kind.ts'

/** What the warehouse will receive: one row for each line. */
export const expectedReceiptFile: FileKindOut = {
  id: 'expected_receipt',
  about: 'A ship notice has come: what the warehouse is to receive.',
  direction: 'out',
  shape: {
    members: ['asnNumber', 'supplier', 'carrier', 'billOfLading', 'shippedAt', 'expectedAt'],
    lists: { lines: ['line', 'sku', 'quantity', 'uom', 'lot', 'purchaseOrder'] },
  },
  declaration: {
    fields: {
      asnNumber: { column: 'asn_number', required: true },
      supplier: {},
      carrier: {},
      billOfLading: { column: 'bill_of_lading' },
      shippedAt: { column: 'shipped_at', type: 'date' },
      expectedAt: { column: 'expected_at', type: 'date' },
      line: {},
      sku: { required: true },
      quantity: { required: true, type: 'number' },
      uom: { required: true },
      lot: {},
      purchaseOrder: { column: 'purchase_order_number' },
    },
    group: ['asnNumber'],
  },
}
