import type { BudgetStore } from '../stores.ts'
import { type Database, integer, type Row } from './database.ts'

/** Token buckets as rows: one statement refills, grants and stores, so that instances share a bucket without asking each other. */
export function postgresBudgets(database: Database): BudgetStore {
  return {
    take: async (name, { capacity, refillPerSecond }, wanted) => {
      const draw = async (): Promise<Row | undefined> =>
        (
          await database.write(
            `WITH b AS (SELECT name, least($2::float8, tokens + greatest(0, now_ms() - at) * $3::float8 / 1000) AS filled, held_until FROM budget
                         WHERE name = $1 FOR UPDATE),
                  g AS (SELECT b.*, CASE WHEN b.held_until > now_ms() THEN 0 ELSE least($4::int, floor(b.filled)::int) END AS granted FROM b)
             UPDATE budget SET tokens = g.filled - g.granted, at = now_ms() FROM g WHERE budget.name = g.name
             RETURNING g.granted, budget.tokens, greatest(0, g.held_until - now_ms()) AS held`,
            [name, capacity, refillPerSecond, wanted],
          )
        )[0]
      let row = await draw()
      if (row === undefined) {
        await database.write('INSERT INTO budget (name, tokens, at) VALUES ($1, $2, now_ms()) ON CONFLICT DO NOTHING', [
          name,
          capacity,
        ])
        row = await draw()
      }
      const granted = integer(row?.['granted'] ?? 0)
      const held = integer(row?.['held'] ?? 0)
      const left = Number(row?.['tokens'] ?? 0)
      if (held > 0) return { granted, waitMs: held, left }
      const missing = Math.max(0, 1 - left)
      return { granted, left, waitMs: granted === wanted ? 0 : Math.ceil((missing * 1000) / refillPerSecond) }
    },
    read: async (names) => {
      const rows = await database.read('SELECT name, tokens, at FROM budget WHERE name = ANY ($1::text[])', [
        [...names],
      ])
      return rows.map((row) => ({ name: String(row['name']), left: Number(row['tokens']), at: integer(row['at']) }))
    },
    hold: async (name, until) => {
      await database.write(
        `INSERT INTO budget AS b (name, tokens, at, held_until) VALUES ($1, 0, now_ms(), $2)
         ON CONFLICT (name) DO UPDATE SET held_until = greatest(b.held_until, excluded.held_until)`,
        [name, until],
      )
    },
    trim: async (unusedSince, limit) =>
      (
        await database.write(
          `DELETE FROM budget WHERE name IN (SELECT name FROM budget WHERE at < $1::bigint AND held_until < $1::bigint LIMIT $2 FOR UPDATE SKIP LOCKED)
           RETURNING name`,
          [unusedSince, limit],
        )
      ).length,
  }
}
