import type { Pool } from 'pg'
import { exceptionSources } from './all.ts'
import {
  agesQuery,
  type ExceptionFilter,
  type ExceptionPage,
  listQuery,
  type OtherExceptions,
} from './exception-query.ts'
import type { FoundException, Severity, ToldException } from './source.ts'
import { worldSources } from './world.ts'

/** What somebody said about an exception. */
export interface ExceptionWord {
  /** Id of a key or a person. */
  readonly by: string
  readonly name: string
  /** RFC 3339. */
  readonly at: string
}

/** One open exception as people see it. */
export interface ShownException extends FoundException, ToldException {
  readonly taken?: ExceptionWord
  readonly acknowledged?: ExceptionWord & { readonly note: string }
}

/** How many are open of one kind and severity, by how long. */
export interface ExceptionAge {
  readonly kind: string
  readonly severity: Severity
  readonly age: 'hour' | 'day' | 'week' | 'older'
  readonly open: number
  /** Nobody has them. */
  readonly free: number
  readonly acknowledged: number
  /** RFC 3339. */
  readonly oldest: string
}

interface Row extends Omit<FoundException, 'codes' | 'since'> {
  readonly codes: string
  readonly since: Date
  /** The same instant to the microsecond. */
  readonly at: string
  readonly rank: number
  readonly taken_by: string | null
  readonly taken_name: string
  readonly taken_at: Date
  readonly acknowledged_by: string | null
  readonly acknowledged_name: string
  readonly acknowledged_at: Date
  readonly note: string
}

const tellers = new Map([...exceptionSources, ...worldSources].map(({ kind, tell }) => [kind, tell]))

/** One page, with the position of each row. */
export async function exceptionRows(
  pool: Pick<Pool, 'query'>,
  filter: ExceptionFilter,
  page: ExceptionPage,
  others: OtherExceptions,
): Promise<readonly (ShownException & { readonly position: string })[]> {
  const { text, values } = listQuery(exceptionSources, filter, page, others)
  const { rows } = await pool.query<Row>(text, [...values])
  return rows.map(shown)
}

/** All that are open, counted. */
export async function exceptionAges(
  pool: Pick<Pool, 'query'>,
  filter: ExceptionFilter,
  others: OtherExceptions,
): Promise<readonly ExceptionAge[]> {
  const { text, values } = agesQuery(exceptionSources, filter, others)
  const { rows } = await pool.query<Omit<ExceptionAge, 'oldest'> & { readonly oldest: Date }>(text, [...values])
  return rows.map((row) => ({ ...row, oldest: row.oldest.toISOString() }))
}

function shown(row: Row): ShownException & { readonly position: string } {
  const { id, kind, object, number, severity, detail, count, role, connection, carrier, warehouse } = row
  const found = {
    id,
    kind,
    object,
    number,
    severity,
    detail,
    count,
    role,
    connection,
    carrier,
    warehouse,
    codes: row.codes.split(' ').filter(Boolean),
    since: row.since.toISOString(),
  }
  const tell = tellers.get(kind)
  if (tell === undefined) throw new Error(`no source tells exceptions of the kind ${kind}`)
  const word = (by: string, name: string, at: Date): ExceptionWord => ({ by, name, at: at.toISOString() })
  return {
    ...found,
    ...tell(found),
    ...(row.taken_by === null ? {} : { taken: word(row.taken_by, row.taken_name, row.taken_at) }),
    ...(row.acknowledged_by === null
      ? {}
      : {
          acknowledged: {
            ...word(row.acknowledged_by, row.acknowledged_name, row.acknowledged_at),
            note: row.note,
          },
        }),
    position: `${row.rank} ${row.at} ${id}`,
  }
}
