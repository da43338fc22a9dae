import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** A link to the page of a shipment. Times in ms since 1970. */
export interface TrackingLink {
  readonly id: string
  readonly tenant: string
  readonly shipment: string
  /** Key or person that made it; `visitor` for somebody who knew number and postcode. */
  readonly madeBy: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt?: number
  readonly seenAt?: number
}

/** Links that lead to shipments. Only the SHA-256 of what they hold is stored, in hex. */
export class TrackingLinks {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** A visitor is not in the audit log. */
  async make(
    link: Pick<TrackingLink, 'id' | 'tenant' | 'shipment' | 'madeBy'> & {
      readonly hash: string
      readonly seconds: number
      readonly note?: AuditNote
    },
  ): Promise<TrackingLink> {
    const { id, tenant, shipment, madeBy, hash, seconds, note } = link
    const insert = `INSERT INTO tracking_link (id, hash, tenant, shipment, made_by, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, now_ms(), now_ms() + $6::bigint * 1000)
      ON CONFLICT (id) DO UPDATE SET hash = excluded.hash RETURNING *`
    const { rows } = await this.#database.query(audited(insert, { change: 'create', kind: 'tracking-link' }, 7), [
      ...[id, hash, tenant, shipment, madeBy, seconds],
      ...auditValues(note),
    ])
    return linkOf(rows[0] ?? {})
  }

  /** The link while it leads anywhere. Its use is noted at most once an hour. */
  async find(hash: string): Promise<TrackingLink | undefined> {
    const { rows } = await this.#database.query(
      `WITH found AS (SELECT * FROM tracking_link WHERE hash = $1 AND revoked_at IS NULL AND expires_at > now_ms()),
            seen AS (UPDATE tracking_link SET seen_at = now_ms() FROM found
                      WHERE tracking_link.id = found.id AND coalesce(found.seen_at, 0) < now_ms() - 3600000)
       SELECT * FROM found`,
      [hash],
    )
    return rows[0] === undefined ? undefined : linkOf(rows[0])
  }

  /** Of one shipment, those that visitors made left out; the newest first, at most `limit`. */
  async list(filter: {
    readonly tenant: string
    readonly shipment: string
    readonly limit: number
  }): Promise<TrackingLink[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM tracking_link WHERE tenant = $1 AND shipment = $2 AND made_by <> 'visitor' ORDER BY created_at DESC, id LIMIT $3`,
      [filter.tenant, filter.shipment, filter.limit],
    )
    return rows.map(linkOf)
  }

  /** False when the shipment of the tenant has no such link. Revoked twice is revoked. */
  async revoke(link: Pick<TrackingLink, 'id' | 'tenant' | 'shipment'>, note: AuditNote): Promise<boolean> {
    const update = `UPDATE tracking_link SET revoked_at = coalesce(revoked_at, now_ms())
      WHERE id = $1 AND tenant = $2 AND shipment = $3 RETURNING *`
    const { rows } = await this.#database.query(audited(update, { change: 'remove', kind: 'tracking-link' }, 4), [
      ...[link.id, link.tenant, link.shipment],
      ...auditValues(note),
    ])
    return rows.length === 1
  }

  /** Forgets what ended a month ago; at most `limit` at once. */
  async trim(limit: number): Promise<void> {
    await this.#database.query(
      `DELETE FROM tracking_link WHERE id IN (SELECT id FROM tracking_link WHERE expires_at < now_ms() - 2592000000 LIMIT $1)`,
      [limit],
    )
  }
}

function linkOf(row: Readonly<Record<string, unknown>>): TrackingLink {
  const { id, tenant, shipment, made_by: madeBy, created_at: createdAt, expires_at: expiresAt } = row
  const { revoked_at: revokedAt, seen_at: seenAt } = row
  return {
    id: String(id),
    tenant: String(tenant),
    shipment: String(shipment),
    madeBy: String(madeBy),
    createdAt: Number(createdAt),
    expiresAt: Number(expiresAt),
    ...(revokedAt === null ? {} : { revokedAt: Number(revokedAt) }),
    ...(seenAt === null ? {} : { seenAt: Number(seenAt) }),
  }
}
