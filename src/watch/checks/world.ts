import type { Pool } from 'pg'

/** What checks ask that no table of the lists holds. */
export interface CheckWorld {
  readonly pool: Pick<Pool, 'query'>
  /** Everybody who has a connection or people. */
  readonly tenants: () => Promise<readonly string[]>
  /** Connections that news comes from. */
  readonly feeds: () => readonly ExpectedFeed[]
  readonly certificates: () => readonly HeldCertificate[]
  /** Inputs that are in no state. */
  readonly unaccounted: () => Promise<number>
  /** What the oracle of this instance found last. */
  readonly violations: () => readonly { readonly check: string; readonly subject: string; readonly detail: string }[]
  /** Systems whose books were compared by this instance, with what was found. */
  readonly compared: () => readonly ComparedSystem[]
}

/** A connection that something should come from. */
export interface ExpectedFeed {
  readonly tenant: string
  readonly connection: string
  /** Kind of its connector: carrier, wms … */
  readonly kind: string
  /** Empty: it belongs to none. */
  readonly partner: string
  /** Days of silence that were agreed; 0: none were, what is usual counts. */
  readonly quietDays: number
}

/** A certificate of a partner, with the last instant at which it is valid. */
export interface HeldCertificate {
  readonly tenant: string
  readonly partner: string
  readonly connection: string
  readonly use: string
  readonly subject: string
  readonly validTo: number
  /** Days before its end from which on somebody has to act. */
  readonly days: number
}

/** One comparison of books. */
export interface ComparedSystem {
  readonly tenant: string
  readonly target: string
  readonly at: number
  readonly differences: readonly { readonly kind: string; readonly subject: string; readonly detail: string }[]
}
