import { expect, test } from 'vitest'
import type { DocumentState } from './document.ts'
import { documentNames, documentSummary } from './summary.ts'

const state = (object: DocumentState['object'], changes: Partial<DocumentState> = {}): DocumentState => ({
  ...{ references: [], observations: [], object, ...changes },
})

test('an order is listed by what its members say, in whatever words they came', () => {
  const order = state(
    {
      orderNumber: '0004711',
      customer: { number: 'C-77', name: 'Meridian' },
      parties: [{ partyId: 'P-1', name: 'Meridian' }, 'nobody'],
      shipFrom: 'DC1',
      carrier: '',
      orderedAt: '2026-03-02',
      promise: { current: { to: '2026-03-09T12:00:00Z' } },
      confirmations: { first: { carrierId: 'UPS', proNumber: ['PRO1', 7] }, second: 'words' },
    },
    {
      status: 'released',
      references: [
        { scheme: 'purchase_order', value: 'PO-9' },
        { scheme: 'order', value: '4711' },
      ],
      exceptions: [{ id: 'x1', reason: 'r', category: 'documents_differ', since: '2026-03-02T06:00:00.000Z' }],
    },
  )
  expect(documentSummary('order', order)).toEqual({
    number: '0004711',
    status: 'released',
    mentions: ['PO-9', '4711', '0004711', 'PRO1'],
    parties: ['C-77', 'Meridian', 'P-1'],
    locations: ['DC1'],
    carriers: ['UPS'],
    placedAt: '2026-03-02T23:59:59.000Z',
    dueAt: '2026-03-09T12:00:00.000Z',
    exceptions: ['documents_differ'],
    exceptionAt: '2026-03-02T06:00:00.000Z',
    mergedInto: '',
  })
})

test('nothing is due of what is over, and who has no number of his own is called by his reference', () => {
  const order = state(
    { requestedDelivery: '2026-03-09' },
    { status: 'shipped', references: [{ scheme: 'order', value: 'A1' }] },
  )
  const summary = documentSummary('order', order)
  expect(summary).toMatchObject({ number: 'A1', mentions: ['A1'] })
  expect(summary).not.toHaveProperty('dueAt')
  expect(documentSummary('shipment' as 'order', order)).toBeUndefined()
})

test('an invoice is known by its own number and by the deliveries that it is for', () => {
  const invoice = state({ invoiceNumber: '0090', deliveryNumber: '0080000001', deliveries: ['80000002', 3] })
  expect(documentNames('invoice', 'inv_1', invoice)).toEqual([
    'inv_1',
    'invoice:90',
    'invoice_of:80000001',
    'invoice_of:80000002',
  ])
})

test('a document with more names than people look at is shown with the first hundred', () => {
  const numbers = Array.from({ length: 150 }, (_, index) => `N${index}`)
  expect(documentSummary('order', state({ orderNumber: 'O1', purchaseOrders: numbers }))?.mentions).toHaveLength(100)
})
