import { isZero } from '../../base/decimal.ts'
import type { Draft } from './draft.ts'
import { entriesMax, groupOf, windowDays } from './state.ts'

const dayMs = 86_400_000
/** Looking through the window for each movement would cost more than the movement. */
const slack = 250

/**
 * Keeps the state bounded, once a day of the ledger's own time or when the window overflows. What leaves the window stays in the
 * balances; it can no longer be reversed by name, its duplicate is caught by the deduplication of messages, and a count of an
 * instant before it is not judged (`keptFromMs`).
 */
export function prune(draft: Draft): void {
  const horizon = draft.asOf - windowDays * dayMs
  if (horizon - draft.prunedMs < dayMs && draft.window.length <= entriesMax + slack) return
  const recent = draft.window.filter(({ at }) => at >= horizon)
  const byAge = recent.length > entriesMax ? recent.map(({ at }) => at).toSorted((a, b) => b - a) : []
  const oldest = byAge[entriesMax - 1] ?? horizon
  const kept = recent.filter(({ at }) => at >= oldest).slice(-entriesMax - slack)
  const stays = new Set(kept)
  for (const entry of draft.window) if (!stays.has(entry)) draft.keptFromMs = Math.max(draft.keptFromMs, entry.at)
  draft.window = kept
  draft.prunedMs = horizon
  draft.sweeps = draft.sweeps.filter(({ at }) => at >= horizon)
  forget(draft, horizon)
}

/** Keys at zero that neither a movement nor a count of the window mentions: serials and lots come and go for ever. */
function forget(draft: Draft, horizon: number): void {
  const mentioned = new Set(draft.window.flatMap(({ postings }) => postings.map(([key]) => key)))
  for (const key of Object.keys(draft.balances)) {
    const counted = (draft.assertions[groupOf(key)]?.at(-1)?.at ?? 0) >= horizon
    if (isZero(draft.balances[key] ?? '0') && !mentioned.has(key) && !counted) delete draft.balances[key]
  }
  const groups = new Set(Object.keys(draft.balances).map(groupOf))
  draft.assertions = Object.fromEntries(
    Object.entries(draft.assertions).filter(([group, list]) => groups.has(group) || (list.at(-1)?.at ?? 0) >= horizon),
  )
}
