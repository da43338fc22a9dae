import type pg from 'pg'
import { askOf, Database, type DatabaseOptions, openPool } from './database.ts'

/** Whose rows are seen: a tenant's, or those of them that go through the connections of one of its partners. */
export interface Owner {
  readonly tenant: string
  /** Absent for whoever is no partner; a partner without any sees nothing. */
  readonly connections?: readonly string[]
}

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
  within(owner: Owner): Pick<pg.Pool, 'query'> {
    const query = (statement: pg.QueryConfig | string, values?: unknown[]): Promise<pg.QueryResult> =>
      this.#ask(owner, typeof statement === 'string' ? { text: statement, values: values ?? [] } : statement)
    // A pool takes callbacks and cursors too; nobody hands those to it here.
    return { query: query as pg.Pool['query'] }
  }

  /** The same for stores. */
  database(owner: Owner): Database {
    return Database.over((statement) => this.#ask(owner, statement))
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  #ask({ tenant, connections }: Owner, statement: pg.QueryConfig): Promise<pg.QueryResult> {
    // No connection has this name: without one of its own a partner is still no member of the staff.
    const own = connections === undefined ? '' : ['-', ...connections].join(' ')
    return askOf(this.#pool, async (client) => {
      const [, , answered, ended] = await Promise.allSettled([
        client.query('BEGIN'),
        client.query(naming, [tenant, own]),
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

const naming = `SELECT set_config('app.tenant', $1, true), set_config('app.connections', $2, true)`
