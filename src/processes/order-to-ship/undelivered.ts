import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
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

/** What stock holds or has given out and no delivery was asked for yet, line by line. */
export function undelivered(scope: Scope<Known>, revision: number): readonly Line[] {
  const { lines = [], reservations } = scope.known
  const asked = askedDeliveries(scope, revision).flatMap(({ payload }) => linesOf(payload?.['lines']))
  return lines.flatMap((line) => {
    const { granted = '0', consumed = '0' } = reservations[line.lineNo] ?? {}
    const delivered = asked
      .filter(({ line: no }) => no === line.lineNo)
      .reduce((sum: Decimal, { quantity = '0' }) => add(sum, quantity), '0')
    const quantity = subtract(add(granted, consumed), delivered)
    return compare(quantity, '0') > 0 ? [{ ...line, quantity }] : []
  })
}
