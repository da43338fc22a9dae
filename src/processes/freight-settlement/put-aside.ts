import { keyOf } from '../posting.ts'
import type { Accrual, Here, Known } from './known.ts'

/** What was put aside with the carrier of the invoice, and was not taken back since. */
export function accruedFor(scope: Here): readonly Accrual[] {
  const { known, branchKey } = scope
  const carrier = known.invoices[branchKey]?.carrier
  return standing(known).filter(
    (one) =>
      (carrier === undefined || one.carrier === undefined || one.carrier === carrier) &&
      !isNeverEarned(known, one) &&
      !(one.isOwn === true && takenBack.has(scope.state('accrual', one.carrier ?? '') ?? '')),
  )
}

const takenBack: ReadonlySet<string> = new Set(['reversed', 'reversing'])

/** Known from the booking alone, and another carrier has the load by now, or nothing is shipped. */
export function isNeverEarned({ carrier, isCancelled, leftAt }: Known, one: Accrual): boolean {
  if (one.isRated !== true) return false
  const isReplaced = carrier !== undefined && one.carrier !== undefined && carrier !== one.carrier
  return isReplaced || (isCancelled === true && leftAt === undefined)
}

/** What was put aside: as it was rated only where no warehouse has confirmed what it costs. */
export function standing({ accruals }: Known): readonly Accrual[] {
  const all = Object.values(accruals)
  return all.filter(
    (rated) =>
      rated.isRated !== true ||
      !all.some((one) => one.isRated !== true && isSameDelivery(one, rated) && isSameCarrier(one, rated)),
  )
}

/** However its number is written. */
function isSameDelivery(a: Accrual, b: Accrual): boolean {
  return a.number === b.number || keyOf('delivery', a.number ?? '') === keyOf('delivery', b.number ?? '')
}

function isSameCarrier(a: Accrual, b: Accrual): boolean {
  return a.carrier === undefined || b.carrier === undefined || a.carrier === b.carrier
}
