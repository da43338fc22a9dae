import type { Job, JobFailure, JobStore } from '../stores.ts'

interface Row extends Job {
  readonly until: number
}

/** Background jobs over a map. */
export function memoryJobs(now: () => number): JobStore {
  const rows = new Map<string, Row>()
  const failed = new Map<string, Map<string, JobFailure>>()
  const kept = failuresIn(failed)
  let made = 0
  const move = (id: string, from: readonly Job['state'][], state: Job['state']): boolean => {
    const row = rows.get(id)
    if (row === undefined || !from.includes(row.state)) return false
    rows.set(id, { ...row, state, updatedAt: now() })
    return true
  }
  const held = (id: string, claimEpoch: number): Row | undefined => {
    const row = rows.get(id)
    return row?.state === 'running' && row.claimEpoch === claimEpoch ? row : undefined
  }
  return {
    create: async ({ id, tenant, kind, spec }) => {
      const at = now()
      const row = rows.get(id) ?? {
        ...{ id, tenant, kind, spec, state: 'queued', progress: null, claimEpoch: 0 },
        ...{ createdAt: at, updatedAt: at, until: 0, number: ++made },
      }
      rows.set(id, row as Row)
      return jobOf(row as Row)
    },
    get: async (id) => {
      const row = rows.get(id)
      return row === undefined ? undefined : jobOf(row)
    },
    list: async (filter) => listed(rows.values(), filter),
    claim: async (kind, _node, seconds) => {
      const free = ({ state, until }: Row): boolean => state === 'queued' || (state === 'running' && until <= now())
      const row = [...rows.values()]
        .filter((one) => one.kind === kind && free(one))
        .sort((a, b) => a.number - b.number)[0]
      if (row === undefined) return undefined
      const claimed: Row = {
        ...row,
        state: 'running',
        claimEpoch: row.claimEpoch + 1,
        until: now() + seconds * 1000,
        updatedAt: now(),
      }
      rows.set(row.id, claimed)
      return jobOf(claimed)
    },
    save: async (id, claimEpoch, { progress, seconds }) => {
      const row = held(id, claimEpoch)
      if (row !== undefined) rows.set(id, { ...row, progress, until: now() + seconds * 1000, updatedAt: now() })
      return row !== undefined
    },
    finish: async (id, claimEpoch, { state, progress }) => {
      const row = held(id, claimEpoch)
      if (row !== undefined) rows.set(id, { ...row, state, progress, updatedAt: now() })
      return row !== undefined
    },
    cancel: async (id) => move(id, ['queued', 'running', 'paused'], 'cancelled'),
    pause: async (id) => move(id, ['queued', 'running'], 'paused'),
    resume: async (id) => move(id, ['paused'], 'queued'),
    ...kept,
    trim: async (olderThan, limit) => trimmed({ rows, failed }, olderThan, limit),
  }
}

function failuresIn(failed: Map<string, Map<string, JobFailure>>): Pick<JobStore, 'fail' | 'failures'> {
  return {
    fail: async (id, failures) => {
      const known = failed.get(id) ?? new Map<string, JobFailure>()
      for (const one of failures) if (!known.has(one.item)) known.set(one.item, one)
      failed.set(id, known)
    },
    failures: async (id, { after = '', limit }) =>
      [...(failed.get(id)?.values() ?? [])]
        .filter(({ item }) => item > after)
        .sort((a, b) => (a.item < b.item ? -1 : 1))
        .slice(0, limit),
  }
}

interface Kept {
  readonly rows: Map<string, Row>
  readonly failed: Map<string, unknown>
}

function trimmed({ rows, failed }: Kept, olderThan: number, limit: number): number {
  const old = [...rows.values()]
    .filter(({ state, updatedAt }) => ['done', 'failed', 'cancelled'].includes(state) && updatedAt < olderThan)
    .sort((a, b) => a.number - b.number)
    .slice(0, limit)
  for (const { id } of old) {
    rows.delete(id)
    failed.delete(id)
  }
  return old.length
}

type Filter = Parameters<JobStore['list']>[0]

function listed(rows: Iterable<Row>, { tenant, kind, state, before = Number.POSITIVE_INFINITY, limit }: Filter): Job[] {
  return [...rows]
    .filter((row) => (tenant ?? row.tenant) === row.tenant && (kind ?? row.kind) === row.kind)
    .filter((row) => (state ?? row.state) === row.state && row.number < before)
    .sort((a, b) => b.number - a.number)
    .slice(0, limit)
    .map(jobOf)
}

function jobOf({ until: _until, ...job }: Row): Job {
  return job
}
