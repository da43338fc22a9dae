import type { CursorStore } from '../stores.ts'
import { type Database, integer } from './database.ts'

/** Cursors as rows; a flush of many is one statement, locked in order. */
export function postgresCursors(database: Database): CursorStore {
  return {
    load: async (subscriber) => {
      const rows = await database.read('SELECT part, off FROM cursor WHERE subscriber = $1 ORDER BY part', [subscriber])
      return rows.map((row) => ({ subscriber, partition: integer(row['part']), offset: integer(row['off']) }))
    },
    save: async (cursors) => {
      const last = new Map<string, (typeof cursors)[number]>()
      for (const cursor of cursors) {
        const key = `${cursor.subscriber} ${cursor.partition}`
        if ((last.get(key)?.offset ?? -2) < cursor.offset) last.set(key, cursor)
      }
      const rows = [...last.values()]
      if (rows.length === 0) return
      await database.write(
        `INSERT INTO cursor AS c (subscriber, part, off)
           SELECT * FROM unnest($1::text[], $2::smallint[], $3::bigint[]) u(s, p, o) ORDER BY s COLLATE "C", p
         ON CONFLICT (subscriber, part) DO UPDATE SET off = excluded.off WHERE c.off < excluded.off`,
        [
          rows.map(({ subscriber }) => subscriber),
          rows.map(({ partition }) => partition),
          rows.map(({ offset }) => offset),
        ],
      )
    },
    reset: async ({ subscriber, partition, offset }) => {
      await database.write(
        `INSERT INTO cursor (subscriber, part, off) VALUES ($1, $2, $3) ON CONFLICT (subscriber, part) DO UPDATE SET off = excluded.off`,
        [subscriber, partition, offset],
      )
    },
    remove: async (subscriber) => {
      await database.write('DELETE FROM cursor WHERE subscriber = $1', [subscriber])
    },
  }
}
