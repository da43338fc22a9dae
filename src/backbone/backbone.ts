import type { AuditNote } from './audit.ts'
import type { Ledger } from './ledger.ts'
import type { LookBackMost, LookedBack } from './look-back.ts'
import type { DroppedDay, Retention, Retired } from './retention.ts'
import type {
  Consumer,
  DueTimer,
  KnownIdentifier,
  LoggedFact,
  Message,
  Park,
  State,
  Step,
  StepOutcome,
  Wait,
} from './step.ts'
import type { Stores } from './stores.ts'

/**
 * The log, the effect ledger, timers, leases, parking and replay: the only state of the hub. One conformance suite
 * (backbone.contract.ts) runs over every implementation.
 *
 * A call that rejects with `OutcomeUnknown` may or may not have been applied: the caller re-reads by natural key or by
 * (epoch, offset) before it does anything else. Every other rejection means that nothing was applied.
 */
export interface Backbone {
  readonly partitions: number
  commit(step: Step): Promise<StepOutcome>

  /** Which of these inputs are known already. Same order; undefined for unknown ones. Used before folding in the inline lane. */
  known(inputs: readonly InputIdentity[]): Promise<readonly (KnownInput | undefined)[]>
  /** Messages after `after` in offset order. Throws GapFound when the offsets are not dense. */
  readInbox(partition: number, after: number, limit: number): Promise<readonly Message[]>
  /** Facts after `after` in offset order. Throws GapFound when the offsets are not dense. */
  readLog(partition: number, after: number, limit: number): Promise<readonly LoggedFact[]>
  /**
   * Messages before an offset, the newest first and without their bodies: for people who look what came, never for work. Whole stored rows, at
   * least one. It ends where retention removed what was older; a hole is passed over.
   */
  lookBack(partition: number, before: number, most: LookBackMost): Promise<LookedBack>
  message(id: string): Promise<Message | undefined>
  /** First offset of a partition of the inbox that was received at or after this instant; one past the last when there is none. */
  offsetAt(partition: number, at: number): Promise<number>
  /** All facts of a subject in log order: the time machine and rebuild. */
  history(subject: string, limit: number): Promise<readonly LoggedFact[]>
  /** Facts whose causation chain starts at this message. */
  factsOf(message: string, limit: number): Promise<readonly LoggedFact[]>
  heads(): Promise<Heads>
  /** The clock that schedules, leases and quarantines are judged by: ms since 1970. */
  now(): Promise<number>

  states(subjects: readonly string[]): Promise<ReadonlyMap<string, State>>
  /** Key: identifierKey(tenant, entity, scheme, issuer, normalized). More than one when the identifier was recycled. */
  identifiers(keys: readonly string[]): Promise<ReadonlyMap<string, readonly KnownIdentifier[]>>

  /** Takes the partition when nobody holds it or the lease ran out; raises the epoch. Undefined while somebody else holds it. */
  takeOwner(consumer: Consumer, partition: number, owner: string, leaseSeconds: number): Promise<Ownership | undefined>
  /** False when the lease was lost. */
  renewOwner(ownership: Ownership, leaseSeconds: number): Promise<boolean>
  releaseOwner(ownership: Ownership): Promise<void>
  /** The stored (epoch, offset) of a consumer: what to believe after an unknown outcome. */
  position(consumer: Consumer, partition: number): Promise<{ readonly epoch: number; readonly offset: number }>

  dueTimers(partition: number, now: number, limit: number): Promise<readonly DueTimer[]>
  /** Timers of a tenant that are armed, the first that is due first, whatever their partition. */
  timers(filter: TimerFilter): Promise<readonly DueTimer[]>

  /** Parked and waiting messages of a partition that hold back their key: loaded when a partition is taken. */
  blockedKeys(partition: number): Promise<ReadonlySet<string>>
  parked(filter: ParkFilter): Promise<readonly Park[]>
  /** Marks for re-translation; the owner of the partition picks them up in order. Returns how many. */
  release(messages: readonly string[], by: string, note?: AuditNote): Promise<number>
  /** Released messages of a partition, in offset order. */
  released(partition: number, limit: number): Promise<readonly { readonly message: Message; readonly park: Park }[]>
  /** What messages that were parked for this reason wait for, the key with the oldest first. Released ones wait no more. */
  waits(code: string, limit: number): Promise<readonly Wait[]>
  /** Marks messages that waited for one of these identifiers as released. */
  releaseWaiting(keys: readonly string[]): Promise<number>

  /** The message that holds the corrected bytes of this one; the latest when it was corrected more than once. */
  correctionOf(message: string): Promise<string | undefined>

  /** The accounting query: every input in exactly one state, and the difference, which must be zero. */
  accounting(): Promise<Accounting>
  /**
   * Removes what was kept long enough and is needed by nobody. States, timers, open effects, and parked messages are never removed, nor
   * what they need; identities stay at least as long as the messages. Called now and then; what is held is judged again each time.
   */
  retire(retention: Retention): Promise<Retired>
  /** Days of one partition that retention removed, oldest first: where a reader has to go on behind. */
  droppedDays(log: 'inbox' | 'facts', partition: number): Promise<readonly DroppedDay[]>
  readonly ledger: Ledger
  readonly stores: Stores

  close(): Promise<void>
}

/** What tells an input from every other one, and the hash of its body, which tells a repetition from a conflict. */
export interface InputIdentity {
  readonly tenant: string
  readonly connection: string
  readonly identity: string
  readonly bodyHash: string
}

/** The message that an identity belongs to, and whether its body is the one that was asked about. */
export interface KnownInput {
  readonly id: string
  readonly sameBody: boolean
}

/** A partition that is held: `epoch` grows with each taking, `offset` is the last that its consumer has done, -1 before the first. */
export interface Ownership {
  readonly consumer: Consumer
  readonly partition: number
  readonly owner: string
  readonly epoch: number
  readonly offset: number
}

/** How far each log goes: what a consumer has behind it shows how much it has before it. */
export interface Heads {
  /** Last offset per partition, -1 when empty. */
  readonly inbox: readonly number[]
  readonly facts: readonly number[]
}

/** Which armed timers of a tenant are wanted, in order of instant, subject and name; what is absent does not matter. */
export interface TimerFilter {
  readonly tenant: string
  readonly subject?: string
  /** Due before this instant, ms since 1970. */
  readonly before?: number
  /** Timers whose names begin so are left out. */
  readonly except: string
  /** The last one of the page before. */
  readonly after?: Pick<DueTimer, 'at' | 'subject' | 'name'>
  readonly limit: number
}

/** Which parked messages are wanted; what is absent does not matter. */
export interface ParkFilter {
  readonly tenant?: string
  readonly connection?: string
  readonly code?: string
  readonly orderKey?: string
  readonly message?: string
  /** One of these. */
  readonly messages?: readonly string[]
  /** Waits for this key. */
  readonly waitsFor?: string
  readonly state?: Park['state']
  readonly after?: string
  readonly limit: number
}

/**
 * received = applied + ignored + refused + parked + pending + unaccounted. Duplicates and conflicts are counted beside: those that the door
 * has answered without a step are known some seconds later.
 */
export interface Accounting {
  readonly received: number
  readonly applied: number
  readonly ignored: number
  readonly refused: number
  readonly parked: number
  readonly pending: number
  readonly duplicates: number
  readonly conflicts: number
  readonly unaccounted: number
}

/** The answer of the database was lost: the work may have been committed. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

/** A hole in the log. The partition stops and alarms; it is never skipped. */
export class GapFound extends Error {
  override readonly name = 'GapFound'
}

/** The database refuses the content of a row (SQLSTATE class 22 or 23): nothing of the step was applied. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused'
}
