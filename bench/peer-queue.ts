import pg from 'pg'
import { benchDatabase } from './database.ts'

/** What a team would otherwise write: a jobs table, one insert and commit per event, workers with SKIP LOCKED. Same durability. */
export async function queuePeer(count = 10_000): Promise<Record<string, number>> {
  const database = await benchDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 16 })
  await pool.query(
    'CREATE TABLE bench_job (id bigserial PRIMARY KEY, body jsonb NOT NULL, done boolean NOT NULL DEFAULT false)',
  )
  await pool.query('CREATE INDEX ON bench_job (id) WHERE NOT done')
  const body = JSON.stringify({ note: 'x'.repeat(480) })
  const cpu = process.cpuUsage()
  const start = performance.now()
  let next = 0
  const produce = async (): Promise<void> => {
    while (next++ < count)
      await pool.query({ name: 'add', text: 'INSERT INTO bench_job (body) VALUES ($1)', values: [body] })
  }
  await Promise.all(Array.from({ length: 16 }, produce))
  let done = 0
  const consume = async (): Promise<void> => {
    for (;;) {
      const taken = await pool.query({
        name: 'take',
        text: 'UPDATE bench_job SET done = true WHERE id = (SELECT id FROM bench_job WHERE NOT done ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id',
      })
      if (taken.rowCount === 0) return
      done++
    }
  }
  await Promise.all(Array.from({ length: 16 }, consume))
  const seconds = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  await pool.end()
  await database.stop()
  return { perSecond: Math.round(done / seconds), nodeMicrosPerEvent: Math.round((used.user + used.system) / done) }
}
