import type { AuditNote } from '../audit.ts'
import type { Job, JobStore } from '../stores.ts'
import { audited, auditValues } from './audit.ts'
import { Condition } from './condition.ts'
import { type Database, integer, type Row, text } from './database.ts'

/** Background jobs as rows; a worker holds one by epoch, as partitions are held. */
export function postgresJobs(database: Database): JobStore {
  const get = async (id: string): Promise<Job | undefined> =>
    (await database.read('SELECT * FROM job WHERE id = $1', [id])).map(jobOf)[0]
  return {
    create: async ({ id, tenant, kind, spec }, note) => {
      const rows = await database.write(
        audited(
          'INSERT INTO job (id, tenant, kind, spec, created_at, updated_at) VALUES ($1, $2, $3, $4, now_ms(), now_ms()) ON CONFLICT DO NOTHING RETURNING *',
          { change: 'create', kind: 'job' },
          5,
        ),
        [id, tenant, kind, JSON.stringify(spec), ...auditValues(note)],
      )
      const job = rows.map(jobOf)[0] ?? (await get(id))
      if (job === undefined) throw new Error(`job ${id} was neither made nor found`)
      return job
    },
    get,
    list: async ({ tenant, kind, state, before, limit }) => {
      const where = new Condition()
        .when('tenant = ?', tenant)
        .when('kind = ?', kind)
        .when('state = ?', state)
        .when('no < ?', before)
      const statement = `SELECT * FROM job WHERE ${where.toString()} ORDER BY no DESC LIMIT ${where.value(limit)}`
      return (await database.read(statement, where.values)).map(jobOf)
    },
    claim: async (kind, node, seconds) => {
      const rows = await database.write(
        `UPDATE job SET state = 'running', claim_epoch = claim_epoch + 1, claimed_by = $2, until = now_ms() + ($3::float8 * 1000)::bigint, updated_at = now_ms()
          WHERE id = (SELECT id FROM job WHERE kind = $1 AND state IN ('queued', 'running') AND (state = 'queued' OR until <= now_ms())
                       ORDER BY no LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [kind, node, seconds],
      )
      return rows.map(jobOf)[0]
    },
    save: async (id, claimEpoch, { progress, seconds }) => {
      const rows = await database.write(
        `UPDATE job SET progress = $3, until = now_ms() + ($4::float8 * 1000)::bigint, updated_at = now_ms()
          WHERE id = $1 AND claim_epoch = $2 AND state = 'running' RETURNING id`,
        [id, claimEpoch, JSON.stringify(progress), seconds],
      )
      return rows.length === 1
    },
    finish: async (id, claimEpoch, { state, progress }) => {
      const rows = await database.write(
        `UPDATE job SET state = $3, progress = $4, updated_at = now_ms() WHERE id = $1 AND claim_epoch = $2 AND state = 'running' RETURNING id`,
        [id, claimEpoch, state, JSON.stringify(progress)],
      )
      return rows.length === 1
    },
    cancel: async (id, note) => {
      const rows = await database.write(
        audited(
          `UPDATE job SET state = 'cancelled', updated_at = now_ms() WHERE id = $1 AND state IN ('queued', 'running', 'paused') RETURNING id, tenant`,
          { change: 'cancel', kind: 'job' },
          2,
        ),
        [id, ...auditValues(note)],
      )
      return rows.length === 1
    },
    ...interruptions(database),
  }
}

/** Pauses, what could not be done, and what is over. */
function interruptions(database: Database): Pick<JobStore, 'pause' | 'resume' | 'fail' | 'failures' | 'trim'> {
  const move = async (id: string, to: 'pause' | 'resume', note?: AuditNote): Promise<boolean> => {
    const [from, state] = to === 'pause' ? [['queued', 'running'], 'paused'] : [['paused'], 'queued']
    const statement = audited(
      'UPDATE job SET state = $3, updated_at = now_ms() WHERE id = $1 AND state = ANY($2::text[]) RETURNING id, tenant',
      { change: to, kind: 'job' },
      4,
    )
    return (await database.write(statement, [id, from, state, ...auditValues(note)])).length === 1
  }
  return {
    pause: (id, note) => move(id, 'pause', note),
    resume: (id, note) => move(id, 'resume', note),
    fail: async (id, failures) => {
      if (failures.length === 0) return
      await database.write(
        `INSERT INTO job_failure (tenant, job, item, code, detail)
         SELECT j.tenant, j.id, u.* FROM job j, unnest($2::text[], $3::text[], $4::text[]) u(item, code, detail) WHERE j.id = $1
         ON CONFLICT DO NOTHING`,
        [id, failures.map(({ item }) => item), failures.map(({ code }) => code), failures.map(({ detail }) => detail)],
      )
    },
    failures: async (id, { after = '', limit }) => {
      const rows = await database.read(
        'SELECT item, code, detail FROM job_failure WHERE job = $1 AND item > $2 ORDER BY item LIMIT $3',
        [id, after, limit],
      )
      return rows.map((row) => ({ item: text(row['item']), code: text(row['code']), detail: text(row['detail']) }))
    },
    trim: async (olderThan, limit) => {
      const rows = await database.write(
        `DELETE FROM job WHERE id IN (
           SELECT id FROM job WHERE state IN ('done', 'failed', 'cancelled') AND updated_at < $1 ORDER BY no LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
        [olderThan, limit],
      )
      return rows.length
    },
  }
}

function jobOf(row: Row): Job {
  const spec: unknown = JSON.parse(text(row['spec']))
  const progress: unknown = JSON.parse(text(row['progress']))
  return {
    id: text(row['id']),
    tenant: text(row['tenant']),
    kind: text(row['kind']),
    state: stateOf(row['state']),
    number: integer(row['no']),
    spec,
    progress,
    claimEpoch: integer(row['claim_epoch']),
    createdAt: integer(row['created_at']),
    updatedAt: integer(row['updated_at']),
  }
}

function stateOf(value: unknown): Job['state'] {
  const found = (['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const).find(
    (state) => state === value,
  )
  if (found === undefined) throw new TypeError(`${String(value)} is not a state of a job`)
  return found
}
