import type { Subscription, SubscriptionStore } from '../stores.ts'
import { Condition } from './condition.ts'
import { type Database, integer, type Row, text } from './database.ts'

/** Subscriptions as rows; `body` is JSON text. */
export function postgresSubscriptions(database: Database): SubscriptionStore {
  return {
    create: async ({ id, tenant, body }) => {
      const rows = await database.write(
        `INSERT INTO subscription (id, tenant, body, created_at, updated_at) VALUES ($1, $2, $3, now_ms(), now_ms())
         ON CONFLICT DO NOTHING RETURNING id`,
        [id, tenant, JSON.stringify(body)],
      )
      return rows.length === 1
    },
    change: async (id, version, body) => {
      const rows = await database.write(
        `UPDATE subscription SET body = $3, version = version + 1, updated_at = now_ms() WHERE id = $1 AND version = $2 RETURNING *`,
        [id, version, JSON.stringify(body)],
      )
      return rows.map(subscriptionOf)[0]
    },
    get: async (id) => (await database.read('SELECT * FROM subscription WHERE id = $1', [id])).map(subscriptionOf)[0],
    list: async ({ tenant, after, limit }) => {
      const where = new Condition().when('tenant = ?', tenant).when('id > ?', after)
      const statement = `SELECT * FROM subscription WHERE ${where.toString()} ORDER BY id LIMIT ${where.value(limit)}`
      return (await database.read(statement, where.values)).map(subscriptionOf)
    },
    remove: async (id) =>
      (await database.write('DELETE FROM subscription WHERE id = $1 RETURNING id', [id])).length === 1,
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
