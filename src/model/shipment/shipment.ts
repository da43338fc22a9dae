import { readInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Evolve, Fact, Reference } from '../fact.ts'
import type { ShipmentReport, TrackingReport } from '../report.ts'
import type { ExchangeReport } from '../transmission/exchange-problem.ts'
import { absorbReport, absorbShipment, absorbTracking, addReferences, decide } from './absorb.ts'
import { changes, resolved } from './changes.ts'
import { estimate } from './estimate.ts'
import { joinExchange } from './exchange.ts'
import { project } from './projection.ts'
import { emptyShipment, type Projection, type Said, type ShipmentState } from './state.ts'
import { armed } from './timers.ts'

/**
 * A shipment: what carriers, warehouses and planners say about it is kept as sets; status, exceptions, milestones and estimates are
 * a function of those sets, so that late, doubled and shuffled messages end in the same state. Only what changed is emitted.
 */
export const evolveShipment: Evolve<ShipmentState> = (state = emptyShipment, fact) => {
  if (state.mergedInto !== undefined) return afterMerge(state, fact, state.mergedInto)
  if (fact.type === 'shipment.merged') return merge(state, fact)
  const said = absorb(state, fact)
  if (said === undefined) return unchanged(state)
  const { projection: bare, due } = project(said, fact.subject)
  const eta = estimate({ said, before: state.projection, status: bare.status, now: readInstant(fact.recordedAt) ?? 0 })
  const projection: Projection = eta === undefined ? bare : { ...bare, eta }
  const set = fact.type === 'expectation.missed' ? fired(state, fact) : state.armed
  const timers = armed(set, said, due)
  const after: ShipmentState = { ...said, armed: timers.armed, projection }
  return { state: after, facts: changes({ before: state, after, fact }), timers: timers.changes }
}

function absorb(state: ShipmentState, fact: Fact): Said | undefined {
  const { armed: _, projection: __, mergedInto: ___, ...said } = state
  switch (fact.type) {
    case 'tracking.reported':
      return absorbTracking(said, fact, fact.data as TrackingReport)
    case 'shipment.reported':
      return absorbReport(said, fact, fact.data as ShipmentReport)
    case 'shipment.identified': {
      const { references } = fact.data as { references: readonly Reference[] }
      return { ...said, references: addReferences(said.references, references) }
    }
    case 'shipment.absorption_reported':
      return absorbShipment(said, (fact.data as { shipment: Said }).shipment)
    case 'shipment.exception_decided': {
      const { exception, by } = fact.data as { exception: string; by: string }
      return { ...said, decided: decide(said.decided, { exception, by, at: readInstant(fact.recordedAt) ?? 0 }) }
    }
    case 'shipment.exchange_reported':
      return { ...said, exchanges: joinExchange(said.exchanges ?? [], fact, fact.data as ExchangeReport) }
    case 'expectation.missed': {
      const { timer, due } = fact.data as { timer: string; due: string }
      const missed = Math.max(said.missed[timer] ?? 0, readInstant(due) ?? 0)
      return { ...said, missed: { ...said.missed, [timer]: missed } }
    }
    default:
      return undefined
  }
}

/** The timers that are still set after one went off. Whether it went off in time is for the projection to say. */
function fired({ armed: before }: ShipmentState, fact: Fact): ShipmentState['armed'] {
  const { [(fact.data as { timer: string }).timer]: _, ...others } = before
  return others
}

/** Two objects were one: this one hands over what it knows and forwards whatever still comes for it. */
function merge(state: ShipmentState, fact: Fact): Evolution<ShipmentState> {
  const { into } = fact.data as { into: string }
  if (into === fact.subject) return unchanged(state)
  const { armed: set, projection, mergedInto: _, ...said } = state
  const handed: readonly Derived[] = [
    {
      rule: 'absorbed',
      type: 'shipment.absorption_reported',
      subject: into,
      data: { from: fact.subject, shipment: said },
    },
    { rule: 'identified', type: 'shipment.identified', subject: into, data: { references: said.references } },
  ]
  return {
    state: { ...emptyShipment, references: said.references, mergedInto: into },
    facts: [...handed, ...resolved(projection.exceptions, 'merged')],
    timers: Object.keys(set).map((name) => ({ name, at: null })),
  }
}

/**
 * An alias hands on what comes for it. Where the survivor was merged into the alias in turn, the alias takes everything back:
 * otherwise they would forward to each other for ever.
 */
function afterMerge(state: ShipmentState, fact: Fact, into: string): Evolution<ShipmentState> {
  if (fact.type === 'expectation.missed') return unchanged(state)
  const data = fact.data as { readonly from?: string; readonly into?: string }
  if (fact.type === 'shipment.absorption_reported' && data.from === into) {
    const { mergedInto: _, ...own } = state
    return evolveShipment(own, fact)
  }
  if (fact.type === 'shipment.merged' && (data.into === into || data.into === fact.subject)) return unchanged(state)
  const { occurredAt } = fact
  const forwarded: Derived = {
    rule: 'forwarded',
    type: fact.type,
    subject: into,
    data: fact.data,
    ...(occurredAt === undefined ? {} : { occurredAt }),
  }
  return { state, facts: [forwarded], timers: [] }
}

function unchanged(state: ShipmentState): Evolution<ShipmentState> {
  return { state, facts: [], timers: [] }
}
