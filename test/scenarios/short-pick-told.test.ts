import { afterEach, describe, expect, test } from 'vitest'
import { edifact, group, message, set, x12 } from '../edi/interchanges.ts'
import { unanswered } from './golden-file.ts'
import { ProcessHub } from './process-hub.ts'

let hub: ProcessHub
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  expect(hub.erp.doubles).toBe(0)
  expect(await hub.hub.backbone.parked({ limit: 5 })).toEqual([])
  await hub.stop()
})

const agreed = { ...unanswered, carrier: 'dhl', system: 'wms', location: 'DC1' }
const partners = [
  { id: 'depot', connector: 'edi-partner', settings: agreed },
  { id: 'lager', connector: 'edi-partner', settings: { ...agreed, notices: 'warehouse' } },
  {
    ...{ id: 'tryton', connector: 'tryton' },
    settings: { url: 'https://tryton.example/db', user: 'hub', password: 'hub-pw', system: 'erp', pollSeconds: 86_400 },
  },
]
let documents = 100
const advice945 = (delivery: string, lines: readonly string[], shipment?: string): string => {
  const number = String(++documents)
  const body = [
    `W06*N*${delivery}*20260402${shipment === undefined ? '' : `*${shipment}`}`,
    'W27*M*DHLG',
    'LX*1',
    `MAN*CP*JD${delivery}`,
    ...lines,
  ]
  return x12({
    number: number.padStart(9, '0'),
    groups: [group({ identifier: 'SW', number, sets: [set({ identifier: '945', body })] })],
  })
}
const despatch = (delivery: string, lines: readonly string[], notice = 'DA-1'): string => {
  const head = [`BGM+351+${notice}+9`, 'DTM+11:20260402:102', `RFF+DQ:${delivery}`, 'TDT+20++30+31+DHLG', 'CPS+1']
  const marks = ['PAC+1++CT', 'PCI+33E', 'GIN+AW+JD1']
  return edifact({
    number: String(++documents),
    messages: [message({ type: 'DESADV:D:96A:UN', body: [...head, ...marks, ...lines] })],
  })
}

/** How a warehouse says that it found, of four bolts, three. */
const words: Readonly<Record<string, () => Promise<void>>> = {
  'an X12 945': () => hub.arrives('depot', advice945('80000001', ['W12*BP*4*3*1*EA**SK*BOLT'])),
  'an X12 945 in two packages': () =>
    hub.arrives('depot', advice945('80000001', ['W12*BP*4*2*2*EA**SK*BOLT', 'LX*2', 'W12*BP*4*1*3*EA**SK*BOLT'])),
  'an EDIFACT DESADV': () =>
    hub.arrives('lager', despatch('80000001', ['LIN+1++BOLT:SA', 'QTY+12:3:PCE', 'QTY+21:4:PCE', 'QVR+1:21+BP'])),
}
const quantities = (command: 'create_delivery' | 'post_goods_issue') =>
  hub
    .posted(command)
    .map(({ lines }) => (lines as readonly { quantity: string }[]).map(({ quantity }) => quantity).join())
const bolts = (quantity: string) => [{ line: '10', lineNo: '10', sku: 'BOLT', quantity, uom: 'EA' }]

async function ordered(shortPick: string, more: object = {}): Promise<void> {
  const policy = { orchestratedBy: 'hub', deliveryCreatedBy: 'hub', shortPick, ...more }
  hub = await ProcessHub.start({ 'order-to-ship': policy }, [], partners)
  await hub.say('wms', 'movement', {
    ...{ movement: 'receipt', sku: 'BOLT', quantity: '10', uom: 'EA', to: { location: 'DC1' } },
    document: { kind: 'receipt', id: 'R1', line: '1' },
  })
  await hub.pass(1)
}
async function delivered(number: string, quantity: string): Promise<void> {
  await hub.say('erp', 'delivery.created', {
    ...{ deliveryNumber: number, orderNumber: '4711', location: 'DC1', lines: bolts(quantity) },
  })
  await hub.say('erp', 'delivery.released', { deliveryNumber: number })
  await hub.pass(1)
}
async function short(shortPick: string, more: object = {}): Promise<void> {
  await ordered(shortPick, more)
  await hub.say('erp', 'order.created', { orderNumber: '4711', lines: bolts('4') })
  await hub.pass(2)
  await delivered('80000001', '4')
}

describe.each(Object.entries(words))('what a warehouse did not find, told by %s', (_, told) => {
  test('is left to the warehouse that says it ships it later, whatever the policy, and a person is asked when it does not', async () => {
    await short('backorder', { backorderMinutes: 60 })
    await told()
    await hub.pass(2)
    expect([quantities('create_delivery'), await hub.open()]).toEqual([['4'], []])
    await hub.pass(61)
    expect([quantities('create_delivery'), await hub.open()]).toEqual([['4'], ['short-pick']])
    await hub.decide('short-pick', 'backorder')
    await hub.pass(1)
    expect(quantities('create_delivery')).toEqual(['4', '1'])
  })

  test('is shipped by a delivery of its own where the warehouse only says so, and what left is booked once', async () => {
    await short('backorder', { restFollows: false })
    await told()
    await hub.pass(2)
    expect([quantities('create_delivery'), await hub.open()]).toEqual([['4', '1'], []])
    expect(
      quantities('post_goods_issue').map((one) => one.split(',').reduce((sum, part) => sum + Number(part), 0)),
    ).toEqual([3])
  })

  test('is for a person where the policy says so, with what the warehouse says of the rest', async () => {
    await short('ask')
    await told()
    await hub.pass(2)
    expect(await hub.open()).toEqual(['short-pick'])
    const [task] = await hub.facts('task.opened')
    expect((task?.data as { question: string } | undefined)?.question).toContain('did not find 1 EA BOLT')
    const picked = (await hub.facts('delivery.staged')).map(({ data }) => (data as { object: object }).object)
    expect(picked).toHaveLength(1)
    expect(JSON.stringify(picked)).toMatch(/"picked":\[\{[^\]]*"ordered":"4"[^\]]*"rest":"backordered"/)
    await hub.decide('short-pick', 'backorder')
    await hub.pass(1)
    expect(quantities('create_delivery')).toEqual(['4', '1'])
  })
})

test('a warehouse that found nothing at all tells so by a 945, and nothing is booked', async () => {
  await short('ask')
  await hub.arrives('depot', advice945('80000001', ['W12*CU*4*0*4*EA**SK*BOLT']))
  await hub.pass(2)
  expect([await hub.open(), quantities('post_goods_issue')]).toEqual([['short-pick'], []])
})

test('a 945 that is told again with other quantities is for finance, with the new quantities', async () => {
  await short('backorder')
  await hub.arrives('depot', advice945('80000001', ['W12*CC*4*4**EA**SK*BOLT']))
  await hub.pass(2)
  expect(quantities('post_goods_issue')).toEqual(['4'])
  await hub.say('erp', 'delivery.goods_issued', { deliveryNumber: '80000001' })
  await hub.pass(1)
  await hub.arrives('depot', advice945('80000001', ['W12*BP*4*2.5*1.5*EA**SK*BOLT']))
  await hub.pass(2)
  expect(await hub.open()).toEqual(['quantity-differs-after-issue'])
  await hub.decide('quantity-differs-after-issue', 'post_difference')
  await hub.pass(2)
  expect(hub.posted('reverse_goods_issue').map(({ lines }) => lines)).toMatchObject([
    [{ sku: 'BOLT', quantity: '1.5' }],
  ])
  expect(quantities('post_goods_issue')).toEqual(['4'])
})

/** A warehouse that ships three of four, and then what was missing, under the same delivery. */
const inTwo: Readonly<Record<string, (shipment: string, shipped: string, missing: string) => Promise<void>>> = {
  'an X12 945 with the number of its shipment': (shipment, shipped, missing) => {
    const line = `W12*${missing === '0' ? 'CC' : 'BP'}*${Number(shipped) + Number(missing)}*${shipped}*${missing}*EA**SK*BOLT`
    return hub.arrives('depot', advice945('80000001', [line], shipment))
  },
  'an EDIFACT DESADV with a number of its own': (notice, shipped, missing) => {
    const rest = missing === '0' ? [] : [`QTY+21:${Number(shipped) + Number(missing)}:PCE`, `QVR+${missing}:21+BP`]
    return hub.arrives('lager', despatch('80000001', ['LIN+1++BOLT:SA', `QTY+12:${shipped}:PCE`, ...rest], notice))
  },
}

describe.each(Object.entries(inTwo))('what leaves later under the same delivery, told by %s', (_, told) => {
  async function leavesInTwo(policy: string): Promise<void> {
    await short(policy)
    await told('SHP-1', '3', '1')
    await hub.pass(2)
    await told('SHP-2', '1', '0')
    await hub.pass(2)
    expect([quantities('post_goods_issue'), quantities('create_delivery'), await hub.open()]).toEqual([
      ['3', '1'],
      ['4'],
      [],
    ])
  }

  test('is another confirmation, booked by itself, and all of it has left then', async () => {
    await leavesInTwo('ask')
    const shipped = (await hub.facts('inventory.movement_posted')).filter(
      ({ data }) => (data as { type: string }).type === 'ship',
    )
    expect(shipped.map(({ data }) => (data as { quantity: string }).quantity)).toEqual(['3', '1'])
  })

  test('is never shipped by another delivery, too', async () => {
    await leavesInTwo('backorder')
  })

  test('and told again under the same number with another quantity is a correction', async () => {
    await short('backorder')
    await told('SHP-1', '4', '0')
    await hub.pass(2)
    await hub.say('erp', 'delivery.goods_issued', { deliveryNumber: '80000001' })
    await hub.pass(1)
    await told('SHP-1', '3', '1')
    await hub.pass(2)
    expect([quantities('post_goods_issue'), await hub.open()]).toEqual([['4'], ['quantity-differs-after-issue']])
  })
})

describe('Tryton', () => {
  const at = (second: number) => ({
    ...{ __class__: 'datetime', year: 2026, month: 4, day: 2, hour: 8, minute: 0, second, microsecond: 0 },
  })
  const goods = (quantity: number, state: string, symbol = 'u') => ({
    ...{
      state,
      quantity,
      'product.': { code: 'BOLT' },
      'uom.': { symbol },
      'origin.': { 'sale.': { number: '4711' } },
    },
  })
  const shipment = (number: string, state: string, moves: readonly object[], second: number) =>
    hub.tell('tryton', {
      model: 'stock.shipment.out',
      row: {
        ...{ id: Number(number), number, state, write_date: at(second), create_date: at(0) },
        ...{ 'warehouse.': { code: 'DC1' }, 'outgoing_moves.': moves },
      },
    })
  async function sold(policy: string): Promise<void> {
    await ordered(policy)
    const line = { type: 'line', quantity: 4, 'product.': { code: 'BOLT' }, 'unit.': { symbol: 'u' } }
    await hub.tell('tryton', {
      model: 'sale.sale',
      row: { id: 1, number: '4711', state: 'processing', write_date: at(1), create_date: at(0), 'lines.': [line] },
    })
    await hub.pass(2)
  }

  test('tells by its moves what was picked short: a person is asked, with exact quantities', async () => {
    await sold('ask')
    await shipment('80000001', 'waiting', [goods(4, 'draft')], 2)
    await shipment('80000001', 'picked', [goods(2.5, 'assigned'), goods(0.25, 'assigned')], 3)
    await hub.pass(2)
    expect(await hub.open()).toEqual(['short-pick'])
    const [task] = await hub.facts('task.opened')
    expect((task?.data as { question: string } | undefined)?.question).toContain('did not find 1.25 C62 BOLT')
  })

  test('tells of a shipment that is done before anybody saw it wait: nothing is known to be short', async () => {
    await sold('ask')
    await shipment('80000001', 'done', [goods(3, 'done')], 3)
    await hub.pass(2)
    expect(await hub.open()).toEqual([])
  })

  test('tells of an item of which nothing was there by a move that was taken back', async () => {
    await sold('ask')
    await shipment('80000001', 'assigned', [goods(4, 'draft')], 2)
    await shipment('80000001', 'packed', [goods(4, 'cancelled')], 3)
    await hub.pass(2)
    expect(await hub.open()).toEqual(['short-pick'])
  })
})
