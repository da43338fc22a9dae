import { afterEach, expect, test } from 'vitest'
import { stockSubject } from '../../src/model/stock/subject.ts'
import type { Substitution } from '../../src/model/stock/substitute.ts'
import type { ErpDocument } from '../../src/sandbox/erp.ts'
import { MemoryCodes } from './memory-codes.ts'
import { ProcessHub } from './process-hub.ts'

let hub: ProcessHub
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  expect(hub.erp.doubles).toBe(0)
  await hub.stop()
})

/** One long bolt does the work of two short ones. */
const relation: Substitution = {
  ...{ sku: 'BOLT', substitute: 'LONG', quantity: '2', uom: 'EA', substituteQuantity: '1', substituteUom: 'EA' },
  ...{ direction: 'one_way', priority: 1, priceRule: 'ordered_item', status: 'active', customersAccept: ['ACME'] },
}
const lines = (quantity: string, sku = 'BOLT') => [{ line: '10', lineNo: '10', sku, quantity, uom: 'EA' }]
type Stock = Readonly<Record<string, Readonly<Record<string, string>>>>
const everywhere: Stock = { BOLT: { DC1: '10', DC2: '6' }, LONG: { DC1: '5' } }

/** An order for four bolts is at the warehouse, which finds two. */
async function short(
  shortPick: string,
  { stock = everywhere, more = {} }: { readonly stock?: Stock; readonly more?: Partial<Substitution> } = {},
): Promise<void> {
  const codes = new MemoryCodes()
  codes.relations.push({ ...relation, ...more })
  hub = await ProcessHub.start(
    { 'order-to-ship': { orchestratedBy: 'hub', deliveryCreatedBy: 'hub', shortPick } },
    [],
    [],
    codes,
  )
  let receipts = 0
  for (const [sku, places] of Object.entries(stock))
    for (const [location, quantity] of Object.entries(places))
      await hub.say('wms', 'movement', {
        ...{ movement: 'receipt', sku, quantity, uom: 'EA', to: { location } },
        document: { kind: 'receipt', id: `R${++receipts}`, line: '1' },
      })
  await hub.pass(1)
  const ordered = [{ ...lines('4')[0], unitPrice: '2.50', currency: 'EUR' }]
  await hub.say('erp', 'order.created', { orderNumber: '4711', customerNumber: 'ACME', lines: ordered })
  await hub.pass(2)
  await delivered('80000001', { location: 'DC1', lines: lines('4') })
  await picked('80000001', lines('2'))
}
async function delivered(deliveryNumber: string, more: { readonly location: string; readonly lines: object[] }) {
  await hub.say('erp', 'delivery.created', { deliveryNumber, orderNumber: '4711', ...more })
  await hub.say('erp', 'delivery.released', { deliveryNumber })
  await hub.pass(1)
}
async function picked(deliveryNumber: string, found: object[]): Promise<void> {
  await hub.say('wms', 'delivery.picked', { deliveryNumber, orderNumber: '4711', lines: found })
  await hub.pass(2)
}
async function shipped(
  number: string,
  more: { readonly location: string; readonly lines: ReturnType<typeof lines> },
): Promise<void> {
  for (const { sku, quantity, uom } of more.lines)
    await hub.say('wms', 'movement', {
      ...{ movement: 'ship', sku, quantity, uom, from: { location: more.location } },
      document: { kind: 'order', id: '4711', line: number },
    })
  await hub.say('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: number, orderNumber: '4711', carrier: 'dhl', packages: [{ trackingNumber: `JD${number}` }] },
    ...more,
  })
  await hub.pass(2)
}
/** What deliveries were asked for, and what has left by the books: place, item, quantity. */
const wanted = () => hub.posted('create_delivery').slice(1).map(amounts)
const booked = () => hub.posted('post_goods_issue').map(amounts)
const amounts = ({ header, lines: of }: Pick<ErpDocument, 'header' | 'lines'>): unknown[] => [
  header['location'],
  ...(of as readonly { readonly sku: string; readonly quantity: string }[]).map(
    ({ sku, quantity }) => `${quantity} ${sku}`,
  ),
]
/** What is held for warehouses to pick, by place. */
function held(sku: string): Readonly<Record<string, string>> {
  const { body = '{}' } = hub.hub.backbone.tables.states.get(stockSubject('main', sku)) ?? {}
  const { levels = {} } = JSON.parse(body) as {
    readonly levels?: Readonly<Record<string, { readonly allocated: string }>>
  }
  return Object.fromEntries(Object.entries(levels).map(([place, { allocated }]) => [place, allocated]))
}

test('another item that the customer accepts is shipped for goods that were not found, and the order and the books say so', async () => {
  await short('substitute')
  expect([held('LONG'), wanted()]).toEqual([{ DC1: '1' }, []])
  await shipped('80000001', { location: 'DC1', lines: lines('2') })
  expect(wanted()).toEqual([['DC1', '1 LONG']])
  expect(hub.posted('amend_order').map(({ lines: of }) => of)).toMatchObject([
    [
      {
        line: '10',
        sku: 'BOLT',
        quantity: '2',
        instead: { sku: 'LONG', quantity: '1' },
        priceRule: 'ordered_item',
        unitPrice: '2.5',
      },
    ],
  ])
  await delivered('80000002', { location: 'DC1', lines: lines('1', 'LONG') })
  await shipped('80000002', { location: 'DC1', lines: lines('1', 'LONG') })
  expect(booked()).toEqual([
    ['DC1', '2 BOLT'],
    ['DC1', '1 LONG'],
  ])
  expect([held('LONG'), held('BOLT')['DC1'], await hub.open()]).toEqual([{ DC1: '0' }, '0', []])
})

test('another item that the customer refuses is not shipped: the goods come from another place', async () => {
  await short('substitute, other_node', { more: { customersRefuse: ['ACME'] } })
  await shipped('80000001', { location: 'DC1', lines: lines('2') })
  expect([wanted(), held('LONG'), hub.posted('amend_order')]).toEqual([[['DC2', '2 BOLT']], { DC1: '0' }, []])
})

test('goods that were not found are shipped from another place by a delivery of their own', async () => {
  await short('other_node')
  expect(held('BOLT')['DC2']).toBe('2')
  await shipped('80000001', { location: 'DC1', lines: lines('2') })
  expect(wanted()).toEqual([['DC2', '2 BOLT']])
  await delivered('80000002', { location: 'DC2', lines: lines('2') })
  await picked('80000002', lines('2'))
  await shipped('80000002', { location: 'DC2', lines: lines('2') })
  expect(booked()).toEqual([
    ['DC1', '2 BOLT'],
    ['DC2', '2 BOLT'],
  ])
  expect([held('BOLT'), await hub.open()]).toEqual([{ DC1: '0', DC2: '0' }, []])
})

test('goods that the other place does not find either are tried once each way, and then are for a person', async () => {
  await short('other_node, substitute')
  await shipped('80000001', { location: 'DC1', lines: lines('2') })
  await delivered('80000002', { location: 'DC2', lines: lines('2') })
  await picked('80000002', lines('0'))
  expect(held('LONG')).toEqual({ DC1: '1' })
  // It has nothing to ship.
  await hub.say('erp', 'delivery.cancelled', { deliveryNumber: '80000002', orderNumber: '4711' })
  await hub.pass(2)
  expect(held('LONG')).toEqual({ DC1: '1' })
  expect(wanted()).toEqual([
    ['DC2', '2 BOLT'],
    ['DC1', '1 LONG'],
  ])
  await delivered('80000003', { location: 'DC1', lines: lines('1', 'LONG') })
  await picked('80000003', lines('0', 'LONG'))
  expect([await hub.open(), wanted().length]).toEqual([['short-pick'], 2])
  await hub.decide('short-pick', 'cancel_remainder')
  await hub.pass(1)
  expect(await hub.open()).toEqual([])
})

test('an order that is called off gives back what was held instead of goods that were not found', async () => {
  await short('substitute')
  expect(held('LONG')).toEqual({ DC1: '1' })
  await hub.say('erp', 'order.cancelled', { orderNumber: '4711' })
  await hub.pass(2)
  expect([held('LONG'), wanted()]).toEqual([{ DC1: '0' }, []])
})

test('a person sees what could be shipped with the stock of each, and decides', async () => {
  await short('ask', { more: { customersAccept: [] } })
  expect(await hub.open()).toEqual(['short-pick'])
  const [task] = await hub.facts('task.opened')
  const { body = '{}' } = hub.hub.backbone.tables.states.get(task?.subject ?? '') ?? {}
  expect((JSON.parse(body) as { readonly request: { readonly evidence: object } }).request.evidence).toMatchObject({
    options: [
      {
        way: 'substitute',
        item: 'LONG',
        quantity: '1',
        location: 'DC1',
        free: '5',
        agreed: 'nobody has said',
        price: '2.5 EUR',
      },
      { way: 'other_node', item: 'BOLT', quantity: '2', location: 'DC2', free: '6' },
    ],
  })
  await hub.decide('short-pick', 'other_node', { data: { location: 'DC2' } })
  await hub.pass(1)
  expect([held('BOLT')['DC2'], await hub.open()]).toEqual(['2', []])
})

test.each([0, 1, 2, 3].flatMap((after) => [true, false].map((done) => ({ after, done }))))(
  'what is held instead is held once and given back once, though the hub is killed in between: $after $done',
  async ({ after, done }) => {
    await short('substitute')
    hub.mortal.dieAt({ at: 'commit', after, done })
    await hub.say('erp', 'delivery.cancelled', { deliveryNumber: '80000001', orderNumber: '4711' })
    await hub.pass(5)
    await hub.pass(5)
    expect(held('LONG')).toEqual({ DC1: '0' })
    const given = (await hub.facts('reservation.released')).filter(
      ({ data }) => (data as { sku: string }).sku === 'LONG',
    )
    expect(given).toHaveLength(1)
  },
)
