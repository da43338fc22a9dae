import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PocketHub } from '../../test/pocket-hub.ts'
import type { Assertion, Fact } from '../model/fact.ts'
import { connections, type Happening, routes, said } from './happenings.contract.ts'
import { type PostingRoute, postings } from './postings.ts'

const confirmation = {
  deliveryNumber: '0080001234',
  location: 'OUT',
  carrier: 'parcelnorth',
  packages: [{ trackingNumber: 'PN1' }, { trackingNumber: 'PN2' }],
  lines: [{ line: '10', sku: 'LAMP', quantity: '4', uom: 'EA' }],
  freight: { amount: '12.40', currency: 'EUR' },
}
const confirmed = said('wms', 'shipment.confirmed', confirmation)
const confirmedAgain = said('wms', 'shipment.confirmed', {
  ...confirmation,
  confirmation: 2,
  packages: [{ trackingNumber: 'PN2' }],
  lines: [{ line: '10', sku: 'LAMP', quantity: '2', uom: 'EA' }],
})

function scan(number: string, code: string, options: { at?: string; document?: string; whole?: true } = {}): Happening {
  const { at = '2026-04-02T09:00:00Z', document, whole } = options
  const report: Assertion = {
    type: 'tracking.reported',
    about: {
      entity: 'shipment',
      references: [{ scheme: 'tracking_number', issuer: 'parcelnorth', value: number }],
      unknown: 'create',
    },
    data: {
      carrier: 'parcelnorth',
      events: [
        {
          code,
          classifier: 'actual',
          action: 'record',
          occurredAt: { at, precision: 'second', offsetKnown: true },
          raw: { codeSystem: 'test', code },
          confidence: 'exact',
          ...(whole === undefined ? { package: number } : {}),
          ...(document === undefined
            ? {}
            : { documents: [{ type: 'pod', sha256: document, mediaType: 'application/pdf' }] }),
        },
      ],
    },
  }
  return (hub) => hub.tell('carrier', [report])
}

const proofOf = (number: string, document: string): Happening =>
  scan(number, 'pod_received', { at: '2026-04-02T09:10:00Z', document })

function owed(happenings: readonly Happening[]): string[] {
  const hub = new PocketHub(connections, routes)
  for (const happen of happenings) happen(hub)
  expect(hub.parked).toEqual([])
  return [...hub.effects.keys()].toSorted()
}

test('owes the same postings in whatever order and however often everything is told', () => {
  const movement = (type: string, document: object, more: object): Happening =>
    said('wms', 'movement', { movement: type, sku: 'LAMP', quantity: '1', uom: 'EA', document, ...more })
  const day: readonly Happening[] = [
    confirmed,
    confirmedAgain,
    said('erp', 'delivery.created', { deliveryNumber: '80001234' }, { revision: 1 }),
    said('wms', 'receipt.posted', {
      receiptNumber: 'GR-1',
      location: 'IN',
      lines: [{ sku: 'LAMP', quantity: '40', uom: 'EA' }],
    }),
    movement('damage', { kind: 'damage', id: 'DM-1' }, { from: { location: 'IN' } }),
    movement('damage', { kind: 'damage', id: 'DM-1R' }, { from: { location: 'IN' }, reverses: 'wms/damage/DM-1//' }),
    movement(
      'ship_reversal',
      { kind: 'delivery', id: '0080001234', line: '10', sequence: 'r1' },
      { to: { location: 'OUT' }, reverses: 'wms/delivery/0080001234/10/' },
    ),
    scan('PN1', 'picked_up', { at: '2026-04-01T18:00:00Z' }),
    scan('PN1', 'delivered'),
    scan('PN2', 'delivered'),
    proofOf('PN1', 'a'.repeat(64)),
    proofOf('PN2', 'b'.repeat(64)),
  ]
  const expected = [
    'adjust_inventory:erp:wms/damage/DM-1//',
    'adjust_inventory:erp:wms/damage/DM-1R//',
    `attach_pod:erp:80001234:${'a'.repeat(64)}`,
    `attach_pod:erp:80001234:${'b'.repeat(64)}`,
    'attach_pod:erp:80001234:proof',
    'post_freight_accrual:erp:80001234:parcelnorth',
    'post_freight_accrual:erp:80001234:parcelnorth:2',
    'post_goods_issue:erp:80001234',
    'post_goods_issue:erp:80001234:2',
    'post_goods_receipt:erp:GR-1',
    'release_invoice:erp:80001234',
    'reverse_goods_issue:erp:wms/delivery/0080001234/10/r1',
  ]
  expect(owed(day)).toEqual(expected)
  const told = fc
    .subarray([...day])
    .chain((again) => fc.shuffledSubarray([...day, ...again], { minLength: day.length + again.length }))
  fc.assert(
    fc.property(told, (happenings) => {
      expect(owed(happenings)).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

test('holds the invoice while one package is not delivered, whatever has been proven', () => {
  expect(owed([confirmed, scan('PN1', 'delivered'), proofOf('PN1', 'a'), proofOf('PN2', 'b')])).not.toContain(
    'release_invoice:erp:80001234',
  )
})

test('holds the invoice while one package has no proof of delivery, however often the other is proven', () => {
  const without = [
    confirmed,
    scan('PN1', 'delivered'),
    scan('PN2', 'delivered'),
    proofOf('PN1', 'a'),
    proofOf('PN1', 'b'),
  ]
  expect(owed(without)).not.toContain('release_invoice:erp:80001234')
  expect(owed([...without, proofOf('PN2', 'c')])).toContain('release_invoice:erp:80001234')
})

test('takes a proof of the whole shipment for every package, but never bills one that was lost', () => {
  const proof = scan('PN1', 'pod_received', { at: '2026-04-03T09:00:00Z', document: 'a', whole: true })
  const delivered = [confirmed, scan('PN1', 'delivered'), proof]
  expect(owed([...delivered, scan('PN2', 'delivered')])).toContain('release_invoice:erp:80001234')
  expect(owed([...delivered, scan('PN2', 'lost')])).not.toContain('release_invoice:erp:80001234')
})

test('releases the invoice of a single parcel that was delivered and proven before anybody said what it is', () => {
  const single = said('wms', 'shipment.confirmed', { ...confirmation, packages: [{ trackingNumber: 'PN1' }] })
  const early = [scan('PN1', 'delivered'), proofOf('PN1', 'a')]
  expect(owed(early)).toEqual([])
  expect(owed([...early, single])).toContain('release_invoice:erp:80001234')
})

test('releases the invoice also when the warehouse confirms after everything is delivered and proven', () => {
  expect(owed([scan('PN1', 'delivered'), proofOf('PN1', 'a'), scan('PN2', 'delivered'), proofOf('PN2', 'b')])).toEqual(
    [],
  )
  expect(
    owed([scan('PN1', 'delivered'), proofOf('PN1', 'a'), scan('PN2', 'delivered'), proofOf('PN2', 'b'), confirmed]),
  ).toContain('release_invoice:erp:80001234')
})

test('attaches a document that is known by its address once, under a key of any ERP’s length', () => {
  const packages = [{ trackingNumber: 'PN1' }]
  const single = said('wms', 'shipment.confirmed', { ...confirmation, carrier: 'dhl', packages })
  const report =
    (at: string): Happening =>
    (hub) =>
      hub.receive('dhl', {
        shipments: [
          {
            id: 'PN1',
            details: { proofOfDelivery: { timestamp: at, documentUrl: `https://pod.example.com/${'x'.repeat(900)}` } },
            events: [{ timestamp: '2026-04-02T09:00:00Z', statusCode: 'delivered' }],
          },
        ],
      })
  const keys = owed([
    single,
    report('2026-04-02T09:01:00Z'),
    report('2026-04-02T09:01:00Z'),
    report('2026-04-02T09:07:00Z'),
  ])
  expect(keys).toContain('release_invoice:erp:80001234')
  const attached = keys.filter((key) => key.startsWith('attach_pod'))
  expect(attached).toHaveLength(2)
  for (const key of attached) expect(key.length).toBeLessThan(100)
})

test('issues no goods for a delivery that is only staged, and issues them when the warehouse confirms', () => {
  const staged: Assertion = {
    type: 'delivery.reported',
    about: {
      entity: 'delivery',
      references: [{ scheme: 'delivery', issuer: 'erp', value: '80001234' }],
      unknown: 'create',
    },
    data: { status: 'staged', object: { deliveryNumber: '80001234' } },
  }
  const stage: Happening = (hub) => hub.tell('floor', [staged])
  expect(owed([stage])).toEqual([])
  expect(owed([stage, confirmed])).toContain('post_goods_issue:erp:80001234')
})

test('issues no goods that the ERP has issued itself; what their freight costs only the warehouse says', () => {
  const issued = said('erp', 'delivery.goods_issued', { deliveryNumber: '80001234' })
  expect(owed([issued, confirmed]).filter((key) => key.startsWith('post_'))).toEqual([
    'post_freight_accrual:erp:80001234:parcelnorth',
  ])
})

test('posts what was shipped and received with its document only, not again as a movement of stock', () => {
  const keys = owed([
    confirmed,
    said('wms', 'receipt.posted', {
      receiptNumber: 'GR-1',
      location: 'IN',
      lines: [{ sku: 'LAMP', quantity: '40', uom: 'EA' }],
    }),
  ])
  expect(keys.filter((key) => key.startsWith('adjust_inventory'))).toEqual([])
})

test('keeps freight and attachments out of the way of the invoice, which waits behind its goods issues alone', () => {
  const hub = new PocketHub(connections, routes)
  for (const happen of [confirmed, confirmedAgain, scan('PN1', 'delivered'), scan('PN2', 'delivered')]) happen(hub)
  for (const happen of [proofOf('PN1', 'a'), proofOf('PN2', 'b')]) happen(hub)
  const keys = Object.groupBy(hub.effects.values(), ({ key }) => key)
  const commands = (key: string): string[] | undefined => keys[key]?.map(({ command }) => command)
  expect(commands('delivery:80001234')).toEqual(['post_goods_issue', 'post_goods_issue', 'release_invoice'])
  expect(commands('freight:80001234')).toEqual(['post_freight_accrual', 'post_freight_accrual'])
  expect(commands('proof:80001234')).toEqual(['attach_pod', 'attach_pod', 'attach_pod'])
})

test('issues what left with each confirmation: its own goods, its own number', () => {
  const hub = new PocketHub(connections, routes)
  for (const happen of [confirmed, confirmedAgain]) happen(hub)
  const linesOf = (key: string): unknown => JSON.parse(hub.effects.get(key)?.payload ?? '{}') as unknown
  expect(linesOf('post_goods_issue:erp:80001234')).toMatchObject({ lines: [{ line: '10', quantity: '4' }] })
  expect(linesOf('post_goods_issue:erp:80001234:2')).toMatchObject({
    lines: [{ line: '10', quantity: '2' }],
    trackingNumbers: ['PN2'],
  })
})

test('issues goods again that were taken back and left after all', () => {
  const back = said('wms', 'movement', {
    movement: 'ship_reversal',
    sku: 'LAMP',
    quantity: '4',
    uom: 'EA',
    to: { location: 'OUT' },
    document: { kind: 'delivery', id: '0080001234', line: '10', sequence: 'r1' },
    reverses: 'wms/delivery/0080001234/10/',
  })
  const again = said('wms', 'shipment.confirmed', { ...confirmation, confirmation: 2 })
  const hub = new PocketHub(connections, routes)
  for (const happen of [confirmed, back, again]) happen(hub)
  const queue = [...hub.effects.values()].filter(({ key }) => key === 'delivery:80001234')
  expect(queue.map(({ naturalKey }) => naturalKey)).toEqual([
    'post_goods_issue:erp:80001234',
    'reverse_goods_issue:erp:wms/delivery/0080001234/10/r1',
    'post_goods_issue:erp:80001234:2',
  ])
})

test('issues nothing for a confirmation that says something else under the same number, and shows the contradiction', () => {
  const hub = new PocketHub(connections, routes)
  const other = said('wms', 'shipment.confirmed', {
    ...confirmation,
    lines: [{ line: '10', sku: 'LAMP', quantity: '5', uom: 'EA' }],
  })
  for (const happen of [confirmed, other]) happen(hub)
  expect([...hub.effects.keys()].filter((key) => key.startsWith('post_goods_issue'))).toHaveLength(1)
  const shown = hub.facts.filter(({ type }) =>
    ['delivery.observation_recorded', 'inventory.conflict_detected'].includes(type),
  )
  expect(shown.map(({ data }) => data)).toMatchObject([
    { kind: 'conflicting_part', said: 'confirmations 1', status: 'staged' },
    { movement: 'wms/delivery/0080001234/10/' },
  ])
})

test('takes a confirmation that comes after the ERP’s own goods issue for no step back, and a second one for new goods', () => {
  const issued = said('erp', 'delivery.goods_issued', { deliveryNumber: '80001234' })
  const hub = new PocketHub(connections, routes)
  for (const happen of [issued, confirmed, confirmedAgain]) happen(hub)
  expect(hub.facts.map(({ type }) => type)).not.toContain('delivery.goods_issue_reversed')
  const issues = [...hub.effects.keys()].filter((key) => key.startsWith('post_goods_issue'))
  expect(issues).toEqual(['post_goods_issue:erp:80001234:2'])
})

test('posts to the day on which it happened where the goods are', () => {
  const late = said('wms', 'shipment.confirmed', confirmation, { occurredAt: '2026-03-31T23:40:00-05:00' })
  const hub = new PocketHub(connections, routes)
  late(hub)
  expect(JSON.parse(hub.effects.get('post_goods_issue:erp:80001234')?.payload ?? '{}')).toMatchObject({
    postingDate: '2026-03-31',
    deliveryNumber: '0080001234',
    lines: [{ line: '10', sku: 'LAMP', quantity: '4', uom: 'EA' }],
  })
})

const receipt = (data: object, more: Partial<Fact> = {}): Fact => ({
  id: 'msg_0-0.0.status',
  type: 'goods_receipt.posted',
  subject: 'grn_1',
  tenant: 'main',
  recordedAt: '2026-04-01T10:00:00.000Z',
  source: 'hub:advance',
  causation: 'msg_0-0.0',
  correlation: 'grn_1',
  trace: '0'.repeat(32),
  data: { object: data },
  ...more,
})

test('sends a posting where its route leads: by tenant, command and what the route asks for', () => {
  const fact = receipt({ receiptNumber: 'GR-1', location: 'NORTH' })
  const led = (route: Partial<PostingRoute>): number =>
    postings(fact, [{ command: 'post_goods_receipt', target: 'erp', tenant: 'main', ...route }]).length
  expect(led({})).toBe(1)
  expect(led({ tenant: 'other' })).toBe(0)
  expect(led({ command: 'post_goods_issue' })).toBe(0)
  expect(led({ when: { location: 'NORTH' } })).toBe(1)
  expect(led({ when: { location: 'SOUTH' } })).toBe(0)
})

test('never makes one posting of two objects without a number', () => {
  const keys = [receipt({}, { subject: 'grn_1' }), receipt({}, { subject: 'grn_2' })].flatMap((fact) =>
    postings(fact, routes).map(({ naturalKey }) => naturalKey),
  )
  expect(new Set(keys).size).toBe(2)
})

test('gives the target a reference that it can store, the same each time and another for every posting', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), (numbers) => {
      const short = [{ command: 'post_goods_receipt', target: 'erp', tenant: 'main', referenceLength: 16 }]
      const references = numbers.map(
        (receiptNumber) => postings(receipt({ receiptNumber }), short)[0]?.externalReference ?? '',
      )
      for (const reference of references) expect(reference).toMatch(/^IL[0-9A-Z]{14}$/)
      const keys = numbers.map((receiptNumber) => postings(receipt({ receiptNumber }), short)[0]?.naturalKey)
      expect(new Set(references).size).toBe(new Set(keys).size)
    }),
  )
})

test('owes nothing for facts that no rule is about, also when they are named like a member of every object', () => {
  expect(postings(receipt({}, { type: 'toString' }), routes)).toEqual([])
  expect(postings(receipt({}, { type: 'shipment.eta_changed' }), routes)).toEqual([])
})

test('what a process decides for a tenant is not posted by the rule, and for others it is', () => {
  const posted = (runs: readonly string[]): string[] =>
    postings(receipt({}), routes, { runs: (process) => runs.includes(process) }).map(({ command }) => command)
  expect(posted([])).toContain('post_goods_receipt')
  expect(posted(['ship-to-invoice'])).toContain('post_goods_receipt')
  expect(posted(['procure-to-receive'])).not.toContain('post_goods_receipt')
})

test('the channel of an order hears where it stands, and each part that leaves of it, once', () => {
  const order = (content: object): Happening => {
    const report: Assertion = {
      type: 'order.reported',
      about: { entity: 'order', references: [{ scheme: 'order', issuer: 'shop', value: 'SO-1' }], unknown: 'create' },
      data: content,
    }
    return (hub) => hub.tell('shop', [report])
  }
  const toShop = ['update_channel_order', 'ship_channel_order'].map((command) => ({
    ...{ command, target: 'shop', tenant: 'main' },
  }))
  const told = (happenings: readonly Happening[]): string[] => {
    const hub = new PocketHub(connections, toShop)
    for (const happen of happenings) happen(hub)
    return [...hub.effects.values()].map(({ naturalKey, key }) => `${naturalKey.replace(/ord_\w+/, 'ord')} in ${key}`)
  }
  const placed = { status: 'received', object: { orderNumber: 'SO-1', channel: 'shop', lines: [] } }
  const ofOrder = said('erp', 'delivery.created', { deliveryNumber: '80001234', orderNumber: 'SO-1' })
  const accepted = order({ status: 'accepted', object: {} })
  expect(told([order(placed), accepted, accepted, ofOrder, confirmed, confirmed, confirmedAgain])).toEqual([
    'update_channel_order:shop:ord:accepted in order:SO-1',
    'ship_channel_order:shop:80001234 in order:SO-1',
    'ship_channel_order:shop:80001234:2 in order:SO-1',
  ])
  // The shop hears of it whoever was first: the ERP, which has issued the goods already, or the warehouse.
  const issued = said('erp', 'delivery.goods_issued', { deliveryNumber: '80001234', orderNumber: 'SO-1' })
  expect(told([order(placed), ofOrder, issued, confirmed])).toEqual(['ship_channel_order:shop:80001234 in order:SO-1'])
  // An order that came over no channel, and a delivery of no order: there is nobody to tell.
  expect(told([order({ ...placed, object: { orderNumber: 'SO-1' } }), accepted])).toEqual([])
  expect(told([confirmed])).toEqual([])
})
