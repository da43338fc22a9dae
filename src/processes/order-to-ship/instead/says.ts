import type { Derived } from '../../../model/fact.ts'
import { stockSubject } from '../../../model/stock/subject.ts'
import type { Saying } from '../../engine/definition.ts'
import { processSubject } from '../../engine/instance.ts'
import type { Scope } from '../../engine/scope.ts'
import { present } from '../../told-document.ts'
import type { Known } from '../known.ts'
import { shortsOf } from '../shorts.ts'
import { questionHere, skusHere } from './options.ts'
import { heldFor, type Planned, planOf } from './plan.ts'

type Here = Scope<Known>
type Said = Omit<Derived, 'rule'>

const origin = (scope: Here): string => processSubject(scope.tenant, 'order-to-ship', scope.key)

/** What is asked and said about what is shipped instead of goods that were not found. */
export const insteadSays: Readonly<Record<string, Saying<Known>>> = {
  'alternative-release': {
    about: 'What is not shipped instead after all is given back: `reservation.release_requested`.',
    make: (scope) => ((scope.chosen['released'] ?? []) as readonly Planned[]).map((one) => releaseOf(scope, one)),
  },
  alternatives: {
    about: 'Stock is asked for what is shipped instead: `reservation.requested`, all or nothing.',
    make: (scope) =>
      planOf(scope, scope.branchKey)
        .filter((one) => heldFor(scope, one) === undefined)
        .map((one) => requestOf(scope, one)),
  },
  availability: {
    about: 'Stock is asked where how much is free: `inventory.availability_requested`.',
    make: (scope) =>
      skusHere(scope).map((sku) => ({
        type: 'inventory.availability_requested',
        subject: stockSubject(scope.tenant, sku),
        data: { sku, question: questionHere(scope), origin: origin(scope) },
      })),
  },
  instead: {
    about: 'What is shipped instead: `order.line_substituted`, for each line.',
    make: (scope) =>
      planOf(scope, scope.branchKey)
        .filter(({ isTold }) => isTold !== true)
        .map((one) => newsOf(scope, one)),
  },
  substitutes: {
    about: 'Master data is asked what may be sent instead: `process.substitutes_wanted`.',
    make: (scope) => [
      {
        type: 'process.substitutes_wanted',
        data: {
          ...{ process: 'order-to-ship', key: scope.key, question: questionHere(scope) },
          missing: shortsOf(scope, scope.branchKey).map(({ lineNo, sku, quantity, uom }) => ({
            ...{ lineNo, sku, quantity, uom, at: scope.since },
            ...present('customer', scope.known.customer),
            ...present('channel', scope.known.channel),
            ...present('isAllowed', scope.known.terms?.[lineNo]?.isAllowed),
          })),
        },
      },
    ],
  },
}

function requestOf(scope: Here, { reservation, sku, quantity, uom, way, location }: Planned): Said {
  return {
    type: 'reservation.requested',
    subject: stockSubject(scope.tenant, sku),
    data: {
      ...{ reservation, revision: 1, sku, quantity, uom, kind: 'hard', complete: true },
      ...(way === 'later' ? { wait: true, split: true } : {}),
      ...(location === undefined ? {} : { locations: [location] }),
      origin: origin(scope),
      references: scope.known.references.slice(0, 20),
    },
  }
}

/** What is held instead is given back. */
export function releaseOf(scope: Here, { reservation, sku }: Planned): Said {
  return {
    type: 'reservation.release_requested',
    subject: stockSubject(scope.tenant, sku),
    data: { reservation, sku, reason: 'It is not shipped.' },
  }
}

function newsOf(scope: Here, { lineNo, way, missing, sku, quantity, uom, location }: Planned): Said {
  const { order, number, channel } = scope.known
  return {
    type: 'order.line_substituted',
    subject: order,
    occurredAt: scope.moment,
    data: {
      ...{ orderNumber: number, ...present('channel', channel), lineNo, how: way, missing },
      instead: { sku, quantity, uom, ...present('location', location) },
      deliveryNumber: scope.branchKey,
    },
  }
}
