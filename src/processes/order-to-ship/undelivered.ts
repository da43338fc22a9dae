import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Scope } from '../engine/scope.ts'
import { linesOf } from '../told-document.ts'
import type { Known, Line } from './known.ts'

/** Deliveries that the hub asked for, of this revision of the order. */
export function askedDeliveries(scope: Scope<Known>, revision: number) {
  const name = `${scope.key}:${revision}`
  return scope
    .asked('create-delivery')
    .filter(({ businessKey }) => businessKey === name || businessKey.startsWith(`${name}:`))
}

/** Of these, the ones whose delivery was not withdrawn since: a hold or a warehouse may take one back, and it is made anew. */
function standing(scope: Scope<Known>, revision: number) {
  const all = askedDeliveries(scope, revision)
  const made = Object.values(scope.known.deliveries)
  const areAllWithdrawn = made.length >= all.length && made.every(({ status }) => status === 'cancelled')
  return all.filter(({ document = '' }) => {
    const number = normalizeIdentifier({ scheme: 'delivery', value: document })
    return scope.known.deliveries[number] === undefined
      ? !areAllWithdrawn
      : scope.known.deliveries[number].status !== 'cancelled'
  })
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
    const quantity = subtract(add(granted, consumed), delivered)
    return compare(quantity, '0') > 0 ? [{ ...line, quantity }] : []
  })
}
