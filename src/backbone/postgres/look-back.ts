import { type LookBackMost, type LookedBack, lookedBack } from '../look-back.ts'
import { type Database, integer } from './database.ts'
import { messagesOf } from './reading.ts'

/**
 * Goes backwards through the primary key, from the day that holds the offset on; what is cut off by its size is never taken out of its
 * storage. Parameters: partition, offset, rows, bytes.
 */
export const lookBackStatement = `
  SELECT part, first_off, n, members, bytes, found FROM (
    SELECT p.*, count(*) OVER () AS found,
           sum(octet_length(bytes)) OVER (ORDER BY day DESC, first_off DESC ROWS UNBOUNDED PRECEDING) - octet_length(bytes) AS ahead
      FROM (
        SELECT s.part, s.day, s.first_off, s.n, s.members, s.bytes FROM inbox s
         WHERE s.part = $1::smallint
           AND s.day <= (SELECT d.day FROM inbox_day d WHERE d.part = $1 AND d.first_off < $2 ORDER BY d.first_off DESC LIMIT 1)
           AND (s.day, s.first_off) <
               ((SELECT d.day FROM inbox_day d WHERE d.part = $1 AND d.first_off < $2 ORDER BY d.first_off DESC LIMIT 1), $2::bigint)
         ORDER BY s.day DESC, s.first_off DESC LIMIT $3
      ) p
  ) q WHERE ahead < $4::bigint ORDER BY first_off`

/** Reads whole rows of the inbox backwards; each is unpacked and left before the next one. */
export async function lookBack(
  database: Database,
  place: { readonly partition: number; readonly before: number },
  most: LookBackMost,
): Promise<LookedBack> {
  const { partition, before } = place
  const rows = await database.read(lookBackStatement, [partition, before, most.rows, most.bytes])
  const isWhole = integer(rows[0]?.['found'] ?? 0) === rows.length && rows.length < most.rows
  const parts = rows.map((row) =>
    lookedBack(
      messagesOf(row).filter(({ offset }) => offset < before),
      0,
    ),
  )
  const since = Math.min(...parts.flatMap((part) => part.since ?? []))
  const heads = parts.toReversed().flatMap((part) => part.heads)
  return {
    heads,
    before: isWhole ? 0 : integer(rows[0]?.['first_off'] ?? 0),
    read: heads.length,
    ...(heads.length === 0 ? {} : { since }),
  }
}
