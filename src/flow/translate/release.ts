import { holdsItsKey, takenInParts } from '../../backbone/step.ts'
import { identifierKey } from '../../model/identifier.ts'
import type { Workplace } from '../workplace.ts'
import type { TranslationPlan } from './translation.ts'

/** After a commit: messages that wait for an object which is known now may go on, and it is remembered that some wait. */
export async function followParents(
  place: Workplace,
  { parks, identifiers }: Pick<TranslationPlan, 'parks' | 'identifiers'>,
): Promise<void> {
  if (parks.some((park) => park.code !== takenInParts && !holdsItsKey(park))) place.waitingForParent = true
  if (!place.waitingForParent || identifiers.length === 0) return
  const released = await place.backbone.releaseWaiting(identifiers.map(identifierKey))
  if (released > 0) place.lookForReleased()
}
