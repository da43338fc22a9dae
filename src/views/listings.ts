import type { Pool } from 'pg'
import { writeInstant } from '../base/instant.ts'
import type { ListingState } from '../model/listing/listing.ts'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** What a channel was told last of an item, and what is true. Quantities are decimal text in the base unit. */
export interface ListingRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly channel: string
  readonly sku: string
  readonly uom: string
  /** What may be sold now. */
  readonly quantity: string
  /** What the channel has taken last; empty: nothing yet. */
  readonly told: string
  /** RFC 3339; empty: it has taken nothing yet. */
  readonly toldAt: string
  /** Number of the newest value that was given to it. */
  readonly sequence: number
  /** told, pending or refused. */
  readonly state: string
  /** Why it was refused; empty: it was not. */
  readonly reason: string
  /** Values that gave way to newer ones before they were sent. */
  readonly dropped: number
}

/** Which of them are wanted; what is absent does not matter. */
export interface ListingFilter {
  readonly tenant: string
  readonly channel?: string
  readonly sku?: string
  readonly state?: string
  /** `sku␟channel` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What is read of the list. */
export interface ListingRows {
  /** By item, then channel. */
  list(filter: ListingFilter): Promise<readonly (ListingRow & { readonly position: string })[]>
}

/** The list of one database. */
export function listingRows(pool: Pick<Pool, 'query'>): ListingRows {
  return { list: (filter) => list(pool, filter) }
}

/** The line of a listing. */
export function listingRow(
  { rule, sku, uom, truth, known, underWay, refused, count, dropped }: ListingState,
  about: Pick<ListingRow, 'id' | 'tenant' | 'version'>,
): ListingRow {
  const state = underWay !== undefined ? 'pending' : refused !== undefined ? 'refused' : 'told'
  return {
    ...about,
    channel: rule.channel,
    sku,
    uom,
    quantity: truth.quantity,
    sequence: count,
    dropped,
    state,
    told: known?.quantity ?? '',
    toldAt: known === undefined ? '' : writeInstant(known.at),
    reason: refused?.reason ?? '',
  }
}

/** Keeps the newest version of each; an older one that comes late changes nothing. */
export async function saveListings(pool: Pick<Pool, 'query'>, rows: readonly ListingRow[]): Promise<void> {
  if (rows.length === 0) return
  await pool.query({
    name: 'view-listing-save',
    text: `INSERT INTO view_listing (id, tenant, version, channel, sku, uom, quantity, told, told_at, sequence, state, reason, dropped)
           SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::text[], $12::text[], $13::bigint[])
             AS t(id, tenant, version, channel, sku, uom, quantity, told, told_at, sequence, state, reason, dropped) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, uom = excluded.uom, quantity = excluded.quantity, told = excluded.told,
             told_at = excluded.told_at, sequence = excluded.sequence, state = excluded.state, reason = excluded.reason, dropped = excluded.dropped
           WHERE view_listing.version < excluded.version`,
    values: columns(rows, [
      ...(['id', 'tenant', 'version', 'channel', 'sku', 'uom', 'quantity', 'told', 'toldAt', 'sequence'] as const),
      ...(['state', 'reason', 'dropped'] as const),
    ]),
  })
}

async function list(pool: Pick<Pool, 'query'>, filter: ListingFilter): ReturnType<ListingRows['list']> {
  const wanted = new Selection(filter.tenant)
  for (const name of ['channel', 'sku', 'state'] as const) wanted.ask((p) => `${name} = ${p}`, filter[name])
  const [sku, channel] = filter.after?.split(separator) ?? []
  if (sku !== undefined && channel !== undefined)
    wanted.always(`(sku, channel) > (${wanted.value(sku)}, ${wanted.value(channel)})`)
  const page = wanted.orderedBy('sku, channel', filter.limit)
  const { rows } = await pool.query<ListingRow>(
    `SELECT id, tenant, version::int AS version, channel, sku, uom, quantity, told, told_at AS "toldAt", sequence::int AS sequence, state, reason,
            dropped::int AS dropped FROM view_listing ${page}`,
    wanted.values,
  )
  return rows.map((row) => ({ ...row, position: `${row.sku}${separator}${row.channel}` }))
}

const separator = '\u241F'
