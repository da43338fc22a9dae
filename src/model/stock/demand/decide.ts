import { readInstant } from '../../../base/instant.ts'
import type { Derived, Fact } from '../../fact.ts'
import type { Draft } from '../draft.ts'
import { problem } from '../problem.ts'
import { merged } from './ask.ts'
import { end } from './end.ts'
import { changeKind, put } from './hold.ts'
import { readConfirmation, readRelease } from './request.ts'
import { told } from './told.ts'

/** How the timers of reservations begin: `reservation <its name>`. */
export const timerPrefix = 'reservation '

/** Folds a confirmation: what is held does not end by itself any more and, where asked, is for a warehouse to pick. */
export function confirmed(draft: Draft, fact: Fact): Derived[] {
  const confirmation = readConfirmation(fact.data)
  if (confirmation === undefined)
    return [problem({ sku: draft.sku, document: fact.id }, 'the confirmation is not valid')]
  const { reservation: id, kind, references } = confirmation
  const known = draft.demands[id]
  if (known === undefined) return over(draft, id)
  const { expiresAt: _, ...lasting } = known
  const isSame = known.expiresAt === undefined && (kind ?? known.kind) === known.kind && references === undefined
  if (isSame) return []
  put(draft, id, { ...lasting, ...(references === undefined ? {} : merged(known, { references })) })
  if (kind !== undefined) changeKind(draft, id, kind)
  draft.asking.add(id)
  return []
}

/** Folds a release: final, whatever is said later under the same name. */
export function released(draft: Draft, fact: Fact): Derived[] {
  const release = readRelease(fact.data)
  if (release === undefined)
    return [problem({ sku: draft.sku, document: fact.id }, 'the release of stock is not valid')]
  const { reservation: id, reason } = release
  if (draft.ended[id] !== undefined && draft.ended[id].outcome !== 'refused') return []
  return end(draft, id, { outcome: 'released', ...(reason === undefined ? {} : { reason }) })
}

/** Folds a timer that ran out. Somebody may have extended the reservation, or made it last, since it was set. */
export function expired(draft: Draft, fact: Fact): Derived[] {
  const { timer, due } = fact.data as { readonly timer?: string; readonly due?: string }
  if (timer?.startsWith(timerPrefix) !== true) return []
  const id = timer.slice(timerPrefix.length)
  const ends = draft.demands[id]?.expiresAt
  if (ends === undefined || ends > (readInstant(due ?? '') ?? 0)) return []
  return end(draft, id, { outcome: 'expired' })
}

/** Whoever confirms too late must hear that nothing is held for him. */
function over(draft: Draft, id: string): Derived[] {
  const before = draft.ended[id]
  if (before?.outcome === 'consumed') return []
  const demand = { revision: before?.revision ?? 0, kind: 'soft', status: 'available', asked: '0' } as const
  const reason = before === undefined ? 'unknown_reservation' : before.outcome
  return told(draft, { id, outcome: 'refused', demand: { ...demand, granted: {}, consumed: '0' }, reason })
}
