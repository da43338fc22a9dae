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
  const tracking = Object.values(record(object['confirmations'])).flatMap((one) => {
    const { trackingNumbers = [], masterNumber } = record(one)
    return [...(trackingNumbers as readonly string[]), text(masterNumber) ?? []].flat()
  })
  return [...(number === undefined ? [] : [plain(keyOf('delivery', number))]), ...tracking.map(plain)]
}

/** What is taken of a confirmation: when the goods left, and what their freight costs. */
export function takeAccruals(fact: Fact, _: unknown, key: string): Data {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber'])
  const own =
    number === undefined ? {} : { number, ...(plain(keyOf('delivery', number)) === key ? { isOwn: true } : {}) }
  const [first] = Object.values(record(object['confirmations'])).flatMap(
    (one) => text(record(one)['confirmedAt']) ?? [],
  )
  const hasLeft = fact.type !== 'delivery.changed' || first !== undefined
  return {
    ...(hasLeft ? { leftAt: first ?? fact.occurredAt ?? fact.recordedAt } : {}),
    accruals: confirmedAccruals(fact, object, own),
  }
}

function confirmedAccruals(fact: Fact, object: Data, own: object): Known['accruals'] {
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
            ...own,
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
    ...(plain(keyOf('delivery', number)) === key ? { isOwn: true as const } : {}),
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
  const numbers = object['trackingNumbers']
  const number = text(object['deliveryNumber'])
  return [
    ...(number === undefined ? [] : [plain(keyOf('delivery', number))]),
    ...(Array.isArray(numbers) ? (numbers as unknown[]).flatMap((one) => text(one) ?? []).map(plain) : []),
  ]
}
