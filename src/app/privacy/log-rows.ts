import type { Database, Row } from '../../backbone/postgres/database.ts'
import { partitionsOf } from '../../backbone/postgres/days.ts'

/** A stored row of the inbox or of the fact log, by which a walk goes on after it. */
export interface LogPlace {
  /** Of the table of the day. */
  readonly name: string
  readonly part: number
  readonly offset: string
}

/** Read at once: some megabytes at most. */
const rowsAtOnce = 8

/**
 * Every stored row of the inbox or of the fact log behind a place, the oldest day first. What is appended meanwhile may be among them.
 */
export async function* logRows(
  database: Pick<Database, 'read'>,
  table: 'inbox' | 'fact',
  from?: LogPlace,
): AsyncGenerator<Row & { readonly place: LogPlace }> {
  const members = table === 'inbox' ? 'members' : 'NULL AS members'
  for (const { name } of await partitionsOf(database as Database, table)) {
    // Days have names in their order; one that retention has removed since is passed over.
    if (from !== undefined && name < from.name) continue
    let after: readonly [number, string] = name === from?.name ? [from.part, from.offset] : [-1, '-1']
    for (;;) {
      const rows = await database.read(
        `SELECT part, to_char(day, 'YYYY-MM-DD') AS day, first_off, n, ${members}, bytes FROM ${name}
          WHERE (part, first_off) > ($1::smallint, $2::bigint) ORDER BY part, day, first_off LIMIT ${rowsAtOnce}`,
        [...after],
      )
      for (const row of rows) {
        const place = { name, part: Number(row['part']), offset: String(row['first_off']) }
        after = [place.part, place.offset]
        yield { ...row, place }
      }
      if (rows.length < rowsAtOnce) break
    }
  }
}

/** How many stored rows both have: what a walk over all of them has before it. */
export async function countLogRows(database: Pick<Database, 'read'>): Promise<number> {
  const [row] = await database.read('SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM fact) AS n', [])
  return Number(row?.['n'] ?? 0)
}
