import { expect, test } from 'vitest'
import { erp, facts, hour, hub, partner, route, sent, told, useEdiHub, wms } from './edi-hub.ts'

const commands = {
  supplier: ['order_goods', 'withdraw_order', 'confirm_receipt'],
  customer: ['answer_order', 'bill_customer', 'announce_return'],
  carrier: ['tender_shipment', 'withdraw_tender', 'instruct_transport'],
}

const wordless = { awaits: 'nothing', responseMinutes: ['850=60'] }

useEdiHub({
  connections: [
    erp,
    wms,
    partner('supplier', { ...wordless, partnerId: 'SUPPLIER' }),
    partner('customer', { ...wordless, partnerId: 'CUSTOMER', standard: 'edifact' }),
    partner('carrier', { ...wordless, partnerId: 'CARRIER', standard: 'edifact' }),
  ],
  routes: Object.entries(commands).flatMap(([target, some]) => some.map((command) => route(command, target))),
})

/** Kinds of documents that a partner got, with what they are for. */
const kinds = (target: string): string[] =>
  sent(target).map((text) => {
    const x12 = /ST\*(\d+)\*0001~\w+\*(\w+)/.exec(text)
    const message = /UNH\+1\+(\w+):[^']*'BGM\+\w+\+[^+']+(\+\w+)?/.exec(text)
    return x12 === null ? `${message?.[1]}${message?.[2] ?? ''}` : `${x12[1]} ${x12[2]}`
  })

const lines = (quantity = '12') => [{ line: '10', sku: 'SKU-1', quantity, uom: 'EA', price: '19.90' }]

test('a supplier hears of our order, of every change once, of its end, and of what came', async () => {
  const order = { purchaseOrderNumber: 'PO-1', lines: lines() }
  await told('purchase_order.issued', order)
  await told('purchase_order.changed', { ...order, colour: 'blue' })
  await told('purchase_order.changed', { ...order, lines: lines('15') })
  await told('purchase_order.changed', { ...order, lines: lines('15') })
  await told(
    'receipt.posted',
    {
      receiptNumber: 'R-1',
      purchaseOrderNumber: 'PO-1',
      location: 'DC1',
      lines: [{ line: '10', sku: 'SKU-1', quantity: '15', uom: 'EA', status: 'available' }],
    },
    'wms',
  )
  await told('purchase_order.cancelled', { purchaseOrderNumber: 'PO-1' })
  await told('purchase_order.cancelled', { purchaseOrderNumber: 'PO-2' })
  expect(kinds('supplier')).toEqual(['850 00', '860 05', '861 R', '860 01'])
})

test('a supplier who does not answer an order in time is an exception of the order', async () => {
  await told('purchase_order.issued', { purchaseOrderNumber: 'PO-3', lines: lines() })
  await hub.pass(1.1 * hour)
  const [opened] = await facts('purchase_order.exception_opened')
  expect(opened?.data).toMatchObject({ category: 'document_unanswered' })
})

test('a customer hears whether he gets his order, what to pay, and that goods may come back', async () => {
  const order = { orderNumber: 'SO-1', customerPurchaseOrder: 'C-1', lines: lines() }
  await told('order.created', order)
  await told('order.accepted', order)
  const invoice = { invoiceNumber: 'I-1', customerPurchaseOrder: 'C-1', total: '238.80', lines: lines() }
  await told('invoice.ready', invoice)
  await told('invoice.released', invoice)
  await told('invoice.issued', invoice)
  expect(kinds('customer')).toEqual(['ORDRSP+29', 'INVOIC+9'])
})

test('a carrier of EDIFACT is asked for room, hears of changes, and is told what to carry once he has taken it', async () => {
  const load = { deliveryNumber: '80001', carrier: 'mrdn', mode: 'ocean', shipTo: { city: 'Ghent', country: 'BE' } }
  await told('shipment.tendered', load)
  await told('shipment.tendered', { ...load, mode: 'rail' })
  await told('shipment.tender_accepted', { deliveryNumber: '80001' })
  expect(kinds('carrier')).toEqual(['IFTMBF+9', 'IFTMBF+4', 'IFTMIN+9'])
})
