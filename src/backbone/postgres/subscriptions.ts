import type { Subscription, SubscriptionStore } from '../stores.ts'
import { audited, auditValues } from './audit.ts'
import { Condition } from './condition.ts'
import { type Database, integer, type Row, text } from './database.ts'

const kind = 'subscription'

/** Subscriptions as rows; `body` is JSON text. */
export function postgresSubscriptions(database: Database): SubscriptionStore {
  return {
    create: async ({ id, tenant, body }, note) => {
      const rows = await database.write(
        audited(
          `INSERT INTO subscription (id, tenant, body, created_at, updated_at) VALUES ($1, $2, $3, now_ms(), now_ms())
           ON CONFLICT DO NOTHING RETURNING *`,
          { change: 'create', kind },
          4,
        ),
        [id, tenant, JSON.stringify(body), ...auditValues(note)],
      )
      return rows.length === 1
    },
    change: async (id, version, body, note) => {
      const rows = await database.write(
        audited(
          `UPDATE subscription SET body = $3, version = version + 1, updated_at = now_ms()
            WHERE id = $1 AND version = $2 RETURNING *`,
          { change: 'change', kind },
          4,
        ),
        [id, version, JSON.stringify(body), ...auditValues(note)],
      )
      return rows.map(subscriptionOf)[0]
    },
    get: async (id) => (await database.read('SELECT * FROM subscription WHERE id = $1', [id])).map(subscriptionOf)[0],
    list: async ({ tenant, partner, after, limit }) => {
      const where = new Condition()
        .when('tenant = ?', tenant)
        .when("body::jsonb ->> 'partner' = ?", partner)
        .when('id > ?', after)
      const statement = `SELECT * FROM subscription WHERE ${where.toString()} ORDER BY id LIMIT ${where.value(limit)}`
      return (await database.read(statement, where.values)).map(subscriptionOf)
    },
    remove: async (id, note) => {
      const statement = audited('DELETE FROM subscription WHERE id = $1 RETURNING *', { change: 'remove', kind }, 2)
      return (await database.write(statement, [id, ...auditValues(note)])).length === 1
    },
  }
}

function subscriptionOf(row: Row): Subscription {
  const body: unknown = JSON.parse(text(row['body']))
  return {
    id: text(row['id']),
    tenant: text(row['tenant']),
    body,
    version: integer(row['version']),
    createdAt: integer(row['created_at']),
    updatedAt: integer(row['updated_at']),
  }
}
