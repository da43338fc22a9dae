import type { Instant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import { entities } from '../../model/fact.ts'
import type { Data } from '../posting.ts'

/** A process under way, as it is stored: plain JSON, so that nothing has to be replayed to go on with it. */
export interface Instance {
  readonly process: string
  /** Of the definition that it began with, or was moved to. */
  readonly version: number
  readonly key: string
  readonly tenant: string
  /** What it was told so far, as the definition keeps it. */
  readonly known: unknown
  /** What the tenant has set otherwise than the definition, when the instance began. */
  readonly policy: Data
  /** Where each branch is: by name, or `name/key`. Empty before the start. */
  readonly at: Readonly<Record<string, Stay>>
  /** By name and business key. */
  readonly effects: Readonly<Record<string, EffectRecord>>
  readonly tasks: Readonly<Record<string, TaskRecord>>
  /** Timers that are set, ms. */
  readonly armed: Readonly<Record<string, number>>
  /** Timers that went off: the latest due time of each, ms. */
  readonly missed: Readonly<Record<string, number>>
  /** How many stays and effects there were, so that each has a number of its own. */
  readonly count: number
  readonly startedAt?: Instant
  readonly endedAt?: Instant
  /** A wish to call it off, until every branch has followed or refused it. */
  readonly cancel?: {
    readonly by: string
    readonly reason: string
    readonly at: Instant
    readonly answered: readonly string[]
  }
}

/** A branch in a state, from one time that it got there. */
export interface Stay {
  readonly state: string
  readonly since: Instant
  /** Its number: a task or a decision belongs to one stay. */
  readonly n: number
  /** What was chosen on the way there. */
  readonly chosen?: Data
}

/**
 * `wanted` asked for · `applied` done · `refused` the target said no · `parked` nobody knows · `unrouted` no route leads anywhere, nobody is told ·
 * `settled` a person decided to go on.
 */
export type EffectStatus = 'wanted' | 'applied' | 'refused' | 'parked' | 'unrouted' | 'settled'

/** An effect that the instance asked for. */
export interface EffectRecord {
  readonly name: string
  readonly branch: string
  readonly command: string
  readonly businessKey: string
  readonly n: number
  readonly status: EffectStatus
  /** How many targets were asked, when it is not one. */
  readonly targets?: number
  /** What each target that has answered made of it. */
  readonly outcomes: Readonly<Record<string, 'applied' | 'refused' | 'parked'>>
  readonly document?: string
  /** What each target that has something to say answered with. */
  readonly answers?: Readonly<Record<string, Data>>
  readonly reason?: string
  /** Kept where it can be taken back. */
  readonly payload?: Data
  /** The effect that it takes back. */
  readonly undoes?: string
}

/** A question that the instance asked. */
export interface TaskRecord {
  /** Hub id of the task. */
  readonly id: string
  /** Of the stay that asks, or of the effect. */
  readonly n: number
  readonly status: 'open' | 'answered' | 'withdrawn'
  readonly since: Instant
  readonly answer?: Answer
}

/** What a person decided. */
export interface Answer {
  readonly decision: string
  readonly by: string
  readonly reason?: string
  readonly data?: Data
}

/** The hub id of an instance follows from its key, so that a fact finds it without a table. */
export function processSubject(tenant: string, process: string, key: string): string {
  return `${entities.process}_${shortHash(`${tenant}|${process}|${key}`)}`
}

/** How an instance names a branch: `<name>/<key>`, or the name alone where there is only one of it. */
export function branchId(name: string, key: string): string {
  return key === '' ? name : `${name}/${key}`
}

/** Name and key out of a `branchId`; the key is empty where there is none. */
export function readBranch(id: string): { readonly name: string; readonly key: string } {
  const at = id.indexOf('/')
  return at < 0 ? { name: id, key: '' } : { name: id.slice(0, at), key: id.slice(at + 1) }
}

/** What is named once per branch: timers and tasks. */
export function inBranch(name: string, branch: string): string {
  return branchId(name, readBranch(branch).key)
}
