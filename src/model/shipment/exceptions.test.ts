import { describe, expect, test } from 'vitest'
import { writeInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import type { ReportedEvent, ShipmentReport, TrackingReport } from '../report.ts'
import { codes, type ExceptionCategory } from './codes.ts'
import { exceptionRules } from './exceptions.ts'
import { evolveShipment } from './shipment.ts'
import type { ShipmentState } from './state.ts'

const start = Date.parse('2026-05-04T06:00:00Z')

/** One step of a story: a code, or a code with the reason that the carrier gives. */
type Step = string | readonly [code: string, reason: string]

function scan(step: Step, minutes: number): ReportedEvent {
  const [code, reason] = typeof step === 'string' ? [step] : step
  return {
    code,
    classifier: 'actual',
    action: 'record',
    occurredAt: { at: writeInstant(start + minutes * 60_000), precision: 'second', offsetKnown: true },
    raw: { codeSystem: 'story', code },
    confidence: 'exact',
    ...(reason === undefined ? {} : { reason: { category: reason, sourceCode: `R-${reason}` } }),
  }
}

function fact(type: string, data: unknown, n: number): Fact {
  return {
    id: `msg_0-${n}.0`,
    type,
    subject: 'shp_00000000000000000000000003',
    tenant: 'main',
    recordedAt: writeInstant(start + 30 * 86_400_000 + n),
    source: 'parcelnorth',
    causation: `msg_0-${n}`,
    correlation: 'shp_00000000000000000000000003',
    trace: '0'.repeat(32),
    data,
  }
}

function told(steps: readonly Step[]): ShipmentState {
  const report: TrackingReport = { events: steps.map((step, n) => scan(step, n * 10)) }
  return evolveShipment(undefined, fact('tracking.reported', report, 0)).state
}

function open(state: ShipmentState): ExceptionCategory[] {
  return state.projection.exceptions.map(({ category }) => category).toSorted()
}

/** What opens each category, what must leave it open, what closes it. `null`: only a person or a claim closes it. */
const stories: readonly {
  category: ExceptionCategory
  by: Step
  stays?: readonly Step[]
  closes: readonly Step[] | null
}[] = [
  { category: 'accident', by: ['delayed', 'accident'], stays: ['held'], closes: ['in_transit'] },
  {
    category: 'address_problem',
    by: 'address_issue',
    stays: ['in_transit', 'delivery_attempted'],
    closes: ['address_corrected', 'out_for_delivery', 'delivered'],
  },
  { category: 'capacity', by: ['info', 'capacity'], stays: ['info'], closes: ['pickup_scheduled', 'picked_up'] },
  { category: 'closed', by: ['info', 'closed'], stays: ['info'], closes: ['out_for_delivery'] },
  {
    category: 'customer_request',
    by: ['info', 'customer_request'],
    stays: ['info'],
    closes: ['delivery_rescheduled', 'in_transit'],
  },
  {
    category: 'customs_hold',
    by: 'customs_hold',
    stays: ['info', 'delayed'],
    closes: ['customs_released', 'released', 'in_transit'],
  },
  { category: 'damaged', by: 'damaged', stays: ['in_transit', 'released', 'delivered', 'found'], closes: null },
  { category: 'delayed', by: 'delayed', stays: ['info', 'delayed', 'held'], closes: ['in_transit', 'released'] },
  {
    category: 'delivery_attempt_failed',
    by: 'delivery_attempted',
    stays: ['in_transit', 'arrived_at_facility', 'released'],
    closes: ['out_for_delivery', 'available_for_pickup', 'delivered'],
  },
  {
    category: 'documentation',
    by: 'document_missing',
    stays: ['in_transit', 'out_for_delivery'],
    closes: ['document_received', 'delivered'],
  },
  { category: 'facility_problem', by: ['info', 'facility_problem'], stays: ['info'], closes: ['departed_facility'] },
  { category: 'lost', by: 'lost', stays: ['info'], closes: ['found', 'in_transit', 'delivered'] },
  { category: 'lost_suspected', by: ['info', 'lost_suspected'], stays: ['info'], closes: ['found', 'in_transit'] },
  { category: 'mechanical', by: ['delayed', 'mechanical'], stays: ['info'], closes: ['in_transit'] },
  { category: 'misrouted', by: 'misrouted', stays: ['info', 'delayed'], closes: ['arrived_at_facility'] },
  { category: 'missed_cutoff', by: ['info', 'missed_cutoff'], stays: ['info'], closes: ['departed_facility'] },
  { category: 'missing_pickup', by: 'delivered', stays: ['pod_received'], closes: null },
  { category: 'on_hold', by: 'held', stays: ['info', 'delayed'], closes: ['released', 'in_transit'] },
  { category: 'other', by: 'exception', stays: ['info'], closes: ['released', 'in_transit'] },
  { category: 'overage', by: ['info', 'overage'], stays: ['in_transit', 'delivered'], closes: null },
  { category: 'overweight', by: ['info', 'overweight'], stays: ['info'], closes: ['released', 'in_transit'] },
  {
    category: 'payment_required',
    by: 'payment_required',
    stays: ['in_transit', 'out_for_delivery'],
    closes: ['payment_received', 'delivered'],
  },
  { category: 'pickup_failed', by: 'pickup_attempt_failed', stays: ['pickup_scheduled'], closes: ['picked_up'] },
  { category: 'pickup_failed', by: 'pickup_cancelled', stays: ['info'], closes: ['dropped_off', 'in_transit'] },
  {
    category: 'recipient_unavailable',
    by: ['delivery_attempted', 'recipient_unavailable'],
    stays: ['info'],
    closes: ['in_transit', 'out_for_delivery'],
  },
  { category: 'refused', by: 'refused', stays: ['in_transit'], closes: ['return_started', 'delivered'] },
  { category: 'restricted', by: ['held', 'restricted'], stays: ['released', 'in_transit'], closes: null },
  { category: 'road_conditions', by: ['delayed', 'road_conditions'], stays: ['info'], closes: ['in_transit'] },
  { category: 'security', by: ['held', 'security'], stays: ['released', 'in_transit'], closes: null },
  { category: 'shortage', by: 'missing', stays: ['in_transit', 'delivered'], closes: ['found'] },
  { category: 'shortage', by: 'partially_delivered', stays: ['delivered'], closes: ['found'] },
  { category: 'temperature', by: ['info', 'temperature'], stays: ['in_transit', 'delivered'], closes: null },
  { category: 'tender_declined', by: ['info', 'tender_declined'], stays: ['info'], closes: ['pickup_scheduled'] },
  { category: 'theft', by: 'stolen', stays: ['in_transit', 'found'], closes: null },
  {
    category: 'tracking_stale',
    by: 'tracking_expired',
    stays: ['unknown', 'tracking_failed'],
    closes: ['info', 'in_transit', 'delayed'],
  },
  { category: 'weather', by: ['delayed', 'weather'], stays: ['info', 'delayed'], closes: ['in_transit'] },
]

describe('an exception', () => {
  test.for(stories)('$category opens by $by', ({ category, by }) => {
    expect(open(told(['label_created']))).not.toContain(category)
    expect(open(told(['label_created', by]))).toContain(category)
  })

  test.for(stories.flatMap(({ category, by, stays = [] }) => stays.map((next) => [category, by, next] as const)))(
    '%s, opened by %s, stays open after %s',
    ([category, by, next]) => {
      const before = told(['label_created', by])
      const after = told(['label_created', by, next])
      const id = (state: ShipmentState) => state.projection.exceptions.find((one) => one.category === category)?.id
      expect(id(before)).toMatch(/^exc_/)
      expect(id(after)).toBe(id(before))
    },
  )

  test.for(stories.flatMap(({ category, by, closes }) => (closes ?? []).map((next) => [category, by, next] as const)))(
    '%s, opened by %s, closes after %s',
    ([category, by, next]) => {
      expect(open(told(['label_created', by, next]))).not.toContain(category)
    },
  )

  test('that only a person closes outlives every code', () => {
    for (const { category, by } of stories.filter(({ closes }) => closes === null)) {
      const rest = Object.keys(codes).filter((code) => code !== 'found' || category === 'damaged')
      for (const code of rest)
        expect(open(told(['label_created', by, code])), `${category} after ${code}`).toContain(category)
    }
  })

  test('is closed by the decision of a person, and not found again by the next scan', () => {
    const state = told(['picked_up', 'damaged'])
    const [one] = state.projection.exceptions
    const decided = evolveShipment(state, fact('shipment.exception_decided', { exception: one?.id, by: 'dispatch' }, 1))
    expect(open(decided.state)).toEqual([])
    expect(decided.facts.map(({ type }) => type)).toContain('shipment.exception_resolved')
    const later = evolveShipment(decided.state, fact('tracking.reported', { events: [scan('in_transit', 90)] }, 2))
    expect(open(later.state)).toEqual([])
  })

  test('goes away with the scan that opened it', () => {
    const damaged = { ...scan('damaged', 10), sourceEventId: 'e7' }
    const state = evolveShipment(
      undefined,
      fact('tracking.reported', { events: [scan('picked_up', 0), damaged] }, 0),
    ).state
    expect(open(state)).toEqual(['damaged'])
    const retracted = { ...damaged, action: 'retract', updatedAt: writeInstant(start + 60 * 86_400_000) }
    const after = evolveShipment(state, fact('tracking.reported', { events: [retracted] }, 1))
    expect(open(after.state)).toEqual([])
    expect(after.facts.map(({ type }) => type)).toContain('shipment.exception_resolved')
  })

  test('of the third failed attempt is critical', () => {
    const attempts = (count: number) =>
      told(['picked_up', ...Array.from({ length: count }, () => 'delivery_attempted')]).projection
    expect(attempts(2).exceptions[0]?.severity).toBe('warning')
    expect(attempts(3)).toMatchObject({ attempts: 3, exceptions: [{ severity: 'critical' }] })
  })

  test('names the reason and who is responsible, as the carrier gave them', () => {
    expect(told(['picked_up', ['delayed', 'weather']]).projection.exceptions).toMatchObject([
      { category: 'weather', reason: 'R-weather', detectedBy: 'carrier_reported' },
      { category: 'delayed', reason: 'R-weather' },
    ])
  })

  test.for(Object.entries(exceptionRules))('%s says in a sentence what to do next', ([, rule]) => {
    expect(rule.nextAction).toMatch(/^[A-Z].{15,}\.$/)
    expect(['info', 'warning', 'critical']).toContain(rule.severity)
  })
})

describe('what the hub finds by itself', () => {
  const plan = (event: ShipmentReport['event'], minutes: number, n: number): Fact => ({
    ...fact('shipment.reported', { event } satisfies ShipmentReport, n),
    occurredAt: writeInstant(start + minutes * 60_000),
  })
  const fold = (...facts: readonly Fact[]): ShipmentState =>
    facts.reduce<ShipmentState | undefined>((state, one) => evolveShipment(state, one).state, undefined) ?? told([])
  const scans = (...events: readonly ReportedEvent[]) => fact('tracking.reported', { events }, 9)

  test('a void after the pickup changes nothing and is shown', () => {
    const state = fold(scans(scan('picked_up', 0)), plan('cancelled', 10, 1))
    expect(state.projection.status).toBe('picked_up')
    expect(open(state)).toEqual(['cancel_after_pickup'])
  })

  test('a scan after the void reopens the shipment and is shown', () => {
    const state = fold(plan('booked', 0, 1), plan('label_voided', 5, 2), scans(scan('picked_up', 10)))
    expect(state.projection.status).toBe('picked_up')
    expect(open(state)).toEqual(['scan_after_void'])
  })

  test('a scan after delivery is history only and is shown', () => {
    const state = told(['picked_up', 'delivered', 'in_transit'])
    expect(state.projection.status).toBe('delivered')
    expect(open(state)).toEqual(['scan_after_delivery'])
  })

  test('a declined tender opens, a booking closes it', () => {
    const declined = [plan('tendered', 0, 1), plan('tender_declined', 5, 2)]
    expect(open(fold(...declined))).toEqual(['tender_declined'])
    expect(fold(...declined).projection.status).toBe('planned')
    expect(open(fold(...declined, plan('booked', 9, 3)))).toEqual([])
  })

  test('a booking withdrawn from one carrier for another waits for the next booking', () => {
    expect(fold(plan('booked', 0, 1), plan('carrier_reassigned', 5, 2)).projection.status).toBe('planned')
  })

  test('a summary that differs from the scans, until they agree', () => {
    const summary = { code: 'delivered', rawCode: 'DL' }
    const state = fold(fact('tracking.reported', { events: [scan('in_transit', 0)], summary }, 1))
    expect(open(state)).toContain('summary_conflict')
    const agreed = fold(
      fact('tracking.reported', { events: [scan('in_transit', 0), scan('delivered', 9)], summary }, 1),
    )
    expect(open(agreed)).toEqual([])
  })

  test('an old message that comes again does not argue with the newer one', () => {
    const early = { events: [scan('in_transit', 0)], summary: { code: 'in_transit', rawCode: 'IT' } }
    const late = {
      events: [scan('in_transit', 0), scan('delivered', 9)],
      summary: { code: 'delivered', rawCode: 'DL' },
    }
    for (const order of [
      [early, late],
      [late, early],
      [early, late, early],
    ])
      expect(open(fold(...order.map((data, n) => fact('tracking.reported', data, n))))).toEqual([])
  })

  test('a promise that passed without delivery stays open until delivery', () => {
    const missed = fact('expectation.missed', { timer: 'late_vs_promise', due: writeInstant(start + 3_600_000) }, 2)
    const promised = {
      ...plan('booked', 0, 1),
      data: { event: 'booked', promise: { to: writeInstant(start + 3_600_000) } },
    }
    const late = fold(promised, scans(scan('in_transit', 5)), missed)
    expect(open(late)).toEqual(['late_vs_promise'])
    const done = evolveShipment(late, fact('tracking.reported', { events: [scan('delivered', 99)] }, 11))
    expect(open(done.state)).toEqual([])
  })

  test('a delivery without proof, until the proof is there', () => {
    const scanned = scans(scan('picked_up', 0), scan('delivered', 9))
    const missed = fact('expectation.missed', { timer: 'missing_pod', due: writeInstant(start + 40 * 86_400_000) }, 10)
    const without = fold(scanned, missed)
    expect(open(without)).toEqual(['missing_pod'])
    const proven = evolveShipment(without, fact('tracking.reported', { events: [scan('pod_received', 99)] }, 11))
    expect(open(proven.state)).toEqual([])
    expect(proven.facts.map(({ type }) => type)).toContain('shipment.pod_received')
  })
})
