import type { Reference } from './fact.ts'
import type { PlannedWindow } from './report.ts'

/** A place where a load stops, as whoever plans it says. Absent members: not said. */
export interface PlannedStop {
  /** By which scans and carriers name it; smaller is earlier. */
  readonly seq: number
  /** pickup, delivery … as the canonical stop has them. */
  readonly type: string
  readonly final: boolean
  /** More of the same goods is taken on, or handed over, at another stop. */
  readonly isPart?: true
  readonly planned?: PlannedWindow
  /** Code of the place, as the sender names it. */
  readonly location?: string
  readonly address?: StopAddress
  /** Numbers of what is done there: orders, bills of lading, appointments. */
  readonly references?: readonly Reference[]
}

/** Where a stop is, as far as it is said. */
export interface StopAddress {
  readonly name?: string
  readonly lines?: readonly string[]
  readonly city?: string
  readonly region?: string
  readonly postalCode?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
}
