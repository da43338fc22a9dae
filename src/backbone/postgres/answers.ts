import type { AnswerBegin, AnswerKey, AnswerStore, StoredAnswer } from '../stores.ts'
import { type Database, integer, type Row, text } from './database.ts'

/** Idempotency records as rows. The insert decides who does the work; the others read in a second statement what became of it. */
export function postgresAnswers(database: Database): AnswerStore {
  return {
    begin: async (key, { fingerprint, seed, holdSeconds }): Promise<AnswerBegin> => {
      const begun = await database.write(
        `INSERT INTO answer AS a (tenant, client, route, key, fingerprint, until, at, seed)
           VALUES ($1, $2, $3, $4, $5, now_ms() + ($6::float8 * 1000)::bigint, now_ms(), $7)
         ON CONFLICT (tenant, client, route, key) DO UPDATE SET until = excluded.until, at = excluded.at, seed = coalesce(a.seed, excluded.seed)
           WHERE a.status IS NULL AND a.until <= now_ms() AND a.fingerprint = excluded.fingerprint
         RETURNING seed`,
        [...columnsOf(key), fingerprint, holdSeconds, seed],
      )
      if (begun[0] !== undefined) return { outcome: 'begun', seed: text(begun[0]['seed']) }
      const [row] = await database.read(
        'SELECT fingerprint, status, headers, body FROM answer WHERE tenant = $1 AND client = $2 AND route = $3 AND key = $4',
        columnsOf(key),
      )
      if (row === undefined) return { outcome: 'running' }
      if (row['fingerprint'] !== fingerprint) return { outcome: 'mismatch' }
      return row['status'] === null ? { outcome: 'running' } : { outcome: 'answered', answer: answerOf(row) }
    },
    finish: async (key, { status, headers, body }) => {
      await database.write(
        'UPDATE answer SET status = $5, headers = $6, body = $7 WHERE tenant = $1 AND client = $2 AND route = $3 AND key = $4',
        [...columnsOf(key), status, JSON.stringify(headers), body],
      )
    },
    abandon: async (key) => {
      await database.write(
        'UPDATE answer SET until = 0 WHERE tenant = $1 AND client = $2 AND route = $3 AND key = $4 AND status IS NULL',
        columnsOf(key),
      )
    },
    trim: async (olderThan, limit) => {
      const rows = await database.write(
        `DELETE FROM answer WHERE (tenant, client, route, key) IN (
           SELECT tenant, client, route, key FROM answer WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING key`,
        [olderThan, limit],
      )
      return rows.length
    },
  }
}

function columnsOf({ tenant, client, route, key }: AnswerKey): readonly string[] {
  return [tenant, client, route, key]
}

function answerOf(row: Row): StoredAnswer {
  // Written by `finish`.
  const headers = JSON.parse(text(row['headers'])) as StoredAnswer['headers']
  return { status: integer(row['status']), headers, body: text(row['body']) }
}
