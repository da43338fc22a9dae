import type { Pool } from 'pg'
import { textArray } from '../backbone/postgres/binary-array.ts'
import type { TaskState } from '../model/task/state.ts'
import { inOrder, type ListOrder, type OrderedPart, orderNamed } from './list-order.ts'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** One line of the list of tasks. Everything else is read from its state. */
export interface TaskRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly name: string
  readonly role: string
  /** Empty: nobody else has to look at it. */
  readonly escalateTo: string
  readonly state: string
  /** Empty: nobody has it. */
  readonly assignee: string
  /** Empty: nobody waits for the answer but people. */
  readonly origin: string
  /** Hub ids, with a space between two. */
  readonly objects: string
  readonly question: string
  /** Empty: none yet. */
  readonly decision: string
  /** `true` when it was not decided in time. */
  readonly overdue: string
  /** RFC 3339; empty: some time. */
  readonly dueAt: string
  readonly openedAt: string
  readonly updatedAt: string
}

/** Which tasks are wanted; what is absent does not matter. */
export interface TaskFilter {
  readonly tenant: string
  /** Of whoever has to decide, or has to look since it was late. */
  readonly role?: string
  readonly state?: string
  readonly assignee?: string
  readonly overdue?: boolean
  /** Hub id. */
  readonly object?: string
  /** Hub ids of what it is about or what waits for the answer: any of them. */
  readonly concerning?: readonly string[]
  readonly name?: string
  /** One of taskOrders; the first that is due first without it. */
  readonly sort?: string
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** Open tasks of one role. */
export interface TaskCount {
  readonly role: string
  readonly open: number
  readonly overdue: number
}

/** What is read of the list. */
export interface TaskRows {
  list(filter: TaskFilter): Promise<readonly (TaskRow & { readonly position: string })[]>
  open(tenant: string): Promise<readonly TaskCount[]>
  /** Open ones of all tenants. */
  ages(): Promise<readonly TaskAge[]>
}

const byDue = {
  column: 'due_at',
  known: `due_at < 'infinity'`,
  rest: { column: 'opened_at', direction: 'ASC' },
} as const
const orders: Readonly<Record<string, ListOrder>> = {
  dueAt: { ...byDue, direction: 'ASC' },
  '-dueAt': { ...byDue, direction: 'DESC' },
  openedAt: { column: 'opened_at', direction: 'ASC' },
  '-openedAt': { column: 'opened_at', direction: 'DESC' },
}
/** Orders in which the list can be read, as the API names them. */
export const taskOrders: readonly string[] = Object.keys(orders)

/** Open tasks of one role, by how long they are open. */
export interface TaskAge extends TaskCount {
  readonly age: 'hour' | 'day' | 'week' | 'older'
}

/** The list of one database. */
export function taskRows(pool: Pick<Pool, 'query'>): TaskRows {
  return { list: (filter) => list(pool, filter), open: (tenant) => open(pool, tenant), ages: () => ages(pool) }
}

/** `undefined` before somebody asked. */
export function taskRow(
  state: TaskState,
  about: { readonly id: string; readonly tenant: string; readonly version: number; readonly updatedAt: string },
): TaskRow | undefined {
  const { request, status, assignee = '', outcome, overdueAt, openedAt } = state
  if (request === undefined || status === undefined) return undefined
  const { name, role, escalateTo = '', origin = '', objects, question, dueAt = '' } = request
  return {
    ...about,
    name,
    role,
    escalateTo,
    assignee,
    origin,
    question,
    dueAt,
    state: status,
    objects: objects.join(' '),
    decision: outcome?.decision ?? '',
    overdue: String(overdueAt !== undefined),
    openedAt: openedAt ?? about.updatedAt,
  }
}

/** Keeps the newest version of each; an older one that comes late changes nothing. */
export async function saveTasks(pool: Pick<Pool, 'query'>, rows: readonly TaskRow[]): Promise<void> {
  if (rows.length === 0) return
  await pool.query({
    name: 'view-task-save',
    text: `INSERT INTO view_task (id, tenant, version, name, role, escalate_to, state, assignee, origin, objects, question, decision, overdue, due_at, opened_at, updated_at)
           SELECT id, tenant, version, name, role, escalate_to, state, assignee, origin, coalesce(string_to_array(nullif(objects, ''), ' '), '{}'), question, decision, overdue::boolean,
             coalesce(nullif(due, '')::timestamptz, 'infinity'), opened::timestamptz, updated::timestamptz
           FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
             AS t(id, tenant, version, name, role, escalate_to, state, assignee, origin, objects, question, decision, overdue, due, opened, updated) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, assignee = excluded.assignee,
             decision = excluded.decision, overdue = excluded.overdue, updated_at = excluded.updated_at
           WHERE view_task.version < excluded.version`,
    values: columns(rows, [
      ...(['id', 'tenant', 'version', 'name', 'role', 'escalateTo', 'state', 'assignee', 'origin', 'objects'] as const),
      ...(['question', 'decision', 'overdue', 'dueAt', 'openedAt', 'updatedAt'] as const),
    ]),
  })
}

async function list(pool: Pick<Pool, 'query'>, filter: TaskFilter): ReturnType<TaskRows['list']> {
  const order = orderNamed(orders, { sort: filter.sort, usual: 'dueAt' })
  const found = await inOrder(order, filter, (part) => readPart(pool, filter, part))
  return found.map(({ due, opened, updated, ...row }) => ({
    ...row,
    dueAt: due?.toISOString() ?? '',
    openedAt: opened.toISOString(),
    updatedAt: updated.toISOString(),
  }))
}

async function readPart(
  pool: Pick<Pool, 'query'>,
  filter: TaskFilter,
  { condition, place, ...part }: OrderedPart,
): Promise<readonly Listed[]> {
  const wanted = new Selection(filter.tenant)
  if (condition !== undefined) wanted.always(condition)
  wanted.ask((p) => `(role = ${p} OR (overdue AND escalate_to = ${p}))`, filter.role)
  wanted.ask((p) => `state = ${p}`, filter.state)
  wanted.ask((p) => `assignee = ${p}`, filter.assignee)
  wanted.ask((p) => `(overdue AND state = 'open') = ${p}`, filter.overdue)
  wanted.ask((p) => `objects @> ${p}::text[]`, filter.object === undefined ? undefined : textArray([filter.object]))
  wanted.ask(
    (p) => `(objects && ${p}::text[] OR origin = ANY(${p}::text[]))`,
    filter.concerning === undefined ? undefined : textArray(filter.concerning),
  )
  wanted.ask((p) => `name = ${p}`, filter.name)
  const { rows } = await pool.query<Listed>(
    `SELECT id, tenant, version::int AS version, name, role, escalate_to AS "escalateTo", state, assignee, origin, array_to_string(objects, ' ') AS objects,
            question, decision, overdue::text AS overdue, CASE WHEN isfinite(due_at) THEN due_at END AS due, opened_at AS opened, updated_at AS updated, ${place}
     FROM view_task ${wanted.page(part)}`,
    wanted.values,
  )
  return rows
}

interface Listed extends Omit<TaskRow, 'dueAt' | 'openedAt' | 'updatedAt'> {
  readonly due: Date | null
  readonly opened: Date
  readonly updated: Date
  readonly place: string
}

async function open(pool: Pick<Pool, 'query'>, tenant: string): Promise<readonly TaskCount[]> {
  const { rows } = await pool.query<TaskCount>(
    `SELECT role, count(*)::int AS open, (count(*) FILTER (WHERE overdue))::int AS overdue FROM view_task
     WHERE tenant = $1 AND state = 'open' GROUP BY role ORDER BY role`,
    [tenant],
  )
  return rows
}

async function ages(pool: Pick<Pool, 'query'>): Promise<readonly TaskAge[]> {
  const { rows } = await pool.query<TaskAge>(
    `SELECT role, CASE WHEN opened_at > now() - interval '1 hour' THEN 'hour' WHEN opened_at > now() - interval '1 day' THEN 'day'
              WHEN opened_at > now() - interval '7 days' THEN 'week' ELSE 'older' END AS age,
            count(*)::int AS open, (count(*) FILTER (WHERE overdue))::int AS overdue
     FROM view_task WHERE state = 'open' GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  return rows
}
