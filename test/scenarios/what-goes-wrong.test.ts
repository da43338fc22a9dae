import { afterEach, describe, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'
import { shipped } from './trade-cases.ts'

let hub: ProcessHub
const start = async (...choice: Parameters<typeof ProcessHub.start>): Promise<void> => {
  hub = await ProcessHub.start(...choice)
}
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  expect(hub.erp.doubles).toBe(0)
  await hub.stop()
})

const bolts = (quantity: string) => [{ line: '10', lineNo: '10', sku: 'BOLT', quantity, uom: 'EA' }]
const ordered = async (more: object = {}): Promise<void> =>
  hub.say('erp', 'order.created', { orderNumber: '4711', lines: bolts('4'), ...more })
const released = async (more: object = {}): Promise<void> => {
  const delivery = { deliveryNumber: '80000001', orderNumber: '4711', location: 'OUT', ...more }
  await hub.say('erp', 'delivery.created', delivery)
  await hub.say('erp', 'delivery.released', { deliveryNumber: '80000001' })
}
const scanned = async (code: string): Promise<void> => hub.say('dhl', 'scan', { trackingNumber: 'JD1', code })
const proven = async (): Promise<void> =>
  hub.say('dhl', 'proof_of_delivery', { trackingNumber: 'JD1', signedBy: 'A. Meyer' })

describe('an order', () => {
  test('that cannot be read is for the order desk, and what that rejects is not shipped', async () => {
    await start({ 'order-to-ship': { orchestratedBy: 'hub' } })
    await ordered({ lines: [{ lineNo: '10', sku: 'BOLT', quantity: '0' }] })
    await hub.pass(2)
    expect(await hub.open()).toEqual(['fix-order-data'])
    await hub.decide('fix-order-data', 'reject')
    await hub.pass(2)
    expect(await hub.facts('order.rejected')).toHaveLength(1)
    expect([hub.erp.documents, await hub.open()]).toEqual([[], []])
  })

  test('that its warehouse never acknowledges is asked after, until the warehouse ships it', async () => {
    await start({ 'order-to-ship': { ackMinutes: 10 } })
    await ordered()
    await released()
    await hub.pass(11)
    expect(await hub.open()).toEqual(['wms-silent'])
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.pass(2)
    expect([hub.posted('post_goods_issue').length, await hub.open()]).toEqual([1, []])
  })

  test('that should have left by now is shown to the order desk before the customer asks', async () => {
    await start({ 'order-to-ship': {} })
    await ordered()
    const shipBy = new Date(hub.hub.time.wall() + 10 * 60_000).toISOString()
    await released({ plannedShip: { to: shipBy } })
    await hub.pass(11)
    expect(await hub.open()).toContain('late-fulfilment')
    await hub.decide('late-fulfilment', 'expedite')
    await hub.pass(2)
    expect(await hub.open()).not.toContain('late-fulfilment')
  })

  test('that is called off is stopped at its warehouse, once', async () => {
    await start({ 'order-to-ship': {} })
    await ordered()
    await released()
    await hub.say('erp', 'order.cancelled', { orderNumber: '4711' })
    await hub.say('erp', 'order.cancelled', { orderNumber: '4711' })
    await hub.pass(2)
    expect(hub.instructed).toMatchObject([{ kind: 'delivery_cancellation', deliveryNumber: '80000001' }])
    expect(hub.posted('post_goods_issue')).toEqual([])
  })

  test('that is called off after it has left is refused so, and stays shipped', async () => {
    await start({ 'order-to-ship': {} })
    await ordered()
    await released()
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.say('erp', 'delivery.goods_issued', { deliveryNumber: '80000001' })
    await hub.say('erp', 'order.cancelled', { orderNumber: '4711' })
    await hub.pass(2)
    expect(await hub.facts('process.command_refused')).toMatchObject([{ data: { reason: 'after_goods_issue' } }])
    expect([hub.instructed, hub.posted('post_goods_issue').length]).toEqual([[], 1])
  })

  test('whose carrier scans it before the warehouse confirms is issued once, when it is known what left', async () => {
    await start({ 'order-to-ship': {} })
    await ordered()
    await released()
    await scanned('picked_up')
    await hub.pass(2)
    expect(hub.posted('post_goods_issue')).toEqual([])
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.pass(2)
    expect(hub.posted('post_goods_issue')).toMatchObject([{ lines: [{ sku: 'BOLT', quantity: '4' }] }])
  })

  test('that leaves in two parts is issued twice, each part once', async () => {
    await start({ 'order-to-ship': {} })
    await ordered()
    await released()
    for (const one of [1, 1, 2, 2]) {
      const packages = [{ trackingNumber: `JD${one}` }]
      await hub.say('wms', 'shipment.confirmed', {
        ...shipped,
        confirmation: one,
        packages,
        lines: bolts(`${one}`),
      })
    }
    await hub.pass(2)
    expect(hub.posted('post_goods_issue')).toMatchObject([
      { lines: [{ quantity: '1' }] },
      { lines: [{ quantity: '2' }] },
    ])
  })

  test('whose second shipped contradicts the first is issued as it was confirmed first', async () => {
    await start({ 'order-to-ship': {} })
    await ordered()
    await released()
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.say('wms', 'shipment.confirmed', { ...shipped, lines: bolts('3') })
    await hub.pass(2)
    expect(hub.posted('post_goods_issue')).toMatchObject([{ lines: [{ quantity: '4' }] }])
    expect(await hub.facts('delivery.observation_recorded')).toHaveLength(1)
  })

  test('that the books refuse to issue is decided by a person in the ledger, and nothing overtakes it', async () => {
    await start({ 'order-to-ship': {} })
    hub.erp.closePeriod('2027-01-01')
    await ordered()
    await released()
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.pass(5)
    expect([hub.posted('post_goods_issue'), await hub.effects()]).toEqual([[], { refused: 1 }])
  })
})

describe('an invoice to a customer', () => {
  test('that needs no proof for this customer leaves with the goods', async () => {
    await start({ 'ship-to-invoice': { proofRequired: 'clean_pod', customers: { 'C-1': 'none' } } })
    await hub.say('erp', 'delivery.created', { deliveryNumber: '80000001', customer: 'C-1' })
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toHaveLength(1)
  })

  test('of goods that never arrive is asked about, and when they are lost nothing is billed and the carrier pays', async () => {
    await start({ 'ship-to-invoice': { deliveryOverdueMinutes: 10 } })
    await hub.say('wms', 'shipment.confirmed', shipped)
    await hub.pass(11)
    expect(await hub.open()).toEqual(['delivered-at-all'])
    await hub.decide('delivered-at-all', 'lost')
    await hub.pass(2)
    expect([hub.posted('release_invoice'), hub.posted('clear_invoice_block').length]).toEqual([[], 1])
    expect(await hub.facts('claim.draft')).toHaveLength(1)
  })

  test('that the customer disputes is never reversed by itself: finance decides', async () => {
    await start({ 'ship-to-invoice': { proofRequired: 'delivered_event' } })
    await hub.say('wms', 'shipment.confirmed', shipped)
    await scanned('delivered')
    await hub.pass(2)
    const invoice = { invoiceNumber: '90001', deliveryNumber: '80000001' }
    for (const happened of ['issued', 'sent', 'disputed']) await hub.say('erp', `invoice.${happened}`, invoice)
    await hub.pass(2)
    expect([await hub.open(), hub.posted('issue_credit')]).toEqual([['credit-review'], []])
    await hub.decide('credit-review', 'credit_memo')
    await hub.pass(2)
    expect([hub.posted('issue_credit').length, hub.posted('release_invoice').length]).toEqual([1, 1])
  })

  test('whose goods bring trouble home before they are proven stays blocked', async () => {
    await start({ 'ship-to-invoice': {} })
    await hub.say('wms', 'shipment.confirmed', shipped)
    await scanned('delivered')
    await scanned('refused')
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toEqual([])
    await proven()
    await hub.pass(2)
    expect([hub.posted('release_invoice'), await hub.open()]).toEqual([[], ['unclean-pod']])
  })

  test('of which finance bills nothing is called off, and the ERP is told to forget the block', async () => {
    await start({ 'ship-to-invoice': {} })
    await hub.say('wms', 'shipment.confirmed', shipped)
    await scanned('damaged')
    await scanned('delivered')
    await proven()
    await hub.pass(2)
    await hub.decide('unclean-pod', 'bill_nothing', { data: { claim: 'carrier' } })
    await hub.pass(2)
    expect([hub.posted('release_invoice'), hub.posted('clear_invoice_block').length]).toEqual([[], 1])
  })
})

describe('a return', () => {
  const authorized = async (): Promise<void> =>
    hub.say('erp', 'return.authorized', { returnNumber: 'RM1', lines: [{ ...bolts('4')[0], line: '1' }] })
  const came = async (quantity: string, sku = 'BOLT'): Promise<void> =>
    hub.say('wms', 'movement', {
      ...{ movement: 'return_receipt', sku, quantity, uom: 'EA', to: { location: 'IN' } },
      document: { kind: 'return', id: 'RM1', line: '1' },
    })

  test('that the customer never sends expires, and nobody is credited', async () => {
    await start({ 'return-to-restock': { expiryMinutes: 10 } })
    await authorized()
    await hub.pass(12)
    expect(await hub.facts('return.expired')).toHaveLength(1)
    expect([hub.posted('issue_credit'), hub.posted('post_return_receipt')]).toEqual([[], []])
  })

  test('that comes after it expired is booked all the same, and a person decides about money', async () => {
    await start({ 'return-to-restock': { expiryMinutes: 10 } })
    await authorized()
    await hub.pass(12)
    await came('4')
    await hub.pass(2)
    expect([hub.posted('post_return_receipt').length, await hub.open()]).toEqual([1, ['unannounced-return']])
    await hub.decide('unannounced-return', 'send_back')
    await hub.pass(2)
    expect(hub.posted('issue_credit')).toEqual([])
  })

  test('with more in it than was authorized is booked as it came and credited as a person says', async () => {
    await start({ 'return-to-restock': { inspectMinutes: 5 } })
    await authorized()
    await came('6')
    await hub.pass(2)
    expect([hub.posted('post_return_receipt').length, await hub.open()]).toEqual([1, ['return-mismatch']])
    await hub.decide('return-mismatch', 'accept')
    await hub.pass(6)
    await hub.decide('inspect-return', 'restock')
    await hub.pass(2)
    expect(hub.posted('issue_credit')).toMatchObject([{ lines: [{ quantity: '6' }] }])
  })

  test('with something else in it is not credited before a person has looked', async () => {
    await start({ 'return-to-restock': {} })
    await authorized()
    await came('4', 'NUT')
    await hub.pass(2)
    expect([hub.posted('issue_credit'), await hub.open()]).toEqual([[], ['return-mismatch']])
  })

  test('that is worth something is scrapped only when two people of finance say so', async () => {
    await start({ 'return-to-restock': { inspectMinutes: 5 } })
    await authorized()
    await came('4')
    await hub.pass(6)
    await hub.decide('inspect-return', 'scrap')
    await hub.pass(2)
    expect(await hub.open()).toEqual(['approve-scrap'])
    await hub.decide('approve-scrap', 'scrap', { by: 'ana' })
    await hub.pass(1)
    expect(hub.instructed).toEqual([])
    await hub.decide('approve-scrap', 'scrap', { by: 'ben' })
    await hub.pass(2)
    expect(hub.instructed.length).toBeGreaterThan(0)
  })
})

describe('goods at the dock', () => {
  const order = { purchaseOrderNumber: '4500000001', supplier: 'ELM', lines: bolts('40') }
  const receipt = (quantity: string, more: object = {}) => ({
    ...{ receiptNumber: 'R1', purchaseOrderNumber: '4500000001', location: 'IN', lines: bolts(quantity) },
    ...more,
  })

  test('that nobody ordered are for receiving, and are booked without an order where they are kept', async () => {
    await start({ 'procure-to-receive': { orderKnownMinutes: 5, awaitsPutaway: false } })
    await hub.say('wms', 'receipt.posted', receipt('40'))
    await hub.pass(6)
    expect([hub.posted('post_goods_receipt'), await hub.open()]).toEqual([[], ['unplanned-arrival']])
    await hub.decide('unplanned-arrival', 'quarantine')
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toHaveLength(1)
  })

  test('that nobody ordered and nobody wants are not booked', async () => {
    await start({ 'procure-to-receive': { orderKnownMinutes: 5, awaitsPutaway: false } })
    await hub.say('wms', 'receipt.posted', receipt('40'))
    await hub.pass(6)
    await hub.decide('unplanned-arrival', 'refuse')
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toEqual([])
  })

  test('that nobody ordered and receiving attaches to an order are booked once for it, and complete it', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false } })
    await hub.say('erp', 'purchase_order.issued', order)
    const { purchaseOrderNumber, ...unnamed } = receipt('40')
    await hub.say('wms', 'receipt.posted', unnamed)
    await hub.pass(2)
    await hub.decide('unplanned-arrival', 'attach', { data: { purchaseOrderNumber } })
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toMatchObject([{ lines: [{ quantity: '40' }] }])
    expect([await hub.facts('purchase_order.received'), await hub.open()]).toMatchObject([[{}], []])
  })

  test('of which quality lets pass a part are told of part by part, and what was claimed and released is what was held', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false, inspectedItems: ['BOLT'] } })
    await hub.say('erp', 'purchase_order.issued', order)
    await hub.say('wms', 'receipt.posted', receipt('40'))
    await hub.pass(2)
    await hub.decide('quality-decision', 'release', { data: { quantity: '32' } })
    await hub.pass(1)
    expect(await hub.open()).toContain('quality-decision')
    await hub.decide('quality-decision', 'return')
    await hub.pass(2)
    const ended = await Promise.all(
      ['released', 'returned_to_vendor'].map(async (end) => hub.facts(`quality_hold.${end}`)),
    )
    expect(ended).toMatchObject([
      [{ data: { object: { lines: [{ quantity: '32' }] } } }],
      [{ data: { object: { lines: [{ quantity: '8' }] } } }],
    ])
    expect([await hub.facts('quality_hold.observation_recorded'), hub.posted('post_goods_receipt').length]).toEqual([
      [],
      1,
    ])
  })

  test('a little over what was ordered are booked where the supplier may send a little more', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false, overTolerancePercent: '5' } })
    await hub.say('erp', 'purchase_order.issued', order)
    await hub.say('wms', 'receipt.posted', receipt('41'))
    await hub.pass(2)
    expect([hub.posted('post_goods_receipt').length, await hub.open()]).toEqual([1, []])
  })

  test('that are more than ordered are booked up to the order where receiving refuses the rest', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false } })
    await hub.say('erp', 'purchase_order.issued', order)
    await hub.say('wms', 'receipt.posted', receipt('45'))
    await hub.pass(2)
    await hub.decide('receipt-discrepancy', 'refuse_quantity')
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toMatchObject([{ lines: [{ quantity: '40' }] }])
  })

  test('that come in two deliveries are booked twice, and the order is closed with the second', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false } })
    await hub.say('erp', 'purchase_order.issued', order)
    await hub.say('wms', 'receipt.posted', receipt('25'))
    await hub.pass(1)
    expect(await hub.facts('purchase_order.received')).toEqual([])
    await hub.say('wms', 'receipt.posted', receipt('15', { receiptNumber: 'R2' }))
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toHaveLength(2)
    expect(await hub.facts('purchase_order.received')).toHaveLength(1)
  })
})
