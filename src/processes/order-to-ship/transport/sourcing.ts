import { absolute, compare, type Decimal, isDecimal, multiply, subtract } from '../../../base/decimal.ts'
import type { Scope } from '../../engine/scope.ts'
import type { Data } from '../../posting.ts'
import { decimal, present, record, text } from '../../told-document.ts'
import { deliveryHere } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { weightOf } from './load.ts'

type Here = Scope<Known>

/** Who is to carry a load, and for how much. JSON: it is what a branch has chosen. */
export interface Choice extends Data {
  readonly carrier: string
  readonly service?: string
  /** `parcel` is booked with a label; `ltl`, `ftl` and others are offered. */
  readonly mode: string
  readonly amount?: Decimal
  readonly currency?: string
  /** What the connection calls its quote. */
  readonly rate?: string
  /** The connection that quoted: it is booked there. */
  readonly target?: string
  /** What it was asked for with, g. */
  readonly weightGrams?: Decimal
}

/** The routing guide of the tenant, in the order in which carriers are preferred; empty where none is set. */
export function carriers({ policies }: Here): readonly Choice[] {
  const set = policies['carriers']
  if (!Array.isArray(set)) return []
  return (set as unknown[]).map(record).flatMap((one): Choice[] => {
    const { carrier, mode = 'parcel', cost } = one
    if (typeof carrier !== 'string' || typeof mode !== 'string') return []
    return [
      {
        ...{ carrier, mode },
        ...present('service', text(one['service'])),
        ...(isDecimal(cost) ? { amount: cost } : {}),
        ...present('currency', text(one['currency'])),
      },
    ]
  })
}

/** The carrier of the guide whose price is agreed, so that nobody has to be asked. */
export function contracted(scope: Here): Choice | undefined {
  if (scope.policy('askRates', false)) return undefined
  const [first] = carriers(scope)
  return first?.amount === undefined ? undefined : withWeight(scope, first)
}

/** The cheapest quote that is allowed: of a carrier, and a service, of the guide; of anybody where there is none. */
export function quoted(scope: Here, effect: 'rate' | 'rate-again'): Choice | undefined {
  const guide = carriers(scope)
  const all = scope.answers(effect).flatMap(({ target, answer }) => ratesIn(answer, target))
  const allowed = all.filter(
    ({ carrier, service }) =>
      guide.length === 0 ||
      guide.some((one) => one.carrier === carrier && (one.service === undefined || one.service === service)),
  )
  // One price in another money cannot be compared: only those in the money of the first count.
  const [first] = allowed
  const [cheapest] = allowed
    .filter(({ currency }) => currency === first?.currency)
    .toSorted((a, b) => compare(a.amount ?? '0', b.amount ?? '0') || compareText(nameOf(a), nameOf(b)))
  return cheapest === undefined ? undefined : withWeight(scope, cheapest)
}

function ratesIn(answer: Data, target: string): readonly (Choice & { readonly amount: Decimal })[] {
  const { rates } = answer
  if (!Array.isArray(rates)) return []
  return (rates as unknown[]).map(record).flatMap((one) => {
    const [carrier, amount] = [text(one['carrier']), decimal(one['amount'])]
    if (carrier === undefined || amount === undefined) return []
    return [
      {
        ...{ carrier, amount, target, mode: text(one['mode']) ?? 'parcel' },
        ...present('service', text(one['service'])),
        ...present('currency', text(one['currency'])),
        ...present('rate', text(one['id'])),
      },
    ]
  })
}

/** The carrier that a person names. */
export function named(scope: Here, task: string): Choice | undefined {
  const data = record(scope.answer(task)?.data)
  const carrier = text(data['carrier'])
  if (carrier === undefined) return undefined
  const known = carriers(scope).find((one) => one.carrier === carrier)
  return withWeight(scope, {
    carrier,
    mode: text(data['mode']) ?? known?.mode ?? 'parcel',
    ...present('service', text(data['service']) ?? known?.service),
  })
}

function withWeight(scope: Here, choice: Choice): Choice {
  return { ...choice, ...present('weightGrams', weightHere(scope)) }
}

/** What was chosen on the way here. */
export function chosenCarrier({ chosen }: Here): Choice {
  const { carrier, mode } = chosen
  return {
    ...chosen,
    carrier: typeof carrier === 'string' ? carrier : '',
    mode: typeof mode === 'string' ? mode : 'parcel',
  }
}

/** What the packages of the delivery weigh, g. */
export function weightHere(scope: Here): Decimal | undefined {
  return weightOf(deliveryHere(scope)?.packages ?? [])
}

/** Whether the load weighs so much more or less than what the price is for that it must be asked for again. */
export function isReweighed(scope: Here): boolean {
  const { weightGrams: rated } = chosenCarrier(scope)
  const weight = weightHere(scope)
  if (rated === undefined || weight === undefined || chosenCarrier(scope)['isRatedAgain'] === true) return false
  const difference = absolute(subtract(weight, rated))
  return compare(multiply(difference, '100'), multiply(rated, `${scope.policy('reratePercent', 5)}`)) > 0
}

/** Whether it costs more than what was agreed to before by more than is allowed, or it cannot be compared. */
export function isDearer(before: Choice, now: Choice, percent: number): boolean {
  if (before.amount === undefined) return false
  if (now.amount === undefined || now.currency !== before.currency) return true
  return compare(multiply(now.amount, '100'), multiply(before.amount, `${100 + percent}`)) > 0
}

/** Whether another service is to carry it than was agreed to. */
export function isOther(before: Choice, now: Choice): boolean {
  return before.carrier !== now.carrier || (before.service ?? now.service) !== now.service
}

function nameOf({ carrier, service, target, rate }: Choice): string {
  return [carrier, service, target, rate].join(' ')
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
