import { readInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Evolve, Fact, Reference } from '../fact.ts'
import type { ShipmentReport, TrackingReport } from '../report.ts'
import { absorbReport, absorbShipment, absorbTracking, addReferences } from './absorb.ts'
import { changes } from './changes.ts'
import { project } from './projection.ts'
import { emptyProjection, emptyShipment, type Projection, type ShipmentState } from './state.ts'
import { armed, timersOf } from './timers.ts'

type Said = Omit<ShipmentState, 'projection'>

/**
 * A shipment: what carriers, warehouses and planners say about it is kept as sets; status, exceptions, milestones and estimates are
 * a function of those sets, so that late, doubled and shuffled messages end in the same state. Only what changed is emitted.
 */
export const evolveShipment: Evolve<ShipmentState> = (state = emptyShipment, fact) => {
  if (state.mergedInto !== undefined) return forward(state, fact, state.mergedInto)
  if (fact.type === 'shipment.merged') return merge(state, fact)
  const said = absorb(state, fact)
  if (said === undefined) return { state, facts: [], timers: [] }
  const before = state.projection
  const bare = project(said, fact.subject)
  const now = readInstant(fact.recordedAt) ?? 0
  const projection: Projection = { ...bare, ...estimate(said, before, now) }
  const timers = armed(said.armed, timersOf(said, bare))
  const after: ShipmentState = { ...said, armed: timers.armed, projection }
  return { state: after, facts: changes({ before: state, after, fact }), timers: timers.changes }
}

function absorb(state: ShipmentState, fact: Fact): Said | undefined {
  const { projection: _, ...said } = state
  switch (fact.type) {
    case 'tracking.reported':
      return absorbTracking(said, fact, fact.data as TrackingReport)
    case 'shipment.reported':
      return absorbReport(said, fact, fact.data as ShipmentReport)
    case 'shipment.identified':
      return {
        ...said,
        references: addReferences(said.references, (fact.data as { references: readonly Reference[] }).references),
      }
    case 'shipment.absorption_reported':
      return absorbShipment(said, (fact.data as { shipment: Said }).shipment)
    case 'shipment.exception_decided': {
      const { exception, by } = fact.data as { exception: string; by: string }
      return { ...said, decided: [...said.decided, { exception, by, at: readInstant(fact.recordedAt) ?? 0 }] }
    }
    case 'expectation.missed':
      return missed(said, state, fact.data as { timer: string; due: string })
    default:
      return undefined
  }
}

/** A timer fired: early, because something came meanwhile, and then it is only set anew; or what was expected did not come. */
function missed(said: Said, state: ShipmentState, { timer, due }: { timer: string; due: string }): Said {
  const { [timer]: _, ...others } = said.armed
  const at = readInstant(due) ?? 0
  const needed = timersOf(said, state.projection)[timer] ?? null
  if (needed === null || needed > at) return { ...said, armed: others }
  return { ...said, armed: others, missed: [...said.missed.filter((one) => one.timer !== timer), { timer, due: at }] }
}

/** Two objects were one: this one hands over what it knows and forwards whatever still comes for it. */
function merge(state: ShipmentState, fact: Fact): Evolution<ShipmentState> {
  const { into } = fact.data as { into: string }
  const { projection: _, ...said } = state
  const handed: Derived = {
    rule: 'absorbed',
    type: 'shipment.absorption_reported',
    subject: into,
    data: { from: fact.subject, shipment: said },
  }
  const identified: Derived = {
    rule: 'identified',
    type: 'shipment.identified',
    subject: into,
    data: { references: said.references },
  }
  const { changes: off } = armed(state.armed, { tracking_stale: null, missing_pod: null, late_vs_promise: null })
  return {
    state: { ...emptyShipment, references: said.references, mergedInto: into, projection: emptyProjection },
    facts: [handed, identified],
    timers: off,
  }
}

function forward(state: ShipmentState, fact: Fact, into: string): Evolution<ShipmentState> {
  if (fact.type === 'expectation.missed' || fact.type === 'shipment.merged') return { state, facts: [], timers: [] }
  const { occurredAt } = fact
  return {
    state,
    facts: [
      {
        rule: 'forwarded',
        type: fact.type,
        subject: into,
        data: fact.data,
        ...(occurredAt === undefined ? {} : { occurredAt }),
      },
    ],
    timers: [],
  }
}

const announceMs = 15 * 60_000
const shiftMs = 30 * 60_000

/** The newest estimate; announced when it moves by more than half an hour or crosses the promise, at most every quarter of an hour. */
function estimate(said: Said, before: Projection, now: number): Pick<Projection, 'eta'> {
  const newest = said.estimates.reduce<(typeof said.estimates)[number] | undefined>(
    (best, one) =>
      best === undefined || one.told > best.told || (one.told === best.told && one.source < best.source) ? one : best,
    undefined,
  )
  if (newest === undefined) return {}
  const shown = before.eta
  const to = said.about.promise?.current.to
  const promised = to === undefined ? undefined : readInstant(to)
  const crosses = shown !== undefined && promised !== undefined && shown.at <= promised !== newest.at <= promised
  const moves = shown === undefined || (Math.abs(shown.at - newest.at) > shiftMs && now - shown.announced >= announceMs)
  return { eta: moves || crosses ? { at: newest.at, source: newest.source, announced: now } : shown }
}
