import type { Check, TableAnswer } from './checks/check.ts'

/** Label values of one answer that are kept; what is more is `other`. */
export const groupsMost = 50
const groupsRead = 5000
const rowsMost = 1000

/** SQL, and what stands for its `$1` and so on. */
export interface Query {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What was found in one group of labels. */
export interface Group {
  readonly tenant: string
  readonly labels: Readonly<Record<string, string>>
  readonly found: number
  /** Absent where only what is found was counted. */
  readonly asked?: number
  /** Seconds that the oldest waits; absent where nothing was found. */
  readonly oldest?: number
}

/** One thing that a check found. */
export interface FoundRow {
  readonly object: string
  readonly number: string
  /** RFC 3339. */
  readonly since: string
  readonly detail: string
  readonly labels: Readonly<Record<string, string>>
  readonly page: string
}

/** For whom is counted, and what is too young. */
export interface CountScope {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly graceMinutes: number
  /** Only these; all without it. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
}

/** Counts over all tenants of the scope, a row per group of labels. */
export function countQuery(answer: TableAnswer, scope: CountScope): Query {
  const { from, tenant, asked, found, labels, item, known } = answer
  const names = Object.keys(labels)
  const columns = Object.entries(labels).map(([name, sql]) => `${sql} AS l_${name}`)
  const groups = ['tenant', ...names.map((name) => `l_${name}`)].join(', ')
  const counted = known === undefined ? asked : `(${asked}) AND ${found}`
  const inner = [`${tenant} AS tenant`, ...columns, `(${found}) AS is_found`, `${item.since} AS since`].join(', ')
  const text = `SELECT ${groups}, count(*) FILTER (WHERE is_found)::int AS found, count(*)::int AS asked,
      extract(epoch FROM :now - min(since) FILTER (WHERE is_found))::float8 AS oldest
    FROM (SELECT ${inner} FROM ${from} WHERE (${counted})
      AND ($3::text[] IS NULL OR ${tenant} = ANY($3)) AND ($4::text[] IS NULL OR ${tenant} <> ALL($4))) q
    GROUP BY ${groups} ORDER BY found DESC LIMIT ${groupsRead}`
  return {
    text: placed(text),
    values: [...instants(scope), scope.only ?? null, scope.except ?? null],
  }
}

/** Which of these tenants the check can say anything about, where what it asks about is not counted. */
export function knownQuery(known: string, tenants: readonly string[]): Query {
  return { text: `SELECT t.tenant FROM unnest($1::text[]) t(tenant) WHERE ${known}`, values: [tenants] }
}

/** Which rows of one tenant are wanted. */
export interface RowScope extends Pick<CountScope, 'now' | 'graceMinutes'> {
  readonly tenant: string
  readonly labels: Readonly<Record<string, string>>
  /** `<since> <object>` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What was found, the oldest first. Labels that the check does not have are ignored. */
export function rowsQuery(answer: TableAnswer, scope: RowScope): Query {
  const { from, tenant, asked, found, labels, item } = answer
  const values: unknown[] = [...instants(scope), scope.tenant]
  const value = (one: unknown): string => `$${values.push(one)}`
  const wanted = Object.entries(scope.labels).flatMap(([name, one]) =>
    Object.hasOwn(labels, name) ? [`AND ${labels[name]} = ${value(one)}`] : [],
  )
  const at = scope.after?.indexOf(' ') ?? -1
  const beyond =
    scope.after === undefined || at < 1
      ? ''
      : `WHERE (since, object) > (${value(scope.after.slice(0, at))}::timestamptz, ${value(scope.after.slice(at + 1))})`
  const columns = Object.entries(labels).map(([name, sql]) => `, ${sql} AS l_${name}`)
  const text = `SELECT *, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position FROM (
      SELECT ${item.object} AS object, ${item.number} AS number, ${item.since} AS since, ${item.detail} AS detail${columns.join('')}
      FROM ${from} WHERE ${tenant} = $3 AND (${asked}) AND (${found}) ${wanted.join(' ')}) q
    ${beyond} ORDER BY since, object LIMIT ${value(Math.min(scope.limit, rowsMost))}`
  return { text: placed(text), values }
}

/** The groups of a check that is asked of the world. */
export function worldGroups(
  items: readonly Readonly<{
    tenant: string
    labels: Readonly<Record<string, string>>
    isFound: boolean
    weight?: number
  }>[],
): readonly Group[] {
  const groups = new Map<
    string,
    { tenant: string; labels: Readonly<Record<string, string>>; found: number; asked: number }
  >()
  for (const { tenant, labels, isFound, weight = 1 } of items) {
    const key = JSON.stringify([tenant, labels])
    const known = groups.get(key) ?? { tenant, labels, found: 0, asked: 0 }
    groups.set(key, { ...known, found: known.found + (isFound ? weight : 0), asked: known.asked + 1 })
  }
  return [...groups.values()]
}

/** The state of a figure. */
export function stateOf(
  value: number | undefined,
  { amber, red }: Check['thresholds'],
): 'green' | 'amber' | 'red' | 'unknown' {
  if (value === undefined) return 'unknown'
  return value >= red ? 'red' : value >= amber ? 'amber' : 'green'
}

function instants({ now, graceMinutes }: Pick<CountScope, 'now' | 'graceMinutes'>): readonly string[] {
  return [new Date(now).toISOString(), new Date(now - graceMinutes * 60_000).toISOString()]
}

/** Both instants are named once in every statement, so that the database knows their types. */
function placed(text: string): string {
  const named = text.replaceAll(':now', '$1::timestamptz').replaceAll(':before', '$2::timestamptz')
  return `WITH instants AS (SELECT $1::timestamptz, $2::timestamptz) ${named}`
}
