import type { Instance } from '../engine/instance.ts'
import type { Scope } from '../engine/scope.ts'
import type { Data } from '../posting.ts'
import { hasInstead } from './instead/effects.ts'
import type { Known } from './known.ts'
import { wishOf } from './reservation-name.ts'
import { undelivered } from './undelivered.ts'

type Here = Scope<Known>

/** Whether the hub decides what is shipped; else it follows what the system says that owns the orders. */
export function isOurs(scope: Here): boolean {
  return scope.policy('orchestratedBy', 'erp') === 'hub'
}

/** Stock has something for lines that no delivery was asked for, where the hub makes them. */
export function hasMore(scope: Here): boolean {
  const isMaker = isOurs(scope) && scope.policy('deliveryCreatedBy', 'erp') === 'hub'
  return isMaker && !isChanged(scope) && (hasInstead(scope) || undelivered(scope, deliveryRevision(scope)).length > 0)
}

/** The revision that its deliveries were asked for with. */
export function deliveryRevision(scope: Here): number {
  const asked = [scope.choice('deliveries'), scope.choice('revision')].map(Number).find((one) => one > 0)
  return asked ?? revisionOf(scope)
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

/** How often stock was given back because somebody held the order. A hold that was over before it was heard of gave nothing back. */
export function roundHere(scope: Here): number {
  return Number(scope.chosenIn('main')['round'] ?? 0)
}

/** Stock is given back: what is asked for next has another name. */
export function nextRound(scope: Here): Data {
  return { round: roundHere(scope) + 1 }
}

/** Instances from before rounds were counted where they happen: every hold that was heard of was one. */
export function roundsApart(instance: Instance): Instance {
  const { holds, ...known } = instance.known as Known & { readonly holds?: readonly unknown[] }
  const { main } = instance.at
  if (holds === undefined || main === undefined) return instance
  const chosen = { ...main.chosen, round: holds.length }
  return { ...instance, known, at: { ...instance.at, main: { ...main, chosen } } }
}

/** Instances from before a revision had several wishes: what stock has said of them counts as the first. */
export function wishesApart(instance: Instance): Instance {
  const known = instance.known as Known
  const reservations = Object.fromEntries(
    Object.entries(known.reservations).map(([lineNo, one]) => [lineNo, { ...one, revision: wishOf(one.revision) }]),
  )
  return { ...instance, known: { ...known, reservations } }
}

/** What was chosen stays chosen. */
export function kept({ chosen }: Here): Data {
  return chosen
}

/** Reservations are asked for with the revision of the order, from 1. */
export function revisionOf({ known }: Here): number {
  return Math.max(1, known.revision + 1)
}
