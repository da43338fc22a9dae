import type { Pool } from 'pg'
import { writeInstant } from '../base/instant.ts'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** One line of the list of processes. Everything else is read from the instance. */
export interface ProcessRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly process: string
  /** Version of the definition that it goes by. */
  readonly definition: number
  readonly key: string
  /** Of the branch main. */
  readonly state: string
  /** `branch:state` of the others, with a space between two. */
  readonly branches: string
  readonly openTasks: number
  /** `true` when nothing is awaited any more. */
  readonly isOver: string
  /** RFC 3339; empty where nothing is due. */
  readonly nextDue: string
  /** RFC 3339; empty where it goes on by itself. */
  readonly stuckSince: string
  /** What holds it up; empty where nothing does. */
  readonly stuckBy: string
  readonly startedAt: string
  readonly updatedAt: string
}

/** Which processes are wanted; what is absent does not matter. */
export interface ProcessFilter {
  readonly tenant: string
  readonly process?: string
  readonly key?: string
  readonly state?: string
  readonly isOver?: boolean
  readonly isStuck?: boolean
  /** Something was due before this instant. */
  readonly dueBefore?: string
  /** It began before this instant. */
  readonly startedBefore?: string
  /** `<instant> <id>` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** How many instances are in a state. */
export interface ProcessCount {
  readonly process: string
  readonly state: string
  readonly count: number
}

/** What is read of the list. */
export interface ProcessRows {
  /** Those that are stuck first, the longest of them before others; then those of which something is due first. */
  list(filter: ProcessFilter): Promise<readonly (ProcessRow & { readonly position: string })[]>
  /** Those that are under way. */
  counts(tenant: string): Promise<readonly ProcessCount[]>
  /** Those under way of all tenants, and how many of them wait for something that was due by then. */
  states(dueBy?: string): Promise<readonly (ProcessCount & { readonly overdue: number })[]>
}

/** What the list shows of an instance, as it is stored. */
export interface ListedInstance {
  readonly process: string
  readonly version: number
  readonly key: string
  readonly at: Readonly<Record<string, { readonly state: string }>>
  readonly tasks: Readonly<Record<string, { readonly status: string }>>
  readonly armed: Readonly<Record<string, number>>
  readonly startedAt?: string
  readonly endedAt?: string
}

/** Says why an instance does not go on by itself, and since when; undefined where it does. Whoever knows the definitions can say so. */
export type StuckOf = (instance: unknown) => { readonly since: string; readonly by: string } | undefined

/** The list of one database. */
export function processRows(pool: Pick<Pool, 'query'>): ProcessRows {
  return {
    list: (filter) => list(pool, filter),
    counts: (tenant) => counts(pool, tenant),
    states: (dueBy) => states(pool, dueBy),
  }
}

/** `undefined` before it began: it only remembers what came early. */
export function processRow(
  instance: ListedInstance,
  about: { readonly id: string; readonly tenant: string; readonly version: number; readonly updatedAt: string },
  stuck?: ReturnType<StuckOf>,
): ProcessRow | undefined {
  const { process, version: definition, key, at, tasks, armed, startedAt, endedAt } = instance
  if (startedAt === undefined) return undefined
  const due = Math.min(...Object.values(armed))
  return {
    ...about,
    ...{ process, definition, key, startedAt },
    state: at['main']?.state ?? '',
    branches: Object.entries(at)
      .flatMap(([branch, { state }]) => (branch === 'main' ? [] : [`${branch.replaceAll(' ', '_')}:${state}`]))
      .join(' '),
    openTasks: Object.values(tasks).filter(({ status }) => status === 'open').length,
    isOver: String(endedAt !== undefined),
    nextDue: Number.isFinite(due) ? writeInstant(due) : '',
    stuckSince: stuck?.since ?? '',
    stuckBy: stuck?.by ?? '',
  }
}

/** Keeps the newest version of each; an older one that comes late changes nothing. */
export async function saveProcesses(pool: Pick<Pool, 'query'>, rows: readonly ProcessRow[]): Promise<void> {
  if (rows.length === 0) return
  await pool.query({
    name: 'view-process-save',
    text: `INSERT INTO view_process (id, tenant, version, process, definition, key, state, branches, open_tasks, is_over, next_due, started_at, updated_at, stuck_since, stuck_by)
           SELECT id, tenant, version, process, definition, key, state, coalesce(string_to_array(nullif(branches, ''), ' '), '{}'), open_tasks,
             is_over::boolean, coalesce(nullif(due, '')::timestamptz, 'infinity'), started::timestamptz, updated::timestamptz,
             coalesce(nullif(stuck, '')::timestamptz, 'infinity'), stuck_by
           FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
             AS t(id, tenant, version, process, definition, key, state, branches, open_tasks, is_over, due, started, updated, stuck, stuck_by) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, definition = excluded.definition, state = excluded.state,
             branches = excluded.branches, open_tasks = excluded.open_tasks, is_over = excluded.is_over, next_due = excluded.next_due,
             updated_at = excluded.updated_at, stuck_since = excluded.stuck_since, stuck_by = excluded.stuck_by
           WHERE view_process.version < excluded.version`,
    values: columns(rows, [
      ...(['id', 'tenant', 'version', 'process', 'definition', 'key', 'state', 'branches', 'openTasks'] as const),
      ...(['isOver', 'nextDue', 'startedAt', 'updatedAt', 'stuckSince', 'stuckBy'] as const),
    ]),
  })
}

async function list(pool: Pick<Pool, 'query'>, filter: ProcessFilter): ReturnType<ProcessRows['list']> {
  const wanted = new Selection(filter.tenant)
  wanted.ask((p) => `process = ${p}`, filter.process)
  wanted.ask((p) => `key = ${p}`, filter.key)
  wanted.ask((p) => `state = ${p}`, filter.state)
  wanted.ask((p) => `is_over = ${p}`, filter.isOver)
  wanted.ask((p) => `next_due < ${p}::timestamptz`, filter.dueBefore)
  wanted.ask((p) => `started_at < ${p}::timestamptz`, filter.startedBefore)
  wanted.ask((p) => `(stuck_since < 'infinity') = ${p}`, filter.isStuck)
  const page = wanted.page({ column: 'attention_at', direction: 'ASC', after: filter.after, limit: filter.limit })
  const { rows } = await pool.query<Listed>(
    `SELECT id, tenant, version::int AS version, process, definition::int AS definition, key, state, array_to_string(branches, ' ') AS branches,
            open_tasks::int AS "openTasks", is_over::text AS "isOver", attention_at::text AS position,
            CASE WHEN isfinite(next_due) THEN next_due END AS due, CASE WHEN isfinite(stuck_since) THEN stuck_since END AS stuck,
            stuck_by AS "stuckBy", started_at AS started, updated_at AS updated
     FROM view_process ${page}`,
    wanted.values,
  )
  return rows.map(({ due, stuck, started, updated, position, ...row }) => ({
    ...row,
    nextDue: due?.toISOString() ?? '',
    stuckSince: stuck?.toISOString() ?? '',
    startedAt: started.toISOString(),
    updatedAt: updated.toISOString(),
    position: `${position.replace(' ', 'T')} ${row.id}`,
  }))
}

interface Listed extends Omit<ProcessRow, 'nextDue' | 'stuckSince' | 'startedAt' | 'updatedAt'> {
  readonly position: string
  readonly due: Date | null
  readonly stuck: Date | null
  readonly started: Date
  readonly updated: Date
}

async function counts(pool: Pick<Pool, 'query'>, tenant: string): Promise<readonly ProcessCount[]> {
  const { rows } = await pool.query<ProcessCount>(
    `SELECT process, state, count(*)::int AS count FROM view_process WHERE tenant = $1 AND NOT is_over
     GROUP BY process, state ORDER BY process, state`,
    [tenant],
  )
  return rows
}

async function states(pool: Pick<Pool, 'query'>, dueBy?: string): ReturnType<ProcessRows['states']> {
  const { rows } = await pool.query<ProcessCount & { readonly overdue: number }>(
    `SELECT process, state, count(*)::int AS count, (count(*) FILTER (WHERE next_due < coalesce($1::timestamptz, now())))::int AS overdue
     FROM view_process WHERE NOT is_over GROUP BY process, state ORDER BY process, state`,
    [dueBy ?? null],
  )
  return rows
}
