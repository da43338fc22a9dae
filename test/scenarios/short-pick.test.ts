import { afterEach, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'

let hub: ProcessHub
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  expect(hub.erp.doubles).toBe(0)
  await hub.stop()
})

const bolts = (quantity: string) => [{ line: '10', lineNo: '10', sku: 'BOLT', quantity, uom: 'EA' }]

/** Ten bolts lie in the warehouse by the books; an order for four is at the warehouse, which finds three. */
async function short(shortPick: string): Promise<void> {
  hub = await ProcessHub.start({ 'order-to-ship': { orchestratedBy: 'hub', deliveryCreatedBy: 'hub', shortPick } })
  await hub.say('wms', 'movement', {
    ...{ movement: 'receipt', sku: 'BOLT', quantity: '10', uom: 'EA', to: { location: 'DC1' } },
    document: { kind: 'receipt', id: 'R1', line: '1' },
  })
  await hub.pass(1)
  await hub.say('erp', 'order.created', { orderNumber: '4711', lines: bolts('4') })
  await hub.pass(2)
  await delivered('80000001', '4')
  await hub.say('wms', 'delivery.picked', { deliveryNumber: '80000001', orderNumber: '4711', lines: bolts('3') })
  await hub.pass(1)
}
async function delivered(number: string, quantity: string): Promise<void> {
  await hub.say('erp', 'delivery.created', {
    ...{ deliveryNumber: number, orderNumber: '4711', location: 'DC1', lines: bolts(quantity) },
  })
  await hub.say('erp', 'delivery.released', { deliveryNumber: number })
  await hub.pass(1)
}
async function shipped(number: string, quantity: string): Promise<void> {
  await hub.say('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: number, orderNumber: '4711', location: 'DC1', carrier: 'dhl' },
    ...{ packages: [{ trackingNumber: `JD${number}` }], lines: bolts(quantity) },
  })
  await hub.pass(2)
}
const wanted = () =>
  hub
    .posted('create_delivery')
    .map(({ lines }) => (lines as readonly { quantity: string }[]).map(({ quantity }) => quantity))

test('what a warehouse does not find is shipped by a delivery of its own, and booked once each', async () => {
  await short('backorder')
  expect(wanted()).toEqual([['4']])
  await shipped('80000001', '3')
  expect(wanted()).toEqual([['4'], ['1']])
  await delivered('80000002', '1')
  await shipped('80000002', '1')
  expect(
    hub.posted('post_goods_issue').map(({ lines }) => (lines as readonly { quantity: string }[])[0]?.quantity),
  ).toEqual(['3', '1'])
  expect(await hub.open()).toEqual([])
})

test('what a warehouse does not find is dropped where the policy says so', async () => {
  await short('cancel')
  await shipped('80000001', '3')
  expect([wanted(), await hub.open()]).toEqual([[['4']], []])
})

test('what a warehouse does not find is for a person where the policy says so', async () => {
  await short('ask')
  expect(await hub.open()).toEqual(['short-pick'])
  await hub.decide('short-pick', 'backorder')
  await shipped('80000001', '3')
  expect([wanted(), await hub.open()]).toEqual([[['4'], ['1']], []])
})
