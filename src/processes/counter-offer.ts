import { isDecimal } from '../base/decimal.ts'
import { readInstant } from '../base/instant.ts'
import type { ShipmentReport, TenderConditions } from '../model/report.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import type { TaskChoice } from '../model/task/report.ts'
import type { Step } from './engine/definition.ts'
import type { Data } from './posting.ts'
import { record, text } from './told-document.ts'

type Stops = NonNullable<ShipmentReport['stops']>

/** What a carrier answered who would take a load on conditions. JSON. */
export interface CounterOffer {
  readonly carrier: string
  readonly conditions: TenderConditions
  /** As it was offered: what changes is told to the carrier with all of it. */
  readonly stops?: ShipmentReport['stops']
  /** Fact that told of it: another one is another question. */
  readonly fact: string
}

/** Reads `shipment.tender_countered`; `state` is the shipment after it. Undefined: nobody knows whose it is. */
export function counterOffer(
  { id, data }: { readonly id: string; readonly data: unknown },
  state: unknown,
): CounterOffer | undefined {
  const { about } = (state ?? {}) as Partial<ShipmentState>
  const carrier = text(record(data)['carrier']) ?? about?.carrier
  if (carrier === undefined) return undefined
  const conditions = record(record(data)['conditions']) as TenderConditions
  return { carrier, conditions, fact: id, ...(about?.stops === undefined ? {} : { stops: about.stops }) }
}

/** Whether he wants something else than before. */
export function isOther(now: CounterOffer | undefined, before: CounterOffer | undefined): boolean {
  return now !== undefined && JSON.stringify(now.conditions) !== JSON.stringify(before?.conditions)
}

/** What is said once the conditions are accepted: the load as it is now, which the standing rule tells the carrier, and that it is his. */
export function agreement({ carrier, conditions, stops }: CounterOffer): readonly ShipmentReport[] {
  const { plannedPickup } = conditions
  const changed: ShipmentReport[] =
    plannedPickup === undefined ? [] : [{ event: 'described', plannedPickup, stops: moved(stops ?? [], plannedPickup) }]
  return [...changed, { event: 'tender_accepted', carrier }]
}

/** What is said once they are refused: the offer is taken back, which the standing rule tells the carrier, and he does not have it. */
export function refusal({ carrier }: CounterOffer): readonly ShipmentReport[] {
  return [
    { event: 'tender_cancelled', carrier },
    { event: 'tender_declined', carrier },
  ]
}

/** The conditions that a state is about, as they were chosen on the way to it. */
export function counterHere({ chosen }: { readonly chosen: Data }): CounterOffer | undefined {
  return chosen['counter'] as CounterOffer | undefined
}

/** What a person says to them leads to `agreeing` or `refusing`. */
export function decidedOn<K>(choose: NonNullable<Step<K>['choose']>): readonly Step<K>[] {
  const decided = (decision: string, to: string, label: string): Step<K> => ({
    to,
    label,
    awaits: ['task conditional-tender'],
    when: (scope) => scope.decided('conditional-tender', decision),
    choose,
  })
  return [
    decided('accept', 'agreeing', 'the conditions are accepted'),
    decided('decline', 'refusing', 'the conditions are declined'),
  ]
}

/** The first stop of the load where it is picked up is at another time. Where no stop was told, it is the only one that is. */
function moved(stops: Stops, from: string): Stops {
  const at = stops.findIndex(({ type }) => type === 'pickup')
  if (at < 0)
    return [
      { seq: 1, type: 'pickup', final: false, planned: { from } },
      ...stops.map((one) => ({ ...one, seq: one.seq + 1 })),
    ]
  return stops.map((one, index) => (index === at ? { ...one, planned: later(one.planned, from) } : one))
}

/** The end of the window stays where it is still after the beginning. */
function later(
  planned: { readonly to?: string } | undefined,
  from: string,
): { readonly from: string; readonly to?: string } {
  const to = planned?.to
  return to !== undefined && (readInstant(to) ?? 0) > (readInstant(from) ?? 0) ? { from, to } : { from }
}

/** The price that he asks for. Undefined: the one that he was offered. */
export function askedPrice({
  conditions: { amount, currency },
}: CounterOffer): { readonly amount: string; readonly currency?: string } | undefined {
  if (!isDecimal(amount)) return undefined
  return { amount, ...(currency === undefined ? {} : { currency }) }
}

/** The conditions in a sentence to a person. */
export function conditionsInWords({
  conditions: { plannedPickup, amount, currency, text: words },
}: CounterOffer): string {
  const parts = [
    ...(plannedPickup === undefined ? [] : [`pickup ${plannedPickup}`]),
    ...(amount === undefined ? [] : [`${amount} ${currency ?? ''}`.trim()]),
    ...(words === undefined ? [] : [`“${words}”`]),
  ]
  return parts.length === 0 ? 'he does not say which' : parts.join(', ')
}

/** What a person may decide. */
export const counterDecisions: readonly TaskChoice[] = [
  {
    name: 'accept',
    label: 'Accept the conditions',
    consequence: 'The load is his, at the time and the price that he names.',
  },
  {
    name: 'decline',
    label: 'Decline them',
    consequence: 'The offer is taken back from him, and the next carrier is asked.',
  },
]
