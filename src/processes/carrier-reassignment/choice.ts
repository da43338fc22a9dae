import type { Scope } from '../engine/scope.ts'
import type { Data } from '../posting.ts'
import { nextCarrier } from './guide.ts'
import { type Known, unwilling } from './known.ts'

type Here = Scope<Known>

/** The carrier whom the state is about. */
export function offered(scope: Here): string {
  return scope.choice('carrier')
}

/** The carrier who has the load or the offer. */
export function standing({ known }: Here): { readonly carrier: string } {
  return { carrier: known.carrier ?? '' }
}

/** Whether he will not take it, by what is known of anybody. */
export function isRefused({ known }: Here): boolean {
  return known.carrier === undefined ? unwilling(known).size > 0 : unwilling(known).has(known.carrier)
}

/** What goes with the next carrier of the guide. */
export function candidate(scope: Here): { readonly carrier: string; readonly skipped: readonly string[] } {
  return { carrier: nextCarrier(scope)?.carrier ?? '', skipped: skipped(scope) }
}

/** The carrier of the state is not asked again. */
export function passedOver(scope: Here): { readonly skipped: readonly string[] } {
  return { skipped: [...new Set([...skipped(scope), offered(scope)])] }
}

function skipped({ chosen }: Here): readonly string[] {
  return (chosen as { readonly skipped?: readonly string[] }).skipped ?? []
}

/** Who has the load, or was offered it, and is to hear that it is not his. Undefined: he said so himself, or was told. */
export function unwanted({ known }: Here): string | undefined {
  const { carrier = known.failed.at(-1), declined, expired, withdrawn } = known
  if (carrier === undefined || [...declined, ...expired, ...withdrawn].includes(carrier)) return undefined
  return carrier
}

/** Whether the old carrier needs no word any more. With `awaitCancellation` the word must have reached him. */
export function isTold(scope: Here): boolean {
  const { known } = scope
  if (unwanted(scope) !== undefined) return false
  const isSilent = !known.withdrawn.includes(known.carrier ?? '')
  return isSilent || known.isConfirmed || !scope.policy('awaitCancellation', false)
}

/** Who takes the load although another one has it, and was not told so yet. */
export function lateCarrier({ known, chosen }: Here): string | undefined {
  const { carrier } = chosen
  if (typeof carrier !== 'string') return undefined
  return known.accepted.find((one) => one !== carrier && !settled(chosen).includes(one))
}

/** Late carriers whose case is decided. */
export function settled(chosen: Data): readonly unknown[] {
  return (chosen['settled'] as readonly unknown[] | undefined) ?? []
}

/** The carrier that a person names. */
export function outsider(scope: Here): string {
  const carrier = scope.answer('uncovered-load')?.data?.['carrier']
  return typeof carrier === 'string' ? carrier : ''
}
