import type pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { askOf, Database, type DatabaseOptions, openPool } from './database.ts'
import { sqlState } from './failures.ts'

/** Whose rows are seen: a tenant's, or those of them that go through the connections of one of its partners. */
export interface Owner {
  readonly tenant: string
  /** Absent for whoever is no partner; a partner without any sees nothing. */
  readonly connections?: readonly string[]
  /** Names by which a partner has a part in objects: `carrier:ups`, `connection:wms-north`. */
  readonly parts?: readonly string[]
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

  #ask({ tenant, connections, parts = [] }: Owner, statement: pg.QueryConfig): Promise<pg.QueryResult> {
    // No connection has this name: without one of its own a partner is still no member of the staff.
    const own = connections === undefined ? '' : ['-', ...connections].join(' ')
    return askOf(this.#pool, async (client) => {
      const [, , answered, ended] = await Promise.allSettled([
        client.query('BEGIN'),
        client.query(naming, [tenant, own, parts.join('\u{1f}')]),
        client.query(statement),
        client.query('COMMIT'),
      ])
      // Whoever is told of a failure is told of the first one.
      if (answered.status === 'rejected') throw refusedByWall(answered.reason)
      if (ended.status === 'rejected') throw ended.reason
      return answered.value
    })
  }
}

/** A policy refused a row: a failure with a name of its own, since the first wall has let something through. */
function refusedByWall(error: unknown): unknown {
  return sqlState(error) === '42501' ? new InterlineError('ROW_OF_ANOTHER', {}, error) : error
}

const naming = `SELECT set_config('app.tenant', $1, true), set_config('app.connections', $2, true), set_config('app.parts', $3, true)`
