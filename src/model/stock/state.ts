import type { Decimal } from '../../base/decimal.ts'
import type { MovementReport } from '../report.ts'

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
export type Account = (typeof accounts)[number]

/**
 * The stock of one item: a double-entry ledger in its base unit. Balances are sums, so late, doubled and shuffled movements end in
 * the same place. Plain JSON, bounded: older movements live on in the balances and in the log.
 */
export interface StockState {
  readonly sku: string
  readonly uom: string
  /** On hand by stock key (`stockKey`). A key at zero is kept while it has assertions, else dropped. */
  readonly balances: Readonly<Record<string, Decimal>>
  readonly totals: Readonly<Partial<Record<Account, Decimal>>>
  readonly window: readonly Entry[]
  readonly assertions: Readonly<Record<string, readonly Assertion[]>>
  /** Reversals that came before what they reverse. */
  readonly waiting: readonly MovementReport[]
  readonly reservations: Readonly<Record<string, Reservation>>
  readonly inbound: Readonly<Record<string, Inbound>>
  /** Safety stock by location. */
  readonly safety: Readonly<Record<string, Decimal>>
  /** Latest effective time seen, ms. */
  readonly asOf: number
}

/** A movement that may still be asked for: by a duplicate, a reversal, or a count of an earlier instant. */
export interface Entry {
  readonly id: string
  /** Content, to tell a duplicate from a conflict. */
  readonly content: string
  /** Effective time, ms. */
  readonly at: number
  readonly postings: readonly (readonly [key: string, delta: Decimal])[]
  readonly account?: Account
  readonly quantity: Decimal
  readonly reversed?: Decimal
}

/** A count or snapshot line: "at T there were N". The variance is derived and absorbs whatever turns up later for before T. */
export interface Assertion {
  readonly id: string
  readonly at: number
  readonly asserted: Decimal
  readonly variance: Decimal
  /** How often the variance was compensated; numbers the derived movements. */
  readonly revision: number
  readonly uncertain?: true
}

export interface Reservation {
  readonly location: string
  readonly quantity: Decimal
  readonly kind: 'soft' | 'hard'
}

export interface Inbound {
  readonly location: string
  readonly quantity: Decimal
  /** ms */
  readonly due: number
}

export const windowDays = 35
export const entriesMax = 5000
export const assertionsMax = 50

export const emptyStock: StockState = {
  sku: '',
  uom: 'C62',
  balances: {},
  totals: {},
  window: [],
  assertions: {},
  waiting: [],
  reservations: {},
  inbound: {},
  safety: {},
  asOf: 0,
}

export interface StockKey {
  readonly location: string
  readonly status: string
  readonly owner: string
  readonly lot: string
  readonly serial: string
  readonly package: string
}

/** One text per stock key; unused parts are empty. */
export function stockKey(key: Partial<StockKey> & { readonly location: string }): string {
  return [key.location, key.status ?? 'available', key.owner ?? '', key.lot ?? '', key.serial ?? '', key.package ?? '']
    .map(escape)
    .join('|')
}

export function readStockKey(text: string): StockKey {
  const [location = '', status = '', owner = '', lot = '', serial = '', packageId = ''] = text
    .split('|')
    .map((part) => part.replaceAll('%7C', '|').replaceAll('%25', '%'))
  return { location, status, owner, lot, serial, package: packageId }
}

function escape(part: string): string {
  return part.includes('|') || part.includes('%') ? part.replaceAll('%', '%25').replaceAll('|', '%7C') : part
}
