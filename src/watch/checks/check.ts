import type { TaskRole } from '../../model/task/roles.ts'
import type { CheckWorld } from './world.ts'

/** Part of the business that a check tells of; `platform` is the hub itself. */
export const areas = [
  'orders',
  'transport',
  'warehouse',
  'invoicing',
  'returns',
  'freight',
  'partners',
  'platform',
] as const
/** One of these. */
export type Area = (typeof areas)[number]

/**
 * A business question as a declaration. The metric, the tile, the list behind the figure, the alert rule and the line in the documentation
 * are made from it.
 */
export interface Check {
  /** Kebab case; `interline_business_` and this, with underscores, is the name of its metric. */
  readonly id: string
  readonly question: string
  /** Why somebody should care. */
  readonly meaning: string
  readonly area: Area
  /** What is counted; `seconds` for the age of the oldest. */
  readonly unit: string
  /** When there is no answer: that is not zero. */
  readonly unknown: string
  /** From here on it is amber, and red. Tenants may say otherwise. */
  readonly thresholds: Thresholds
  /** What is younger does not count yet. Absent: everything counts. Tenants may say otherwise. */
  readonly graceMinutes?: number
  readonly owner: TaskRole | 'integration'
  readonly nextAction: string
  /** The list of the tower that shows the same, with its filters. Absent: only the rows of the check do. */
  readonly list?: { readonly page: string; readonly search: Readonly<Record<string, string>> }
  readonly answer: TableAnswer | WorldAnswer
}

/** Figures from which on something is amber or red. */
export interface Thresholds {
  readonly amber: number
  readonly red: number
}

/** An answer that tables hold. Pieces of SQL; `:now` and `:before` (now less the grace) are instants. */
export interface TableAnswer {
  readonly kind: 'table'
  readonly from: string
  /** Column with the tenant. */
  readonly tenant: string
  /** What the question is about. */
  readonly asked: string
  /** What of it counts. */
  readonly found: string
  /** Bounded values by name. */
  readonly labels: Readonly<Record<string, string>>
  readonly item: ItemColumns
  /** `count` of what is found without it. */
  readonly measure?: 'count' | 'oldest'
  /** Whether anything is known of tenant `t.tenant`, where what is asked about would be too much to count. */
  readonly known?: string
}

/** Columns of one thing that was found. */
export interface ItemColumns {
  /** Hub id, or what it is known by. */
  readonly object: string
  readonly number: string
  readonly since: string
  readonly detail: string
  /** Page of the tower on which the object is shown; empty for none. Plain text, no SQL. */
  readonly page: string
}

/** An answer that is not in tables: the network, the oracle, other systems. */
export interface WorldAnswer {
  readonly kind: 'world'
  readonly labels: readonly string[]
  /** Everything that the question is about, at most a few thousand; `now` in milliseconds since 1970. */
  readonly items: (world: CheckWorld, now: number) => Promise<readonly WorldItem[]>
}

/** One thing that the question is about. */
export interface WorldItem {
  /** `*` for the hub as a whole: every tenant sees it. */
  readonly tenant: string
  readonly labels: Readonly<Record<string, string>>
  readonly object: string
  readonly number: string
  /** Milliseconds since 1970. */
  readonly since: number
  readonly detail: string
  readonly page: string
  readonly isFound: boolean
  /** How much it counts; 1 without it. */
  readonly weight?: number
}

/** Names of the labels, in their order. */
export function labelsOf({ answer }: Check): readonly string[] {
  return answer.kind === 'world' ? answer.labels : Object.keys(answer.labels)
}

/** Name of the gauge of a check. */
export function metricOf({ id, unit }: Pick<Check, 'id' | 'unit'>): string {
  return `interline_business_${id.replaceAll('-', '_')}${unit === 'seconds' ? '_seconds' : ''}`
}
