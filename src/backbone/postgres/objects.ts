import type { TimerFilter } from '../backbone.ts'
import type { DueTimer, State } from '../step.ts'
import { textArray } from './binary-array.ts'
import { type Database, defined, integer, type Row, text } from './database.ts'

/** The states of these objects; one that no fact was ever folded for is absent. */
export async function readStates(database: Database, subjects: readonly string[]): Promise<ReadonlyMap<string, State>> {
  if (subjects.length === 0) return new Map()
  const rows = await database.read(
    'SELECT subject, tenant, version, body FROM state WHERE subject = ANY ($1::text[])',
    [textArray(subjects)],
  )
  return new Map(
    rows.map((row) => [
      text(row['subject']),
      { tenant: text(row['tenant']), version: integer(row['version']), body: text(row['body']) },
    ]),
  )
}

/** Timers by the index of each partition: one for all of them would cost every step that arms a timer. */
export async function readTimers(
  database: Database,
  partitions: number,
  { tenant, subject, before, except, after, limit }: TimerFilter,
): Promise<readonly DueTimer[]> {
  const rows = await database.read(
    `SELECT t.* FROM generate_series(0, $1::int - 1) p, LATERAL (
       SELECT part, tenant, subject, name, at, data FROM timer
        WHERE part = p AND at < $2 AND at >= $3 AND (at, subject, name) > ($3, $4, $5) AND tenant = $6
          AND ($7::text IS NULL OR subject = $7) AND NOT starts_with(name, $8)
        ORDER BY at, subject, name LIMIT $9) t
      ORDER BY at, subject, name LIMIT $9`,
    [
      ...[partitions, before ?? Number.MAX_SAFE_INTEGER],
      ...[after?.at ?? Number.MIN_SAFE_INTEGER, after?.subject ?? '', after?.name ?? ''],
      ...[tenant, subject ?? null, except, limit],
    ],
  )
  return rows.map((row) => timerOf(integer(row['part']), row))
}

/** An armed timer out of a row of `timer`, whose `data` is JSON text. */
export function timerOf(partition: number, row: Row): DueTimer {
  const data: unknown = row['data'] === null ? undefined : JSON.parse(text(row['data']))
  const timer = {
    partition,
    tenant: text(row['tenant']),
    subject: text(row['subject']),
    name: text(row['name']),
    at: integer(row['at']),
  }
  return { ...timer, ...defined({ data }) }
}
