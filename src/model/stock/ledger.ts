import { add, compare, type Decimal, isZero, negate, subtract } from '../../base/decimal.ts'
import {
  type Account,
  type Assertion,
  assertionsMax,
  type Entry,
  entriesMax,
  type StockState,
  windowDays,
} from './state.ts'

/** A posting that follows from an assertion: its variance, or what compensates it after a late movement. */
export interface Variance {
  readonly assertion: string
  readonly key: string
  readonly at: number
  readonly delta: Decimal
  readonly revision: number
  readonly uncertain: boolean
}

export interface Posted {
  readonly state: StockState
  readonly variances: readonly Variance[]
}

/** Posts an entry. A later count at one of its keys absorbs it: book(T) stays what was counted. */
export function post(state: StockState, entry: Entry): Posted {
  const posted = apply(state, entry)
  let next = posted
  const variances: Variance[] = []
  for (const [key, delta] of entry.postings) {
    const compensated = compensate(next, { key, at: entry.at, delta })
    next = compensated.state
    variances.push(...compensated.variances)
  }
  return { state: trim(next), variances }
}

/** "At T there were N": the variance against book(T), which counts everything effective by then, also what came later. */
export function assert(
  state: StockState,
  claim: {
    readonly id: string
    readonly key: string
    readonly at: number
    readonly asserted: Decimal
    readonly uncertain: boolean
  },
): Posted {
  const { id, key, at, asserted, uncertain } = claim
  const delta = subtract(asserted, book(state, key, at))
  const assertion: Assertion = {
    id,
    at,
    asserted,
    variance: delta,
    revision: 0,
    ...(uncertain ? { uncertain: true as const } : {}),
  }
  const list = [...(state.assertions[key] ?? []), assertion].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const kept = {
    ...state,
    assertions: { ...state.assertions, [key]: list.slice(-assertionsMax) },
    asOf: Math.max(state.asOf, at),
  }
  if (isZero(delta)) return { state: kept, variances: [] }
  const variance = { assertion: id, key, at, delta, revision: 0, uncertain }
  const posted = apply(kept, varianceEntry(variance))
  const later = compensate(posted, { key, at, delta, after: id })
  return { state: trim(later.state), variances: [variance, ...later.variances] }
}

/** What the books say for a key at an instant. */
export function book(state: StockState, key: string, at: number): Decimal {
  let balance = state.balances[key] ?? '0'
  for (const entry of state.window) {
    if (entry.at <= at) continue
    for (const [place, delta] of entry.postings) if (place === key) balance = subtract(balance, delta)
  }
  return balance
}

/** Sum over all accounts and all stock: always zero. */
export function ledgerSum(state: StockState): Decimal {
  return [...Object.values(state.balances), ...Object.values(state.totals)].reduce(add, '0')
}

export function varianceEntry({ assertion, key, at, delta, revision }: Variance): Entry {
  return {
    id: `variance/${assertion}/${revision}`,
    content: `${key} ${delta}`,
    at,
    postings: [[key, delta]],
    account: 'count_variance',
    quantity: delta.replace(/^-/, ''),
  }
}

function apply(state: StockState, entry: Entry): StockState {
  const balances = { ...state.balances }
  let sum = '0'
  for (const [key, delta] of entry.postings) {
    balances[key] = add(balances[key] ?? '0', delta)
    sum = add(sum, delta)
  }
  const totals =
    entry.account === undefined
      ? state.totals
      : { ...state.totals, [entry.account]: add(state.totals[entry.account] ?? '0', negate(sum)) }
  return {
    ...state,
    balances,
    totals: totals as Partial<Record<Account, Decimal>>,
    window: [...state.window, entry],
    asOf: Math.max(state.asOf, entry.at),
  }
}

/** The first assertion of the key at or after the instant takes the change back: only that one, later ones are not touched. */
function compensate(
  state: StockState,
  change: { readonly key: string; readonly at: number; readonly delta: Decimal; readonly after?: string },
): Posted {
  const list = state.assertions[change.key] ?? []
  const from = change.after === undefined ? 0 : list.findIndex(({ id }) => id === change.after) + 1
  const index = list.findIndex(({ at }, position) => position >= from && at >= change.at)
  const found = list[index]
  if (found === undefined || isZero(change.delta)) return { state, variances: [] }
  const delta = negate(change.delta)
  const revised = { ...found, variance: add(found.variance, delta), revision: found.revision + 1 }
  const variance = {
    assertion: found.id,
    key: change.key,
    at: found.at,
    delta,
    revision: revised.revision,
    uncertain: found.uncertain === true,
  }
  const marked = { ...state, assertions: { ...state.assertions, [change.key]: list.with(index, revised) } }
  return { state: apply(marked, varianceEntry(variance)), variances: [variance] }
}

/** Keeps the window bounded. What leaves it stays in the balances; a count of an instant before it can no longer be judged. */
function trim(state: StockState): StockState {
  const horizon = state.asOf - windowDays * 86_400_000
  const first = state.window[0]
  if (state.window.length <= entriesMax && (first === undefined || first.at >= horizon)) return state
  const kept = state.window.filter(({ at }) => at >= horizon)
  return { ...state, window: kept.length > entriesMax ? kept.toSorted((a, b) => a.at - b.at).slice(-entriesMax) : kept }
}

export function isNegative(value: Decimal): boolean {
  return compare(value, '0') < 0
}
