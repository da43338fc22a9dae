import { add, type Decimal, subtract } from '../../../base/decimal.ts'
import type { Reference } from '../../fact.ts'

/**
 * What somebody wants of an item and what he was given: a reservation. `granted` is held for him and promised to nobody else, by
 * place; `consumed` has left the house for him.
 */
export interface Demand {
  /** Revision of the wish: the newest one counts. */
  readonly revision: number
  /** Places that may serve it, the best first; none: any place. */
  readonly locations: readonly string[]
  /** Status of the stock that it is about. */
  readonly status: string
  /** Soft is promised, hard is for a warehouse to pick. */
  readonly kind: 'soft' | 'hard'
  /** Base units. */
  readonly asked: Decimal
  readonly granted: Readonly<Record<string, Decimal>>
  readonly consumed: Decimal
  /** All at once or nothing. */
  readonly complete?: true
  /** May come from several places. */
  readonly split?: true
  /** Stays in the queue for what could not be granted. */
  readonly waits?: true
  /** 1 is the most urgent. */
  readonly priority: number
  /** Since when it is wanted, ms: of two equally urgent ones the older is served first. */
  readonly since: number
  /** How often others behind it were served because it takes all or nothing. */
  readonly skipped: number
  /** ms */
  readonly expiresAt?: number
  /** Subject that is told what becomes of it. */
  readonly origin?: string
  /** Orders and deliveries that it is for. */
  readonly references?: readonly Reference[]
}

/** A reservation that is over. It is remembered for a while, so that a late repetition of the request grants nothing again. */
export interface EndedDemand {
  readonly revision: number
  readonly outcome: 'consumed' | 'released' | 'expired' | 'refused'
  readonly reason?: string
  /** ms */
  readonly at: number
}

/** Open reservations of one item; what is more is refused. */
export const demandsMax = 2000
/** Reservations of one item that are over and remembered. */
export const endedMax = 1000
/** After so many times of being passed over, stock is kept for a reservation that takes all or nothing. */
export const skipsMax = 3

/** How much is held for it, over all places. */
export function heldFor({ granted }: Pick<Demand, 'granted'>): Decimal {
  return Object.values(granted).reduce(add, '0')
}

/** How much it still waits for. */
export function missingOf(demand: Pick<Demand, 'asked' | 'consumed' | 'granted'>): Decimal {
  return subtract(subtract(demand.asked, demand.consumed), heldFor(demand))
}

/** The order in which waiting demand is served: urgency, then age. */
export function byTurn([a, one]: readonly [string, Demand], [b, other]: readonly [string, Demand]): number {
  return one.priority - other.priority || one.since - other.since || (a < b ? -1 : a > b ? 1 : 0)
}
