import { refill } from '../refill.ts'
import type {
  AnswerBegin,
  AnswerKey,
  AnswerStore,
  ApiKey,
  BudgetStore,
  Cursor,
  CursorStore,
  IntakeCount,
  IntakeStore,
  KeyOwner,
  KeyStore,
  StoredAnswer,
  Stores,
  Subscription,
  SubscriptionStore,
} from '../stores.ts'
import { memoryJobs } from './jobs.ts'

/** The small stores over maps. */
export function memoryStores(now: () => number, cursors: Map<string, Cursor>): Stores {
  return {
    cursors: memoryCursors(cursors),
    subscriptions: memorySubscriptions(now),
    keys: memoryKeys(now),
    answers: memoryAnswers(now),
    budgets: memoryBudgets(now),
    jobs: memoryJobs(now),
    intake: memoryIntake(),
  }
}

function memoryCursors(rows: Map<string, Cursor>): CursorStore {
  const keyOf = ({ subscriber, partition }: Cursor): string => `${subscriber}\0${partition}`
  return {
    load: async (subscriber) =>
      [...rows.values()].filter((row) => row.subscriber === subscriber).sort((a, b) => a.partition - b.partition),
    save: async (cursors) => {
      for (const cursor of cursors) {
        if ((rows.get(keyOf(cursor))?.offset ?? -2) < cursor.offset) rows.set(keyOf(cursor), { ...cursor })
      }
    },
    reset: async (cursor) => {
      rows.set(keyOf(cursor), { ...cursor })
    },
    remove: async (subscriber) => {
      for (const [key, row] of rows) if (row.subscriber === subscriber) rows.delete(key)
    },
  }
}

function memorySubscriptions(now: () => number): SubscriptionStore {
  const rows = new Map<string, Subscription>()
  return {
    create: async ({ id, tenant, body }) => {
      if (rows.has(id)) return false
      rows.set(id, { id, tenant, body, version: 1, createdAt: now(), updatedAt: now() })
      return true
    },
    change: async (id, version, body) => {
      const row = rows.get(id)
      if (row === undefined || row.version !== version) return undefined
      const changed = { ...row, body, version: version + 1, updatedAt: now() }
      rows.set(id, changed)
      return changed
    },
    get: async (id) => rows.get(id),
    list: async ({ partner, ...filter }) => {
      const isWanted = ({ body }: Subscription): boolean =>
        partner === undefined || (body as { readonly partner?: string }).partner === partner
      return page(new Map([...rows].filter(([, row]) => isWanted(row))), filter)
    },
    remove: async (id) => rows.delete(id),
  }
}

function memoryKeys(now: () => number): KeyStore {
  const rows = new Map<string, ApiKey>()
  const own = ({ tenant, partner }: KeyOwner, id: string): ApiKey | undefined => {
    const row = rows.get(id)
    return row?.tenant === tenant && (partner === undefined || row.partner === partner) ? row : undefined
  }
  return {
    create: async (key) => {
      if (rows.has(key.id) || [...rows.values()].some(({ hash }) => hash === key.hash)) return false
      rows.set(key.id, { ...key, createdAt: now() })
      return true
    },
    byHash: async (hash) => [...rows.values()].find((row) => row.hash === hash),
    list: async ({ partner, ...filter }) =>
      page(new Map([...rows].filter(([, row]) => partner === undefined || row.partner === partner)), filter),
    get: async (owner, id) => own(owner, id),
    expire: async (owner, id, at) => {
      const row = own(owner, id)
      if (row === undefined || row.revokedAt !== undefined) return false
      rows.set(id, { ...row, expiresAt: Math.min(row.expiresAt ?? at, at) })
      return true
    },
    revoke: async (owner, id) => {
      const row = own(owner, id)
      if (row === undefined || row.revokedAt !== undefined) return false
      rows.set(id, { ...row, revokedAt: now() })
      return true
    },
    touch: async (ids) => {
      for (const id of ids) {
        const row = rows.get(id)
        if (row !== undefined) rows.set(id, { ...row, lastUsedAt: now() })
      }
    },
  }
}

function memoryAnswers(now: () => number): AnswerStore {
  interface Row {
    readonly fingerprint: string
    readonly until: number
    readonly at: number
    readonly seed: string
    readonly answer?: StoredAnswer
  }
  const rows = new Map<string, Row>()
  const keyOf = ({ tenant, client, route, key }: AnswerKey): string => [tenant, client, route, key].join('\0')
  return {
    begin: async (key, { fingerprint, seed: wish, holdSeconds }): Promise<AnswerBegin> => {
      const row = rows.get(keyOf(key))
      if (row !== undefined && row.fingerprint !== fingerprint) return { outcome: 'mismatch' }
      if (row === undefined || (row.answer === undefined && row.until <= now())) {
        const seed = row?.seed ?? wish
        rows.set(keyOf(key), { fingerprint, until: now() + holdSeconds * 1000, at: now(), seed })
        return { outcome: 'begun', seed }
      }
      return row.answer === undefined ? { outcome: 'running' } : { outcome: 'answered', answer: row.answer }
    },
    finish: async (key, answer) => {
      const row = rows.get(keyOf(key))
      if (row !== undefined) rows.set(keyOf(key), { ...row, answer })
    },
    abandon: async (key) => {
      const row = rows.get(keyOf(key))
      if (row !== undefined && row.answer === undefined) rows.set(keyOf(key), { ...row, until: 0 })
    },
    trim: async (olderThan, limit) => {
      const old = [...rows].filter(([, { at }]) => at < olderThan).slice(0, limit)
      for (const [key] of old) rows.delete(key)
      return old.length
    },
  }
}

function memoryBudgets(now: () => number): BudgetStore {
  const rows = new Map<string, { tokens: number; at: number; heldUntil: number }>()
  return {
    take: async (name, budget, wanted) => {
      const row = rows.get(name) ?? { tokens: budget.capacity, at: now(), heldUntil: 0 }
      const { tokens, granted, waitMs } = refill(row, { budget, wanted, now: now() })
      rows.set(name, { tokens, at: now(), heldUntil: row.heldUntil })
      return { granted, waitMs, left: tokens }
    },
    read: async (names) =>
      names.flatMap((name) => {
        const row = rows.get(name)
        return row === undefined ? [] : [{ name, left: row.tokens, at: row.at }]
      }),
    hold: async (name, until) => {
      const row = rows.get(name)
      rows.set(name, {
        tokens: row?.tokens ?? 0,
        at: row?.at ?? now(),
        heldUntil: Math.max(row?.heldUntil ?? 0, until),
      })
    },
    trim: async (unusedSince, limit) => {
      const unused = [...rows].filter(([, { at, heldUntil }]) => at < unusedSince && heldUntil < unusedSince)
      for (const [name] of unused.slice(0, limit)) rows.delete(name)
      return Math.min(unused.length, limit)
    },
  }
}

function memoryIntake(): IntakeStore {
  const rows = new Map<string, IntakeCount>()
  return {
    add: async (counts) => {
      for (const count of counts) {
        const key = [count.tenant, count.connection, count.day].join('\0')
        const { accepted = 0, duplicate = 0, conflict = 0, refused = 0 } = rows.get(key) ?? {}
        rows.set(key, {
          ...count,
          accepted: count.accepted + accepted,
          duplicate: count.duplicate + duplicate,
          conflict: count.conflict + conflict,
          refused: count.refused + refused,
        })
      }
    },
    trim: async (before) => {
      const old = [...rows].filter(([, { day }]) => day < before)
      for (const [key] of old) rows.delete(key)
      return old.length
    },
    read: async ({ tenant, connection, since, until }) =>
      [...rows.entries()]
        .filter(([, row]) => (tenant ?? row.tenant) === row.tenant && (connection ?? row.connection) === row.connection)
        .filter(([, row]) => row.day >= since && row.day <= until)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row),
  }
}

function page<T extends { readonly id: string; readonly tenant: string }>(
  rows: ReadonlyMap<string, T>,
  filter: { readonly tenant?: string; readonly after?: string; readonly limit: number },
): readonly T[] {
  return [...rows.values()]
    .filter(
      ({ id, tenant }) => (filter.tenant ?? tenant) === tenant && (filter.after === undefined || id > filter.after),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, filter.limit)
}
