import type { Effect, Evidence } from '../ledger.ts'
import type { Lane, LoggedFact, Message, NewPark, Park, State, TimerRow } from '../step.ts'

/** Everything that the in-memory backbone holds; the tables of the database, as maps. */
export interface Tables {
  readonly partitions: number
  readonly inbox: Message[][]
  readonly facts: LoggedFact[][]
  /** Next offset of each partition: kept apart from the rows, so that a missing row shows. */
  readonly inboxNext: number[]
  readonly factNext: number[]
  /** Dedupe key → where the input is. */
  readonly inputs: Map<string, { readonly message: string; readonly bodyHash: string; readonly window: string }>
  /** First offset of each day of each partition. */
  readonly inboxDays: DayRow[][]
  readonly factDays: DayRow[][]
  readonly bySubject: Map<string, LoggedFact[]>
  readonly byOrigin: Map<string, LoggedFact[]>
  readonly states: Map<string, State>
  readonly identifiers: Map<string, HeldIdentifier[]>
  readonly owners: Map<string, Owner>
  readonly counters: TranslateCounter[]
  readonly timers: Map<string, TimerRow & { readonly at: number }>
  readonly parks: Map<string, Parked>
  /** Corrected message → the one with the corrected bytes. */
  readonly corrections: Map<string, string>
  readonly lanes: Map<string, LaneRow>
  readonly effects: Map<string, EffectRow>
  /** `tenant\0naturalKey` → effect id */
  readonly naturalKeys: Map<string, string>
  /** `target\0externalReference` → effect id */
  readonly references: Map<string, string>
  readonly evidence: Map<string, Evidence[]>
}

/** A day of one partition: `first` is the offset that it begins at; a dropped one stays, so that readers know what is missing. */
export interface DayRow {
  /** `YYYY-MM-DD` in UTC; never goes back. */
  readonly day: string
  readonly first: number
  dropped: boolean
}

/** An identifier of an object, from when it was first told (ms since 1970) to when it was last. */
export interface HeldIdentifier {
  subject: string
  from: number
  lastUsed: number
}

interface Owner {
  owner: string
  epoch: number
  until: number
  offset: number
}

interface TranslateCounter {
  applied: number
  ignored: number
  refused: number
  parked: number
  duplicates: number
  conflicts: number
}

/** A parked message; `attempts` counts how often it was parked. */
export interface Parked extends NewPark {
  readonly state: Park['state']
  readonly attempts: number
}

/** A lane. `head` and `next` are seqs: of the effect at its front, and of the one that comes next; instants in ms since 1970. */
export interface LaneRow {
  readonly id: string
  readonly target: string
  readonly key: string
  head: number | undefined
  next: number
  nextAt: number | undefined
  holdUntil: number | undefined
  claimEpoch: number
  claimUntil: number | undefined
  /** Of the head effect: what claims are filtered and ordered by. */
  lane: Lane
  priority: number
  /** Ids in order of seq. */
  readonly effects: string[]
}

interface AttemptRow {
  readonly attempt: number
  readonly claimEpoch: number
  readonly intentAt: number
  readonly sendDeadline: number
  wire?: boolean
  endedAt?: number
  outcome?: string
  status?: number
}

/** An effect with its attempts, the oldest first. */
export interface EffectRow {
  effect: Effect
  readonly laneId: string
  readonly attempts: AttemptRow[]
}

/** Empty tables for so many partitions. */
export function newTables(partitions: number): Tables {
  const lists = <T>(): T[][] => Array.from({ length: partitions }, () => [])
  return {
    partitions,
    inbox: lists(),
    facts: lists(),
    inboxNext: Array.from({ length: partitions }, () => 0),
    factNext: Array.from({ length: partitions }, () => 0),
    inputs: new Map(),
    inboxDays: lists(),
    factDays: lists(),
    bySubject: new Map(),
    byOrigin: new Map(),
    states: new Map(),
    identifiers: new Map(),
    owners: new Map(),
    counters: Array.from({ length: partitions }, () => ({
      applied: 0,
      ignored: 0,
      refused: 0,
      parked: 0,
      duplicates: 0,
      conflicts: 0,
    })),
    timers: new Map(),
    parks: new Map(),
    corrections: new Map(),
    lanes: new Map(),
    effects: new Map(),
    naturalKeys: new Map(),
    references: new Map(),
    evidence: new Map(),
  }
}
