import type { Database, Row } from '../../backbone/postgres/database.ts'
import { partitionsOf } from '../../backbone/postgres/days.ts'

/** Read at once: some megabytes at most. */
const rowsAtOnce = 8

/** Every stored row of the inbox or of the fact log, the oldest day first. What is appended meanwhile may be among them. */
export async function* logRows(database: Pick<Database, 'read'>, table: 'inbox' | 'fact'): AsyncGenerator<Row> {
  const members = table === 'inbox' ? 'members' : 'NULL AS members'
  for (const { name } of await partitionsOf(database as Database, table)) {
    let after: readonly [number, string] = [-1, '-1']
    for (;;) {
      const rows = await database.read(
        `SELECT part, to_char(day, 'YYYY-MM-DD') AS day, first_off, n, ${members}, bytes FROM ${name}
          WHERE (part, first_off) > ($1::smallint, $2::bigint) ORDER BY part, day, first_off LIMIT ${rowsAtOnce}`,
        [...after],
      )
      yield* rows
      const last = rows.at(-1)
      if (rows.length < rowsAtOnce || last === undefined) break
      after = [Number(last['part']), String(last['first_off'])]
    }
  }
}
