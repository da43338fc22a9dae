import type { LoggedFact } from '../../backbone/step.ts'
import type { Workplace } from '../workplace.ts'

/** The next facts for somebody who follows the log: from memory where they are, from the database only when there may be more. */
export async function readFacts(
  place: Workplace,
  about: { readonly reader: string; readonly partition: number; readonly after: number; readonly limit: number },
): Promise<readonly LoggedFact[]> {
  const { reader, partition, after, limit } = about
  const tail = place.factTails[partition]
  const rows = tail?.after(after, limit, reader)
  if (rows !== undefined) {
    place.fed(`${reader} ${partition}`)
    return rows
  }
  // Offsets beyond the newest row are planned, and not committed yet: asking for them at once finds nothing and costs a query.
  const planned = place.factHeads[partition]
  const head = planned !== -2 && tail?.endsAt(after) === true ? after : planned
  if (!place.shouldLook(`${reader} ${partition}`, after, head)) return []
  return place.backbone.readLog(partition, after, limit)
}
