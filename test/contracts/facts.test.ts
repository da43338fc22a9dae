import { expect, test } from 'vitest'
import { documentStatuses } from '../../src/model/code-lists/document-status.ts'
import { type DocumentEntity, isLegal } from '../../src/model/documents/transitions.ts'
import type { Assertion, Entity, Fact } from '../../src/model/fact.ts'
import { factSchemas } from '../../src/model/facts/all.ts'
import { processFacts } from '../../src/model/facts/process.ts'
import type { ReportedEvent, ShipmentReport } from '../../src/model/report.ts'
import { plausibleDay } from '../../src/sandbox/day.ts'
import { sandboxNetwork } from '../../src/sandbox/network.ts'
import { undeclared } from '../declared-facts.ts'
import { expectNone } from '../expect-none.ts'
import { PocketHub } from '../pocket-hub.ts'
import { openHub } from '../recorded/history.ts'
import { ownPayloads } from '../recorded/payload.ts'
import { delivery, giveBack, runOut, want } from '../stock-demand.ts'
import { difference } from '../stock-difference.ts'
import { about, count, dataOf, fold, movement, receipt, ship } from '../stock-reports.ts'

type Told = Pick<Fact, 'type' | 'data'>
const written: readonly Told[] = [...recorded(), ...simulated(), ...documents(), ...shipments(), ...stock()]

/** Written by rooms that do I/O, by processes, and where people and channels are told: these have tests of their own. The simulation and the scenarios hold every fact that they see against its declaration. */
const elsewhere =
  /^(correspondence\.|effect\.|listing\.|notification\.|process\.|recipient\.|task\.|transmission\.|expectation\.missed$|hub\.fold_failed$|interchange\.repeated$|freight_invoice\.dispute_resolved$|goods_receipt\.discrepancy_detected$|shipment\.carrier_reassigned$)/

test('every fact that is written is declared, and is what its declaration says', () => {
  expect(written.length).toBeGreaterThan(5000)
  expectNone(undeclared(written))
})

test('every fact that is declared is written by somebody', () => {
  const types = new Set(written.map(({ type }) => type))
  expectNone(
    Object.keys(factSchemas).filter(
      (type) => !types.has(type) && !elsewhere.test(type) && !Object.hasOwn(processFacts, type),
    ),
  )
})

test('a fact that is not declared, or not as declared, is seen', () => {
  const wrong = [
    { type: 'order.dreamt', data: {} },
    { type: 'shipment.status_changed', data: { from: 'planned', to: 'booked' } },
    { type: 'order.reported', data: {} },
  ]
  expect(undeclared(wrong)).toEqual([
    'order.dreamt: is not declared',
    expect.stringMatching(/^shipment\.status_changed: .*progress/),
  ])
})

function recorded(): readonly Fact[] {
  const hub = openHub()
  for (const { connector = '', body } of ownPayloads()) hub.receiveBytes(connector, body)
  return hub.facts
}

function simulated(): readonly Fact[] {
  const { connections, routes } = sandboxNetwork({ erp: 1, customer: 2, easypost: 3 })
  const hub = new PocketHub(Object.fromEntries(connections.map((one) => [one.id, one])), routes)
  for (const { connection, body } of plausibleDay('ordinary-day', 1, '2026-04-09')) hub.receive(connection, body)
  return hub.facts
}

/** Each kind of object over every legal step; then what changes no status, what is not legal, trouble with a document, a merger. */
function documents(): readonly Fact[] {
  const hub = openHub()
  for (const entity of Object.keys(documentStatuses) as DocumentEntity[]) {
    const say = (number: string, data: unknown, type = 'reported') =>
      hub.tell('erp', [assertion(`${entity}.${type}`, entity, [number], data)])
    for (const [name, path] of waysOf(entity))
      for (const status of path) say(name, { status, object: { note: status } })
    say('A', { status: 'unheard_of', object: {} })
    say('A', { object: { note: 'first' } })
    if (entity === 'delivery' || entity === 'purchase_order') for (const data of disagreeing()) say('D', data)
    const trouble = {
      id: 'exc_1',
      category: 'document_unsent',
      transmission: 'trm_1',
      connection: 'buyer',
      reason: 'No.',
    }
    say('A', { ...trouble, isOpen: true }, 'exchange_reported')
    say('A', { ...trouble, isOpen: false }, 'exchange_reported')
    say('B', { object: { note: 'second' } })
    const both = assertion(`${entity}.reported`, entity, ['A', 'B'], { object: { note: 'one' } })
    hub.tell('erp', [{ ...both, about: { ...both.about, authoritative: true } }])
  }
  return hub.facts
}

/** Two documents of one object that do not agree, and a third that settles it: as a delivery and as an order. */
function disagreeing(): readonly object[] {
  return [
    {
      object: { lines: [{ sku: 'LAMP', quantity: '2' }] },
      parts: { confirmations: { 1: { lines: [{ sku: 'LAMP', quantity: '2' }] } } },
    },
    { object: {}, parts: { receipts: { R1: { lines: [{ sku: 'LAMP', received: '1' }] } } } },
    { object: {}, parts: { receipts: { R2: { lines: [{ sku: 'LAMP', received: '1' }] } } } },
    { object: {}, parts: { invoices: { I1: { lines: [{ sku: 'LAMP', quantity: '3' }] } } } },
    { object: { lines: [{ sku: 'LAMP', quantity: '3' }] } },
  ]
}

/** For every legal step a way that ends with it, by name. */
function waysOf(entity: DocumentEntity): ReadonlyMap<string, readonly string[]> {
  const statuses = Object.keys(documentStatuses[entity])
  const shortest = new Map<string, readonly string[]>()
  for (const first of statuses) if (isLegal(entity, undefined, first)) shortest.set(first, [first])
  const ways = new Map(shortest)
  for (const [from, path] of shortest)
    for (const to of statuses) {
      if (to === from || !isLegal(entity, from, to)) continue
      ways.set(`${from} to ${to}`, [...path, to])
      if (!shortest.has(to)) shortest.set(to, [...path, to])
    }
  return ways
}

function shipments(): readonly Fact[] {
  const hub = openHub()
  const plan = (number: string, data: ShipmentReport) =>
    hub.tell('tms', [assertion('shipment.reported', 'shipment', [number], data)])
  const scan = (code: string, more: Partial<ReportedEvent> = {}) => {
    const at = { at: '2026-04-02T10:00:00Z', precision: 'second', offsetKnown: true } as const
    const event = { code, classifier: 'actual', action: 'record', occurredAt: at, raw: { codeSystem: 'own', code } }
    const data = { carrier: 'parcelnorth', events: [{ ...event, confidence: 'exact', ...more }] }
    hub.tell('carrier', [assertion('tracking.reported', 'shipment', ['L1'], data)])
  }
  for (const event of ['planned', 'tendered', 'tender_declined', 'tendered', 'tender_cancelled'] as const)
    plan('L1', { event, carrier: 'parcelnorth', promise: { to: '2026-04-05T10:00:00Z' } })
  plan('L2', { event: 'tendered', carrier: 'parcelnorth' })
  plan('L2', { event: 'tendered', carrier: 'parcelsouth' })
  plan('L2', { event: 'tender_expired', carrier: 'parcelsouth' })
  plan('L2', { event: 'tendered', carrier: 'parcelsouth' })
  plan('L2', { event: 'tendered', carrier: 'parcelnorth' })
  plan('L2', { event: 'tender_accepted', carrier: 'parcelnorth' })
  plan('L1', { event: 'described', promise: { to: '2026-04-06T10:00:00Z', agreedBy: 'consignee' } })
  scan('picked_up', { sourceEventId: 'E1' })
  scan('in_transit', { sourceEventId: 'E1', updatedAt: '2026-04-02T11:00:00Z' })
  scan('return_started')
  scan('returned')
  const missed = (timer: string, due: string): Assertion =>
    assertion('expectation.missed', 'shipment', ['L2'], { timer, due })
  hub.tell('carrier', [
    assertion('tracking.reported', 'shipment', ['L2'], {
      carrier: 'parcelnorth',
      events: [
        {
          ...{ code: 'picked_up', classifier: 'actual', action: 'record', confidence: 'exact' },
          occurredAt: { at: '2026-04-02T10:00:00Z', precision: 'second', offsetKnown: true },
          raw: { codeSystem: 'own', code: 'PU' },
        },
      ],
    }),
  ])
  hub.tell('hub', [missed('tracking_stale', '2030-01-01T00:00:00Z')])
  return hub.facts
}

/** What is rare in stock: reversals before their original, counts that contradict each other or are too far off. */
function stock(): readonly Told[] {
  const limited = about('item.reported', { object: { countLimits: { quantity: '5' } } })
  const begun = fold([limited, receipt('10', 'r'), receipt('11', 'r'), ship('20', 's')])
  const proposed = fold([count('40', { id: 'c', minutes: 30 }), count('41', { id: 'c', minutes: 30 })], begun.state)
  const [{ assertion: counted } = {}] = dataOf(proposed.facts, 'inventory.variance_proposed')
  const refused = fold([about('inventory.variance_decided', { assertion: counted, approved: false })], proposed.state)
  return [...begun.facts, ...proposed.facts, ...refused.facts, ...reservations(), ...differing()]
}

/** Everything that can become of a reservation. */
function reservations(): readonly Told[] {
  const mine = { origin: 'ord_1', references: [delivery('1')] }
  const promised = fold([
    want('queued', '2', { wait: true }),
    receipt('20', 'r'),
    want('kept', '3', { kind: 'hard', ...mine }),
    want('short', '4', mine),
    want('late', '1', { expiresAt: '2026-03-09T00:00:00Z' }),
    want('back', '1'),
    want('much', '90', { complete: true }),
  ])
  const over = fold(
    [
      runOut('late', '2026-03-09T00:00:00Z'),
      giveBack('back'),
      movement('ship', '3', { id: 's', from: { location: 'W1' }, references: [delivery('1')] }),
      count('5', { id: 'c', minutes: 5 }),
    ],
    promised.state,
  )
  return [...promised.facts, ...over.facts]
}

/** Another system has less; a person wants it counted, then corrected there. */
function differing(): readonly Told[] {
  const begun = fold([receipt('10', 'r'), difference('W1', '10', '8')])
  const [task] = begun.facts.filter(({ type }) => type === 'task.requested').map(({ subject }) => subject)
  const answer = (decision: string) =>
    fold(
      [about('task.answered', { task, name: 'stock-difference', decision, by: 'Ann', reason: 'Seen.' })],
      begun.state,
    )
  return [...begun.facts, ...answer('recount').facts, ...answer('post_at_erp').facts]
}

function assertion(type: string, entity: Entity, numbers: readonly string[], data: unknown): Assertion {
  const references = numbers.map((value) => ({ scheme: entity, issuer: 'tms', value }))
  return { type, about: { entity, references, unknown: 'create' }, occurredAt: '2026-04-01T10:00:00Z', data }
}
