import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Scope } from '../engine/scope.ts'
import { linesOf } from '../told-document.ts'
import { isInstead, plannedIn } from './instead/plan.ts'
import type { Known, Line } from './known.ts'
import { returned } from './shorts.ts'

/** Deliveries that the hub asked for, of this revision of the order. */
export function askedDeliveries(scope: Scope<Known>, revision: number) {
  const name = `${scope.key}:${revision}`
  return scope
    .asked('create-delivery')
    .filter(({ businessKey }) => businessKey === name || businessKey.startsWith(`${name}:`))
}

/** Every delivery that the hub asked for exists. */
export function areMade(scope: Scope<Known>): boolean {
  return Object.keys(scope.known.deliveries).length >= scope.asked('create-delivery').length
}

const open: ReadonlySet<string> = new Set(['applied', 'parked', 'unrouted', 'wanted'])

/** A delivery was asked for that nobody has told of yet: it may come any time, and cannot be taken back before. */
export function isComing(scope: Scope<Known>): boolean {
  return !areMade(scope) && scope.asked('create-delivery').some(({ status }) => open.has(status))
}

/** Of these, the ones whose delivery was not withdrawn since: a hold or a warehouse may take one back, and it is made anew. */
function standing(scope: Scope<Known>, revision: number) {
  const { deliveries } = scope.known
  const madeOf = ({ document = '' }: { readonly document?: string }) =>
    deliveries[normalizeIdentifier({ scheme: 'delivery', value: document })]
  const all = scope.asked('create-delivery').filter(({ businessKey }) => !isInstead(scope, businessKey))
  // What was shipped instead of something is no part of it: that goes on by the policy for goods that were not found.
  const withdrawn = Object.entries(deliveries).filter(
    ([number, { status }]) => status === 'cancelled' && plannedIn(scope, number).length === 0,
  ).length
  // Where deliveries go by other numbers than the ones that were answered, each that was withdrawn is the oldest one that was asked for.
  const nameless = all.some(madeOf) ? [] : all.filter(({ status }) => status !== 'wanted').slice(0, withdrawn)
  return askedDeliveries(scope, revision).filter(
    (one) => madeOf(one)?.status !== 'cancelled' && !nameless.includes(one),
  )
}

/** What stock holds or has given out and no delivery was asked for yet, line by line. */
export function undelivered(scope: Scope<Known>, revision: number): readonly Line[] {
  const { lines = [], reservations } = scope.known
  const asked = standing(scope, revision).flatMap(({ payload }) => linesOf(payload?.['lines']))
  return lines.flatMap((line) => {
    const { granted = '0', consumed = '0' } = reservations[line.lineNo] ?? {}
    const delivered = asked
      .filter(({ line: no }) => no === line.lineNo)
      .reduce((sum: Decimal, { quantity = '0' }) => add(sum, quantity), '0')
    const quantity = subtract(add(add(granted, consumed), returned(scope, line.lineNo)), delivered)
    return compare(quantity, '0') > 0 ? [{ ...line, quantity }] : []
  })
}
