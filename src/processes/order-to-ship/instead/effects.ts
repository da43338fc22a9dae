import type { EffectDefinition } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import { type Data, keyOf, type Posting } from '../../posting.ts'
import { present } from '../../told-document.ts'
import type { Known } from '../known.ts'
import { askedFor, insteadKey, isHeld, isLost, type Planned, planOf } from './plan.ts'

type Here = Scope<Known>

const shipping: ReadonlySet<string> = new Set(['replaced', 'replacing'])

/** What is held instead of goods that were not found and no delivery was asked for, by the delivery that was short and the place it leaves from. */
function undeliveredInstead(scope: Here): readonly (readonly [delivery: string, planned: readonly Planned[]])[] {
  return Object.keys(scope.known.deliveries).flatMap((number) => {
    if (!shipping.has(scope.state('short', number) ?? '')) return []
    const due = planOf(scope, number).filter((one) => isHeld(scope, one) && askedFor(scope, number, one) === undefined)
    const byPlace = Map.groupBy(due, ({ location = '' }) => location)
    return [...byPlace.values()].map((planned) => [number, planned] as const)
  })
}

/** Whether a delivery has to be made of what is held instead. */
export function hasInstead(scope: Here): boolean {
  return undeliveredInstead(scope).length > 0
}

/** Whether a delivery of it was withdrawn, and nobody has decided since what becomes of it. */
export function hasLostInstead(scope: Here): boolean {
  return Object.keys(scope.known.deliveries).some(
    (number) =>
      shipping.has(scope.state('short', number) ?? '') &&
      planOf(scope, number).some((one) => isLost(scope, number, one)),
  )
}

/**
 * What is told because a delivery was short goes one after the other, and not beside its goods issue: an ERP that books what left of an
 * order plans the rest of it anew, and meanwhile somebody else would take that rest from the order.
 */
const queueOf = (delivery: string): string => `delivery:${keyOf('delivery', delivery)}`

/** A delivery of its own for what is shipped instead, at the place where it is held. */
export function deliveriesInstead(scope: Here): readonly Omit<Posting, 'command'>[] {
  return undeliveredInstead(scope).map(([number, planned]) => ({
    businessKey: insteadKey(scope.key, number, planned),
    key: queueOf(number),
    priority: 3,
    payload: {
      orderNumber: scope.key,
      ...present('location', planned[0]?.location),
      insteadOf: number,
      lines: planned.map((one) => ({
        ...{ lineNo: one.lineNo, sku: one.sku, quantity: one.quantity, uom: one.uom },
        ...(one.way === 'substitute' ? { substitutes: one.missing, ...priceOf(one) } : {}),
      })),
      references: scope.known.references,
    },
  }))
}

/** What the order says from now on, for the system that owns it. */
export const insteadEffects: Readonly<Record<string, EffectDefinition<Known>>> = {
  'amend-order': {
    about: 'The system that owns the order is told which item is shipped and invoiced instead, at which price.',
    command: 'amend_order',
    role: 'order-desk',
    object: ({ known }) => known.order,
    make: (scope) =>
      planOf(scope, scope.branchKey)
        .filter(({ way }) => way === 'substitute')
        .map((one) => ({
          businessKey: `${insteadKey(scope.key, scope.branchKey, [one])}`,
          key: queueOf(scope.branchKey),
          priority: 3,
          payload: {
            orderNumber: scope.key,
            deliveryNumber: scope.branchKey,
            lines: [
              {
                ...{ line: one.lineNo, sku: one.missing.sku, quantity: one.missing.quantity, uom: one.missing.uom },
                instead: { sku: one.sku, quantity: one.quantity, uom: one.uom },
                ...priceOf(one),
              },
            ],
          },
        })),
  },
}

/** The rule, and the amount where it is known: of one ordered unit by the price of the ordered item, of one of its own units otherwise. */
function priceOf({ priceRule, unitPrice, currency }: Planned): Data {
  return {
    ...present('priceRule', priceRule),
    ...present('unitPrice', unitPrice),
    ...present('currency', currency),
  }
}
