import type { Decimal } from '../../base/decimal.ts'

/** What stock of one item is compared by: `location|status|lot`. A part that one of the two does not tell apart is empty in both. */
export type Cell = string

/** The stock of one item as two systems have it, at the instant at which the other one looked; and what is known about it. */
export interface ItemBooks {
  readonly sku: string
  /** What the hub has, in base units, rolled back to that instant. */
  readonly ours: ReadonlyMap<Cell, Decimal>
  /** What the other system has. */
  readonly theirs: ReadonlyMap<Cell, Decimal>
  /** ms */
  readonly takenAt: number
  readonly evidence: Evidence
}

/** What something changes of one cell. */
export interface Change {
  readonly cell: Cell
  readonly delta: Decimal
}

/** What may explain a difference. Everything in base units. */
export interface Evidence {
  /** What the other system is owed, or was told lately. */
  readonly postings: readonly PostingEvidence[]
  /** Movements of late, before and after the instant. */
  readonly movements: readonly MovementEvidence[]
  /** So far before or after the instant a movement may be on the other side of it for the other system, ms. */
  readonly cutOffMs: number
  /** Counts after the instant, with what they found. */
  readonly counts: readonly { readonly id: string; readonly cell: Cell; readonly variance: Decimal }[]
  /** Messages that wait because a unit or a code in them is unknown, and that name the item. */
  readonly parked: readonly {
    readonly message: string
    readonly code: string
    readonly quantities: readonly Decimal[]
  }[]
  /** 1 unit = numerator / denominator base units. */
  readonly conversions: readonly { readonly uom: string; readonly numerator: Decimal; readonly denominator: Decimal }[]
}

/** A posting to the other system. */
export interface PostingEvidence {
  readonly effect: string
  /** `unknown`: nobody knows whether it was done. */
  readonly state: 'pending' | 'unknown' | 'parked' | 'refused' | 'applied'
  /** When it was applied, ms. */
  readonly settledAt?: number
  /** Documents that the system lists under its reference, where there are several. */
  readonly documents?: readonly string[]
  readonly changes: readonly Change[]
}

/** A movement of the hub’s ledger. */
export interface MovementEvidence {
  readonly id: string
  readonly type: string
  /** ms */
  readonly at: number
  readonly changes: readonly Change[]
}

/** One text per cell. A bar within a part is written %7C. */
export function cellOf(parts: { readonly location: string; readonly status: string; readonly lot: string }): Cell {
  return [parts.location, parts.status, parts.lot].map(write).join('|')
}

/** Location, status and lot of a cell; empty where the two systems do not tell it apart. */
export function partsOf(cell: Cell): { readonly location: string; readonly status: string; readonly lot: string } {
  const [location = '', status = '', lot = ''] = cell.split('|').map(read)
  return { location, status, lot }
}

function write(part: string): string {
  return part.replaceAll('%', '%25').replaceAll('|', '%7C')
}

function read(part: string): string {
  return part.replaceAll('%7C', '|').replaceAll('%25', '%')
}
