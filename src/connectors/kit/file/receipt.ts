import { received } from '../confirmation.ts'
import type { FileKindIn } from './kind.ts'
import { linesIn, withMembers } from './members.ts'
import { rowsToldApart } from './one-number.ts'
import { timeIn } from './time.ts'

/** Goods came in: one row for each line of the receipt. */
export const receiptFile: FileKindIn = {
  id: 'receipt',
  about: 'Goods came in, line by line.',
  direction: 'in',
  shape: {
    members: ['receiptNumber', 'purchaseOrderNumber', 'location', 'receivedAt'],
    lists: { lines: ['line', 'sku', 'quantity', 'uom', 'lot', 'serial', 'status'] },
  },
  declaration: {
    fields: {
      receiptNumber: { column: 'receipt_number', required: true, longest: 100 },
      purchaseOrderNumber: { column: 'purchase_order_number', longest: 100 },
      location: { required: true, longest: 60 },
      receivedAt: { column: 'received_at', required: true, type: 'date' },
      line: { longest: 40 },
      sku: { required: true, longest: 100 },
      quantity: { required: true, type: 'number' },
      uom: { required: true, longest: 10 },
      lot: { longest: 60 },
      serial: { longest: 60 },
      status: { longest: 40 },
    },
    group: ['receiptNumber'],
    once: ['purchaseOrderNumber', 'location', 'receivedAt'],
  },
  meaning: (document, context) =>
    received(
      withMembers(document, { lines: linesIn(document) }),
      timeIn(document.at('receivedAt'), context.timeZone),
      context,
    ),
  together: (assertions, documents) => {
    rowsToldApart(assertions, documents, 'receiptNumber')
    return []
  },
}
