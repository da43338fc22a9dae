import type pg from 'pg'
import { InterlineError } from '../../base/errors.ts'

/** Settings without which an acknowledgement is worth nothing, and the values that are safe. */
const required: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
}

/**
 * Refuses a server that would lose what was acknowledged, or is too old. `synchronous_commit` is judged as this session has it,
 * which is where a database or a role would have lowered it. Gives warnings for people.
 */
export async function checkServer(client: Pick<pg.ClientBase, 'query'>): Promise<readonly string[]> {
  const found = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('server_version_num', 'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')`,
  )
  const settings = new Map(found.rows.map(({ name, setting }) => [name, setting]))
  const version = Number(settings.get('server_version_num') ?? 0)
  if (version < 150_000) throw new InterlineError('DATABASE_TOO_OLD', { found: Math.floor(version / 10_000) })
  for (const [name, safe] of Object.entries(required)) {
    const value = settings.get(name) ?? 'unknown'
    if (!safe.includes(value)) throw new InterlineError('DATABASE_UNSAFE', { name, value })
  }
  if (settings.get('data_checksums') === 'on') return []
  return ['data_checksums is off: damage on the disk would go unnoticed; initialise the server with checksums']
}
