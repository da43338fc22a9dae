import { afterEach, describe, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'

let hub: ProcessHub
const start = async (...choice: Parameters<typeof ProcessHub.start>): Promise<void> => {
  hub = await ProcessHub.start(...choice)
}
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  await hub.stop()
})

const order = {
  purchaseOrderNumber: '4500000001',
  supplier: 'ELM',
  lines: [{ line: '10', sku: 'BOLT', quantity: '40', uom: 'EA' }],
}
const receipt = (quantity: string) => ({
  receiptNumber: 'R1',
  purchaseOrderNumber: '4500000001',
  location: 'IN',
  lines: [{ line: '10', sku: 'BOLT', quantity, uom: 'EA' }],
})

describe('goods from a supplier', () => {
  test('are booked at once and once where the tenant has not chosen the process', async () => {
    await start({})
    await hub.say('wms', 'receipt.posted', receipt('45'))
    await hub.say('wms', 'receipt.posted', receipt('45'))
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })

  test('wait for an order that comes late, and are booked once', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false } })
    await hub.say('wms', 'receipt.posted', receipt('40'))
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toEqual([])
    await hub.say('erp', 'purchase_order.issued', order)
    await hub.say('wms', 'receipt.posted', receipt('40'))
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toMatchObject([
      { header: { receiptNumber: 'R1', purchaseOrderNumber: '4500000001' } },
    ])
    expect(await hub.facts('purchase_order.received')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })

  test('that are more than was ordered are booked as a person decides, and claimed from the supplier', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false, discrepancyMinutes: 20 } })
    await hub.say('erp', 'purchase_order.issued', order)
    await hub.say('wms', 'receipt.posted', receipt('45'))
    await hub.pass(25)
    expect([hub.posted('post_goods_receipt'), await hub.open()]).toEqual([[], ['receipt-discrepancy']])
    expect(await hub.facts('task.escalated')).toHaveLength(1)
    await hub.decide('receipt-discrepancy', 'claim')
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toMatchObject([{ lines: [{ sku: 'BOLT', quantity: '45' }] }])
    expect(await hub.facts('claim.draft')).toMatchObject([
      { data: { object: { claimNumber: 'GR-R1', type: 'overage' } } },
    ])
  })

  test('that are damaged at the dock are refused, and the order waits for those that replace them', async () => {
    await start({ 'procure-to-receive': { awaitsPutaway: false } })
    await hub.say('erp', 'purchase_order.issued', order)
    const [line] = receipt('30').lines
    await hub.say('wms', 'receipt.posted', {
      ...receipt('30'),
      lines: [line, { ...line, line: '20', quantity: '10', status: 'damaged' }],
    })
    await hub.pass(2)
    await hub.decide('receipt-discrepancy', 'refuse_quantity')
    await hub.pass(2)
    expect([hub.posted('post_goods_receipt'), await hub.facts('purchase_order.received')]).toMatchObject([
      [{ lines: [{ quantity: '30' }] }],
      [],
    ])
    await hub.say('wms', 'receipt.posted', { ...receipt('10'), receiptNumber: 'R2' })
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toHaveLength(2)
    expect(await hub.facts('purchase_order.received')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })

  test('that nobody answers, announces or sends are asked after by the clock', async () => {
    await start({ 'procure-to-receive': { unacknowledgedMinutes: 10, overdueMinutes: 20 } })
    await hub.say('erp', 'purchase_order.issued', { ...order, due: '2026-04-11' })
    await hub.pass(11)
    expect(await hub.open()).toEqual(['po-unacknowledged'])
    await hub.decide('po-unacknowledged', 'confirmed')
    await hub.pass(21)
    expect(await hub.open()).toEqual(['late-supplier'])
    await hub.say('wms', 'receipt.posted', receipt('40'))
    await hub.pass(2)
    expect(hub.posted('post_goods_receipt')).toHaveLength(1)
  })
})

describe('an invoice', () => {
  const confirmation = {
    deliveryNumber: '80000001',
    location: 'OUT',
    carrier: 'dhl',
    packages: [{ trackingNumber: 'JD1' }, { trackingNumber: 'JD2' }],
    lines: [{ line: '10', sku: 'BOLT', quantity: '4', uom: 'EA' }],
  }
  const scan = async (trackingNumber: string, code: string): Promise<void> =>
    hub.say('dhl', 'scan', { trackingNumber, code })
  const proof = async (trackingNumber: string): Promise<void> =>
    hub.say('dhl', 'proof_of_delivery', { trackingNumber, signedBy: 'A. Meyer' })

  test('leaves once, when the last proof is there, however long the carrier is asked for it', async () => {
    await start({ 'ship-to-invoice': { podRequestMinutes: 5, podChaseMinutes: 20 } })
    await hub.say('wms', 'shipment.confirmed', confirmation)
    await scan('JD1', 'delivered')
    await scan('JD2', 'delivered')
    await proof('JD1')
    await hub.pass(22)
    expect([hub.posted('release_invoice'), await hub.open()]).toEqual([[], ['chase-pod']])
    const asked = (await hub.facts('process.effect_wanted')).filter(
      ({ data }) => (data as { command: string }).command === 'request_pod',
    )
    expect(asked).toHaveLength(4)
    await proof('JD2')
    await proof('JD2')
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toMatchObject([{ header: { deliveryNumber: '80000001' } }])
    expect(await hub.open()).toEqual([])
  })

  test('leaves without a proof when two people say so, and not when one does', async () => {
    await start({ 'ship-to-invoice': { lateProof: 'ask', podPolicyMinutes: 20 } })
    await hub.say('wms', 'shipment.confirmed', confirmation)
    await scan('JD1', 'delivered')
    await scan('JD2', 'delivered')
    await hub.pass(21)
    await hub.decide('waive-pod', 'release', { by: 'ana' })
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toEqual([])
    await hub.decide('waive-pod', 'release', { by: 'ben' })
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toHaveLength(1)
    await proof('JD1')
    await proof('JD2')
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toHaveLength(1)
    expect(hub.posted('attach_pod').length).toBeGreaterThan(0)
  })

  test('stops at finance when the carrier notes damage, and then bills what finance says', async () => {
    await start({ 'ship-to-invoice': {} })
    await hub.say('wms', 'shipment.confirmed', confirmation)
    await scan('JD1', 'damaged')
    await scan('JD1', 'delivered')
    await scan('JD2', 'delivered')
    await proof('JD1')
    await proof('JD2')
    await hub.pass(2)
    const noted = await hub.facts('shipment.exception_opened')
    expect(noted.map(({ data }) => (data as { category: string }).category)).toContain('damaged')
    expect([hub.posted('release_invoice'), await hub.open()]).toEqual([[], ['unclean-pod']])
    await hub.decide('unclean-pod', 'bill_all', { data: { claim: 'carrier' } })
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toHaveLength(1)
    expect(await hub.facts('claim.draft')).toHaveLength(1)
  })

  test('leaves with the last proof as ever where the tenant has not chosen the process', async () => {
    await start({})
    await hub.say('wms', 'shipment.confirmed', confirmation)
    for (const one of ['JD1', 'JD2']) {
      await scan(one, 'delivered')
      await proof(one)
    }
    await hub.pass(2)
    expect(hub.posted('release_invoice')).toHaveLength(1)
  })
})

describe('goods that a customer sends back', () => {
  const back = (quantity: string) => ({
    movement: 'return_receipt',
    sku: 'BOLT',
    quantity,
    uom: 'EA',
    to: { location: 'IN' },
    document: { kind: 'return', id: 'RM1', line: '1' },
  })

  test('are booked as the warehouse counts them, not as they were announced', async () => {
    await start({ 'return-to-restock': { inspectMinutes: 10 } })
    await hub.say('erp', 'return.authorized', {
      returnNumber: 'RM1',
      lines: [{ line: '1', sku: 'BOLT', quantity: '10', uom: 'EA' }],
    })
    await hub.say('wms', 'movement', back('8'))
    await hub.say('wms', 'movement', back('8'))
    await hub.pass(11)
    expect(hub.posted('post_return_receipt')).toMatchObject([{ lines: [{ sku: 'BOLT', quantity: '8' }] }])
    expect(await hub.open()).toEqual(['inspect-return'])
    await hub.decide('inspect-return', 'restock')
    await hub.pass(2)
    const wanted = (await hub.facts('process.effect_wanted')).map(
      ({ data }) => data as { command: string; payload: object },
    )
    expect(wanted.find(({ command }) => command === 'issue_credit')?.payload).toMatchObject({
      lines: [{ sku: 'BOLT', quantity: '8' }],
    })
    expect(hub.instructed).toMatchObject([
      { kind: 'return_disposition', returnNumber: 'RM1', sku: 'BOLT', quantity: '8', disposition: 'restock' },
    ])
    expect(hub.posted('issue_credit')).toMatchObject([{ header: { returnNumber: 'RM1' }, lines: [{ quantity: '8' }] }])
    expect(await hub.facts('return.received')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })

  test('that nobody announced are booked, and a person decides about them', async () => {
    await start({ 'return-to-restock': {} })
    await hub.say('wms', 'movement', back('2'))
    await hub.pass(2)
    expect(hub.posted('post_return_receipt')).toHaveLength(1)
    expect(await hub.facts('return.provisional')).toHaveLength(1)
    expect(await hub.open()).toEqual(['unannounced-return'])
  })
})

describe('an invoice of a carrier', () => {
  const load = {
    deliveryNumber: '80000001',
    location: 'OUT',
    carrier: 'dhl',
    packages: [{ trackingNumber: 'JD1' }],
    lines: [{ line: '10', sku: 'BOLT', quantity: '4', uom: 'EA' }],
    freight: { amount: '100.00', currency: 'EUR' },
  }
  const invoice = async (invoiceNumber: string, amount: string): Promise<void> =>
    hub.report('freight_invoice', invoiceNumber, {
      status: 'received',
      object: {
        invoiceNumber,
        carrier: 'dhl',
        shipment: '80000001',
        total: { amount, currency: 'EUR' },
        lines: [{ line: '1', charges: [{ code: 'freight', amount: { amount, currency: 'EUR' } }] }],
      },
    })
  const paid = async (): Promise<unknown[]> =>
    (await hub.facts('process.effect_wanted'))
      .map(({ data }) => data as { command: string; businessKey: string; payload: { amount: string } })
      .filter(({ command }) => command === 'post_freight_invoice')
      .map(({ businessKey, payload }) => `${businessKey} ${payload.amount}`)

  test('is paid once without a person when it is what was put aside, whatever comes first', async () => {
    await start({ 'freight-settlement': {} })
    await invoice('F1', '101.00')
    await hub.say('wms', 'shipment.confirmed', load)
    await hub.say('dhl', 'scan', { trackingNumber: 'JD1', code: 'delivered' })
    await invoice('F2', '101.00')
    await hub.pass(2)
    expect(await paid()).toEqual(['dhl:F1 101'])
    expect(hub.posted('post_freight_invoice')).toMatchObject([{ header: { invoiceNumber: 'F1', amount: '101' } }])
    expect(hub.posted('adjust_freight_accrual')).toMatchObject([{ header: { invoiceNumber: 'F1', delta: '1' } }])
    expect(await hub.facts('freight_invoice.posted')).toHaveLength(1)
    expect(hub.posted('post_freight_accrual')).toHaveLength(1)
    expect(await hub.facts('freight_invoice.duplicate')).toHaveLength(1)
    expect(await hub.facts('freight_invoice.approved')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })

  test('that the ERP is never told of is not called posted until somebody has booked it', async () => {
    await start({ 'freight-settlement': {} }, ['post_freight_invoice'])
    await hub.say('wms', 'shipment.confirmed', load)
    await hub.say('dhl', 'scan', { trackingNumber: 'JD1', code: 'delivered' })
    await invoice('F1', '100.00')
    await hub.pass(2)
    expect([await hub.open(), await hub.facts('freight_invoice.posted')]).toEqual([['resolve-unrouted'], []])
    await hub.decide('resolve-unrouted', 'done')
    await hub.pass(2)
    expect([await hub.open(), await hub.facts('freight_invoice.posted')]).toMatchObject([[], [{}]])
  })

  test('that is too much is paid as freight audit decides', async () => {
    await start({ 'freight-settlement': {} })
    await hub.say('wms', 'shipment.confirmed', load)
    await hub.say('dhl', 'scan', { trackingNumber: 'JD1', code: 'delivered' })
    await invoice('F1', '130.00')
    await hub.pass(2)
    expect([await paid(), await hub.open()]).toEqual([[], ['variance']])
    await hub.decide('variance', 'short_pay')
    await hub.pass(2)
    expect(await paid()).toEqual(['dhl:F1 100'])
    expect(await hub.facts('freight_invoice.short_paid')).toHaveLength(1)
  })
})

test('a receipt that is too much becomes a claim, which is sent when a person says so', async () => {
  await start({ 'procure-to-receive': { awaitsPutaway: false }, claim: {} })
  await hub.say('erp', 'purchase_order.issued', order)
  await hub.say('wms', 'receipt.posted', receipt('45'))
  await hub.pass(2)
  await hub.decide('receipt-discrepancy', 'claim')
  await hub.pass(2)
  expect(await hub.open()).toEqual(['submit-claim'])
  await hub.decide('submit-claim', 'submit')
  await hub.pass(2)
  const wanted = (await hub.facts('process.effect_wanted')).map(
    ({ data }) => data as { command: string; payload: object },
  )
  expect(wanted.find(({ command }) => command === 'create_claim')?.payload).toMatchObject({
    claimNumber: 'GR-R1',
    against: 'supplier',
    type: 'overage',
    receiptNumber: 'R1',
  })
  expect(hub.posted('create_claim')).toMatchObject([{ header: { claimNumber: 'GR-R1', receiptNumber: 'R1' } }])
  expect(await hub.facts('claim.submitted')).toHaveLength(1)
})

describe('what a carrier asks for too much', () => {
  const euros = (amount: string) => ({ amount, currency: 'EUR' })
  const bill = (invoiceNumber: string, amount: string, more: object = {}) => ({
    ...{ invoiceNumber, carrier: 'dhl', shipment: '80000001', total: euros(amount), ...more },
    lines: [{ line: '1', charges: [{ code: 'freight', amount: euros(amount) }] }],
  })
  const disputed = async (): Promise<void> => {
    await start({ 'freight-settlement': { serviceProof: 'none' } })
    await hub.say('wms', 'shipment.confirmed', {
      ...{ deliveryNumber: '80000001', location: 'OUT', carrier: 'dhl', freight: euros('100.00') },
      packages: [{ trackingNumber: 'JD1' }],
      lines: [{ line: '10', sku: 'BOLT', quantity: '4', uom: 'EA' }],
    })
    await hub.say('erp', 'freight_invoice.received', bill('F1', '130.00'))
    await hub.pass(2)
    await hub.decide('variance', 'dispute')
    await hub.pass(2)
  }
  const ends = async () => (await hub.facts('freight_invoice.dispute_resolved')).map(({ data }) => data)
  const paid = () => hub.posted('post_freight_invoice').map(({ header }) => header)

  test('is disputed, and paid with the credit note that gives it back: the books come to what was put aside', async () => {
    await disputed()
    expect([paid(), await hub.open()]).toEqual([[], []])
    await hub.say('erp', 'freight_invoice.received', bill('C1', '-30.00', { kind: 'credit_note' }))
    await hub.pass(3)
    expect(await ends()).toMatchObject([{ resolution: 'carrier_credit', pay: '130', creditNote: 'C1' }])
    expect(paid()).toMatchObject([{ invoiceNumber: 'F1' }, { invoiceNumber: 'C1' }])
    expect(hub.posted('adjust_freight_accrual')).toHaveLength(2)
    expect(await hub.open()).toEqual([])
  })

  test('is paid as the carrier agrees, and he is believed once however often he says so', async () => {
    await disputed()
    const answer = { invoiceNumber: 'F1', carrier: 'dhl', answerNumber: 'A1', answer: 'accepted', amount: '30.00' }
    await hub.say('erp', 'freight_invoice.dispute_responded', answer)
    await hub.say('erp', 'freight_invoice.dispute_responded', answer)
    await hub.pass(3)
    expect(await hub.facts('freight_invoice.dispute_responded')).toHaveLength(1)
    expect(await ends()).toMatchObject([{ resolution: 'carrier_credit', pay: '100' }])
    expect([paid(), await hub.open()]).toMatchObject([[{ invoiceNumber: 'F1' }], []])
  })

  test('that the carrier insists on is paid as freight audit decides', async () => {
    await disputed()
    const answer = { invoiceNumber: 'F1', carrier: 'dhl', answerNumber: 'A1', answer: 'rejected', text: 'waiting time' }
    await hub.say('erp', 'freight_invoice.dispute_responded', answer)
    await hub.pass(3)
    expect(await hub.open()).toEqual(['decide-dispute'])
    await hub.decide('decide-dispute', 'split', { data: { amount: '110.00' } })
    await hub.pass(3)
    expect(await ends()).toMatchObject([{ resolution: 'split', pay: '110' }])
    expect(hub.posted('post_freight_invoice')).toHaveLength(1)
    expect(await hub.open()).toEqual([])
  })
})
