import type { Queryable } from './queryable.ts'

/** Somebody who wants an e-mail when something changes about a shipment. */
export interface Follower {
  readonly id: string
  /** In each e-mail: it leads to the page on which they agree, or end it. */
  readonly token: string
  readonly tenant: string
  readonly shipment: string
  readonly email: string
  readonly language: string
  readonly isConfirmed: boolean
  /** What they were told last. */
  readonly told: string
}

/** One of them whose shipment has changed. */
export interface FollowerToTell extends Follower {
  /** Of the shipment, as the lists have it. */
  readonly version: number
}

/** Followers of one shipment; more are refused. */
export const followersMost = 10
const confirmSeconds = 2 * 86_400
const followSeconds = 180 * 86_400

/** People who follow shipments. */
export class TrackingFollowers {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /**
   * Who asked before and has not agreed yet is found again: the hub may have stopped before the e-mail was on its way. Undefined where somebody
   * with this address has agreed, or too many follow.
   */
  async add(follower: Omit<Follower, 'isConfirmed'>): Promise<Follower | undefined> {
    const { id, token, tenant, shipment, email, language, told } = follower
    const { rows } = await this.#database.query(
      `INSERT INTO tracking_follower (id, token, tenant, shipment, email, language, told, created_at, expires_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, now_ms(), now_ms() + $8::bigint * 1000
        WHERE (SELECT count(*) FROM tracking_follower WHERE tenant = $3 AND shipment = $4) < $9
       ON CONFLICT DO NOTHING RETURNING *`,
      [id, token, tenant, shipment, email.toLowerCase(), language, told, confirmSeconds, followersMost],
    )
    if (rows[0] !== undefined) return followerOf(rows[0])
    const { rows: known } = await this.#database.query(
      `SELECT * FROM tracking_follower
        WHERE tenant = $1 AND shipment = $2 AND email = $3 AND confirmed_at IS NULL AND expires_at > now_ms()`,
      [tenant, shipment, email.toLowerCase()],
    )
    return known[0] === undefined ? undefined : followerOf(known[0])
  }

  async find(token: string): Promise<Follower | undefined> {
    const { rows } = await this.#database.query(
      'SELECT * FROM tracking_follower WHERE token = $1 AND expires_at > now_ms()',
      [token],
    )
    return rows[0] === undefined ? undefined : followerOf(rows[0])
  }

  /** They agree. What happened until now is what they know. */
  async confirm(token: string, told: string): Promise<void> {
    await this.#database.query(
      `UPDATE tracking_follower SET confirmed_at = now_ms(), told = $2, expires_at = now_ms() + $3::bigint * 1000
        WHERE token = $1 AND confirmed_at IS NULL`,
      [token, told, followSeconds],
    )
  }

  /** They have had enough: nothing of them is kept. */
  async end(token: string): Promise<void> {
    await this.#database.query('DELETE FROM tracking_follower WHERE token = $1', [token])
  }

  /** Those whose shipment has changed since they were told last. */
  async due(limit: number): Promise<readonly FollowerToTell[]> {
    const { rows } = await this.#database.query(
      `SELECT f.*, s.version FROM tracking_follower f JOIN view_shipment s ON s.id = f.shipment AND s.tenant = f.tenant
        WHERE f.confirmed_at IS NOT NULL AND f.expires_at > now_ms() AND s.version > f.told_version ORDER BY f.id LIMIT $1`,
      [limit],
    )
    return rows.map((row) => ({ ...followerOf(row), version: Number(row['version']) }))
  }

  /** Notes what they were told of which version; `isLast` ends it a week later. */
  async told(follower: Pick<FollowerToTell, 'id' | 'version' | 'told'> & { readonly isLast: boolean }): Promise<void> {
    const { id, version, told, isLast } = follower
    await this.#database.query(
      `UPDATE tracking_follower SET told = $2, told_version = $3,
              expires_at = CASE WHEN $4::boolean THEN least(expires_at, now_ms() + 604800000) ELSE expires_at END
        WHERE id = $1 AND told_version < $3`,
      [id, told, version, isLast],
    )
  }

  /** Their shipment turned out to be another one. Whoever follows that already is told once. */
  async move({ id, shipment }: Pick<Follower, 'id' | 'shipment'>): Promise<void> {
    await this.#database.query(
      `WITH twice AS (DELETE FROM tracking_follower f USING tracking_follower o
                       WHERE f.id = $1 AND o.tenant = f.tenant AND o.shipment = $2 AND o.email = f.email RETURNING f.id)
       UPDATE tracking_follower SET shipment = $2, told_version = 0 WHERE id = $1 AND id NOT IN (SELECT id FROM twice)`,
      [id, shipment],
    )
  }

  /** Forgets who never agreed and whose parcel has arrived; at most `limit` at once. */
  async trim(limit: number): Promise<void> {
    await this.#database.query(
      'DELETE FROM tracking_follower WHERE id IN (SELECT id FROM tracking_follower WHERE expires_at < now_ms() LIMIT $1)',
      [limit],
    )
  }
}

function followerOf(row: Readonly<Record<string, unknown>>): Follower {
  const text = (name: string): string => String(row[name])
  return {
    id: text('id'),
    token: text('token'),
    tenant: text('tenant'),
    shipment: text('shipment'),
    email: text('email'),
    language: text('language'),
    told: text('told'),
    isConfirmed: row['confirmed_at'] !== null,
  }
}
