import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import type { ReportedEvent, TrackingReport } from '../report.ts'
import { codes, type ShipmentStatus, statusRank } from './codes.ts'
import { exceptionRules } from './exceptions.ts'
import { move } from './lifecycle.ts'
import { combine } from './projection.ts'
import { evolveShipment } from './shipment.ts'
import type { ShipmentState } from './state.ts'
import { shipmentAt, shipmentView } from './view.ts'

const start = Date.parse('2026-03-02T08:00:00Z')

function scan(code: string, minutes: number, more: Partial<ReportedEvent> = {}): ReportedEvent {
  return {
    code,
    classifier: 'actual',
    action: 'record',
    occurredAt: { at: writeInstant(start + minutes * 60_000), precision: 'second', offsetKnown: true },
    raw: { codeSystem: 'test', code },
    confidence: 'exact',
    ...more,
  }
}

function reported(events: readonly ReportedEvent[], n = 0, more: Partial<TrackingReport> = {}): Fact {
  return {
    id: `msg_0-${n}.0`,
    type: 'tracking.reported',
    subject: 'shp_00000000000000000000000001',
    tenant: 'main',
    recordedAt: writeInstant(start + 40 * 86_400_000 + n * 1000),
    source: 'parcelnorth',
    causation: `msg_0-${n}`,
    correlation: 'shp_00000000000000000000000001',
    trace: '0'.repeat(32),
    data: { events, ...more } satisfies TrackingReport,
  }
}

function after(facts: readonly Fact[]): ShipmentState {
  let state: ShipmentState | undefined
  // A restart between any two facts changes nothing: the state is plain JSON.
  for (const fact of facts) state = JSON.parse(JSON.stringify(evolveShipment(state, fact).state)) as ShipmentState
  if (state === undefined) throw new Error('no facts')
  return state
}

const legal: readonly [ShipmentStatus, ShipmentStatus, 'hub' | 'scan', ShipmentStatus, string?][] = [
  ['planned', 'tendered', 'hub', 'tendered'],
  ['planned', 'booked', 'scan', 'booked'],
  ['planned', 'in_transit', 'scan', 'in_transit'],
  ['tendered', 'booked', 'hub', 'booked'],
  ['tendered', 'planned', 'hub', 'planned'],
  ['tendered', 'picked_up', 'scan', 'picked_up'],
  ['booked', 'delivered', 'scan', 'delivered'],
  ['booked', 'cancelled', 'hub', 'cancelled'],
  ['in_transit', 'booked', 'scan', 'in_transit'],
  ['out_for_delivery', 'in_transit', 'scan', 'in_transit'],
  ['in_transit', 'cancelled', 'hub', 'in_transit', 'cancel_after_pickup'],
  ['returning', 'delivered', 'scan', 'returned'],
  ['returning', 'out_for_delivery', 'scan', 'returning'],
  ['delivered', 'returning', 'scan', 'returning'],
  ['delivered', 'in_transit', 'scan', 'delivered', 'scan_after_delivery'],
  ['delivered', 'booked', 'scan', 'delivered'],
  ['cancelled', 'picked_up', 'scan', 'picked_up', 'scan_after_void'],
  ['cancelled', 'booked', 'scan', 'cancelled'],
  ['lost', 'in_transit', 'scan', 'in_transit'],
  ['lost', 'returned', 'scan', 'returned'],
  ['returned', 'in_transit', 'scan', 'returned', 'scan_after_delivery'],
  ['disposed', 'delivered', 'scan', 'disposed', 'scan_after_delivery'],
]

describe('the lifecycle', () => {
  test.for(legal)('%s and a %s by %s is %s', ([from, to, mover, expected, anomaly]) => {
    expect(move(from, to, mover)).toEqual(anomaly === undefined ? { status: expected } : { status: expected, anomaly })
  })

  test('never leaves the thirteen statuses, whatever comes', () => {
    const statuses = Object.keys(statusRank) as ShipmentStatus[]
    for (const from of statuses) for (const to of statuses) expect(statuses).toContain(move(from, to, 'scan').status)
    expect(statuses).toHaveLength(13)
  })

  test('gives a shipment of several packages the least advanced of those under way, else the best end', () => {
    expect(combine(['delivered', 'in_transit'])).toBe('in_transit')
    expect(combine(['delivered', 'returned'])).toBe('delivered')
    expect(combine(['returned', 'lost'])).toBe('returned')
    expect(combine(['cancelled', 'cancelled'])).toBe('cancelled')
    expect(combine([])).toBe('planned')
    const statuses = Object.keys(statusRank) as ShipmentStatus[]
    for (const a of statuses) for (const b of statuses) expect(combine([a, b])).toBe(combine([b, a]))
  })
})

describe('a shipment', () => {
  const codesOfLife = Object.keys(codes).filter((code) => !('routed' in codes[code as keyof typeof codes])) as string[]
  const histories = fc.array(
    fc.record({
      code: fc.constantFrom(...codesOfLife, 'unknown'),
      minutes: fc.integer({ min: 0, max: 5000 }),
      id: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )

  test('ends in the same state in whatever order, however often and in however many messages the carrier reports', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (history, dice) => {
        const events = history.map(({ code, minutes, id }) =>
          scan(code, minutes, id === undefined ? {} : { sourceEventId: `e${id}-${code}-${minutes}` }),
        )
        const whole = after([reported(events)])
        const shuffled = events.map((event, index) => ({ event, at: dice[index] ?? 0 })).toSorted((a, b) => a.at - b.at)
        const split = shuffled.map(({ event }, index) =>
          reported([event, ...(index % 3 === 0 ? [events[0] ?? event] : [])], 0),
        )
        const one = after(split)
        for (const part of [
          'status',
          'exceptions',
          'milestones',
          'progress',
          'attempts',
          'proofs',
          'unmapped',
        ] as const) {
          expect(one.projection[part]).toEqual(whole.projection[part])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('says nothing when the same report comes again', () => {
    const fact = reported([scan('picked_up', 1), scan('in_transit', 5)])
    const first = evolveShipment(undefined, fact)
    const second = evolveShipment(first.state, {
      ...fact,
      id: 'msg_0-9.0',
      recordedAt: writeInstant(start + 41 * 86_400_000),
    })
    expect(second.facts).toEqual([])
    expect(second.timers).toEqual([])
  })

  test('keeps an unknown code, counts it, and does not move for it', () => {
    const state = after([reported([scan('picked_up', 1)]), reported([scan('unknown', 9)], 1)])
    expect(state.projection).toMatchObject({ status: 'picked_up', unmapped: 1 })
  })

  test('does not let a scan from the future move it', () => {
    const state = after([reported([scan('picked_up', 1)]), reported([scan('delivered', 60 * 24 * 60)], 1)])
    expect(state.projection.status).toBe('picked_up')
    expect(state.projection.exceptions.map(({ category }) => category)).toContain('future_event')
  })

  test('has a next action for every exception that can open', () => {
    for (const [code, effect] of Object.entries(codes)) {
      if (!('exception' in effect)) continue
      const { exceptions } = after([reported([scan('picked_up', 1), scan(code, 2)])]).projection
      if (exceptions.length > 0)
        for (const { category } of exceptions) expect(exceptionRules[category].nextAction.length).toBeGreaterThan(10)
    }
  })

  test('closes a delay when the goods move on, and a failed attempt only by the next one or delivery', () => {
    const delayed = after([reported([scan('picked_up', 1), scan('delayed', 2), scan('in_transit', 3)])])
    expect(delayed.projection.exceptions).toEqual([])
    const attempted = after([
      reported([scan('out_for_delivery', 1), scan('delivery_attempted', 2), scan('in_transit', 3)]),
    ])
    expect(attempted.projection.exceptions.map(({ category }) => category)).toEqual(['delivery_attempt_failed'])
    const done = after([reported([scan('picked_up', 0), scan('delivery_attempted', 2), scan('delivered', 9)])])
    expect(done.projection.exceptions).toEqual([])
  })

  test('hands everything over when it turns out to be another one, and forwards what still comes', () => {
    const state = after([reported([scan('picked_up', 1)])])
    const merged = evolveShipment(state, {
      ...reported([], 3),
      type: 'shipment.merged',
      data: { into: 'shp_00000000000000000000000002' },
    })
    expect(merged.facts.map(({ type, subject }) => [type, subject])).toEqual([
      ['shipment.absorption_reported', 'shp_00000000000000000000000002'],
      ['shipment.identified', 'shp_00000000000000000000000002'],
    ])
    const late = evolveShipment(merged.state, reported([scan('delivered', 9)], 4))
    expect(late.facts).toMatchObject([{ type: 'tracking.reported', subject: 'shp_00000000000000000000000002' }])
    const survivor = evolveShipment(undefined, {
      ...reported([], 5),
      type: 'shipment.absorption_reported',
      data: merged.facts[0]?.data,
    })
    expect(survivor.state.projection.status).toBe('picked_up')
  })

  test('can be seen as it was, and as it was known', () => {
    const facts = [reported([scan('picked_up', 1)], 0), reported([scan('delivered', 90)], 60)]
    expect(shipmentAt(facts, {})).toMatchObject({ status: 'delivered' })
    expect(shipmentAt(facts, { asOf: writeInstant(start + 30 * 60_000) })).toMatchObject({ status: 'picked_up' })
    expect(shipmentAt(facts, { knownAt: facts[0]?.recordedAt ?? '' })).toMatchObject({ status: 'picked_up' })
    expect(shipmentView(after(facts), 'shp_1')).toMatchObject({ id: 'shp_1', status: 'delivered' })
  })

  test('arms one timer for silence, and finds it early when something came meanwhile', () => {
    const first = evolveShipment(undefined, reported([scan('picked_up', 1)]))
    expect(first.timers.map(({ name }) => name)).toEqual(['tracking_stale'])
    const second = evolveShipment(first.state, reported([scan('in_transit', 9)], 7200))
    expect(second.timers).toEqual([])
    const due = first.timers[0]?.at ?? ''
    const fired = evolveShipment(second.state, {
      ...reported([], 8000),
      type: 'expectation.missed',
      data: { timer: 'tracking_stale', due },
    })
    expect(fired.state.projection.exceptions).toEqual([])
    expect(fired.timers).toHaveLength(1)
    const stale = evolveShipment(fired.state, {
      ...reported([], 9000),
      type: 'expectation.missed',
      data: { timer: 'tracking_stale', due: fired.timers[0]?.at ?? '' },
    })
    expect(stale.state.projection.exceptions.map(({ category }) => category)).toEqual(['tracking_stale'])
  })
})
