import type pg from 'pg'
import { askOf, Database, type DatabaseOptions, openPool } from './database.ts'

/**
 * Connections that see one tenant at a time: their login is bound by the policies of the tables, and each statement runs in a
 * transaction that names the tenant. The name ends with the transaction, so it cannot reach whoever has the connection next.
 */
export class TenantPool {
  readonly #pool: pg.Pool

  constructor(options: DatabaseOptions) {
    // All four statements are sent at once and cost one round trip.
    this.#pool = openPool({ ...options, pipeline: true })
  }

  /** What a tenant may see, for whoever asks with statements of his own. */
  within(tenant: string): Pick<pg.Pool, 'query'> {
    const query = (statement: pg.QueryConfig | string, values?: unknown[]): Promise<pg.QueryResult> =>
      this.#ask(tenant, typeof statement === 'string' ? { text: statement, values: values ?? [] } : statement)
    // A pool takes callbacks and cursors too; nobody hands those to it here.
    return { query: query as pg.Pool['query'] }
  }

  /** The same for stores. */
  database(tenant: string): Database {
    return Database.over((statement) => this.#ask(tenant, statement))
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  #ask(tenant: string, statement: pg.QueryConfig): Promise<pg.QueryResult> {
    return askOf(this.#pool, async (client) => {
      const [, , answered, ended] = await Promise.allSettled([
        client.query('BEGIN'),
        client.query(naming, [tenant]),
        client.query(statement),
        client.query('COMMIT'),
      ])
      // Whoever is told of a failure is told of the first one.
      if (answered.status === 'rejected') throw answered.reason
      if (ended.status === 'rejected') throw ended.reason
      return answered.value
    })
  }
}

const naming = `SELECT set_config('app.tenant', $1, true)`
