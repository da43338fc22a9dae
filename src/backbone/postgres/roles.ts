import { createHmac } from 'node:crypto'
import pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { sqlState } from './failures.ts'

/** Who works for one tenant at a time: the front door. Has no login; logins are its members. */
export const tenantRole = 'interline_tenant'
/** Who works for all tenants. The owner of the database is a member. */
export const workerRole = 'interline_worker'

const insufficientPrivilege = '42501'

/**
 * Makes the two roles of the policies where they are missing, and the owner a member of the one that works for all: it is subject to
 * the policies like anybody else. Throws DATABASE_ROLES_MISSING where they are missing and may not be made.
 */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  try {
    for (const role of [tenantRole, workerRole]) await client.query(createRole(role, 'NOLOGIN'))
    await client.query(`DO $$ BEGIN
      IF NOT pg_has_role(current_user, '${workerRole}', 'USAGE') THEN GRANT ${workerRole} TO CURRENT_USER; END IF;
    END $$`)
    await client.query(leakproof)
  } catch (error) {
    throw missing(error)
  }
}

/**
 * A row that the policy hides must not be seen by the search either, so PostgreSQL uses an index beneath a policy only for operators that
 * it trusts not to tell. It trusts those of texts, not those of arrays of texts, which call nothing else. Only a superuser may say so;
 * without one, searches in arrays read all rows of the tenant.
 */
const leakproof = `DO $$ BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
     AND EXISTS (SELECT FROM pg_proc WHERE proname IN ('arrayoverlap', 'arraycontains') AND NOT proleakproof) THEN
    ALTER FUNCTION pg_catalog.arrayoverlap(anyarray, anyarray) LEAKPROOF;
    ALTER FUNCTION pg_catalog.arraycontains(anyarray, anyarray) LEAKPROOF;
  END IF;
END $$`

/** Roles belong to the whole server: another database of it may have made one, also in this moment. */
function createRole(name: string, rest: string): string {
  return `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN
      BEGIN CREATE ROLE ${pg.escapeIdentifier(name)} ${rest}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
    END IF;
  END $$`
}

/**
 * The login of the front door, which can become nobody else. `given` is one that the operator made. Otherwise a login of this database is
 * made, with a password that follows from that of `url`: every instance finds the same one, and nothing has to be stored. A `url` without
 * password gives a login without one, which gets in only where the server asks for none.
 */
export async function gatewayLogin(url: string, given: string): Promise<string> {
  const login = given === '' ? await makeLogin(url) : given
  await proveLogin(login)
  return login
}

async function makeLogin(url: string): Promise<string> {
  const parts = new URL(url)
  return withConnection(url, async (client) => {
    const found = await client.query<{ name: string }>('SELECT current_database() AS name')
    const name = `interline_gateway_${found.rows[0]?.name ?? ''}`.slice(0, 63)
    const secret = decodeURIComponent(parts.password)
    const password = secret === '' ? '' : createHmac('sha256', secret).update(name).digest('base64url')
    try {
      await client.query(createRole(name, `LOGIN IN ROLE ${tenantRole}`))
      // Of instances that start together each sets the same one, one after the other.
      await client.query('BEGIN')
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('interline gateway login'))`)
      const quoted = password === '' ? 'NULL' : pg.escapeLiteral(password)
      await client.query(`ALTER ROLE ${pg.escapeIdentifier(name)} PASSWORD ${quoted}`)
      await client.query('COMMIT')
    } catch (error) {
      throw missing(error)
    }
    parts.username = name
    parts.password = password
    return parts.href
  })
}

/** Throws DATABASE_GATEWAY_LOGIN where the login does not get in, or could see past the wall. */
async function proveLogin(login: string): Promise<void> {
  const detail = await withConnection(login, async (client) => {
    const { rows } = await client.query<{ wrong: string }>(
      `SELECT CASE WHEN rolsuper THEN 'it is a superuser' WHEN rolbypassrls THEN 'it has BYPASSRLS'
                   WHEN pg_has_role(current_user, '${workerRole}', 'MEMBER') THEN 'it may become ${workerRole}'
                   WHEN NOT pg_has_role(current_user, '${tenantRole}', 'USAGE') THEN 'it is no member of ${tenantRole}'
                   WHEN EXISTS (SELECT FROM pg_class c WHERE c.relname = 'state' AND pg_has_role(current_user, c.relowner, 'MEMBER')) THEN 'it may become the owner of the tables'
                   ELSE '' END AS wrong FROM pg_roles WHERE rolname = current_user`,
    )
    return rows[0]?.wrong ?? 'it is unknown'
  }).catch((error: unknown) => {
    // What the server answered is about this login; that nobody answered is not.
    if (error instanceof pg.DatabaseError && sqlState(error)?.startsWith('57') !== true) return error.message
    throw error
  })
  if (detail !== '') throw new InterlineError('DATABASE_GATEWAY_LOGIN', { detail })
}

async function withConnection<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

function missing(error: unknown): unknown {
  return sqlState(error) === insufficientPrivilege ? new InterlineError('DATABASE_ROLES_MISSING', {}, error) : error
}
