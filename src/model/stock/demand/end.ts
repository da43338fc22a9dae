import type { Derived } from '../../fact.ts'
import type { Draft } from '../draft.ts'
import { type EndedDemand, endedMax } from './demand.ts'
import { letGo } from './hold.ts'
import { told } from './told.ts'

/** A reservation is over: what was held is free for others. It is remembered, so that its request cannot begin it again. */
export function end(
  draft: Draft,
  id: string,
  { outcome, reason }: { readonly outcome: EndedDemand['outcome']; readonly reason?: string },
): Derived[] {
  const before = draft.demands[id]
  letGo(draft, id)
  const { [id]: demand, ...others } = draft.demands
  draft.demands = others
  draft.asking.delete(id)
  const said = reason === undefined ? {} : { reason }
  remember(draft, id, { revision: before?.revision ?? 0, outcome, ...said, at: draft.nowMs })
  if (before === undefined || demand === undefined) return []
  return told(draft, { id, outcome, demand, ...said })
}

/** The oldest are forgotten first. */
function remember(draft: Draft, id: string, ended: EndedDemand): void {
  const all = { ...draft.ended, [id]: ended }
  const ids = Object.keys(all)
  if (ids.length <= endedMax) {
    draft.ended = all
    return
  }
  const byAge = ids.toSorted((a, b) => (all[a]?.at ?? 0) - (all[b]?.at ?? 0) || (a < b ? -1 : 1))
  // A good part at once: sorting a thousand for each reservation that ends would cost more than the reservation.
  const kept = byAge.slice(Math.floor(endedMax / 5))
  draft.ended = Object.fromEntries(kept.flatMap((one) => (all[one] === undefined ? [] : [[one, all[one]]])))
}
