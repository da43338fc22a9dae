import type { ApiKey, KeyStore } from '../stores.ts'
import { audited, auditValues } from './audit.ts'
import { Condition } from './condition.ts'
import { type Database, defined, integer, optionalInteger, type Row, text } from './database.ts'

const kind = 'key'

/** API keys as rows, found by the hash of the secret. */
export function postgresKeys(database: Database): KeyStore {
  return {
    create: async ({ id, tenant, name, hash, scopes, partner, expiresAt }, note) => {
      const rows = await database.write(
        audited(
          `INSERT INTO api_key (id, tenant, name, hash, scopes, expires_at, partner, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, now_ms())
           ON CONFLICT DO NOTHING RETURNING id, tenant`,
          { change: 'create', kind },
          8,
        ),
        [id, tenant, name, hash, JSON.stringify(scopes), expiresAt ?? null, partner ?? null, ...auditValues(note)],
      )
      return rows.length === 1
    },
    byHash: async (hash) => (await database.read('SELECT * FROM api_key WHERE hash = $1', [hash])).map(keyOf)[0],
    list: async ({ tenant, partner, after, limit }) => {
      const where = new Condition().when('tenant = ?', tenant).when('partner = ?', partner).when('id > ?', after)
      const statement = `SELECT * FROM api_key WHERE ${where.toString()} ORDER BY id LIMIT ${where.value(limit)}`
      return (await database.read(statement, where.values)).map(keyOf)
    },
    get: async ({ tenant, partner }, id) => {
      const statement = 'SELECT * FROM api_key WHERE id = $1 AND tenant = $2 AND ($3::text IS NULL OR partner = $3)'
      return (await database.read(statement, [id, tenant, partner ?? null])).map(keyOf)[0]
    },
    expire: async ({ tenant, partner }, id, at, note) => {
      const rows = await database.write(
        audited(
          `UPDATE api_key SET expires_at = least(expires_at, $4::bigint)
            WHERE id = $1 AND tenant = $2 AND ($3::text IS NULL OR partner = $3) AND revoked_at IS NULL RETURNING id, tenant`,
          { change: 'change', kind },
          5,
        ),
        [id, tenant, partner ?? null, at, ...auditValues(note)],
      )
      return rows.length === 1
    },
    revoke: async ({ tenant, partner }, id, note) => {
      const rows = await database.write(
        audited(
          'UPDATE api_key SET revoked_at = now_ms() WHERE id = $1 AND tenant = $2 AND ($3::text IS NULL OR partner = $3) AND revoked_at IS NULL RETURNING id, tenant',
          { change: 'remove', kind },
          4,
        ),
        [id, tenant, partner ?? null, ...auditValues(note)],
      )
      return rows.length === 1
    },
    touch: async (ids) => {
      await database.write(
        'UPDATE api_key SET last_used_at = now_ms() WHERE id IN (SELECT id FROM api_key WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE)',
        [ids],
      )
    },
  }
}

function keyOf(row: Row): ApiKey {
  const scopes: unknown = JSON.parse(text(row['scopes']))
  return {
    id: text(row['id']),
    tenant: text(row['tenant']),
    name: text(row['name']),
    hash: text(row['hash']),
    scopes: Array.isArray(scopes) ? scopes.map(text) : [],
    createdAt: integer(row['created_at']),
    ...(row['partner'] === null ? {} : { partner: text(row['partner']) }),
    ...defined({
      expiresAt: optionalInteger(row['expires_at']),
      revokedAt: optionalInteger(row['revoked_at']),
      lastUsedAt: optionalInteger(row['last_used_at']),
    }),
  }
}
