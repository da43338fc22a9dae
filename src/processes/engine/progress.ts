import { type Instant, readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived } from '../../model/fact.ts'
import type { Data } from '../posting.ts'
import type { Definition, StateDefinition } from './definition.ts'
import { branchId, type EffectRecord, type Instance, readBranch, type Stay } from './instance.ts'
import { isSettled, Scope, undoable } from './scope.ts'

/** What moves an instance: a fact, a timer, an outcome, a person. */
export interface Cause {
  /** Hub id of the instance. */
  readonly subject: string
  /** Type of the fact, `timer <name>`, `effect <name>`, `task <name>`, or what a person wished. */
  readonly because: string
  readonly at: Instant
}

/** An instance on its way from one point of rest to the next: what it says meanwhile is kept in order. */
export class Progress {
  readonly definition: Definition
  readonly cause: Cause
  instance: Instance
  readonly facts: Derived[] = []

  constructor(definition: Definition, instance: Instance, cause: Cause) {
    this.definition = definition
    this.instance = instance
    this.cause = cause
  }

  scope(branch: string): Scope {
    return new Scope(this.definition, this.instance, branch)
  }

  stateOf(branch: string): StateDefinition | undefined {
    const { name } = readBranch(branch)
    return this.definition.branches[name]?.states[this.instance.at[branch]?.state ?? '']
  }

  /** A fact of the process itself. */
  tell(type: string, data: Readonly<Record<string, unknown>>): void {
    const { process, key } = this.instance
    this.add({ type, data: { process, key, ...data } })
  }

  add(derived: Omit<Derived, 'rule'>): void {
    this.facts.push({ rule: `p${this.facts.length}`, ...derived })
  }

  /** Moves until nothing moves any more. */
  run(): void {
    this.#begin('main')
    for (let moves = 0; this.#moved(); moves++)
      if (moves > movesMax) throw new RangeError(`process ${this.definition.id} goes round in circles`)
  }

  #moved(): boolean {
    for (const [name, { each }] of Object.entries(this.definition.branches))
      for (const key of each === undefined ? [''] : each(this.scope('main'))) this.#begin(branchId(name, key))
    let asked = false
    for (const branch of Object.keys(this.instance.at)) {
      if (this.#cancelled(branch) || this.#stepped(branch)) return true
      asked = this.#ask(branch) || asked
    }
    return asked
  }

  #begin(branch: string): void {
    if (this.instance.at[branch] !== undefined) return
    const initial = this.definition.branches[readBranch(branch).name]?.initial
    if (initial !== undefined) this.move(branch, initial)
  }

  #stepped(branch: string): boolean {
    const scope = this.scope(branch)
    const step = this.stateOf(branch)?.next?.find(({ when }) => when(scope))
    if (step === undefined) return false
    this.move(branch, step.to, step.choose?.(scope))
    return true
  }

  /** A wish to call it off is followed or refused by each branch once. */
  #cancelled(branch: string): boolean {
    const { cancel } = this.instance
    const state = this.stateOf(branch)
    const refused = state?.refuses?.(this.scope(branch))
    const answer = refused === undefined ? state?.cancel : { refused }
    if (cancel === undefined || answer === undefined || cancel.answered.includes(branch)) return false
    this.instance = { ...this.instance, cancel: { ...cancel, answered: [...cancel.answered, branch] } }
    if (typeof answer === 'string') this.move(branch, answer)
    else this.tell('process.command_refused', { branch, action: 'cancel', by: cancel.by, reason: answer.refused })
    return true
  }

  move(branch: string, to: string, chosen?: Data): void {
    const from = this.instance.at[branch]?.state
    const kept = this.#kept(branch, chosen)
    const stay: Stay = {
      state: to,
      since: this.#since(branch),
      n: this.#number(),
      ...(kept === undefined ? {} : { chosen: kept }),
    }
    this.instance = { ...this.instance, at: { ...this.instance.at, [branch]: stay } }
    this.tell('process.moved', { branch, from: from ?? null, to, because: this.cause.because })
    for (const name of this.stateOf(branch)?.says ?? [])
      for (const said of this.definition.says?.[name]?.make(this.scope(branch)) ?? []) this.add(said)
    this.#ask(branch)
  }

  /** What is chosen on the way, and what stays chosen. */
  #kept(branch: string, chosen?: Data): Data | undefined {
    const before = this.instance.at[branch]?.chosen ?? {}
    const names = this.definition.branches[readBranch(branch).name]?.keeps ?? []
    const stays = names.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]] as const]))
    return stays.length === 0 ? chosen : { ...Object.fromEntries(stays), ...chosen }
  }

  /**
   * The clock of a branch never goes back: neither behind its last step nor behind a timer that went off for it. A late word about an early
   * time would otherwise find the timers of the next state gone off already, one after the other, without end.
   */
  #since(branch: string): Instant {
    const { at, missed } = this.instance
    const { key } = readBranch(branch)
    const gone = Object.entries(missed).flatMap(([timer, ms]) => (readBranch(timer).key === key ? [ms] : []))
    const told = readInstant(this.cause.at)
    const before = readInstant(at[branch]?.since ?? '')
    const latest = Math.max(...gone, ...[told, before].filter((one) => one !== undefined))
    return told === latest ? this.cause.at : writeInstant(latest)
  }

  /** Asks for what the state asks for and nobody has asked for yet. Whether there was any. */
  #ask(branch: string): boolean {
    const state = this.stateOf(branch)
    if (state === undefined) return false
    let asked = state.undoes === true && this.#undo(branch)
    for (const name of state.effects ?? []) {
      const made = this.definition.effects[name]?.make(this.scope(branch))
      for (const one of made === undefined ? [] : list(made)) asked = this.#want(branch, name, one) || asked
    }
    return asked
  }

  /** The last thing done is taken back first; the next one when that is settled, and never while its own outcome is open. */
  #undo(branch: string): boolean {
    this.#forget(branch)
    const [last] = undoable(this.definition, this.instance, branch)
    if (last === undefined) return false
    const [id, record] = last
    const isUndoing = Object.values(this.instance.effects).some(({ undoes }) => undoes === id)
    const { undo } = this.definition.effects[record.name] ?? {}
    if (undo === undefined || isUndoing || !isSettled(this.definition, record)) return false
    const { businessKey, payload = {}, document } = record
    const undoing = { businessKey, payload, ...(document === undefined ? {} : { document }) }
    const made = list(this.definition.effects[undo]?.make(this.scope(record.branch), undoing) ?? [])
    // Nothing to do counts as taken back.
    if (made.length === 0) this.#set(id, { ...record, status: 'settled' })
    for (const one of made) this.#want(branch, undo, one, id)
    return true
  }

  /** What nobody was told of need not be taken back, and nobody need do it by hand any more. */
  #forget(branch: string): void {
    for (const [id, record] of Object.entries(this.instance.effects)) {
      const isForgotten = record.branch === branch && record.status === 'unrouted' && record.undoes === undefined
      if (isForgotten && this.definition.effects[record.name]?.undo !== undefined)
        this.#set(id, { ...record, status: 'settled' })
    }
  }

  #want(branch: string, name: string, posting: Wanted, undoes?: string): boolean {
    const definition = this.definition.effects[name]
    const { businessKey, key: queue, priority, target } = posting
    // What nobody knows is no part of what the other system is told.
    const payload = Object.fromEntries(Object.entries(posting.payload).filter(([, value]) => value !== undefined))
    const id = `${name} ${businessKey}`
    if (definition === undefined || this.instance.effects[id] !== undefined) return false
    const { command, undo, object } = definition
    const n = this.#number()
    this.#set(id, {
      ...{ name, branch, command, businessKey, n, status: 'wanted', outcomes: {} },
      ...(undo === undefined ? {} : { payload }),
      ...(undoes === undefined ? {} : { undoes }),
    })
    const about = object?.(this.scope(branch))
    const { process, key } = this.instance
    this.facts.push({
      // The effect is caused by this fact: its id says which instance waits for the outcome.
      rule: `${this.cause.subject}~${n}`,
      type: 'process.effect_wanted',
      data: {
        ...{ process, key, branch, effect: id, command, businessKey, queue, priority, payload },
        ...(about === undefined ? {} : { object: about }),
        ...(target === undefined ? {} : { target }),
      },
    })
    return true
  }

  #set(id: string, record: EffectRecord): void {
    this.instance = { ...this.instance, effects: { ...this.instance.effects, [id]: record } }
  }

  #number(): number {
    const count = this.instance.count + 1
    this.instance = { ...this.instance, count }
    return count
  }
}

type Wanted = Exclude<ReturnType<Definition['effects'][string]['make']>, undefined | readonly unknown[]>

function list<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? (one as readonly T[]) : [one as T]
}

/** More moves than this for one cause are a mistake of the definition. */
const movesMax = 200
