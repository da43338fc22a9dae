import type { Job, JobStore } from '../stores.ts'

interface Row extends Job {
  readonly until: number
  readonly order: number
}

/** Background jobs over a map. */
export function memoryJobs(now: () => number): JobStore {
  const rows = new Map<string, Row>()
  let made = 0
  const held = (id: string, claimEpoch: number): Row | undefined => {
    const row = rows.get(id)
    return row?.state === 'running' && row.claimEpoch === claimEpoch ? row : undefined
  }
  return {
    create: async ({ id, tenant, kind, spec }) => {
      const at = now()
      const row = rows.get(id) ?? {
        ...{ id, tenant, kind, spec, state: 'queued', progress: null, claimEpoch: 0 },
        ...{ createdAt: at, updatedAt: at, until: 0, order: made++ },
      }
      rows.set(id, row as Row)
      return jobOf(row as Row)
    },
    get: async (id) => {
      const row = rows.get(id)
      return row === undefined ? undefined : jobOf(row)
    },
    list: async ({ tenant, kind, limit }) =>
      [...rows.values()]
        .filter((row) => (tenant ?? row.tenant) === row.tenant && (kind ?? row.kind) === row.kind)
        .sort((a, b) => b.order - a.order)
        .slice(0, limit)
        .map(jobOf),
    claim: async (kind, _node, seconds) => {
      const free = ({ state, until }: Row): boolean => state === 'queued' || (state === 'running' && until <= now())
      const row = [...rows.values()]
        .filter((one) => one.kind === kind && free(one))
        .sort((a, b) => a.order - b.order)[0]
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
    cancel: async (id) => {
      const row = rows.get(id)
      if (row === undefined || !['queued', 'running'].includes(row.state)) return false
      rows.set(id, { ...row, state: 'cancelled', updatedAt: now() })
      return true
    },
    trim: async (olderThan, limit) => {
      const old = [...rows.values()]
        .filter(({ state, updatedAt }) => state !== 'queued' && state !== 'running' && updatedAt < olderThan)
        .sort((a, b) => a.order - b.order)
        .slice(0, limit)
      for (const { id } of old) rows.delete(id)
      return old.length
    },
  }
}

function jobOf({ until: _until, order: _order, ...job }: Row): Job {
  return job
}
