import type { ShipmentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { readMomentAsInstant, type Zoned } from './moment.ts'

/** On what a carrier would take a load: when he would come, by the first date with one of these qualifiers, and his words. */
export function conditionsOf(
  root: Reading,
  {
    pickupDates,
    words,
    amount,
  }: {
    readonly pickupDates: ReadonlySet<string>
    readonly words: readonly (string | undefined)[]
    readonly amount?: string | undefined
  },
  agreed: Zoned,
): ShipmentReport['conditions'] {
  const dates = root.at('dates').optionalList() ?? []
  const pickup = dates.find((one) => pickupDates.has(one.at('qualifier').optionalText() ?? ''))
  const text = words.filter((one) => one !== undefined && one !== '').join(' ')
  return stated({
    plannedPickup:
      pickup === undefined ? undefined : readMomentAsInstant(pickup.at('at'), agreed, pickup.at('zone').optionalText()),
    amount,
    text: text === '' ? undefined : text,
  })
}
