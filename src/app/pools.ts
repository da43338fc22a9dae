import pg from 'pg'
import { Database } from '../backbone/postgres/database.ts'
import { gatewayLogin } from '../backbone/postgres/roles.ts'
import { TenantPool } from '../backbone/postgres/tenant-pool.ts'
import type { Signals } from '../watch/signals.ts'
import type { Settings } from './settings/settings.ts'

/** Connections beside those of the backbone. */
export interface Pools {
  /** For views and registries, of all tenants. */
  readonly pool: pg.Pool
  /** For the front door: one tenant at a time. */
  readonly tenants: TenantPool
  /** For what looks at everything: it may take its time, and takes nobody's connection. */
  readonly searching: Database
  close(): Promise<void>
}

/** Throws DATABASE_GATEWAY_LOGIN, DATABASE_ROLES_MISSING. */
export async function openPools(
  url: string,
  { gatewayDatabaseUrl }: Pick<Settings, 'gatewayDatabaseUrl'>,
  signals: Signals,
): Promise<Pools> {
  const limits = { queryTimeoutMs: 10_000, connectTimeoutMs: 5000 }
  const login = await gatewayLogin(url, gatewayDatabaseUrl)
  const pool = new pg.Pool({ connectionString: url, max: 4, query_timeout: 10_000, connectionTimeoutMillis: 5000 })
  pool.on('error', () => signals.outcomeUnknown({ place: 'views' }))
  const tenants = new TenantPool({ url: login, connections: 6, ...limits, name: 'gateway' })
  const searching = new Database({ ...limits, url, connections: 2, queryTimeoutMs: 600_000, name: 'search' })
  const close = async (): Promise<void> => {
    await pool.end()
    await tenants.close()
    await searching.close()
  }
  return { pool, tenants, searching, close }
}
