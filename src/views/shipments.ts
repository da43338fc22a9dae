import type { Pool } from 'pg'
import { textArray } from '../backbone/postgres/binary-array.ts'
import { inOrder, type ListOrder, type OrderedPart, orderNamed } from './list-order.ts'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** One line of the shipments list. The whole shipment is read from its state. */
export interface ShipmentRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly status: string
  readonly carrier: string
  readonly trackingNumber: string
  readonly exceptions: readonly string[]
  /** RFC 3339; empty when unknown. */
  readonly eta: string
  readonly updatedAt: string
  readonly mergedInto: string
}

/** A line with what only checks look at. */
export interface SavedShipment extends ShipmentRow {
  /** RFC 3339. When the first news of it came. */
  readonly beganAt: string
  /** RFC 3339. Since when the oldest open exception is open; empty without any. */
  readonly exceptionAt: string
  /** What nobody told of a delivered shipment. */
  readonly gaps: readonly string[]
  /** RFC 3339. When it was collected, and when the hub first heard of it; empty where nobody said so, or not to the minute. */
  readonly pickedUpAt: string
  readonly pickedUpHeardAt: string
  /** The same of the delivery. */
  readonly deliveredAt: string
  readonly deliveredHeardAt: string
}

/** Which shipments are wanted; what is absent does not matter. */
export interface ShipmentFilter {
  readonly tenant: string
  /** Names that a partner answers to; absent for whoever is none. */
  readonly parts?: readonly string[]
  readonly ids?: readonly string[]
  readonly status?: readonly string[]
  readonly carrier?: readonly string[]
  readonly exception?: string
  readonly updatedSince?: string
  /** One of shipmentOrders; the newest change first without it. */
  readonly sort?: string
  /** Position of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What is read of the list. */
export interface ShipmentRows {
  list(filter: ShipmentFilter): Promise<readonly (ShipmentRow & { readonly position: string })[]>
}

const byEta = { column: 'eta', known: 'eta IS NOT NULL' } as const
const orders: Readonly<Record<string, ListOrder>> = {
  '-updatedAt': { column: 'updated_at', direction: 'DESC' },
  updatedAt: { column: 'updated_at', direction: 'ASC' },
  '-eta': { ...byEta, direction: 'DESC' },
  eta: { ...byEta, direction: 'ASC' },
}
/** Orders in which the list can be read, as the API names them. */
export const shipmentOrders: readonly string[] = Object.keys(orders)

/** Reads the list from its table, which follows the log: the newest facts may not be in it yet. */
export function shipmentRows(pool: Pick<Pool, 'query'>): ShipmentRows {
  return { list: (filter) => listShipments(pool, filter) }
}

/** Keeps the newest version of each; an older one that comes late changes nothing. */
export async function saveShipments(pool: Pick<Pool, 'query'>, rows: readonly SavedShipment[]): Promise<void> {
  if (rows.length === 0) return
  const [id, tenant, version, status, carrier, trackingNumber, eta, updatedAt, mergedInto, beganAt, exceptionAt] =
    columns(rows, [
      'id',
      'tenant',
      'version',
      'status',
      'carrier',
      'trackingNumber',
      'eta',
      'updatedAt',
      'mergedInto',
      'beganAt',
      'exceptionAt',
    ])
  await pool.query({
    name: 'view-shipment-save',
    text: `INSERT INTO view_shipment (id, tenant, version, status, carrier, tracking_number, exceptions, eta, updated_at, merged_into, began_at, exception_at, gaps,
             picked_up_at, picked_up_heard_at, delivered_at, delivered_heard_at)
           SELECT id, tenant, version, status, carrier, tracking, string_to_array(exceptions, ' '), nullif(eta, '')::timestamptz, updated::timestamptz, nullif(merged, ''),
             nullif(began, '')::timestamptz, nullif(exception, '')::timestamptz, string_to_array(gaps, ' '),
             nullif(picked, '')::timestamptz, nullif(picked_heard, '')::timestamptz, nullif(delivered, '')::timestamptz, nullif(delivered_heard, '')::timestamptz
           FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
             AS t(id, tenant, version, status, carrier, tracking, exceptions, eta, updated, merged, began, exception, gaps, picked, picked_heard, delivered, delivered_heard) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, carrier = excluded.carrier,
             tracking_number = excluded.tracking_number, exceptions = excluded.exceptions, eta = excluded.eta,
             updated_at = excluded.updated_at, merged_into = excluded.merged_into,
             began_at = excluded.began_at, exception_at = excluded.exception_at, gaps = excluded.gaps,
             picked_up_at = excluded.picked_up_at, picked_up_heard_at = excluded.picked_up_heard_at,
             delivered_at = excluded.delivered_at, delivered_heard_at = excluded.delivered_heard_at
           WHERE view_shipment.version < excluded.version`,
    values: [
      id,
      tenant,
      version,
      status,
      carrier,
      trackingNumber,
      textArray(rows.map(({ exceptions }) => exceptions.join(' '))),
      eta,
      updatedAt,
      mergedInto,
      beganAt,
      exceptionAt,
      textArray(rows.map(({ gaps }) => gaps.join(' '))),
      ...columns(rows, ['pickedUpAt', 'pickedUpHeardAt', 'deliveredAt', 'deliveredHeardAt']),
    ],
  })
}

interface Listed extends Omit<ShipmentRow, 'updatedAt' | 'eta' | 'version'> {
  readonly version: string
  readonly updated: Date
  readonly expected: Date | null
  readonly place: string
}

async function listShipments(pool: Pick<Pool, 'query'>, filter: ShipmentFilter): ReturnType<ShipmentRows['list']> {
  const order = orderNamed(orders, { sort: filter.sort, usual: '-updatedAt' })
  const found = await inOrder(order, filter, (part) => readPart(pool, filter, part))
  return found.map(({ version, updated, expected, ...row }) => ({
    ...row,
    version: Number(version),
    eta: expected?.toISOString() ?? '',
    updatedAt: updated.toISOString(),
  }))
}

async function readPart(
  pool: Pick<Pool, 'query'>,
  filter: ShipmentFilter,
  { condition, place, ...part }: OrderedPart,
): Promise<readonly Listed[]> {
  const wanted = new Selection(filter.tenant)
  wanted.always('merged_into IS NULL')
  if (condition !== undefined) wanted.always(condition)
  wanted.ofPartner(filter.parts)
  wanted.ask((p) => `id = ANY(${p}::text[])`, filter.ids)
  wanted.ask((p) => `status = ANY(${p}::text[])`, filter.status)
  wanted.ask((p) => `carrier = ANY(${p}::text[])`, filter.carrier)
  wanted.ask((p) => `exceptions @> ARRAY[${p}::text]`, filter.exception)
  wanted.ask((p) => `updated_at >= ${p}::timestamptz`, filter.updatedSince)
  const { rows } = await pool.query<Listed>(
    `SELECT id, tenant, version, status, carrier, tracking_number AS "trackingNumber", exceptions, eta AS expected, updated_at AS updated,
            coalesce(merged_into, '') AS "mergedInto", ${place}
     FROM view_shipment ${wanted.page(part)}`,
    wanted.values,
  )
  return rows
}
