import { absolute, add, compare, type Decimal, isZero, multiply, negate, subtract } from '../../base/decimal.ts'
import { apply, type Draft, onHandOf } from './draft.ts'
import { type Assertion, assertionsMax, type Claim, type Entry, groupOf, type StockState } from './state.ts'

/** A posting that follows from a count: its variance, or what compensates it after a late movement. */
export interface Variance {
  readonly assertion: string
  readonly key: string
  readonly at: number
  readonly delta: Decimal
  readonly revision: number
  readonly uncertain: boolean
}

/** Posts an entry. A later count at one of its keys absorbs it: book(T) stays what was counted. */
export function post(draft: Draft, entry: Entry): readonly Variance[] {
  apply(draft, entry)
  return [...changesOf(entry)].flatMap(([key, delta]) => compensate(draft, { key, delta, entry }))
}

/** What an entry changes of what can be counted: nothing, when it only moves between packages. */
function changesOf(entry: Entry): ReadonlyMap<string, Decimal> {
  const changes = new Map<string, Decimal>()
  for (const [key, delta] of entry.postings) {
    const group = groupOf(key)
    changes.set(group, add(changes.get(group) ?? '0', delta))
  }
  return changes
}

/** "At T there were N": the variance against book(T), which counts everything effective by then, also what came later. */
export function assert(draft: Draft, claim: Claim): readonly Variance[] {
  const { id, key, at, asserted } = claim
  const delta = subtract(asserted, book(draft, key, at))
  const uncertain = draft.window.some((entry) => touches(entry, key) && isOrderUnknown(claim, entry))
  const { key: _key, ...said } = claim
  const assertion: Assertion = { ...said, variance: delta, revision: 0, ...(uncertain ? { uncertain } : {}) }
  keep(draft, key, [...(draft.assertions[key] ?? []), assertion].toSorted(byTime).slice(-assertionsMax))
  draft.asOf = Math.max(draft.asOf, Math.min(at, draft.nowMs))
  if (isZero(delta)) return []
  const variance = { assertion: id, key, at, delta, revision: 0, uncertain }
  const entry = varianceEntry(variance)
  apply(draft, entry)
  return [variance, ...compensate(draft, { key, delta, entry, after: assertion })]
}

/** What the books say at an instant for a key without package: over all its packages. Right for instants after `keptFromMs`. */
export function book(state: StockState, key: string, at: number): Decimal {
  let balance = onHandOf(state.balances, key)
  for (const entry of state.window) {
    if (entry.at <= at) continue
    for (const [place, delta] of entry.postings) if (groupOf(place) === key) balance = subtract(balance, delta)
  }
  return balance
}

/** Whether an automatic variance is larger than the item allows: then a person decides. */
export function isAboveLimits(draft: Draft, claim: Claim): boolean {
  const { quantity, percent } = draft.rules.countLimits ?? {}
  if (quantity === undefined && percent === undefined) return false
  const booked = book(draft, claim.key, claim.at)
  const size = absolute(subtract(claim.asserted, booked))
  if (quantity !== undefined && compare(size, quantity) > 0) return true
  return percent !== undefined && compare(multiply(size, '100'), multiply(absolute(booked), percent)) > 0
}

/** Sum over all accounts and all stock: always zero. */
export function ledgerSum(state: StockState): Decimal {
  return [...Object.values(state.balances), ...Object.values(state.totals)].reduce(add, '0')
}

/** Whether it is below zero. */
export function isNegative(value: Decimal): boolean {
  return compare(value, '0') < 0
}

/** The first count of the key at or after the instant takes the change back: only that one, later ones are not touched. */
function compensate(
  draft: Draft,
  change: { readonly key: string; readonly delta: Decimal; readonly entry: Entry; readonly after?: Assertion },
): readonly Variance[] {
  const { key, after, entry } = change
  const list = draft.assertions[key]
  if (list === undefined || isZero(change.delta)) return []
  const index = list.findIndex((one) => (after === undefined ? one.at >= entry.at : byTime(one, after) > 0))
  const found = list[index]
  if (found === undefined) return []
  const delta = negate(change.delta)
  const uncertain = found.uncertain === true || (after === undefined && isOrderUnknown(found, entry))
  const revision = found.revision + 1
  const revised = {
    ...found,
    variance: add(found.variance, delta),
    revision,
    ...(uncertain ? { uncertain } : {}),
  }
  keep(draft, key, list.with(index, revised))
  const variance = { assertion: found.id, key, at: found.at, delta, revision, uncertain }
  apply(draft, varianceEntry(variance))
  return [variance]
}

function keep(draft: Draft, key: string, list: readonly Assertion[]): void {
  draft.assertions = { ...draft.assertions, [key]: list }
}

function varianceEntry({ assertion, key, at, delta, revision }: Variance): Entry {
  return {
    id: `variance/${assertion}/${revision}`,
    type: isNegative(delta) ? 'count_loss' : 'count_gain',
    at,
    postings: [[key, delta]],
    account: 'count_variance',
    quantity: absolute(delta),
  }
}

function touches(entry: Entry, group: string): boolean {
  return entry.postings.some(([key]) => groupOf(key) === group)
}

/** The time of one of them is coarser than what lies between them. The count is then taken as the later one, and says so. */
function isOrderUnknown(claim: Omit<Claim, 'key'>, entry: Entry): boolean {
  if (claim.from === undefined && entry.spanMs === undefined) return false
  return entry.at <= (claim.to ?? claim.at) && (claim.from ?? claim.at) <= entry.at + (entry.spanMs ?? 0)
}

function byTime(
  a: { readonly at: number; readonly id: string },
  b: { readonly at: number; readonly id: string },
): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
