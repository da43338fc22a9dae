import { add, type Decimal, negate } from '../../base/decimal.ts'
import { readInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import {
  type Account,
  type Assertion,
  type Claim,
  type Entry,
  groupOf,
  type Level,
  readStockKey,
  type StockState,
} from './state.ts'

/**
 * The state while one fact is folded: what changes is copied once and then written in place, because copying a hundred balances for
 * each of several postings cost more than all arithmetic. Never leaves the fold; `before` stays as it was.
 */
export interface Draft extends StockState {
  readonly before: StockState
  readonly balances: Record<string, Decimal>
  readonly totals: Partial<Record<Account, Decimal>>
  readonly levels: Record<string, Level>
  window: Entry[]
  assertions: Readonly<Record<string, readonly Assertion[]>>
  sweeps: StockState['sweeps']
  held: Readonly<Record<string, Claim>>
  sku: string
  uom: string
  waiting: StockState['waiting']
  reservations: StockState['reservations']
  unposted: StockState['unposted']
  demands: StockState['demands']
  ended: StockState['ended']
  differences: StockState['differences']
  countOrders: StockState['countOrders']
  inbound: StockState['inbound']
  safety: StockState['safety']
  rules: StockState['rules']
  asOf: number
  keptFromMs: number
  prunedMs: number
  /** Keys whose balance was written. */
  readonly touched: Set<string>
  /** Locations whose availability may be another one. */
  readonly weighed: Set<string>
  /** Reservations that were asked for with this fact: they get an answer. */
  readonly asking: Set<string>
  /** Recording time of the fact, ms. */
  readonly nowMs: number
  readonly tenant: string
  /** Hub id of this stock. */
  readonly subject: string
}

/** The state to work on, with what states of earlier releases do not have yet. */
export function openDraft(before: StockState, { recordedAt, tenant, subject }: Fact): Draft {
  return {
    ...before,
    before,
    // States that were stored before there were any.
    sweeps: before.sweeps ?? [],
    unposted: before.unposted ?? [],
    demands: before.demands ?? {},
    ended: before.ended ?? {},
    differences: before.differences ?? {},
    countOrders: before.countOrders ?? {},
    balances: { ...before.balances },
    totals: { ...before.totals },
    levels: { ...before.levels },
    window: [...before.window],
    touched: new Set(),
    weighed: new Set(),
    asking: new Set(),
    nowMs: readInstant(recordedAt) ?? Number.POSITIVE_INFINITY,
    tenant,
    subject,
  }
}

/** The state again, without what only the folding of one fact needs. */
export function closeDraft(draft: Draft): StockState {
  const {
    before: _before,
    touched: _touched,
    weighed: _weighed,
    asking: _asking,
    nowMs: _nowMs,
    tenant: _tenant,
    subject: _subject,
    ...state
  } = draft
  return state
}

/** Writes an entry into balances, counter-account and window. */
export function apply(draft: Draft, entry: Entry): void {
  let sum = '0'
  for (const [key, delta] of entry.postings) {
    draft.balances[key] = add(draft.balances[key] ?? '0', delta)
    draft.touched.add(key)
    sum = add(sum, delta)
    const { location, status } = readStockKey(key)
    if (status === 'available') raise(draft, location, { available: delta })
  }
  if (entry.account !== undefined) draft.totals[entry.account] = add(draft.totals[entry.account] ?? '0', negate(sum))
  draft.window.push(entry)
  draft.asOf = Math.max(draft.asOf, Math.min(entry.at, draft.nowMs))
}

/** Adds to what availability at a location is made of. */
export function raise(draft: Draft, location: string, by: Partial<Level>): void {
  draft.weighed.add(location)
  const { available, allocated, reserved } = draft.levels[location] ?? nothing
  draft.levels[location] = {
    available: by.available === undefined ? available : add(available, by.available),
    allocated: by.allocated === undefined ? allocated : add(allocated, by.allocated),
    reserved: by.reserved === undefined ? reserved : add(reserved, by.reserved),
  }
}

/** On hand over all packages of a key. */
export function onHandOf(balances: StockState['balances'], group: string): Decimal {
  let sum = '0'
  for (const key in balances) if (key.startsWith(group) && groupOf(key) === group) sum = add(sum, balances[key] ?? '0')
  return sum
}

const nothing: Level = { available: '0', allocated: '0', reserved: '0' }
