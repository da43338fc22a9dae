import { expect, test } from 'vitest'
import { edifact, message } from '../edi/interchanges.ts'
import { arrives, erp, facts, hour, hub, partner, route, sent, told, useEdiHub, wms } from './edi-hub.ts'

const commands = {
  supplier: ['order_goods', 'withdraw_order', 'confirm_receipt'],
  customer: ['answer_order', 'answer_order_change', 'bill_customer', 'announce_return'],
  carrier: ['tender_shipment', 'withdraw_tender', 'instruct_transport'],
  shipper: ['bill_freight', 'advise_payment', 'answer_order_change'],
  line: ['order_containers', 'report_gate_moves', 'report_vessel_moves'],
}

const wordless = { awaits: 'nothing', responseMinutes: ['850=60'] }

useEdiHub({
  connections: [
    erp,
    wms,
    partner('supplier', { ...wordless, partnerId: 'SUPPLIER' }),
    partner('customer', { ...wordless, partnerId: 'CUSTOMER', standard: 'edifact' }),
    partner('carrier', { ...wordless, partnerId: 'CARRIER', standard: 'edifact' }),
    partner('shipper', { ...wordless, partnerId: 'SHIPPER' }),
    partner('line', { ...wordless, partnerId: 'LINE', standard: 'edifact', containerOrder: '12' }),
    partner('terminal', { ...wordless, partnerId: '5400000000010', ownId: '5400000000027' }),
  ],
  routes: Object.entries(commands).flatMap(([target, some]) => some.map((command) => route(command, target))),
})

/** Kinds of documents that a partner got, with what they are for. */
const kinds = (target: string): string[] =>
  sent(target).map((text) => {
    const x12 = /ST\*(\d+)\*0001~\w+\*(\w*)/.exec(text)
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

test('a customer hears whether he gets what he changed, each change once', async () => {
  const order = { orderNumber: 'SO-2', customerPurchaseOrder: 'C-2', lines: lines() }
  await told('order.created', order)
  const change = { orderNumber: 'SO-2', changeNumber: '0412', lines: lines('15') }
  await told('order.change_accepted', change)
  await told('order.change_accepted', change)
  await told('order.change_rejected', { ...change, changeNumber: '0413', lines: lines('99') })
  expect(kinds('customer')).toEqual(['ORDRSP+29', 'ORDRSP+27'])
  expect(kinds('shipper')).toEqual(['865 00', '865 00'])
  expect(sent('shipper')[0]).toContain('~BCA*00*AD*C-2**0412*')
  expect(sent('shipper')[1]).toContain('*99*EA*19.9**SK*SKU-1~ACK*IR*99*EA~')
  expect((await facts('order.observation_recorded')).map(({ data }) => data)).toEqual([])
})

test('who had something carried gets a 210 and no 810, and hears what money is for', async () => {
  const charges = [{ code: 'linehaul', amount: { amount: '240.00', currency: 'EUR' } }]
  const invoice = {
    ...{ invoiceNumber: 'F-1', deliveryNumber: '80001', carrier: 'mrdn', invoiceDate: '2026-03-15', charges },
    total: { amount: '240.00', currency: 'EUR' },
  }
  await told('invoice.ready', invoice)
  await told('invoice.released', invoice)
  await told('invoice.issued', invoice)
  const items = [{ invoiceNumber: 'F-77', amount: '190', total: '190' }]
  await told('payment.made', { paymentNumber: 'PAY-1', paidAt: '2026-04-01', amount: '190', currency: 'EUR', items })
  expect(kinds('shipper')).toEqual(['210 ', '820 I'])
  expect(kinds('customer')).toEqual([])
  expect(sent('shipper')[1]).toContain('~RMR*IV*F-77*PO*190*190~')
})

test('a payment whose 820 is too large for one document is not written and says so, and the next one leaves', async () => {
  // Of the widest amounts that there are: no other document comes near the limit.
  const adjustment = { amount: '-123456789012345.67', reason: '01' }
  const adjustments = Array.from({ length: 900 }, () => adjustment)
  const items = Array.from({ length: 180 }, (_, at) => ({ invoiceNumber: `F-${at}`, amount: '1', adjustments }))
  const payment = { paymentNumber: 'PAY-1', paidAt: '2026-04-01', amount: '180', currency: 'EUR' }
  await told('payment.made', { ...payment, items })
  expect(sent('shipper')).toEqual([])
  const [unwritable] = await facts('transmission.unwritable')
  expect(unwritable?.data).toMatchObject({
    command: 'advise_payment',
    problem: expect.stringMatching(
      /^EDI_DOCUMENT_TOO_LARGE: The 820 would have 4\d{6} characters; 4000000 may be sent in one document\.$/,
    ),
  })
  await told('payment.made', { ...payment, paymentNumber: 'PAY-2', items: items.slice(0, 60) })
  expect(sent('shipper').map((text) => text.split('~ADX*').length)).toEqual([60 * 900 + 1])
}, 120_000)

test('a line hears which containers a booking needs, and what becomes of them at gate and ship', async () => {
  const load = {
    ...{ shipmentNumber: 'S-1', deliveryNumber: '80001', carrier: 'mrdn', mode: 'ocean' },
    equipment: [{ number: 'MSKU 447123-6', kind: '45G1', seals: ['ML-1'] }],
  }
  await told('shipment.tendered', load)
  await told('shipment.tender_accepted', { shipmentNumber: 'S-1', deliveryNumber: '80001' })
  expect(sent('line')[0]).toContain("'BGM+12+S-1+9'")
  const report = (kind: string, code: string, number: string, at: string) =>
    edifact({
      number,
      messages: [
        message({
          type: `${kind}:D:95B:UN`,
          body: [
            `BGM+${code}+${number}+9`,
            'RFF+CU:80001',
            'NAD+CF+MRDN:172:20',
            'EQD+CN+MSKU4471236+++3+5',
            `DTM+7:${at}:203`,
          ],
        }),
      ],
    })
  await arrives('terminal', report('CODECO', '34', '901', '202603151030'))
  await arrives('terminal', report('COARRI', '46', '902', '202603161030'))
  expect(kinds('line')).toEqual(['COPARN+9', 'CODECO+9', 'COARRI+9'])
  expect(sent('line')[1]).toContain("'EQD+CN+MSKU4471236+45G1:102:5+++5'DTM+7:202603151030:203'SEL+ML-1'")
})
