import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { BenchHub } from './hub.ts'

/** Bytes of the write-ahead log so far, and of the database: asked of the hub's own, with the password that its folder keeps. */
export async function storage({ directory }: BenchHub): Promise<{ readonly wal: number; readonly disk: number }> {
  const { port } = JSON.parse(readFileSync(join(directory, 'postgres.json'), 'utf8')) as { readonly port: number }
  const password = readFileSync(join(directory, 'postgres.password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'interline', password, database: 'interline' })
  await client.connect()
  try {
    const { rows } = await client.query<{ wal: string; disk: string }>(
      `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS wal, pg_database_size(current_database()) AS disk`,
    )
    return { wal: Number(rows[0]?.wal), disk: Number(rows[0]?.disk) }
  } finally {
    await client.end()
  }
}
