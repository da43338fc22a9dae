import pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { refuseUnsafe, safetyQuery } from './parameters.ts'

/** Throws DATABASE_UNSAFE unless the server, this database and this role keep what was acknowledged over a power cut. */
export async function refuseUnsafeServer(url: string): Promise<void> {
  await withClient(url, checkSafety)
}

/** The same over an open connection. Throws DATABASE_UNSAFE also for a server that does not tell. */
export async function checkSafety(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(safetyQuery)
  // A server that does not tell cannot be trusted.
  if (rows.length !== 3)
    throw new InterlineError('DATABASE_UNSAFE', { name: 'pg_settings', value: `${rows.length} rows` })
  refuseUnsafe(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])))
}

/** One short-lived connection, with a limit on every wait. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 30_000 })
  client.on('error', () => {
    // The query in flight rejects with the same error; without a listener the process would end.
  })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
