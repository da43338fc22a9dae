import type { Pool } from 'pg'

/** How an outside system looks to the instances that send to it. */
export interface TargetStanding {
  /** The worst that an instance says: closed, half_open or open. */
  readonly breaker: string
  /** When the next probe goes, ms since 1970; absent where the breaker is closed. */
  readonly probeAt?: number
  /** Share of the budget that this instance has left, 0 to 1; null where it has sent nothing yet. */
  readonly budgetLeft: number | null
  /** Attempts under way. */
  readonly inFlight: number
}

/** What an instance says of itself every few seconds. */
export interface InstanceStory {
  readonly version: string
  readonly host: string
  readonly process: number
  readonly roles: readonly string[]
  readonly memoryBytes: number
  readonly heapBytes: number
  /** Of the last seconds: what a callback had to wait at the 99th percentile. */
  readonly eventLoopDelayMs: number
  readonly targets: Readonly<Record<string, TargetStanding>>
}

/** The same, with when it was said. Times in ms since 1970. */
export interface SeenInstance extends InstanceStory {
  readonly instance: string
  readonly startedAt: number
  readonly seenAt: number
}

const aliveMs = 20_000
const keptMs = 24 * 3_600_000

/** All instances of the hub, as each says of itself in the database that they share. */
export class Instances {
  readonly #pool: Pick<Pool, 'query'>
  readonly #self: string
  readonly #startedAt: number
  readonly #tell: () => InstanceStory

  constructor(
    pool: Pick<Pool, 'query'>,
    self: { readonly instance: string; readonly startedAt: number; readonly tell: () => InstanceStory },
  ) {
    this.#pool = pool
    this.#self = self.instance
    this.#startedAt = self.startedAt
    this.#tell = self.tell
  }

  /** Says how this one is; forgets those that have been silent for a day. */
  async round(): Promise<boolean> {
    await this.#pool.query(
      `INSERT INTO hub_instance (instance, started_at, seen_at, body) VALUES ($1, $2, now_ms(), $3)
       ON CONFLICT (instance) DO UPDATE SET seen_at = now_ms(), body = excluded.body`,
      [this.#self, this.#startedAt, JSON.stringify(this.#tell())],
    )
    await this.#pool.query('DELETE FROM hub_instance WHERE seen_at < now_ms() - $1::bigint', [keptMs])
    return false
  }

  /** It stops: nobody has to wonder where it is. */
  async leave(): Promise<void> {
    await this.#pool.query('DELETE FROM hub_instance WHERE instance = $1', [this.#self])
  }

  /** Those that were heard of within a day, the newest start first. */
  async seen(): Promise<readonly SeenInstance[]> {
    const { rows } = await this.#pool.query<{ instance: string; started: number; seen: number; body: InstanceStory }>(
      'SELECT instance, started_at::float8 AS started, seen_at::float8 AS seen, body FROM hub_instance ORDER BY started_at DESC, instance',
    )
    return rows.map(({ instance, started, seen, body }) => ({ ...body, instance, startedAt: started, seenAt: seen }))
  }

  /** The others that were heard of a moment ago: of itself an instance knows better than what it said. */
  async others(): Promise<readonly SeenInstance[]> {
    const all = await this.seen()
    const newest = Math.max(0, ...all.map(({ seenAt }) => seenAt))
    return all.filter(({ instance, seenAt }) => seenAt > newest - aliveMs && instance !== this.#self)
  }
}
