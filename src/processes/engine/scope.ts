import { type Instant, readInstant, writeInstant } from '../../base/instant.ts'
import type { Data } from '../posting.ts'
import { addBusinessMinutes, readCalendar } from './calendar.ts'
import type { Definition } from './definition.ts'
import {
  type Answer,
  branchId,
  type EffectRecord,
  type EffectStatus,
  type Instance,
  inBranch,
  readBranch,
} from './instance.ts'

/** What a guard, an effect or a question of one branch may look at: nothing but the instance. */
export class Scope<K = unknown> {
  readonly #instance: Instance
  readonly #definition: Definition<K>
  readonly #branch: string

  constructor(definition: Definition<K>, instance: Instance, branch: string) {
    this.#definition = definition
    this.#instance = instance
    this.#branch = branch
  }

  get known(): K {
    return this.#instance.known as K
  }

  get tenant(): string {
    return this.#instance.tenant
  }

  /** Key of the instance. */
  get key(): string {
    return this.#instance.key
  }

  /** Key of the branch; empty where there is only one. */
  get branchKey(): string {
    return readBranch(this.#branch).key
  }

  /** What the tenant set, else what the definition takes for usual. */
  policy(name: string, usual: string): string
  policy(name: string, usual: number): number
  policy(name: string, usual: boolean): boolean
  policy(name: string, usual: string | number | boolean): string | number | boolean {
    const set = this.#instance.policy[name]
    return typeof set === typeof usual ? (set as typeof usual) : usual
  }

  /** Since when the branch is in its state, by the clock of the facts that led there. */
  get since(): Instant {
    return this.#instance.at[this.#branch]?.since ?? this.#instance.startedAt ?? writeInstant(0)
  }

  /**
   * An instant for what is said on entering the state: some milliseconds behind what led to it, and behind what earlier states said for
   * the same reason, so that an answer is never sorted before its question.
   */
  get moment(): Instant {
    return writeInstant((readInstant(this.since) ?? 0) + (this.#instance.at[this.#branch]?.n ?? 0))
  }

  /** What was chosen on the way to the state. */
  get chosen(): Data {
    return this.chosenIn(this.#branch)
  }

  /** What was chosen on the way to the state of another branch. */
  chosenIn(branch: string): Data {
    return this.#instance.at[branch]?.chosen ?? {}
  }

  /** One text of what was chosen; empty where there is none. */
  choice(name: string): string {
    const one = this.chosen[name]
    return typeof one === 'string' ? one : ''
  }

  /** State of a branch: of this one, or of the one named. */
  state(name?: string, key = ''): string | undefined {
    return this.#instance.at[name === undefined ? this.#branch : branchId(name, key)]?.state
  }

  /** States of all branches of this name. */
  states(name: string): readonly string[] {
    return Object.entries(this.#instance.at).flatMap(([id, { state }]) => (readBranch(id).name === name ? [state] : []))
  }

  /** Whether every branch of this name is where nothing is awaited any more. True when there is none. */
  ended(name: string): boolean {
    const states = this.#definition.branches[name]?.states
    return this.states(name).every((state) => states?.[state]?.final === true)
  }

  /** Whether the timer has gone off, for the time that it is due now. */
  missed(timer: string): boolean {
    const due = this.#definition.timers[timer]?.due(this)
    const gone = this.#instance.missed[inBranch(timer, this.#branch)]
    return due !== undefined && gone !== undefined && gone >= (readInstant(due) ?? 0)
  }

  /** What a person decided about it since the branch is in its state. */
  answer(task: string): Answer | undefined {
    const record = this.#instance.tasks[inBranch(task, this.#branch)]
    return record?.n === this.#instance.at[this.#branch]?.n ? record?.answer : undefined
  }

  /** Whether a person decided exactly this. */
  decided(task: string, decision: string): boolean {
    return this.answer(task)?.decision === decision
  }

  /** Every effect of this name that the branch asked for, or the one named, in order. */
  asked(effect: string, of = this.#branch): readonly EffectRecord[] {
    return Object.values(this.#instance.effects)
      .filter(({ name, branch }) => name === effect && branch === of)
      .toSorted((a, b) => a.n - b.n)
  }

  /** How it stands: the worst of them where there are several. Undefined: never asked for. */
  outcome(effect: string): EffectStatus | undefined {
    const statuses = new Set(this.asked(effect).map(({ status }) => status))
    return badnessOrder.find((status) => statuses.has(status))
  }

  /** What each target answered the last effect of this name with. */
  answers(effect: string): readonly { readonly target: string; readonly answer: Data }[] {
    const { answers = {} } = this.asked(effect).at(-1) ?? {}
    return Object.entries(answers).map(([target, answer]) => ({ target, answer }))
  }

  /**
   * Whether nothing more is to come of it: done, a person said so, or nobody to tell of what is not required. An effect that was never
   * needed is done.
   */
  done(effect: string): boolean {
    return this.asked(effect).every((one) => isSettled(this.#definition as Definition, one))
  }

  /** Whether everything that the branch has done and that can be taken back has been. */
  get undone(): boolean {
    return undoable(this.#definition as Definition, this.#instance, this.#branch).length === 0
  }

  /** Who called it off, and why. */
  get cancelled(): { readonly by: string; readonly reason: string } | undefined {
    return this.#instance.cancel
  }

  /** An instant later than another, or earlier with a negative number; `policy` names minutes that the tenant may set otherwise. */
  after(from: Instant | undefined, minutes: number, policy?: string): Instant | undefined {
    const ms = from === undefined ? undefined : readInstant(from)
    if (ms === undefined) return undefined
    return writeInstant(ms + (policy === undefined ? minutes : this.policy(policy, minutes)) * 60_000)
  }

  /**
   * The same in business time of `whose` calendar, or of that of one of them (`of`: a partner). Where no such time is to be found, in
   * elapsed time.
   */
  afterBusiness(
    from: Instant | undefined,
    minutes: number,
    { policy, whose, of }: { readonly policy: string; readonly whose: string; readonly of?: string | undefined },
  ): Instant | undefined {
    if (from === undefined) return undefined
    const wait = this.policy(policy, minutes)
    const declared = (this.policies['calendars'] ?? {}) as Readonly<Record<string, unknown>>
    const set =
      (of === undefined ? undefined : declared[`${whose}/${of}`]) ?? declared[whose] ?? this.policies['calendar']
    return addBusinessMinutes(from, wait, readCalendar(set)) ?? this.after(from, wait)
  }

  /** The policy as a whole, for those that are more than a number. */
  get policies(): Data {
    return this.#instance.policy
  }
}

const badnessOrder: readonly EffectStatus[] = ['parked', 'refused', 'wanted', 'settled', 'applied', 'unrouted']

/** Whether nothing more comes of an effect. What is required is not done because nobody was told. */
export function isSettled({ effects }: Definition, { name, status }: EffectRecord): boolean {
  if (status === 'unrouted') return effects[name]?.required !== true
  return status === 'applied' || status === 'settled'
}

/** Effects of a branch that can and must still be taken back, the last first; one whose outcome is open is waited for. */
export function undoable(
  definition: Definition,
  { effects }: Instance,
  branch: string,
): readonly (readonly [id: string, EffectRecord])[] {
  const undone = new Map(Object.values(effects).flatMap((one) => (one.undoes === undefined ? [] : [[one.undoes, one]])))
  return Object.entries(effects)
    .filter(([id, one]) => {
      if (one.branch !== branch || one.undoes !== undefined) return false
      if (definition.effects[one.name]?.undo === undefined) return false
      if (one.status === 'refused' || one.status === 'unrouted' || one.status === 'settled') return false
      const undoing = undone.get(id)
      return undoing === undefined || !isSettled(definition, undoing)
    })
    .toSorted(([, a], [, b]) => b.n - a.n)
}
