import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Fact } from '../fact.ts'
import type { EventTime, ReportedEvent, ShipmentReport, TrackingReport } from '../report.ts'
import { evolveShipment } from './shipment.ts'
import type { ShipmentState } from './state.ts'

/** What carriers and planners say, for tests: times are hours after the start of 2026-03-02 UTC. */
export const start = 1_772_409_600_000
export const hour = 3_600_000

export function at(hours: number): string {
  return writeInstant(start + hours * hour)
}

export function time(hours: number, more: Partial<EventTime> = {}): EventTime {
  return { at: at(hours), precision: 'second', offsetKnown: true, ...more }
}

export function scan(code: string, hours: number, more: Partial<ReportedEvent> = {}): ReportedEvent {
  return {
    code,
    classifier: 'actual',
    action: 'record',
    occurredAt: time(hours),
    raw: { codeSystem: 'test', code: code.toUpperCase() },
    confidence: 'exact',
    ...more,
  }
}

interface About {
  /** Hours when the hub recorded it. */
  readonly recorded?: number
  readonly source?: string
  readonly subject?: string
}

export function fact(type: string, data: unknown, about: About & { readonly occurred?: number } = {}): Fact {
  const { recorded = 500, source = 'carrier', subject = 'shp_1', occurred } = about
  return {
    id: `msg.${type}.${recorded}`,
    type,
    subject,
    tenant: 'main',
    ...(occurred === undefined ? {} : { occurredAt: at(occurred) }),
    recordedAt: at(recorded),
    source,
    causation: 'msg',
    correlation: subject,
    trace: '0'.repeat(32),
    data,
  }
}

/** A carrier's message. Recorded a minute after its newest actual scan unless said otherwise. */
export function tracked(
  events: readonly ReportedEvent[],
  about: About & { readonly report?: Partial<TrackingReport> } = {},
): Fact {
  const newest = events
    .filter(({ classifier }) => classifier === 'actual')
    .reduce((most, { occurredAt }) => Math.max(most, ((readInstant(occurredAt.at) ?? start) - start) / hour), 0)
  return fact('tracking.reported', { events, ...about.report }, { recorded: newest + 1 / 60, ...about })
}

/** A message of one scan. */
export function scanned(code: string, hours: number, more: Partial<ReportedEvent> = {}, about: About = {}): Fact {
  return tracked([scan(code, hours, more)], about)
}

export function planned(event: ShipmentReport['event'], hours: number, more: Partial<ShipmentReport> = {}): Fact {
  return fact('shipment.reported', { event, ...more }, { recorded: hours, occurred: hours, source: 'tms' })
}

/** Folds facts in this order. */
export function folded(facts: readonly Fact[], from?: ShipmentState): ShipmentState {
  let state = from
  for (const one of facts) state = evolveShipment(state, one).state
  if (state === undefined) throw new RangeError('there is nothing to fold')
  return state
}

/** Folds all of them and gives back what the last one brought. */
export function last(facts: readonly Fact[]): Evolution<ShipmentState> {
  const newest = facts.at(-1)
  if (newest === undefined) throw new RangeError('there is nothing to fold')
  return evolveShipment(facts.length === 1 ? undefined : folded(facts.slice(0, -1)), newest)
}

export function categories(state: ShipmentState): string[] {
  return state.projection.exceptions.map(({ category }) => category).toSorted()
}

export function types(facts: readonly Derived[]): string[] {
  return facts.map(({ type }) => type)
}
