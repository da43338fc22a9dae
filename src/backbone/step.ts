import type { Fact, Reference } from '../model/fact.ts'
import type { AuditEntry } from './audit.ts'
import type { Conclusion } from './ledger.ts'

/**
 * One atomic step: everything in it is committed together or not at all. Staged intake is a step with messages only; translate is a
 * step with a fence and facts; advance one with a fence, states, facts, effects and timers; the inline lane one with all of it.
 */
export interface Step {
  /** Compare-and-set on (consumer, partition, epoch, offset). Any mismatch rolls the whole step back with `fenced`. */
  readonly fences?: readonly Fence[]
  /** New inputs; duplicates are detected in the same transaction. */
  readonly messages?: readonly NewMessage[]
  /**
   * The caller has folded all messages and facts of the step already (inline lane): the fences of their partitions end behind them. When
   * set, a duplicate or an offset other than expected rolls the step back with `conflict`, because the folded state would be wrong.
   */
  readonly inline?: true
  readonly facts?: readonly NewFact[]
  readonly states?: readonly StateChange[]
  readonly identifiers?: readonly IdentifierClaim[]
  /** Identifiers for objects of the hub’s own making: each is theirs where nobody holds it, and stays whose it is otherwise. */
  readonly offers?: readonly IdentifierClaim[]
  readonly effects?: readonly NewEffect[]
  /**
   * What became of effects. Their facts must be among `facts`, where they can be folded in the same step; what a conclusion itself says of
   * one is not looked at. One whose claim is lost rolls the whole step back with `conflict`. What nobody folds goes to `Ledger.conclude`.
   */
  readonly conclusions?: readonly Conclusion[]
  readonly timers?: readonly TimerRow[]
  readonly parks?: readonly NewPark[]
  /** Parked messages that this step settles (released and translated, skipped, obsolete). */
  readonly unparks?: readonly Unpark[]
  /** Parked messages that are to be translated from other bytes; a message that is not parked (any more) is left alone. */
  readonly corrections?: readonly Correction[]
  /** Outcomes of messages, counted with the translate fence of the partition: the other half of the accounting equation. */
  readonly counts?: readonly TranslateCount[]
  /** What people did with it, for the audit log, where the backbone keeps one. */
  readonly audits?: readonly AuditEntry[]
}

/** Who works through a log: `translate` through the inbox, `advance` through the facts. A backbone keeps the place of any name. */
export type Consumer = 'translate' | 'advance' | (string & {})

/** The consumer goes from the offset `from` to `to`, if it is still at `from` and nobody took the partition since `epoch`. */
export interface Fence {
  readonly consumer: Consumer
  readonly partition: number
  readonly epoch: number
  readonly from: number
  readonly to: number
}

/** How urgent something is. `bulk` is stored first and translated later, never in the step that stores it. */
export type Lane = 'interactive' | 'realtime' | 'bulk'

/** Bytes as received, with what intake found out about them. `partition` is a function of the connection. */
export interface NewMessage {
  readonly partition: number
  readonly tenant: string
  readonly connection: string
  readonly lane: Lane
  /** External identity, as text; the backbone hashes (tenant, connection, identity) into the dedupe key. ≤ 1,024 characters. */
  readonly identity: string
  /** sha-256, hex, of the body or of what counts of it. Same identity with another hash is a conflict. */
  readonly bodyHash: string
  /** What later messages must not overtake when this one is parked; absent when nobody can tell. */
  readonly orderKey?: string
  readonly receivedAt: number
  readonly contentType: string
  /** Transport headers worth keeping, lower-case names. Never credentials. */
  readonly headers: Readonly<Record<string, string>>
  readonly trace: string
  readonly body: Uint8Array
  /** Set when this is a replayed copy: the id of the original. */
  readonly replayOf?: string
  /** What the audit log says about it, for messages that people write at the hub itself. Not stored with the message. */
  readonly audit?: AuditEntry
}

/** A message that is stored; `offset` counts within its partition, without a gap. */
export interface Message extends NewMessage {
  readonly id: string
  readonly offset: number
}

/** `msg_<partition>-<offset>`: deterministic, sortable within its partition, and it finds its bytes without an index. */
export function messageId(partition: number, offset: number): string {
  return `msg_${partition}-${offset}`
}

/** The parts of an id; undefined when it is not one of ours, which a caller’s text may well be. */
export function readMessageId(id: string): { partition: number; offset: number } | undefined {
  const match = /^msg_(\d{1,5})-(\d{1,15})$/.exec(id)
  return match === null ? undefined : { partition: Number(match[1]), offset: Number(match[2]) }
}

/** A fact and the partition of the log that it goes to. */
export interface NewFact {
  /** hash(subject) mod partitions. */
  readonly partition: number
  readonly fact: Fact
}

/** A fact where it stands in the log; `offset` counts within its partition, without a gap. */
export interface LoggedFact {
  readonly partition: number
  readonly offset: number
  readonly fact: Fact
}

/** `version` is the number of facts folded; `body` is JSON text. Only the partition's owner writes it, under its fence. */
export interface StateChange {
  readonly subject: string
  readonly tenant: string
  readonly version: number
  readonly body: string
}

/** What the facts of an object come to: JSON text, and how many facts are in it. */
export interface State {
  readonly tenant: string
  readonly version: number
  readonly body: string
}

/** Claims an identifier for an object. Somebody else's claim in the same scope rolls back with `conflict`; the caller re-reads. */
export interface IdentifierClaim {
  readonly tenant: string
  readonly entity: string
  readonly reference: Reference
  /** Normalised value: what matching uses. */
  readonly normalized: string
  readonly subject: string
  readonly from: number
  /** Set by a merge: takes the identifier over from this object. */
  readonly replaces?: string
}

/** Whose an identifier is; it was told first at `from` and last at `lastUsed`, ms since 1970. */
export interface KnownIdentifier {
  readonly subject: string
  readonly from: number
  readonly lastUsed: number
}

/** An intent towards the outside, unique by natural key. Inserting a key that exists does nothing: that is why replay is safe. */
export interface NewEffect {
  readonly id: string
  readonly tenant: string
  /** `<command>:<target>:<business key>[:<n>]` */
  readonly naturalKey: string
  /** Connection it goes to. */
  readonly target: string
  /** Order is kept per (target, key). */
  readonly key: string
  readonly command: string
  /** What the target stores; never changes over attempts, edits, releases, restores. */
  readonly externalReference: string
  readonly payload: string
  readonly lane: Lane
  readonly priority: number
  readonly causation: string
  readonly correlation: string
  readonly trace: string
  readonly expiresAt?: number
}

/** A timer of an object, one by each name: what is written later replaces what was there. */
export interface TimerRow {
  readonly partition: number
  readonly tenant: string
  readonly subject: string
  readonly name: string
  /** Milliseconds since 1970; null disarms. */
  readonly at: number | null
  readonly data?: unknown
}

/** A timer that is armed; `at` in ms since 1970, and `data` as it was armed with. */
export interface DueTimer {
  readonly partition: number
  readonly tenant: string
  readonly subject: string
  readonly name: string
  readonly at: number
  readonly data?: unknown
}

/** A message that cannot be translated now, and why; times in ms since 1970. */
export interface NewPark {
  readonly message: string
  readonly partition: number
  readonly tenant: string
  readonly connection: string
  readonly orderKey?: string
  /** Code from the error table, or `BEHIND_PARKED` for one that waits behind another of its key. */
  readonly code: string
  /** What was expected, found and where, for people. ≤ 2,000 characters, no payload. */
  readonly detail: string
  /** For a message that waits for its parent: the identifiers that would release it (`identifierKey`). */
  readonly waitsFor?: readonly string[]
  readonly at: number
  /** A waiting message becomes a person's task at this instant. */
  readonly until?: number
}

/** Waits for a code that nobody knows: the rest of its key waits with it. */
export const codeUnknown = 'CODE_UNKNOWN'

/** Is fed in parts, which follow it in the inbox, and waits until the last of them is stored. */
export const takenInParts = 'TAKEN_IN_PARTS'

/**
 * Whether later messages of its key must wait for a parked one. Not where it waits for its parent: the parent's own message may carry
 * the same key.
 */
export function holdsItsKey({ waitsFor, code }: Pick<NewPark, 'waitsFor' | 'code'>): boolean {
  return waitsFor === undefined || code === codeUnknown
}

/** Messages that wait for one key. */
export interface Wait {
  readonly key: string
  readonly tenant: string
  readonly count: number
  /** When the first of them was parked, ms. */
  readonly since: number
  readonly connections: readonly string[]
  /** The first ones in the order of their partition. */
  readonly messages: readonly string[]
}

/** `waiting` for its parent until it comes or the time is over, `parked` until a person acts, `released` to be tried again. */
export interface Park extends NewPark {
  readonly state: 'parked' | 'waiting' | 'released'
  readonly attempts: number
}

/** What became of a parked message in the end, for the accounting. */
export interface Unpark {
  readonly message: string
  readonly outcome: 'applied' | 'ignored' | 'refused'
}

/**
 * Corrected bytes for a parked message, stored as a message of their own. The corrected one keeps its place: it is released, unless
 * it waits behind another of its key, and translated from these bytes, then and in every replay.
 */
export interface Correction {
  readonly message: string
  /** The message that holds the corrected bytes; in the same partition. */
  readonly by: string
}

/** How many messages of a partition came to what, in this step. */
export interface TranslateCount {
  readonly partition: number
  readonly applied: number
  readonly ignored: number
  readonly refused: number
  readonly parked: number
}

/** What became of a step. Results of messages are in the order of `Step.messages`. */
export type StepOutcome =
  | {
      readonly outcome: 'committed'
      readonly messages: readonly AppendResult[]
      readonly factOffsets: readonly number[]
    }
  | { readonly outcome: 'fenced' }
  | { readonly outcome: 'conflict'; readonly reason: 'claim' | 'duplicate' | 'offset' | 'identifier' }

/** `conflict`: the identity is known with other bytes; both are shown side by side, neither overwrites the other. */
export interface AppendResult {
  readonly outcome: 'accepted' | 'duplicate' | 'conflict'
  readonly id: string
}
