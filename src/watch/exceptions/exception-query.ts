import type { Query } from '../check-query.ts'
import { type ExceptionSource, type FoundException, type Severity, severities } from './source.ts'

/** In which order exceptions are read: by age, or the gravest first and those by age. */
export const exceptionOrders = ['oldest', 'newest', 'gravest'] as const
/** One of these. */
export type ExceptionOrder = (typeof exceptionOrders)[number]

/** Which exceptions are wanted; what is absent does not matter. */
export interface ExceptionFilter {
  readonly tenant: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly kinds?: readonly string[]
  readonly severities?: readonly Severity[]
  readonly role?: string
  readonly connections?: readonly string[]
  readonly carrier?: string
  readonly warehouse?: string
  /** What people call it, or its hub id. */
  readonly object?: string
  readonly ids?: readonly string[]
  /** Id of whoever has it; empty for what nobody has. */
  readonly takenBy?: string
  readonly isAcknowledged?: boolean
  /** Milliseconds since 1970: open since before this. */
  readonly openBefore?: number
}

/** A page of the list. */
export interface ExceptionPage {
  readonly order: ExceptionOrder
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** Exceptions that no table holds, of one tenant. */
export type OtherExceptions = readonly FoundException[]

const rowsMost = 1000
const rank = `array_position(ARRAY[${severities.map((one) => `'${one}'`).join(', ')}], e.severity)`
const takes = `e.*, ${rank} AS rank, c.taken_by, c.taken_name, c.taken_at, c.acknowledged_by, c.acknowledged_name, c.acknowledged_at, c.note`
/** Words of people that are older than the exception were about an earlier one. */
const claim = `LEFT JOIN LATERAL (SELECT
    CASE WHEN k.taken_at >= e.since THEN k.taken_by END AS taken_by, k.taken_name, k.taken_at,
    CASE WHEN k.acknowledged_at >= e.since THEN k.acknowledged_by END AS acknowledged_by, k.acknowledged_name, k.acknowledged_at, k.note
  FROM exception_claim k WHERE k.tenant = :tenant AND k.id = e.id) c ON true`

/** One page over all kinds. Each is asked for no more rows than the page has, so that an index by age is enough however many are open. */
export function listQuery(
  sources: readonly ExceptionSource[],
  filter: ExceptionFilter,
  page: ExceptionPage,
  others: OtherExceptions,
): Query {
  const values = new Values(filter)
  const conditions = [...conditionsOf(filter, values), ...beyond(page, values)]
  const order = { oldest: 'since, id', newest: 'since DESC, id DESC', gravest: 'rank, since, id' }[page.order]
  const limit = values.add(Math.min(page.limit, rowsMost))
  const parts = partsOf(sources, filter, values, others).map(
    (part) =>
      `(SELECT ${takes} FROM ${part} e ${claim} WHERE ${conditions.join(' AND ') || 'true'} ORDER BY ${order} LIMIT ${limit})`,
  )
  const text = `SELECT *, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
    FROM (${parts.join(' UNION ALL ')}) q ORDER BY ${order} LIMIT ${limit}`
  return { text: values.placed(text), values: values.all }
}

/** How many there are of each kind and severity, by age. */
export function agesQuery(
  sources: readonly ExceptionSource[],
  filter: ExceptionFilter,
  others: OtherExceptions,
): Query {
  const values = new Values(filter)
  const conditions = conditionsOf(filter, values)
  const parts = partsOf(sources, filter, values, others).map(
    (part) =>
      `(SELECT e.kind, e.severity, e.since, c.taken_by, c.acknowledged_by FROM ${part} e ${claim} WHERE ${conditions.join(' AND ') || 'true'})`,
  )
  const text = `SELECT kind, severity, CASE WHEN since > :now - interval '1 hour' THEN 'hour' WHEN since > :now - interval '1 day' THEN 'day'
        WHEN since > :now - interval '7 days' THEN 'week' ELSE 'older' END AS age,
      count(*)::int AS open, (count(*) FILTER (WHERE taken_by IS NULL))::int AS free,
      (count(*) FILTER (WHERE acknowledged_by IS NOT NULL))::int AS acknowledged, min(since) AS oldest
    FROM (${parts.join(' UNION ALL ')}) q GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
  return { text: values.placed(text), values: values.all }
}

/** Values of one statement. The tenant is the first, the instant of the question the second. */
class Values {
  readonly all: unknown[]

  constructor({ tenant, now }: Pick<ExceptionFilter, 'now' | 'tenant'>) {
    this.all = [tenant, new Date(now).toISOString()]
  }

  add(value: unknown): string {
    return `$${this.all.push(value)}`
  }

  placed(text: string): string {
    const named = text.replaceAll(':tenant', '$1::text').replaceAll(':now', '$2::timestamptz')
    // Both are named once, so that the database knows their types whatever else is asked.
    return `WITH asked AS (SELECT $1::text, $2::timestamptz) ${named}`
  }
}

/** The kinds that can have what is wanted, as subqueries of the same columns. */
function partsOf(
  sources: readonly ExceptionSource[],
  { kinds }: ExceptionFilter,
  values: Values,
  others: OtherExceptions,
): readonly string[] {
  const wanted = sources.filter(({ kind }) => kinds === undefined || kinds.includes(kind)).map(partOf)
  const world = JSON.stringify(
    others
      .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
      .map(({ codes, ...one }) => ({ ...one, codes: codes.join(' ') })),
  )
  const columns =
    'kind text, id text, object text, number text, since timestamptz, severity text, codes text, detail text, role text, count int, connection text, carrier text, warehouse text'
  return [...wanted, `(SELECT * FROM jsonb_to_recordset(${values.add(world)}::jsonb) AS w(${columns}))`]
}

function partOf({ kind, found }: ExceptionSource): string {
  const { from, where, object, number, since, severity, codes, detail, role } = found
  const { count = '1', connection = `''`, carrier = `''`, warehouse = `''` } = found
  return `(SELECT '${kind}'::text AS kind, '${kind}:' || ${object} AS id, ${object} AS object, ${number} AS number, ${since} AS since,
      ${severity} AS severity, ${codes} AS codes, ${detail} AS detail, ${role} AS role, (${count})::int AS count,
      ${connection} AS connection, ${carrier} AS carrier, ${warehouse} AS warehouse FROM ${from} WHERE ${where})`
}

function conditionsOf(filter: ExceptionFilter, values: Values): readonly string[] {
  const { role, connections, carrier, warehouse, object, ids, takenBy, isAcknowledged, openBefore } = filter
  const ask = (condition: (value: string) => string, value: unknown): readonly string[] =>
    value === undefined ? [] : [condition(values.add(value))]
  return [
    ...ask((value) => `e.severity = ANY(${value}::text[])`, filter.severities),
    ...ask((value) => `e.role = ${value}`, role),
    ...ask((value) => `e.connection = ANY(${value}::text[])`, connections),
    ...ask((value) => `lower(e.carrier) = lower(${value})`, carrier),
    ...ask((value) => `e.warehouse = ${value}`, warehouse),
    ...ask((value) => `(e.number = ${value} OR e.object = ${value})`, object),
    ...ask((value) => `e.id = ANY(${value}::text[])`, ids),
    ...(takenBy === '' ? ['c.taken_by IS NULL'] : ask((value) => `c.taken_by = ${value}`, takenBy)),
    ...(isAcknowledged === undefined ? [] : [`c.acknowledged_by IS ${isAcknowledged ? 'NOT ' : ''}NULL`]),
    ...ask(
      (value) => `e.since < ${value}::timestamptz`,
      openBefore === undefined ? undefined : new Date(openBefore).toISOString(),
    ),
  ]
}

/** Behind the last row of the page before. The instant is asked for by itself, too, so that an index finds it. */
function beyond({ order, after }: ExceptionPage, values: Values): readonly string[] {
  const [position = '', since = '', ...id] = after?.split(' ') ?? []
  if (after === undefined) return []
  const at = `${values.add(since)}::timestamptz`
  const name = values.add(id.join(' '))
  if (order === 'newest') return [`e.since <= ${at}`, `(e.since, e.id) < (${at}, ${name})`]
  if (order === 'oldest') return [`e.since >= ${at}`, `(e.since, e.id) > (${at}, ${name})`]
  return [`(${rank}, e.since, e.id) > (${values.add(Number(position))}::int, ${at}, ${name})`]
}
