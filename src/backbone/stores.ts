import type { AuditNote } from './audit.ts'

/**
 * Small things that have to survive a restart and be shared by all instances. Each is a few verbs over rows of its own; none of
 * them takes part in a step.
 */
export interface Stores {
  readonly cursors: CursorStore
  readonly subscriptions: SubscriptionStore
  readonly keys: KeyStore
  readonly answers: AnswerStore
  readonly budgets: BudgetStore
  readonly jobs: JobStore
  readonly intake: IntakeStore
}

/** How far a subscriber has followed a partition of the fact log. */
export interface Cursor {
  readonly subscriber: string
  readonly partition: number
  readonly offset: number
}

/** How far subscribers have come. Kept apart from steps: what is lost in a crash is delivered again, never left out. */
export interface CursorStore {
  load(subscriber: string): Promise<readonly Cursor[]>
  /** Flushes many at once. A cursor only moves forward here, so that a late flush cannot undo a newer one. */
  save(cursors: readonly Cursor[]): Promise<void>
  /** Moves a cursor anywhere: a rewind that somebody asked for. */
  reset(cursor: Cursor): Promise<void>
  remove(subscriber: string): Promise<void>
}

/** Who wants to be told what. `body` is the owner's JSON; the store does not look inside. */
export interface Subscription {
  readonly id: string
  readonly tenant: string
  readonly body: unknown
  /** Counts changes; a change that was made on an older version is refused. */
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** Subscriptions of all tenants; changes are made on a version, so that two people do not overwrite each other. */
export interface SubscriptionStore {
  /** False when the id exists. */
  create(
    subscription: { readonly id: string; readonly tenant: string; readonly body: unknown },
    note?: AuditNote,
  ): Promise<boolean>
  /** Undefined when it is gone or was changed by somebody else since `version`. */
  change(id: string, version: number, body: unknown, note?: AuditNote): Promise<Subscription | undefined>
  get(id: string): Promise<Subscription | undefined>
  /** In order of id, after `after`. */
  list(filter: {
    readonly tenant?: string
    readonly partner?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly Subscription[]>
  remove(id: string, note?: AuditNote): Promise<boolean>
}

/** A key of the API. The secret itself is never stored: `hash` is its SHA-256 in hex. */
export interface ApiKey {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly hash: string
  readonly scopes: readonly string[]
  /** Whose things alone it sees; absent for one of our own. */
  readonly partner?: string
  readonly createdAt: number
  readonly expiresAt?: number
  readonly revokedAt?: number
  readonly lastUsedAt?: number
}

/** Whose keys. Without a partner, all of the tenant. */
export interface KeyOwner {
  readonly tenant: string
  readonly partner?: string
}

/** API keys, found by the hash of their text. */
export interface KeyStore {
  /** False when the id or the hash exists. */
  create(key: Omit<ApiKey, 'createdAt' | 'revokedAt' | 'lastUsedAt'>, note?: AuditNote): Promise<boolean>
  /** Also revoked and expired ones: the caller says why it refuses. */
  byHash(hash: string): Promise<ApiKey | undefined>
  list(filter: {
    readonly tenant?: string
    readonly partner?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly ApiKey[]>
  /** Also revoked and expired ones. Undefined when the tenant, or its partner where one is named, has no such key. */
  get(owner: KeyOwner, id: string): Promise<ApiKey | undefined>
  /** It counts until `at` (ms since 1970) at most. False when the tenant, or its partner where one is named, has no such key or it is revoked. */
  expire(owner: KeyOwner, id: string, at: number, note?: AuditNote): Promise<boolean>
  /** False when the tenant, or its partner where one is named, has no such key or it is revoked already. */
  revoke(owner: KeyOwner, id: string, note?: AuditNote): Promise<boolean>
  /** Last use, for many keys at once; written now and then, never on each request. */
  touch(ids: readonly string[]): Promise<void>
}

/** The first answer to a request with an idempotency key, kept so that a repetition gets the same one. */
export interface StoredAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Which request: the same key from another client, or for another route, is another request. */
export interface AnswerKey {
  readonly tenant: string
  readonly client: string
  readonly route: string
  readonly key: string
}

/**
 * `begun`: do the work, then `finish` or `abandon`; `seed` is that of whoever began first. `running`: somebody else is at it. `answered`:
 * repeat that answer. `mismatch`: the key was used for another request.
 */
export type AnswerBegin =
  | { readonly outcome: 'begun'; readonly seed: string }
  | { readonly outcome: 'running' | 'mismatch' }
  | { readonly outcome: 'answered'; readonly answer: StoredAnswer }

/** Answers by idempotency key, so that a request that is repeated is not done twice. */
export interface AnswerStore {
  /**
   * `fingerprint` is a hash of the request, `seed` what is random in its work. A request that was begun and neither finished nor abandoned is
   * open again after `holdSeconds`, for the same request.
   */
  begin(
    key: AnswerKey,
    options: { readonly fingerprint: string; readonly seed: string; readonly holdSeconds: number },
  ): Promise<AnswerBegin>
  finish(key: AnswerKey, answer: StoredAnswer): Promise<void>
  /** The work failed in a way that may be tried again. Part of it may be done: its seed is kept. */
  abandon(key: AnswerKey): Promise<void>
  /** Forgets answers older than this; at most `limit` at once. Returns how many. */
  trim(olderThan: number, limit: number): Promise<number>
}

/** A token bucket shared by all instances: of an account at an outside system, of a client of the API, of whoever tries to sign in. */
export interface Budget {
  readonly capacity: number
  readonly refillPerSecond: number
}

/** Token buckets by name, and by the clock of the database, so that all instances together keep to one rate. */
export interface BudgetStore {
  /** Takes up to `wanted` tokens. `waitMs` is how long until the next one, `left` what is in it then. A bucket that nobody has seen is full. */
  take(
    name: string,
    budget: Budget,
    wanted: number,
  ): Promise<{ readonly granted: number; readonly waitMs: number; readonly left: number }>
  /** What was in these buckets when they were asked last (ms since 1970); one that nobody has seen is missing, and full. */
  read(
    names: readonly string[],
  ): Promise<readonly { readonly name: string; readonly left: number; readonly at: number }[]>
  /** Nothing is granted before this instant: the target said when it wants to be asked again. */
  hold(name: string, until: number): Promise<void>
  /** Forgets buckets that nobody has used since an instant, at most `limit`: they are full by then. Returns how many. */
  trim(unusedSince: number, limit: number): Promise<number>
}

/** Work in the background that outlives the node that does it: replays, stocktakes, feeds, new keys for secrets. */
export interface Job {
  readonly id: string
  readonly tenant: string
  readonly kind: string
  readonly state: 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
  /** Counts the jobs as they were made. */
  readonly number: number
  readonly spec: unknown
  readonly progress: unknown
  readonly claimEpoch: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** One item of a job that could not be done. */
export interface JobFailure {
  /** What it is about: the id of a message. */
  readonly item: string
  /** Of the error table. */
  readonly code: string
  readonly detail: string
}

/** Jobs, each worked on by one node at a time: a claim that ran out is taken over, and its epoch shuts the former holder out. */
export interface JobStore {
  /** Creates the job, or returns the one that was created with the same id before: the id is the idempotency key. */
  create(
    job: {
      readonly id: string
      readonly tenant: string
      readonly kind: string
      readonly spec: unknown
    },
    note?: AuditNote,
  ): Promise<Job>
  get(id: string): Promise<Job | undefined>
  /** Newest first. */
  list(filter: {
    readonly tenant?: string
    readonly kind?: string
    readonly state?: Job['state']
    /** Made before the job with this number. */
    readonly before?: number
    readonly limit: number
  }): Promise<readonly Job[]>
  /** The oldest job that waits or whose worker vanished; undefined when there is none. */
  claim(kind: string, node: string, seconds: number): Promise<Job | undefined>
  /** Keeps the claim and what was done so far. False when the job was cancelled or belongs to somebody else now. */
  save(
    id: string,
    claimEpoch: number,
    change: { readonly progress: unknown; readonly seconds: number },
  ): Promise<boolean>
  finish(
    id: string,
    claimEpoch: number,
    change: { readonly state: 'done' | 'failed'; readonly progress: unknown },
  ): Promise<boolean>
  /** False when it is over already. */
  cancel(id: string, note?: AuditNote): Promise<boolean>
  /** Nobody works on it until it is resumed; whoever does now ends with what is in hand. False unless it waits or runs. */
  pause(id: string, note?: AuditNote): Promise<boolean>
  /** It waits for a worker again, and goes on where it was. False unless it is paused. */
  resume(id: string, note?: AuditNote): Promise<boolean>
  /** Writes down what could not be done. What is there already is not written twice. */
  fail(id: string, failures: readonly JobFailure[]): Promise<void>
  /** What could not be done, in order of the items, after `after`. */
  failures(id: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly JobFailure[]>
  /** Forgets jobs that were over before this instant; at most `limit` at once. Returns how many. */
  trim(olderThan: number, limit: number): Promise<number>
}

/** What came to a connection on one day, `YYYY-MM-DD` in UTC. */
export interface IntakeCount {
  readonly tenant: string
  readonly connection: string
  readonly day: string
  readonly accepted: number
  readonly duplicate: number
  readonly conflict: number
  readonly refused: number
}

/** Counters of what came in, by connection and day: they only grow, until retention forgets the day. */
export interface IntakeStore {
  /** Adds to the counters. */
  add(counts: readonly IntakeCount[]): Promise<void>
  /** Forgets days before this one. Returns how many counters. */
  trim(before: string): Promise<number>
  read(filter: {
    readonly tenant?: string
    readonly connection?: string
    readonly since: string
    readonly until: string
  }): Promise<readonly IntakeCount[]>
}
