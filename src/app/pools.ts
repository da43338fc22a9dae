import pg from 'pg'
import { gatewayLogin } from '../backbone/postgres/roles.ts'
import { TenantPool } from '../backbone/postgres/tenant-pool.ts'
import type { Signals } from '../watch/signals.ts'
import type { Settings } from './settings.ts'

/** Connections beside those of the backbone. */
export interface Pools {
  /** For views and registries, of all tenants. */
  readonly pool: pg.Pool
  /** For the front door: one tenant at a time. */
  readonly tenants: TenantPool
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
  const close = async (): Promise<void> => {
    await pool.end()
    await tenants.close()
  }
  return { pool, tenants, close }
}
