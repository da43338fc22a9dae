import type { LoggedFact } from '../backbone/step.ts'
import type { Workplace } from './workplace.ts'

/** The next facts for somebody who follows the log: from memory where they are, from the database only when there may be more. */
export async function readFacts(
  place: Workplace,
  about: { readonly reader: string; readonly partition: number; readonly after: number; readonly limit: number },
): Promise<readonly LoggedFact[]> {
  const { reader, partition, after, limit } = about
  const tail = place.factTails[partition]?.after(after, limit)
  if (tail !== undefined) return tail
  if (!place.shouldLook(`${reader} ${partition}`, after, place.factHeads[partition])) return []
  return place.backbone.readLog(partition, after, limit)
}
