import type { Decimal } from '../../base/decimal.ts'
import type { MovementReport } from '../report.ts'
import type { Demand, EndedDemand } from './demand/demand.ts'
import type { StockRules } from './rules.ts'

/** Counter-accounts of the ledger: every movement posts equal and opposite amounts between stock and one of these, or within stock. */
export const accounts = [
  'supplier',
  'customer',
  'in_transit',
  'production',
  'adjustment',
  'count_variance',
  'scrap',
  'opening',
] as const
/** Where the other half of a movement is booked, which comes into stock or leaves it. */
export type Account = (typeof accounts)[number]

/**
 * The stock of one item: a double-entry ledger in its base unit. Balances are sums, so late, doubled and shuffled movements end in
 * the same place. Plain JSON, bounded: older movements live on in the balances and in the log.
 */
export interface StockState {
  readonly sku: string
  readonly uom: string
  /** On hand by stock key (`stockKey`). A key at zero that nothing recent mentions is dropped. */
  readonly balances: Readonly<Record<string, Decimal>>
  readonly totals: Readonly<Partial<Record<Account, Decimal>>>
  readonly window: readonly Entry[]
  /** Counts by stock key without package (`groupOf`): a count says how much there is, not in which packages. By time, then id. */
  readonly assertions: Readonly<Record<string, readonly Assertion[]>>
  /** Complete snapshots, by time, then id: they also speak of what they do not list. */
  readonly sweeps: readonly Sweep[]
  /** Counts whose variance is above the limits of the item: a person decides. */
  readonly held: Readonly<Record<string, Claim>>
  /** Reversals that came before what they reverse. */
  readonly waiting: readonly MovementReport[]
  /** Movements that could not be posted, for a unit that nobody can convert say, as long as they are not posted after all. */
  readonly unposted: readonly UnpostedMovement[]
  /** Reservations that an outside system keeps: they weigh, whether or not the stock is there. */
  readonly reservations: Readonly<Record<string, Reservation>>
  /** Reservations that the hub keeps, by their own name. */
  readonly demands: Readonly<Record<string, Demand>>
  /** Those that are over. */
  readonly ended: Readonly<Record<string, EndedDemand>>
  readonly inbound: Readonly<Record<string, Inbound>>
  /** Safety stock by location. */
  readonly safety: Readonly<Record<string, Decimal>>
  /** Stock that another system has otherwise, by `system|location|status|lot`, as long as they do not agree. */
  readonly differences: Readonly<Record<string, OpenDifference>>
  /** Counts that a warehouse was asked for, by `location|status|lot|when`. */
  readonly countOrders: Readonly<Record<string, CountOrder>>
  /** Sums by location of what availability is made of, so that a movement need not add up the whole item. */
  readonly levels: Readonly<Record<string, Level>>
  readonly rules: StockRules
  /** Latest effective time, ms; a movement dated into the future counts as of its recording. */
  readonly asOf: number
  /** Movements at or before this instant may have left the window, ms: a count of an earlier instant cannot be judged any more. */
  readonly keptFromMs: number
  /** When the window was last looked through, as its horizon, ms. */
  readonly prunedMs: number
}

/** A movement that may still be asked for: by a duplicate, a reversal, or a count of an earlier instant. */
export interface Entry {
  readonly id: string
  readonly type: string
  /** Effective time, ms; with `spanMs` the start of the interval that was meant. */
  readonly at: number
  readonly spanMs?: number
  readonly postings: readonly (readonly [key: string, delta: Decimal])[]
  readonly account?: Account
  readonly quantity: Decimal
  readonly reverses?: string
  readonly reversed?: Decimal
}

/** A count or snapshot line: "at T there were N". `from` and `to` bound the interval that was meant, when it is longer than a second. */
export interface Claim {
  readonly id: string
  readonly key: string
  readonly at: number
  readonly asserted: Decimal
  readonly from?: number
  readonly to?: number
}

/** A claim that counts. Its variance is derived, and absorbs whatever turns up later for before T. */
export interface Assertion extends Omit<Claim, 'key'> {
  readonly variance: Decimal
  /** How often the variance was compensated; numbers the derived movements. */
  readonly revision: number
  readonly uncertain?: true
}

/** A complete snapshot as far as one item is concerned. */
export interface Sweep {
  readonly id: string
  /** ms */
  readonly at: number
  readonly locations: readonly string[]
  /** Owners of the stock that it speaks for; absent: all of them. `''` is the operator's own. */
  readonly owners?: readonly string[]
  /** Stock keys without package (`groupOf`) that it lists. */
  readonly listed: readonly string[]
}

/** Demand that may not be promised again: soft is reserved, hard is allocated. */
export interface Reservation {
  readonly location: string
  readonly quantity: Decimal
  readonly kind: 'soft' | 'hard'
}

/** A confirmed receipt that is expected. */
export interface Inbound {
  readonly location: string
  readonly quantity: Decimal
  /** ms */
  readonly due: number
  /** Who says so; absent in states that were stored before there was a difference. */
  readonly part?: 'order' | 'notice' | 'receipt'
  /** Number of the purchase order that it belongs to. */
  readonly order?: string
}

/** Stock of which another system has more or less than the hub; it is open until the two agree. */
export interface OpenDifference {
  readonly system: string
  readonly location: string
  readonly status: string
  readonly lot: string
  /** Ours less theirs. */
  readonly difference: Decimal
  /** When the other system looked, ms. */
  readonly takenAt: number
  /** How often a person was asked about it. */
  readonly n: number
  /** When a person decided, ms. */
  readonly decidedAt?: number
}

/** A movement that the ledger could not take, in the words of its sender, and why. */
export interface UnpostedMovement {
  /** `movementId` */
  readonly id: string
  readonly quantity: string
  readonly uom: string
  readonly problem: string
}

/** A count that a warehouse was asked for and has not told yet. */
export interface CountOrder {
  readonly location: string
  readonly status: string
  readonly lot: string
  /** ms */
  readonly at: number
}

/** What availability is made of at one location. */
export interface Level {
  readonly available: Decimal
  readonly allocated: Decimal
  readonly reserved: Decimal
}

/** How long a movement can be asked for, in days of the ledger’s own time; what comes later than that is posted and reported. */
export const windowDays = 35

/** Movements that can be asked for; past it the oldest leave before their time, and `keptFromMs` says so. */
export const entriesMax = 5000

/** Counts kept of one stock key without package; past it the earliest go first. */
export const assertionsMax = 50

/** Complete snapshots kept; past it the earliest go first. */
export const sweepsMax = 20

/** Reversals that may wait for what they reverse; the next one is refused, as a problem that is reported. */
export const waitingMax = 100

/** Variances that may wait for a person; the next count above the limits is refused, as a problem that is reported. */
export const heldMax = 100

/** Movements kept that could not be posted; past it the oldest are forgotten. */
export const unpostedMax = 50

/** An item before its first fact: in pieces (C62 of UN/ECE Recommendation 20) until somebody says its unit. */
export const emptyStock: StockState = {
  sku: '',
  uom: 'C62',
  balances: {},
  totals: {},
  window: [],
  assertions: {},
  sweeps: [],
  held: {},
  waiting: [],
  unposted: [],
  reservations: {},
  demands: {},
  ended: {},
  differences: {},
  countOrders: {},
  inbound: {},
  safety: {},
  levels: {},
  rules: {},
  asOf: 0,
  keptFromMs: 0,
  prunedMs: 0,
}

/** What stock of one item is told apart by. Unused parts are empty. */
export interface StockKey {
  readonly location: string
  readonly status: string
  readonly owner: string
  readonly lot: string
  readonly serial: string
  readonly package: string
}

/** One text per stock key: `location|status|owner|lot|serial|package`. A bar within a part is written %7C. */
export function stockKey(key: Partial<StockKey> & { readonly location: string }): string {
  return `${write(key.location)}|${write(key.status ?? 'available')}|${write(key.owner ?? '')}|${write(key.lot ?? '')}|${write(key.serial ?? '')}|${write(key.package ?? '')}`
}

/** The parts of a stock key. */
export function readStockKey(text: string): StockKey {
  const [location = '', status = '', owner = '', lot = '', serial = '', packageId = ''] = text.includes('%')
    ? text.split('|').map(read)
    : text.split('|')
  return { location, status, owner, lot, serial, package: packageId }
}

/** The same key outside any package: what a count speaks of. It is the beginning of the keys of all its packages. */
export function groupOf(key: string): string {
  return key.slice(0, key.lastIndexOf('|') + 1)
}

function write(part: string): string {
  return part.includes('|') || part.includes('%') ? part.replaceAll('%', '%25').replaceAll('|', '%7C') : part
}

function read(part: string): string {
  return part.replaceAll('%7C', '|').replaceAll('%25', '%')
}
