import type { Accounting } from '../backbone.ts'
import { type Database, integer } from './database.ts'

/** What {@link accountFor} asks: rows of the inbox from the first that is not translated, and no row before it. */
export const accountingStatement = `SELECT h.next_off AS received, h.duplicates, h.conflicts, o.applied, o.ignored, o.refused,
        (SELECT count(*) FROM parked p WHERE p.part = h.part) AS parked,
        (SELECT coalesce(sum(i.first_off + i.n - greatest(i.first_off, o.off + 1)), 0) FROM inbox i
          WHERE i.part = h.part AND i.day >= o.day AND i.first_off >= o.first AND i.first_off + i.n - 1 > o.off) AS pending,
        c.duplicates AS duplicates_answered, c.conflicts AS conflicts_answered
   FROM inbox_head h CROSS JOIN LATERAL (
     SELECT a.*, d.day, coalesce((SELECT b.first_off FROM inbox b WHERE b.part = h.part AND b.day = d.day AND b.first_off <= a.off + 1
                ORDER BY b.first_off DESC LIMIT 1), 0) AS first
       FROM (
         SELECT coalesce(max(off), -1) AS off, coalesce(max(applied), 0) AS applied, coalesce(max(ignored), 0) AS ignored, coalesce(max(refused), 0) AS refused
           FROM owner WHERE consumer = 'translate' AND part = h.part
       ) a CROSS JOIN LATERAL (SELECT max(d.day) AS day FROM inbox_day d WHERE d.part = h.part AND d.first_off <= a.off + 1) d
      -- Found once: without this the subquery is merged, and asked again for every row.
      OFFSET 0
   ) o CROSS JOIN (
     SELECT coalesce(sum(duplicate), 0) AS duplicates, coalesce(sum(conflict), 0) AS conflicts FROM intake_count
   ) c`

/**
 * Counters against rows, in one snapshot. What is pending is counted over the rows that are there, not taken as the difference of
 * two offsets; parked messages are counted as rows, not by the counter. So a row that vanishes shows, and partitions do not
 * cancel each other out.
 */
export async function accountFor(database: Database): Promise<Accounting> {
  const rows = await database.read(accountingStatement)
  const sum = {
    received: 0,
    applied: 0,
    ignored: 0,
    refused: 0,
    parked: 0,
    pending: 0,
    duplicates: 0,
    conflicts: 0,
    unaccounted: 0,
  }
  for (const row of rows) {
    const of = (name: string): number => integer(row[name])
    for (const name of [
      'received',
      'applied',
      'ignored',
      'refused',
      'parked',
      'pending',
      'duplicates',
      'conflicts',
    ] as const)
      sum[name] += of(name)
    sum.unaccounted += Math.abs(
      of('received') - of('pending') - of('applied') - of('ignored') - of('refused') - of('parked'),
    )
  }
  // What came again is mostly answered at the door without a step: the log's own counters know only of the rest.
  sum.duplicates = Math.max(sum.duplicates, integer(rows[0]?.['duplicates_answered'] ?? 0))
  sum.conflicts = Math.max(sum.conflicts, integer(rows[0]?.['conflicts_answered'] ?? 0))
  return sum
}
