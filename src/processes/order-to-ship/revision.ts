import type { Scope } from '../engine/scope.ts'
import type { Data } from '../posting.ts'
import type { Known } from './known.ts'
import { undelivered } from './undelivered.ts'

type Here = Scope<Known>

/** Whether the hub decides what is shipped; else it follows what the system says that owns the orders. */
export function isOurs(scope: Here): boolean {
  return scope.policy('orchestratedBy', 'erp') === 'hub'
}

/** Stock has something for lines that no delivery was asked for, where the hub makes them. */
export function hasMore(scope: Here): boolean {
  const isMaker = isOurs(scope) && scope.policy('deliveryCreatedBy', 'erp') === 'hub'
  return isMaker && !isChanged(scope) && undelivered(scope, deliveryRevision(scope)).length > 0
}

/** The revision that its deliveries were asked for with. */
export function deliveryRevision(scope: Here): number {
  const deliveries = Number(scope.choice('deliveries'))
  return deliveries > 0 ? deliveries : revisionOf(scope)
}

/** What its deliveries were asked for with, before it was changed. */
export function before(scope: Here): Data {
  const deliveries = scope.choice('deliveries') === '' ? scope.choice('revision') : scope.choice('deliveries')
  return deliveries === '' ? {} : { deliveries }
}

/** The change is known and comes too late. */
export function asItWas(scope: Here): Data {
  return { ...asked(scope), ...before(scope) }
}

/** Whether the order is not any more what was asked of stock. */
export function isChanged(scope: Here): boolean {
  return isOurs(scope) && scope.choice('revision') !== '' && scope.choice('revision') !== `${revisionOf(scope)}`
}

/** What was asked of stock, so that a change is seen. */
export function asked(scope: Here): { readonly revision: string } {
  return { revision: `${revisionOf(scope)}` }
}

/** What was chosen stays chosen. */
export function kept({ chosen }: Here): Data {
  return chosen
}

/** Reservations are asked for with the revision of the order, from 1. */
export function revisionOf({ known }: Here): number {
  return Math.max(1, known.revision + 1)
}
