import type { Fact } from '../../model/fact.ts'
import type { Told } from '../engine/definition.ts'
import { type Data, keyOf } from '../posting.ts'
import { decimal, present, record, text } from '../told-document.ts'
import { chargesOf, plain } from './invoice.ts'
import type { Accrual, Known } from './known.ts'

/** Instances that a confirmation of a warehouse concerns: the load by the number of the delivery, and by every number that its carrier may name it by. */
export function deliveryKeys(fact: Fact): readonly string[] {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber'])
  const tracking = Object.values(record(object['confirmations'])).flatMap(carriersNumbers)
  return [...(number === undefined ? [] : [loadOfDelivery(number)]), ...tracking.map(plain)]
}

/** The load that a delivery is, however its number is written. */
export function loadOfDelivery(number: string): string {
  return plain(keyOf('delivery', number))
}

/** What the carrier may call a load by, of a confirmation or of a booking. */
function carriersNumbers(told: unknown): readonly string[] {
  const { trackingNumbers, masterNumber } = record(told)
  const all = Array.isArray(trackingNumbers) ? (trackingNumbers as unknown[]) : []
  return [...all, masterNumber].flatMap((one) => text(one) ?? [])
}

/** Of the delivery that the instance is named by: all that is known of it is kept there alone. */
function ownOf(number: string, key: string, told: unknown): Partial<Accrual> {
  const numbers = carriersNumbers(told)
  return loadOfDelivery(number) === key
    ? { isOwn: true, ...(numbers.length === 0 ? {} : { trackingNumbers: numbers }) }
    : {}
}

/** What is taken of a confirmation: when the goods left, and what their freight costs. */
export function takeAccruals(fact: Fact, _: unknown, key: string): Data {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber'])
  const [first] = Object.values(record(object['confirmations'])).flatMap(
    (one) => text(record(one)['confirmedAt']) ?? [],
  )
  const hasLeft = fact.type !== 'delivery.changed' || first !== undefined
  return {
    ...(hasLeft ? { leftAt: first ?? fact.occurredAt ?? fact.recordedAt } : {}),
    accruals: confirmedAccruals(fact, object, (one) =>
      number === undefined ? {} : { number, ...ownOf(number, key, one) },
    ),
  }
}

function confirmedAccruals(
  fact: Fact,
  object: Data,
  about: (confirmation: unknown) => Partial<Accrual>,
): Known['accruals'] {
  return Object.fromEntries(
    Object.entries(record(object['confirmations'])).flatMap(([number, one], at): [string, Accrual][] => {
      const { freight, carrier } = record(one)
      const { amount, currency, charges } = record(freight)
      const total = decimal(amount)
      const parts = chargesOf(charges)
      if (total === undefined && parts.length === 0) return []
      return [
        [
          `${fact.subject}/${number}`,
          {
            ...about(one),
            ...(at === 0 && !isLater(number) ? {} : { isSeparate: true as const }),
            charges: parts.length > 0 ? parts : [{ code: 'linehaul', amount: total ?? '0' }],
            ...present('carrier', text(carrier)),
            ...present('currency', text(currency)),
          },
        ],
      ]
    }),
  )
}

/** A warehouse that counts its confirmations says that it is not the first. */
function isLater(number: string): boolean {
  return /^\d+$/.test(number) && number !== '1'
}

/** What is known after a price was told: the newest one of each confirmation. */
export function accrued(known: Known, { data }: Told): Known {
  const { leftAt, accruals } = data as Pick<Known, 'accruals' | 'leftAt'>
  // The first word on when it left counts, so that it is booked in one period whoever tells it again.
  const left = known.leftAt === undefined || (leftAt !== undefined && leftAt < known.leftAt) ? leftAt : known.leftAt
  return { ...known, ...present('leftAt', left), accruals: { ...known.accruals, ...accruals } }
}

/** An instance begins with what is put aside for the delivery that it is named by. */
export function isFollowed({ accruals }: Known): boolean {
  return Object.values(accruals).some(({ isOwn }) => isOwn === true)
}

/** What is taken of a price that was rated with the booking. */
export function takeRated(fact: Fact, _: unknown, key: string): Data {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber']) ?? ''
  const carrier = text(object['carrier'])
  const accrual: Accrual = {
    ...{ number, isRated: true, charges: chargesOf(object['charges']) },
    ...ownOf(number, key, object),
    ...present('carrier', carrier),
    ...present('currency', text(object['currency'])),
  }
  return {
    accruals: accrual.charges.length === 0 ? {} : { [`rated/${keyOf('delivery', number)}/${carrier ?? ''}`]: accrual },
  }
}

/** Instances that a rated price concerns: the delivery, and the numbers that its carrier may name it by. */
export function ratedKeys(fact: Fact): readonly string[] {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber'])
  return [...(number === undefined ? [] : [loadOfDelivery(number)]), ...carriersNumbers(object).map(plain)]
}
