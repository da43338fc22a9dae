import type { IntakeStore } from '../stores.ts'
import { Condition } from './condition.ts'
import { type Database, integer, text } from './database.ts'

/** Intake counters as rows, one a connection and day. */
export function postgresIntake(database: Database): IntakeStore {
  return {
    add: async (counts) => {
      if (counts.length === 0) return
      await database.write(
        `INSERT INTO intake_count AS c (tenant, connection, day, accepted, duplicate, conflict, refused, last_at)
           SELECT t COLLATE "C", n COLLATE "C", d, sum(a), sum(u), sum(x), sum(r), CASE WHEN sum(a) + sum(u) > 0 THEN now_ms() END
             FROM unnest($1::text[], $2::text[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) v(t, n, d, a, u, x, r)
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
         ON CONFLICT (tenant, connection, day) DO UPDATE SET
           accepted = c.accepted + excluded.accepted, duplicate = c.duplicate + excluded.duplicate,
           conflict = c.conflict + excluded.conflict, refused = c.refused + excluded.refused, last_at = greatest(c.last_at, excluded.last_at)`,
        (['tenant', 'connection', 'day', 'accepted', 'duplicate', 'conflict', 'refused'] as const).map((name) =>
          counts.map((count) => count[name]),
        ),
      )
    },
    trim: async (before) =>
      (await database.write('DELETE FROM intake_count WHERE day < $1::date RETURNING day', [before])).length,
    read: async ({ tenant, connection, since, until }) => {
      const where = new Condition()
        .when('tenant = ?', tenant)
        .when('connection = ?', connection)
        .when('day >= ?::date', since)
        .when('day <= ?::date', until)
      const rows = await database.read(
        `SELECT tenant, connection, to_char(day, 'YYYY-MM-DD') AS day, accepted, duplicate, conflict, refused FROM intake_count
          WHERE ${where.toString()} ORDER BY tenant, connection, intake_count.day`,
        where.values,
      )
      return rows.map((row) => ({
        tenant: text(row['tenant']),
        connection: text(row['connection']),
        day: text(row['day']),
        accepted: integer(row['accepted']),
        duplicate: integer(row['duplicate']),
        conflict: integer(row['conflict']),
        refused: integer(row['refused']),
      }))
    },
  }
}
