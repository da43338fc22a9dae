import { isLegal, type StatusOf } from '../../model/documents/transitions.ts'
import type { Derived } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import { stockSubject } from '../../model/stock/subject.ts'
import type { Saying } from '../engine/definition.ts'
import { processSubject } from '../engine/instance.ts'
import type { Scope } from '../engine/scope.ts'
import { isShort, lineHere, promiseOf } from './backorder.ts'
import { insteadSays, releaseOf } from './instead/says.ts'
import type { Known, Line } from './known.ts'
import { reservationName, wishAfter, wishOf } from './reservation-name.ts'
import { isOurs, revisionOf, roundHere } from './revision.ts'
import { givenUp } from './short-pick.ts'

type Here = Scope<Known>

/** A report about the order, where its lifecycle has such a step and the hub decides it. */
function status(
  to: StatusOf<'order'>,
  more: (scope: Here) => DocumentReport['object'] = () => ({}),
): Saying<Known>['make'] {
  return (scope) => {
    const { known } = scope
    if (!isOurs(scope) || known.order === '' || known.status === to || !isLegal('order', known.status, to)) return []
    return [
      {
        type: 'order.reported',
        subject: known.order,
        occurredAt: scope.moment,
        data: { status: to, object: more(scope) },
      },
    ]
  }
}

/** The name of the reservation of a line: what was given back while the order was held is asked for under another one. */
function reservationOf(scope: Here, lineNo: string): string {
  return reservationName(scope.key, { round: roundHere(scope), lineNo })
}

function request(
  scope: Here,
  { lineNo, sku, quantity, uom }: Line,
  revision = wishOf(revisionOf(scope)),
): Omit<Derived, 'rule'> {
  return {
    type: 'reservation.requested',
    subject: stockSubject(scope.tenant, sku),
    data: {
      reservation: reservationOf(scope, lineNo),
      ...{ revision, sku, quantity, uom, kind: 'soft', wait: true, split: true },
      ...(scope.known.shipComplete ? { complete: true } : {}),
      origin: processSubject(scope.tenant, 'order-to-ship', scope.key),
      references: scope.known.references.slice(0, 20),
    },
  }
}

function release(scope: Here, { lineNo, sku }: Line, reason: string): Omit<Derived, 'rule'> {
  return {
    type: 'reservation.release_requested',
    subject: stockSubject(scope.tenant, sku),
    data: { reservation: reservationOf(scope, lineNo), sku, reason },
  }
}

/** What the process says of an order, and asks of stock. */
export const says: Readonly<Record<string, Saying<Known>>> = {
  ...insteadSays,
  acceptance: { about: 'The order is taken: `order.accepted`.', make: status('accepted') },
  allocation: {
    about: 'What is held: `order.allocated` or `order.partially_allocated`.',
    make: (scope) =>
      status(Object.values(scope.known.reservations).some(isShort) ? 'partially_allocated' : 'allocated')(scope),
  },
  backorder: { about: 'Stock is missing: `order.backordered`.', make: status('backordered') },
  cancellation: { about: 'It is called off: `order.cancelled`.', make: status('cancelled') },
  firm: {
    about: 'What is held becomes firm: `reservation.confirm_requested` on the stock of each item.',
    make: (scope) =>
      held(scope).map(({ lineNo, sku }) => ({
        type: 'reservation.confirm_requested',
        subject: stockSubject(scope.tenant, sku),
        data: {
          reservation: reservationOf(scope, lineNo),
          sku,
          kind: 'hard',
          references: scope.known.references.slice(0, 20),
        },
      })),
  },
  'line-release': {
    about: 'The line gives its place in the queue back: `reservation.release_requested`.',
    make: (scope) =>
      [lineHere(scope)].flatMap((line) =>
        line === undefined ? [] : [release(scope, line, 'The rest was cancelled.')],
      ),
  },
  promise: {
    about: 'When a line is expected: `order.promise_changed`.',
    make: (scope) => {
      const expectedAt = promiseOf(scope)
      const { order } = scope.known
      if (expectedAt === undefined || order === '') return []
      return [
        {
          type: 'order.promise_changed',
          subject: order,
          occurredAt: scope.moment,
          data: { lineNo: scope.branchKey, expectedAt },
        },
      ]
    },
  },
  rejection: { about: 'It will not be shipped: `order.rejected`.', make: status('rejected') },
  'reservation-again': {
    about: 'A reservation that ended is asked for anew: a later wish of the same revision of the order.',
    make: (scope) => {
      const line = lineHere(scope)
      const wish = wishAfter(scope.known.reservations[scope.branchKey]?.revision ?? 0, revisionOf(scope))
      return line === undefined || wish === undefined ? [] : [request(scope, line, wish)]
    },
  },
  'reservation-release': {
    about: 'What is held is given back: `reservation.release_requested` for each line.',
    make: (scope) =>
      scope.state() === 'held' ? releases(scope, 'The order is held.') : releases(scope, 'The order was called off.'),
  },
  reservations: {
    about: 'Stock is asked for: `reservation.requested` for each line.',
    make: (scope) => (scope.known.lines ?? []).map((line) => request(scope, line)),
  },
  'short-release': {
    about: 'What stock holds of goods that were not found is given back: `reservation.release_requested`.',
    make: (scope) =>
      givenUp(scope).map(({ planned, ...line }) =>
        planned === undefined
          ? release(scope, line, 'It was not found, and is not shipped.')
          : releaseOf(scope, planned),
      ),
  },
  shipment: { about: 'All of it has left: `order.shipped`.', make: status('shipped') },
}

/** What is held for any line, under whatever name it was asked for. While it is held, nothing was asked for under the newest one. */
function releases(scope: Here, reason: string): Omit<Derived, 'rule'>[] {
  const rounds = roundHere(scope) + (scope.state() === 'held' ? 0 : 1)
  return reserved(scope).flatMap(({ lineNo, sku }) =>
    Array.from({ length: rounds }, (_, round) => ({
      type: 'reservation.release_requested',
      subject: stockSubject(scope.tenant, sku),
      data: { reservation: reservationName(scope.key, { round, lineNo }), sku, reason },
    })),
  )
}

/** Lines that stock was asked for. */
function reserved({ known }: Here): readonly Line[] {
  return (known.lines ?? []).filter(({ lineNo }) => known.reservations[lineNo] !== undefined)
}

/** Lines of which something is held. */
export function held(scope: Here): readonly Line[] {
  return reserved(scope).filter(({ lineNo }) => Number(scope.known.reservations[lineNo]?.granted ?? 0) > 0)
}
