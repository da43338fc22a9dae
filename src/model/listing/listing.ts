import { compare, type Decimal } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import { type Derived, type Evolution, type Evolve, entities, type Fact } from '../fact.ts'

/**
 * What a sales channel was told of one item. At most one value is on its way; the newest one waits for its end, and those between are
 * dropped: of all that is told to other systems only this may be.
 */
export interface ListingState {
  readonly rule: ListingRule
  readonly sku: string
  readonly uom: string
  /** What is true: the newest value that was reported. */
  readonly truth: ListedValue
  /** What was given to the ledger and has no end yet. */
  readonly underWay?: PublishedValue
  /** What the channel has taken last. */
  readonly known?: PublishedValue
  /** Values that were never sent because a newer one came. */
  readonly dropped: number
  /** The last no, for people. */
  readonly refused?: { readonly n: number; readonly bucket: number; readonly reason: string; readonly at: number }
  /** Numbers what is sent. */
  readonly count: number
}

/** How a channel is told, as its tenant declared it when the value was reported. */
export interface ListingRule {
  readonly channel: string
  /** Bounds of the buckets, ascending: a value is told when it crosses one. */
  readonly thresholds: readonly Decimal[]
  /** After so long the value is told again though nothing crossed; 0 never. */
  readonly refreshHours: number
}

/** A quantity that may be sold, and in which bucket it is: how many bounds it is above. */
export interface ListedValue {
  readonly quantity: Decimal
  readonly bucket: number
  /** ms */
  readonly asOf: number
}

/** A value with the number that it was sent under. */
export interface PublishedValue extends ListedValue {
  readonly n: number
  readonly at: number
}

/** Data of `listing.availability_reported`: what a channel may sell of an item from now on. */
export interface ListingReport {
  readonly rule: ListingRule
  readonly sku: string
  readonly uom: string
  readonly quantity: Decimal
}

/** Data of `listing.outcome_reported`: whether the channel took the value that was sent under number `n`. */
export interface ListingOutcome {
  readonly n: number
  readonly outcome: 'applied' | 'refused' | 'parked'
  readonly reason?: string
}

const timer = 'refresh'
/** After a no or a doubt the newest value is tried again then, or when it crosses a bound. */
const againMs = 3_600_000

/** Hub id of what a channel is told of an item. */
export function listingSubject(tenant: string, channel: string, sku: string): string {
  return `${entities.listing}_${shortHash(`${tenant}|${channel}|${sku}`)}`
}

/** How many of the thresholds a quantity is above: a channel is told when that changes, not at every piece. */
export function bucketOf(quantity: Decimal, thresholds: readonly Decimal[]): number {
  return thresholds.filter((bound) => compare(quantity, bound) > 0).length
}

/** Folds what may be sold of an item in a channel, and what the channel was told. */
export const evolveListing: Evolve<ListingState> = (state, fact) => {
  const now = readInstant(fact.recordedAt) ?? 0
  if (fact.type === 'listing.availability_reported') return reported(state, fact, now)
  if (state === undefined) return { state: state as never, facts: [], timers: [] }
  if (fact.type === 'listing.outcome_reported') return concluded(state, fact, now)
  if (fact.type === 'expectation.missed') return published(state, now)
  return { state, facts: [], timers: [] }
}

function reported(state: ListingState | undefined, fact: Fact, now: number): Evolution<ListingState> {
  const { rule, sku, uom, quantity } = fact.data as ListingReport
  if (state !== undefined && now < state.truth.asOf) return { state, facts: [], timers: [] }
  const truth: ListedValue = { quantity, bucket: bucketOf(quantity, rule.thresholds), asOf: now }
  const before = state ?? { dropped: 0, count: 0 }
  const next: ListingState = { ...before, rule, sku, uom, truth }
  const crossed = last(next)?.bucket !== truth.bucket
  if (!crossed) return { state: next, facts: [], timers: [] }
  if (next.underWay === undefined) return published(next, now)
  // A value that waited for the end of the one under way gives way to this one.
  const waited = state !== undefined && state.truth.bucket !== next.underWay.bucket
  return { state: waited ? { ...next, dropped: next.dropped + 1 } : next, facts: [], timers: [] }
}

/** The channel took it, or not. What became true meanwhile is told now. */
function concluded(state: ListingState, fact: Fact, now: number): Evolution<ListingState> {
  const { n, outcome, reason = '' } = fact.data as ListingOutcome
  const { underWay, ...rest } = state
  if (outcome === 'applied' && underWay?.n !== n) {
    // A person has sent an older one again: the channel has that now, until it is told the truth.
    return underWay === undefined && n <= (state.known?.n ?? 0)
      ? published(state, now)
      : { state, facts: [], timers: [] }
  }
  if (underWay?.n !== n) return { state, facts: [], timers: [] }
  if (outcome === 'applied') {
    const { refused: _, ...settled } = rest
    const next: ListingState = { ...settled, known: underWay }
    return next.truth.bucket === underWay.bucket ? waiting(next, refreshMs(next), now) : published(next, now)
  }
  const next: ListingState = { ...rest, refused: { n, bucket: underWay.bucket, reason, at: now } }
  return next.truth.bucket === underWay.bucket ? waiting(next, againMs, now) : published(next, now)
}

/** Tells the truth of this moment. */
function published(state: ListingState, now: number): Evolution<ListingState> {
  if (state.underWay !== undefined) return { state, facts: [], timers: [] }
  const n = state.count + 1
  const underWay: PublishedValue = { ...state.truth, n, at: now }
  const { quantity, bucket, asOf } = state.truth
  const data = {
    channel: state.rule.channel,
    sku: state.sku,
    uom: state.uom,
    n,
    quantity,
    bucket,
    asOf: writeInstant(asOf),
  }
  const issued: Derived = { rule: 'issued', type: 'listing.issued', data }
  return { state: { ...state, count: n, underWay }, facts: [issued], timers: [{ name: timer, at: null }] }
}

function waiting(state: ListingState, ms: number, now: number): Evolution<ListingState> {
  return { state, facts: [], timers: [{ name: timer, at: ms === 0 ? null : writeInstant(now + ms) }] }
}

function refreshMs({ rule }: ListingState): number {
  return rule.refreshHours * 3_600_000
}

/** In which bucket the channel was told to be last, whatever it made of that. */
function last({ underWay, refused, known }: ListingState): Pick<ListedValue, 'bucket'> | undefined {
  return underWay ?? refused ?? known
}
