import { type TSchema, Type } from 'typebox'
import { limits } from '../base/limits.ts'
import type { Answer, Call } from './route.ts'

/** Members of every list query. */
export const pageQuery = {
  limit: Type.Optional(
    Type.String({
      pattern: '^([1-9]\\d?|1\\d\\d|200)$',
      description: `Rows per page, 1 to ${limits.pageSize}; 50 without it.`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({ maxLength: 2048, description: 'Position from the `next` of an earlier page of the same query.' }),
  ),
}

/** Filter of lists: one text, or several for "or". */
export function many(description: string) {
  const one = Type.String({ maxLength: 200 })
  return Type.Optional(
    Type.Union([one, Type.Array(one, { maxItems: 20 })], { description: `${description} Repeat for "or".` }),
  )
}

/** Filter of lists: one of the values; any other is refused, since it would silently match nothing. */
export function oneOf(values: readonly string[], description: string) {
  return Type.Optional(Type.String({ enum: [...values], description }))
}

/** Filter of lists: one of the values, or several of them for "or"; any other is refused. */
export function manyOf(values: readonly string[], description: string) {
  const one = Type.String({ enum: [...values] })
  return Type.Optional(
    Type.Union([one, Type.Array(one, { maxItems: 20 })], { description: `${description} Repeat for "or".` }),
  )
}

/** The parameter of lists whose order can be chosen; a minus stands for the other way round, and what has no such instant comes last. */
export function sortQuery(orders: readonly string[], usual: string) {
  return Type.Optional(
    Type.String({
      enum: [...orders],
      description: `Order of the rows; ${usual} without it. With a minus the latest comes first. Rows without such an instant come last.`,
    }),
  )
}

/** Schema of a list’s answer: rows of one page, and where the next one begins. */
export function pageSchema(row: TSchema): TSchema {
  return Type.Object({
    data: Type.Array(row),
    page: Type.Object({
      next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the next page; null on the last one.' }),
    }),
  })
}

/** Reads limit and cursor of a list call. Throws CURSOR_INVALID. */
export function readPage(call: Call<{ readonly limit?: string; readonly cursor?: string }>): {
  limit: number
  after: string | undefined
  query: string
} {
  const { limit, cursor, ...filters } = call.query
  const query = JSON.stringify([
    call.path,
    call.principal.tenant,
    call.principal.partner,
    Object.entries(filters).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
  const after = cursor === undefined ? undefined : call.gateway.cursors.open(query, cursor)
  return { limit: limit === undefined ? 50 : Number(limit), after, query }
}

/** Rows of one page, each as `shown` says it; `rows` may hold one more than the limit, which says that there is a next one. */
export function page<T>(
  call: Call,
  input: {
    rows: readonly T[]
    limit: number
    query: string
    position: (row: T) => string
    /** The row as it is without it. */
    shown?: (row: T) => unknown
  },
): Answer {
  const { rows, limit, query, position, shown = (row) => row } = input
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const next = rows.length > limit && last !== undefined ? call.gateway.cursors.sign(query, position(last)) : null
  return {
    body: { data: data.map(shown), page: { next } },
    ...linkTo(call.query, next),
  }
}

/** The header that leads to the next page. */
export function linkTo(query: Readonly<Record<string, unknown>>, next: string | null): Pick<Answer, 'headers'> {
  return next === null ? {} : { headers: { link: `<?${search(query, next)}>; rel="next"` } }
}

/** The query of the next page: a relative reference replaces the whole query, so the filters are said again. */
function search(query: Readonly<Record<string, unknown>>, cursor: string): string {
  const said = Object.entries(query).flatMap(([name, value]) =>
    name === 'cursor' ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return new URLSearchParams([...said, ['cursor', cursor]]).toString()
}
