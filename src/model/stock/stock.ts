import type { Derived, Evolve, Fact } from '../fact.ts'
import type { DocumentReport, MovementReport, SnapshotScopeReport, StockAssertionReport } from '../report.ts'
import type { TaskAnswer } from '../task/report.ts'
import { answered } from './answer.ts'
import { asked } from './asked.ts'
import { counted, decided, type VarianceDecision } from './counted.ts'
import { requested } from './demand/ask.ts'
import { confirmed, expired, released } from './demand/decide.ts'
import { compared, type DifferenceReport } from './difference.ts'
import { type Draft, openDraft } from './draft.ts'
import { expectInbound, type InboundReport } from './inbound.ts'
import { moved } from './moved.ts'
import { settle } from './outcome.ts'
import { described, keepBack, type ReservationReport, reserve, type SafetyReport } from './reported.ts'
import { emptyStock, type StockState } from './state.ts'
import { completed, sweep } from './sweep.ts'

/**
 * The stock of one item. Movements move it, counts and snapshots correct it; reservations, expected receipts and safety stock only
 * weigh on what may be promised; master data says in which units.
 */
export const evolveStock: Evolve<StockState> = (state = emptyStock, fact) => {
  if (!handled.has(fact.type)) return { state, facts: [], timers: [] }
  const draft = openDraft(state, fact)
  const facts = change(draft, fact)
  return settle(draft, [...facts, ...sweep(draft)], fact)
}

const handled: ReadonlySet<string> = new Set([
  'expectation.missed',
  'inventory.availability_requested',
  'inventory.count_reported',
  'inventory.difference_reported',
  'inventory.inbound_reported',
  'inventory.movement_reported',
  'inventory.reservation_reported',
  'inventory.safety_reported',
  'inventory.snapshot_scope_reported',
  'inventory.snapshot_reported',
  'inventory.variance_decided',
  'item.reported',
  'reservation.confirm_requested',
  'reservation.release_requested',
  'reservation.requested',
  'task.answered',
])

function change(draft: Draft, fact: Fact): Derived[] {
  const { type, data } = fact
  switch (type) {
    case 'expectation.missed':
      return expired(draft, fact)
    case 'reservation.requested':
      return requested(draft, fact)
    case 'reservation.confirm_requested':
      return confirmed(draft, fact)
    case 'reservation.release_requested':
      return released(draft, fact)
    case 'inventory.availability_requested':
      return asked(draft, fact)
    case 'inventory.movement_reported':
      return moved(draft, data as MovementReport)
    case 'inventory.count_reported':
    case 'inventory.snapshot_reported':
      return counted(draft, data as StockAssertionReport)
    case 'inventory.snapshot_scope_reported':
      return completed(draft, data as SnapshotScopeReport)
    case 'inventory.variance_decided':
      return decided(draft, data as VarianceDecision)
    case 'inventory.reservation_reported':
      return reserve(draft, data as ReservationReport)
    case 'inventory.difference_reported':
      return compared(draft, data as DifferenceReport)
    case 'task.answered':
      return answered(draft, data as TaskAnswer)
    case 'inventory.inbound_reported':
      return expectInbound(draft, data as InboundReport)
    case 'inventory.safety_reported':
      return keepBack(draft, data as SafetyReport)
    default:
      return described(draft, (data as DocumentReport).object)
  }
}
