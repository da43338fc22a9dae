import { afterEach, describe, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'

let hub: ProcessHub
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  expect(hub.erp.doubles).toBe(0)
  await hub.stop()
})

const bolts = (quantity: string) => [{ line: '10', lineNo: '10', sku: 'BOLT', quantity, uom: 'EA' }]

/** Ten bolts lie in the warehouse; an order for four is taken, and the hub has a delivery made of it. */
async function ordered(): Promise<void> {
  hub = await ProcessHub.start({ 'order-to-ship': { orchestratedBy: 'hub', deliveryCreatedBy: 'hub' } })
  await hub.say('wms', 'movement', {
    ...{ movement: 'receipt', sku: 'BOLT', quantity: '10', uom: 'EA', to: { location: 'DC1' } },
    document: { kind: 'receipt', id: 'R1', line: '1' },
  })
  await hub.pass(1)
  await hub.say('erp', 'order.created', { orderNumber: '4711', lines: bolts('4') })
  await hub.pass(2)
}

async function delivered(number: string): Promise<void> {
  await hub.say('erp', 'delivery.created', {
    ...{ deliveryNumber: number, orderNumber: '4711', location: 'DC1', lines: bolts('4') },
  })
  await hub.say('erp', 'delivery.released', { deliveryNumber: number })
  await hub.pass(1)
}

const at = async (number: string, status: string): Promise<void> => {
  await hub.report('delivery', number, { status, object: { deliveryNumber: number, orderNumber: '4711' } })
  await hub.pass(1)
}
const shipped = async (number: string, quantity = '4'): Promise<void> => {
  await hub.say('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: number, orderNumber: '4711', location: 'DC1', carrier: 'dhl' },
    ...{ packages: [{ trackingNumber: `JD${number}` }], lines: bolts(quantity) },
  })
  await hub.pass(2)
}
const told = () => hub.instructed.map(({ kind, deliveryNumber }) => `${String(kind)} ${String(deliveryNumber)}`)
const held = async (): Promise<void> => {
  await hub.say('erp', 'order.held', { orderNumber: '4711' })
  await hub.pass(2)
}
const freed = async (): Promise<void> => {
  await hub.say('erp', 'order.hold_released', { orderNumber: '4711' })
  await hub.pass(3)
}

describe('an order that somebody holds', () => {
  test('before it is released gives its stock back, and gets it again when the hold is over', async () => {
    hub = await ProcessHub.start({ 'order-to-ship': { orchestratedBy: 'hub', deliveryCreatedBy: 'hub' } })
    await hub.say('erp', 'order.created', { orderNumber: '4711', lines: bolts('4') })
    await hub.pass(2)
    await held()
    await hub.say('wms', 'movement', {
      ...{ movement: 'receipt', sku: 'BOLT', quantity: '10', uom: 'EA', to: { location: 'DC1' } },
      document: { kind: 'receipt', id: 'R1', line: '1' },
    })
    await hub.pass(2)
    expect(hub.posted('create_delivery')).toEqual([])
    await freed()
    expect(hub.posted('create_delivery')).toMatchObject([{ lines: [{ sku: 'BOLT', quantity: '4' }] }])
  })

  test('when nobody works on it yet is withdrawn, and made into a delivery again when the hold is over', async () => {
    await ordered()
    await delivered('80000001')
    await held()
    expect(told()).toEqual(['delivery_cancellation 80000001'])
    await at('80000001', 'cancelled')
    await freed()
    expect(hub.posted('create_delivery')).toMatchObject([
      { lines: [{ sku: 'BOLT', quantity: '4' }] },
      { lines: [{ sku: 'BOLT', quantity: '4' }] },
    ])
    await delivered('80000002')
    await shipped('80000002')
    expect(hub.posted('post_goods_issue')).toMatchObject([{ header: { deliveryNumber: '80000002' } }])
    expect(await hub.open()).toEqual([])
  })

  test.each([
    ['withdraw', ['delivery_cancellation 80000001'], 0],
    ['ship_anyway', [], 1],
  ])('when a warehouse has picked it is for a person: %s', async (decision, instructions, issues) => {
    await ordered()
    await delivered('80000001')
    await at('80000001', 'picked')
    await held()
    expect([await hub.open(), told()]).toEqual([['hold-late'], []])
    await hub.decide('hold-late', decision, { by: 'ana' })
    await hub.pass(1)
    if (decision === 'ship_anyway') await hub.decide('hold-late', decision, { by: 'ben' })
    await hub.pass(2)
    expect(told()).toEqual(instructions)
    if (decision === 'ship_anyway') await shipped('80000001')
    expect(hub.posted('post_goods_issue')).toHaveLength(issues)
  })

  test('and lets go before anybody has decided just goes on', async () => {
    await ordered()
    await delivered('80000001')
    await at('80000001', 'picked')
    await held()
    await freed()
    expect([await hub.open(), told()]).toEqual([[], []])
    await shipped('80000001')
    expect(hub.posted('post_goods_issue')).toHaveLength(1)
    expect(hub.posted('create_delivery')).toHaveLength(1)
  })
})

describe('an order that is changed after it was picked', () => {
  const changed = async (): Promise<void> => {
    await ordered()
    await delivered('80000001')
    await at('80000001', 'picked')
    await hub.tell('erp', {
      ...{ eventId: 'change', type: 'order.changed', occurredAt: hub.now(), revision: 1 },
      data: { orderNumber: '4711', lines: bolts('6') },
    })
    await hub.pass(2)
  }

  test('is for a person before the warehouse is told anything', async () => {
    await changed()
    expect([await hub.open(), told()]).toEqual([['change-late'], []])
    await hub.decide('change-late', 'ship_as_it_was')
    await hub.pass(2)
    await shipped('80000001')
    expect([told(), hub.posted('post_goods_issue').length]).toEqual([[], 1])
  })

  test('is withdrawn when the person says so, and ships as it is ordered by then', async () => {
    await changed()
    await hub.decide('change-late', 'withdraw')
    await hub.pass(2)
    expect(told()).toEqual(['delivery_cancellation 80000001'])
    await at('80000001', 'cancelled')
    await hub.pass(2)
    expect(hub.posted('create_delivery').at(-1)).toMatchObject({ lines: [{ sku: 'BOLT', quantity: '6' }] })
  })
})

describe('a warehouse that says that something else has left than it said before', () => {
  const issued = async (now: string): Promise<void> => {
    await ordered()
    await delivered('80000001')
    await shipped('80000001')
    await hub.say('erp', 'delivery.goods_issued', { deliveryNumber: '80000001' })
    await shipped('80000001', now)
  }

  test.each([
    ['3', 'post_difference', [['reverse_goods_issue', '1']]],
    ['5', 'post_difference', [['post_goods_issue', '1']]],
    [
      '3',
      'reverse_and_repost',
      [
        ['reverse_goods_issue', '4'],
        ['post_goods_issue', '3'],
      ],
    ],
    ['3', 'leave', []],
  ])('%s instead of 4 is for finance: %s', async (now, decision, booked) => {
    await issued(now)
    const before = hub.erp.documents.length
    expect(await hub.open()).toEqual(['quantity-differs-after-issue'])
    await hub.decide('quantity-differs-after-issue', decision)
    await hub.pass(3)
    const after = hub.erp.documents
      .slice(before)
      .map(({ kind, lines }) => [
        kind === 'goods_issue' ? 'post_goods_issue' : 'reverse_goods_issue',
        (lines[0] as { quantity: string }).quantity,
      ])
    expect([after, await hub.open()]).toEqual([booked, []])
    // However often it is told.
    await shipped('80000001', now)
    expect([hub.erp.documents.length - before, await hub.open()]).toEqual([booked.length, []])
  })

  test('and says the same once more has said nothing new', async () => {
    await issued('4')
    expect([hub.posted('post_goods_issue').length, await hub.open()]).toEqual([1, []])
  })
})
