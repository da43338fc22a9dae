import pg from 'pg'
import { benchDatabase } from './database.ts'
import { door } from './door.ts'
import { bareNode } from './peer-node.ts'

/** P11: the same requests against a bare `node:http`, and single-row commits over 32 connections, in one run with the hub. */
export async function machine(): Promise<Record<string, number>> {
  const [bare, commits, hub] = [await bareNode(40_000), await commitRate(), await door({ perPost: 1, count: 40_000 })]
  const share = (part: number, whole: number): number => Math.round((part / whole) * 100) / 100
  return {
    hubPerSecond: hub.perSecond,
    barePerSecond: bare['perSecond'] ?? 0,
    shareOfBareNode: share(hub.perSecond, bare['perSecond'] ?? 0),
    commitsPerSecond: commits,
    timesTheCommitRate: share(hub.perSecond, commits),
  }
}

const connections = 32

async function commitRate(count = 20_000): Promise<number> {
  const database = await benchDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: connections })
  // A connection that is still closing when its server stops says so; nobody waits for it any more.
  pool.on('error', () => {})
  await pool.query('CREATE TABLE bench_row (id bigserial PRIMARY KEY, body text NOT NULL)')
  const body = 'x'.repeat(500)
  const from = performance.now()
  let next = 0
  const insert = async (): Promise<void> => {
    while (next++ < count)
      await pool.query({ name: 'one', text: 'INSERT INTO bench_row (body) VALUES ($1)', values: [body] })
  }
  await Promise.all(Array.from({ length: connections }, insert))
  const seconds = (performance.now() - from) / 1000
  await pool.end()
  await database.stop()
  return Math.round(count / seconds)
}
