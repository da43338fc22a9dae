import { readInstant, writeInstant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import type { ChangedObject, Feed, FeedFailure, FeedPage } from '../kit/feed.ts'
import { type Conversation, ended } from '../kit/procedure.ts'
import type { Reading } from '../kit/reading.ts'
import { instantValue } from './list.ts'
import { ask, idOf } from './protocol.ts'
import type { TrytonSettings } from './settings.ts'
import { readInstantValue } from './values.ts'

/** What is followed, with all that a message about it says. Children that change without it are looked at, too. */
export const followed = [
  {
    model: 'sale.sale',
    children: 'lines',
    domain: [['state', 'in', ['confirmed', 'processing', 'done', 'cancelled']]],
    fields: [
      ...['number', 'state', 'shipment_state', 'invoice_state', 'reference', 'party.code', 'party.name'],
      ...['currency.code', 'warehouse.code', 'lines.type', 'lines.sequence', 'lines.product.code', 'lines.quantity'],
      ...['lines.unit.symbol', 'lines.unit_price', 'shipment_address.city', 'shipment_address.postal_code'],
      ...['shipment_address.country.code', 'sale_date'],
    ],
  },
  {
    model: 'stock.shipment.out',
    children: 'moves',
    domain: [['state', '!=', 'draft']],
    fields: [
      ...[
        'number',
        'state',
        'reference',
        'customer.code',
        'customer.name',
        'warehouse.code',
        'planned_date',
        'origins',
      ],
      ...[
        'delivery_address.city',
        'delivery_address.postal_code',
        'delivery_address.country.code',
        'carrier.party.code',
      ],
      ...[
        'outgoing_moves.state',
        'outgoing_moves.quantity',
        'outgoing_moves.uom.symbol',
        'outgoing_moves.product.code',
      ],
      'outgoing_moves.origin.sale.number',
    ],
  },
  {
    model: 'purchase.purchase',
    children: 'lines',
    domain: [['state', 'in', ['confirmed', 'processing', 'done', 'cancelled']]],
    fields: [
      ...[
        'number',
        'state',
        'shipment_state',
        'reference',
        'party.code',
        'party.name',
        'currency.code',
        'warehouse.code',
      ],
      ...[
        'lines.type',
        'lines.sequence',
        'lines.product.code',
        'lines.quantity',
        'lines.unit.symbol',
        'lines.unit_price',
      ],
      'delivery_date',
    ],
  },
  {
    model: 'account.invoice',
    children: 'lines',
    domain: [
      ['type', '=', 'out'],
      ['state', 'in', ['posted', 'paid', 'cancelled']],
    ],
    fields: [
      ...['number', 'state', 'reference', 'party.code', 'currency.code', 'invoice_date', 'total_amount'],
      'lines.stock_moves.shipment.number',
    ],
  },
] as const

/** Rows of one question. */
const pageRows = 100
const firstLookBackMs = 7 * 24 * 3_600_000

/** Where the feed is: which kind of object, after which id, of those that changed at or after `from`. */
interface Place {
  readonly from: string
  readonly kind: number
  readonly after: number
  /** The latest change that was seen in this round. */
  readonly latest: string
}

/**
 * Follows the time of the last change. Of transactions that overlap, one that began earlier may end later, with an earlier time: so each
 * round begins before the end of the last one, by the longest time that a transaction is believed to take.
 */
export const feed: Feed<TrytonSettings> = {
  everySeconds: ({ pollSeconds }) => pollSeconds,
  converse: (asked, settings) => ended<FeedPage | FeedFailure>(follow(asked, settings), (reading) => reading),
}

function* follow(
  { cursor, at }: { readonly cursor?: string; readonly at: number },
  settings: TrytonSettings,
): Conversation<FeedPage> {
  const first = writeInstant(at - firstLookBackMs)
  const place: Place =
    cursor === undefined ? { from: first, kind: 0, after: 0, latest: first } : (JSON.parse(cursor) as Place)
  const kind = followed[place.kind] ?? followed[0]
  const rows = yield* changedRows(settings, { kind, place })
  const messages = rows.map((row) => changed(kind.model, row))
  const latest = rows.reduce((last, row) => later(last, changedAt(row)), place.latest)
  const isFull = rows.length >= pageRows
  const last = rows.at(-1)
  if (isFull && last !== undefined)
    return { messages, cursor: JSON.stringify({ ...place, after: idOf(last), latest }), more: true }
  const isOver = place.kind + 1 >= followed.length
  const next: Place = isOver
    ? { from: later(place.from, before(latest, settings.overlapSeconds)), kind: 0, after: 0, latest }
    : { ...place, kind: place.kind + 1, after: 0, latest }
  return { messages, cursor: JSON.stringify(next), more: !isOver }
}

function* changedRows(
  settings: TrytonSettings,
  { kind, place }: { readonly kind: (typeof followed)[number]; readonly place: Place },
): Conversation<readonly Reading[]> {
  const since = instantValue(place.from)
  const own = ['write_date', 'create_date'].flatMap((name) => [
    [name, '>=', since],
    [`${kind.children}.${name}`, '>=', since],
  ])
  const domain = [['company', '=', settings.company], ['id', '>', place.after], ...kind.domain, ['OR', ...own]]
  const rows = yield* ask(
    settings,
    `model.${kind.model}.search_read`,
    ...[domain, 0, pageRows, [['id', 'ASC']], [...kind.fields, 'write_date', 'create_date']],
  )
  return rows.list(pageRows)
}

/** The time of the change belongs to the content: a state that comes back is news. */
function changed(model: string, row: Reading): ChangedObject {
  const content = { model, row: row.value }
  return { identity: `${model},${idOf(row)}/${shortHash(JSON.stringify(content))}`, content }
}

/** When a record last changed, RFC 3339 with microseconds; empty where nobody says. */
export function changedAt(row: Reading): string {
  return readInstantValue(row.at('write_date')) ?? readInstantValue(row.at('create_date')) ?? ''
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function before(instant: string, seconds: number): string {
  const ms = readInstant(instant)
  return ms === undefined ? instant : writeInstant(ms - seconds * 1000)
}
