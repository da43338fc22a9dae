import { readInstant, writeInstant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import type { ChangedObject, Feed, FeedFailure, FeedPage } from '../kit/feed.ts'
import { type Conversation, Ended, ended } from '../kit/procedure.ts'
import type { Reading } from '../kit/reading.ts'
import { ordersQuery } from './order-query.ts'
import { ask } from './protocol.ts'
import type { VendureSettings } from './settings.ts'

const firstLookBackMs = 7 * 24 * 3_600_000

/** Orders of one millisecond that the feed can step over, at most: more do not fit into a question. */
const seenMax = 8000

/** Where the feed is. */
interface Place {
  /** Where the round began, so that the next one does not begin before it. */
  readonly began: string
  /** Changes at or after this instant, in milliseconds, because that is how exactly the shop tells it. */
  readonly from: string
  /** Orders of that very instant that were told: an import gives thousands of them one time, and a page may end among them. */
  readonly seen: readonly string[]
  /** The latest change that was seen in this round. */
  readonly latest: string
}

/**
 * Follows the time of the last change, page by page. The shop writes the time at which a transaction began, so that one which takes
 * longer appears with a time that is over: each round begins before the end of the last one.
 */
export const feed: Feed<VendureSettings> = {
  everySeconds: ({ pollSeconds }) => pollSeconds,
  converse: (asked, settings) => ended<FeedPage | FeedFailure>(follow(asked, settings), (reading) => reading),
}

function* follow(
  { cursor, at }: { readonly cursor?: string; readonly at: number },
  settings: VendureSettings,
): Conversation<FeedPage> {
  const first = writeInstant(at - firstLookBackMs)
  const place: Place =
    cursor === undefined ? { began: first, from: first, seen: [], latest: first } : (JSON.parse(cursor) as Place)
  const data = yield* ask(settings, ordersQuery, { options: optionsOf(place, settings) })
  const digits = data.at('globalSettings').at('serverConfig').at('moneyStrategyPrecision').value
  const rows = data.at('orders').at('items').list(settings.pageOrders)
  const messages = rows.map((row) => changed(row, digits))
  const latest = rows.reduce((last, row) => later(last, row.at('updatedAt').text(40)), place.latest)
  if (rows.length < settings.pageOrders) {
    const from = later(place.began, earlier(latest, settings.overlapSeconds * 1000))
    const next: Place = { began: from, from, seen: [], latest }
    return { messages, cursor: JSON.stringify(next), more: false }
  }
  return { messages, cursor: JSON.stringify(beyond(place, rows, latest)), more: true }
}

/** In order of the change. What comes while the pages are read is behind them. */
function optionsOf({ from, seen }: Place, { takeWhen, pageOrders }: VendureSettings): object {
  const unpaid = ['Created', 'Draft', 'AddingItems', 'ArrangingPayment']
  return {
    take: pageOrders,
    // By this alone: of several, the shop takes the order in its schema, where the id comes first.
    sort: { updatedAt: 'ASC' },
    filter: {
      active: { eq: false },
      state: { notIn: takeWhen === 'settled' ? [...unpaid, 'PaymentAuthorized'] : unpaid },
      // The shop knows only what is after an instant, and keeps more digits of it than it tells.
      updatedAt: { after: earlier(from, 1) },
      ...(seen.length > 0 ? { id: { notIn: seen } } : {}),
    },
  }
}

/** Where the next page begins: at the last change of this one, without what was told of that instant. */
function beyond(place: Place, rows: readonly Reading[], latest: string): Place {
  const from = later(place.from, rows.at(-1)?.at('updatedAt').text(40) ?? place.from)
  const edge = earlier(from, 1)
  const seen = rows.filter((row) => row.at('updatedAt').text(40) >= edge).map((row) => row.at('id').text(60))
  const all = from === place.from ? [...place.seen, ...seen] : seen
  if (all.length > seenMax)
    throw new Ended({
      outcome: 'refused',
      reason: `More than ${seenMax} orders of the shop changed within the same millisecond (${from}).`,
    })
  return { began: place.began, from, seen: all, latest }
}

/** The time of the change belongs to the content: a state that comes back is news. */
function changed(row: Reading, digits: unknown): ChangedObject {
  const content = { moneyDigits: digits, order: row.value }
  return { identity: `order,${row.at('id').text(60)}/${shortHash(JSON.stringify(content))}`, content }
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function earlier(instant: string, ms: number): string {
  const at = readInstant(instant)
  return at === undefined ? instant : writeInstant(at - ms)
}
