import { add, compare, type Decimal, multiply, subtract } from '../../base/decimal.ts'
import { type Derived, entities, type Fact, isReport } from '../../model/fact.ts'
import {
  type ListingOutcome,
  type ListingReport,
  type ListingRule,
  listingSubject,
} from '../../model/listing/listing.ts'
import type { StockState } from '../../model/stock/state.ts'
import { type Data, externalReferenceOf } from '../posting.ts'
import type { PostingIntent } from '../postings.ts'

/** What a channel may sell of the stock, as its tenant declared it. */
export interface ChannelRule extends ListingRule {
  /** Places whose stock it sells. */
  readonly locations: readonly string[]
  /** Items that it sells; empty: all. */
  readonly skus: ReadonlySet<string>
  /** Kept back beside the safety stock of the places. */
  readonly safetyStock: Decimal
  /** Its part of what is left, in per cent. */
  readonly sharePercent: Decimal
  /** The place in the words of the channel; empty: it has one. */
  readonly place: string
}

/**
 * What each channel may sell after a change of stock. Goods that are expected do not count: a channel sells what is there. Total: it runs
 * inside the fold of a partition.
 */
export function toldChannels(
  fact: Fact,
  state: unknown,
  channels: readonly ChannelRule[] | undefined,
): readonly Derived[] {
  if (channels === undefined || state === undefined || !fact.subject.startsWith(`${entities.stock}_`)) return []
  if (!isReport(fact.type)) return []
  const stock = state as StockState
  return channels
    .filter(({ skus }) => skus.size === 0 || skus.has(stock.sku))
    .map((channel, index): Derived => {
      const { locations: _l, skus: _s, safetyStock: _b, sharePercent: _p, place: _a, ...rule } = channel
      const data: ListingReport = { rule, sku: stock.sku, uom: stock.uom, quantity: sellable(stock, channel) }
      const subject = listingSubject(fact.tenant, rule.channel, stock.sku)
      return { rule: `c${index}`, type: 'listing.availability_reported', subject, data }
    })
}

/** What a channel may sell, in whole pieces: free stock of its locations, less the safety stock, of that its share; never below zero. */
export function sellable(stock: StockState, { locations, safetyStock, sharePercent }: ChannelRule): Decimal {
  const free = locations.reduce((sum, location) => {
    const { available = '0', allocated = '0', reserved = '0' } = stock.levels[location] ?? {}
    const kept = add(add(allocated, reserved), stock.safety[location] ?? '0')
    return add(sum, subtract(available, kept))
  }, '0' as Decimal)
  const left = subtract(free, safetyStock)
  if (compare(left, '0') <= 0) return '0'
  // Pieces are cut, not rounded: half a piece is none.
  return multiply(multiply(left, sharePercent), '0.01').split('.', 1)[0] ?? '0'
}

/** The outcome of a publication, for the listing that it belongs to. */
export function toldListing(fact: Fact): readonly Derived[] {
  const outcome = outcomes[fact.type]
  const { command, naturalKey, reason } = fact.data as Data
  if (outcome === undefined || command !== 'publish_availability' || typeof naturalKey !== 'string') return []
  const [, subject, n] = /:(lst_[0-9a-z]{26}):(\d{1,9})$/.exec(naturalKey) ?? []
  if (subject === undefined || n === undefined) return []
  const data: ListingOutcome = { n: Number(n), outcome, ...(typeof reason === 'string' ? { reason } : {}) }
  return [{ rule: 'listed', type: 'listing.outcome_reported', subject, data }]
}

const outcomes: Readonly<Record<string, ListingOutcome['outcome'] | undefined>> = {
  'effect.applied': 'applied',
  'effect.parked': 'parked',
  'effect.refused': 'refused',
}

/** A value goes to its channel under its number: no route is asked, and one that nobody takes holds up no other. */
export function publication(fact: Fact, channels: readonly ChannelRule[] | undefined): PostingIntent {
  const { channel, sku, uom, n, quantity, bucket, asOf } = fact.data as Omit<ListingReport, 'rule'> & {
    readonly channel: string
    readonly n: number
    readonly bucket: number
    readonly asOf: string
  }
  const place = channels?.find((one) => one.channel === channel)?.place ?? ''
  const naturalKey = `publish_availability:${channel}:${fact.subject}:${n}`
  return {
    ...{ command: 'publish_availability', target: channel, naturalKey, key: `${fact.subject}:${n}` },
    externalReference: externalReferenceOf(fact.tenant, naturalKey),
    payload: { sku, quantity, uom, bucket, sequence: n, asOf, ...(place === '' ? {} : { location: place }) },
    lane: 'realtime',
    priority: 3,
  }
}
