import { compare } from '../../base/decimal.ts'
import type { Derived, Fact } from '../fact.ts'
import { free, placesOf } from './demand/hold.ts'
import type { Draft } from './draft.ts'

/** Data of `inventory.availability_requested`: where is how much of an item free to be promised. Holds nothing. */
export interface AvailabilityQuestion {
  readonly sku: string
  /** Name that the answer carries. */
  readonly question: string
  /** Hub id of the object that gets the answer. */
  readonly origin: string
}

const placesMax = 100

/** Answers whoever asks; only places with something free are named. */
export function asked(draft: Draft, { data }: Fact): Derived[] {
  const { sku, question, origin } = data as AvailabilityQuestion
  const places = placesOf(draft)
    .map((location) => ({ location, quantity: free(draft, location, 'available') }))
    .filter(({ quantity }) => compare(quantity, '0') > 0)
    .slice(0, placesMax)
  const answer = { sku, question, uom: draft.uom, places }
  return [{ rule: `asked-${question}`, type: 'inventory.availability_answered', subject: origin, data: answer }]
}
