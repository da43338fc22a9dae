import { isZero } from '../../base/decimal.ts'
import { sortAt } from '../event-time.ts'
import type { Derived } from '../fact.ts'
import type { SnapshotScopeReport } from '../report.ts'
import { claimed } from './counted.ts'
import type { Draft } from './draft.ts'
import { book } from './ledger.ts'
import { problem } from './problem.ts'
import { groupOf, readStockKey, type Sweep, stockKey, sweepsMax } from './state.ts'

/**
 * A complete snapshot says zero for whatever it does not list in its locations, as of its time. It is kept, because a late movement
 * may bring up stock that nobody knew of when the snapshot came.
 */
export function completed(draft: Draft, report: SnapshotScopeReport): Derived[] {
  const { document, effectiveAt, locations, owners, listed, sku } = report
  const id = [document.system, document.kind, document.id].join('/')
  const at = sortAt(effectiveAt, true)
  if (at < draft.keptFromMs) return [problem(report, 'the snapshot is older than the movements that are kept')]
  if (draft.sku === '') draft.sku = sku
  const said = listed.map(({ location, status, lot, serial, ownerParty }) =>
    stockKey({ location, status, lot: lot ?? '', serial: serial ?? '', owner: ownerParty ?? '' }),
  )
  const before = draft.sweeps.find((one) => one.id === id)
  const sweep: Sweep = {
    id,
    at,
    locations: union(before?.locations, locations),
    ...(owners === undefined ? {} : { owners }),
    listed: union(before?.listed, said),
  }
  const others = draft.sweeps.filter((one) => one !== before)
  draft.sweeps = [...others, sweep].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(-sweepsMax)
  return Object.keys(draft.balances).flatMap((key) => swept(draft, sweep, groupOf(key)))
}

/** What the complete snapshots say about the keys that a fact has just touched. */
export function sweep(draft: Draft): Derived[] {
  if (draft.sweeps.length === 0 || draft.touched.size === 0) return []
  const groups = new Set([...draft.touched].map(groupOf))
  return draft.sweeps.flatMap((one) => [...groups].flatMap((group) => swept(draft, one, group)))
}

function swept(draft: Draft, { id, at, locations, owners, listed }: Sweep, key: string): Derived[] {
  const { location, owner } = readStockKey(key)
  if (!locations.includes(location) || owners?.includes(owner) === false || listed.includes(key)) return []
  const claim = { id: [id, '', draft.sku, key].join('/'), key, at, asserted: '0' }
  const isKnown =
    draft.held[claim.id] !== undefined || draft.assertions[key]?.some((one) => one.id === claim.id) === true
  if (isKnown || at < draft.keptFromMs || isZero(book(draft, key, at))) return []
  return claimed(draft, claim, { kind: 'snapshot' }).map((one) => ({ ...one, rule: `${one.rule}-${claim.id}` }))
}

function union(known: readonly string[] | undefined, told: readonly string[]): readonly string[] {
  return [...new Set([...(known ?? []), ...told])].toSorted()
}
