import type { Decimal } from '../../../base/decimal.ts'
import { shortHash } from '../../../base/sha256.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { EffectRecord } from '../../engine/instance.ts'
import type { Scope } from '../../engine/scope.ts'
import type { Data } from '../../posting.ts'
import { linesOf } from '../../told-document.ts'
import type { Known, Reserved } from '../known.ts'

type Here = Scope<Known>

/** Some of one item. */
export interface Amount {
  readonly sku: string
  readonly quantity: Decimal
  readonly uom: string
}

/** What is to be shipped instead of goods that were not found: held in stock under a name of its own. */
export interface Planned extends Amount {
  readonly lineNo: string
  readonly way: 'substitute' | 'other_node' | 'later'
  /** What makes it this way and no other: none is tried twice for a line by itself. */
  readonly option: string
  readonly missing: Amount
  /** Absent: from wherever stock is. */
  readonly location?: string
  readonly reservation: string
  /** Its number among those of the delivery that was short. */
  readonly attempt: number
  readonly priceRule?: 'ordered_item' | 'own'
  readonly unitPrice?: Decimal
  readonly currency?: string
  /** Everybody was told of it. */
  readonly isTold?: true
}

/** How a name begins that is no name of a line: those have a slash. */
export const alternativePrefix = 'alternative:'

/** The name of a reservation for what is shipped instead. */
export function alternativeName(order: string, delivery: string, attempt: number): string {
  return `${alternativePrefix}${shortHash(`${order}|${delivery}|${attempt}`)}`
}

/** What is planned for what a delivery was short of. */
export function planOf(scope: Here, delivery: string): readonly Planned[] {
  return (scope.chosenIn(`short/${delivery}`)['plan'] ?? []) as readonly Planned[]
}

/** What was planned and given up since: its delivery is known for what it was. */
export function pastOf(scope: Here, delivery: string): readonly Planned[] {
  return (scope.chosenIn(`short/${delivery}`)['past'] ?? []) as readonly Planned[]
}

/** Given up, and given back. */
export function givenBack(scope: Here, plan: readonly Planned[]): Data {
  if (plan.length === 0) return {}
  return { released: plan, past: [...pastOf(scope, scope.branchKey), ...plan] }
}

/** What stock said of it last. */
export function heldFor({ known }: Here, { reservation }: Planned): Reserved | undefined {
  return known.alternatives?.[reservation]
}

const gone: ReadonlySet<string> = new Set(['expired', 'refused', 'released'])

/** Stock holds all of it. */
export function isHeld(scope: Here, planned: Planned): boolean {
  const held = heldFor(scope, planned)
  return held !== undefined && !gone.has(held.outcome) && Number(held.missing) === 0
}

/** Stock holds it, or has it in the queue where it may wait. */
export function isPromised(scope: Here, planned: Planned): boolean {
  const held = heldFor(scope, planned)
  return isHeld(scope, planned) || (planned.way === 'later' && held !== undefined && !gone.has(held.outcome))
}

const asking = 'create-delivery'

/** How a delivery of what is shipped instead is asked for: by the delivery that was short, and the numbers of what is planned. */
export function insteadKey(order: string, delivery: string, planned: readonly Planned[]): string {
  return `${order}:short:${delivery}:${planned.map(({ attempt }) => attempt).join('+')}`
}

/** Whether a delivery was asked for by such a name. */
export function isInstead({ key }: Here, businessKey: string): boolean {
  return businessKey.startsWith(`${key}:short:`)
}

/** The delivery that was asked for something planned. Undefined: none was. */
export function askedFor(scope: Here, delivery: string, { attempt }: Planned): EffectRecord | undefined {
  const begin = `${scope.key}:short:${delivery}:`
  return scope
    .asked(asking, 'main')
    .find(
      ({ businessKey }) =>
        businessKey.startsWith(begin) && businessKey.slice(begin.length).split('+').includes(`${attempt}`),
    )
}

/** Whether the delivery that was made of it was withdrawn: it is not shipped by that one any more. */
export function isLost(scope: Here, delivery: string, planned: Planned): boolean {
  if (askedFor(scope, delivery, planned) === undefined) return false
  const made = Object.keys(scope.known.deliveries).filter(
    (number) => number !== delivery && isIn(scope, number, { delivery, planned }),
  )
  return made.length > 0 && made.every((number) => scope.known.deliveries[number]?.status === 'cancelled')
}

/** What a delivery ships instead of goods that others were short of. */
export function plannedIn(scope: Here, delivery: string): readonly Planned[] {
  return Object.keys(scope.known.deliveries)
    .filter((number) => number !== delivery)
    .flatMap((number) =>
      [...planOf(scope, number), ...pastOf(scope, number)].filter((planned) =>
        isIn(scope, delivery, { delivery: number, planned }),
      ),
    )
}

/** Whether a delivery is the one that was asked for: by the number that was answered, else by what is in it and where it leaves. */
function isIn(
  scope: Here,
  number: string,
  { delivery, planned }: { readonly delivery: string; readonly planned: Planned },
): boolean {
  const { document } = askedFor(scope, delivery, planned) ?? {}
  const made = document === undefined ? undefined : normalizeIdentifier({ scheme: 'delivery', value: document })
  if (made !== undefined && scope.known.deliveries[made] !== undefined) return made === number
  const { location, lines } = scope.known.deliveries[number]?.ordered ?? {}
  const isInside = linesOf(lines).some(({ line, sku }) => line === planned.lineNo && sku === planned.sku)
  return (
    isInside && (planned.sku !== planned.missing.sku || (planned.way === 'other_node' && planned.location === location))
  )
}
