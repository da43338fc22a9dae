import { writeInstant } from '../src/base/instant.ts'
import type { Evolution, Fact } from '../src/model/fact.ts'
import type { Definition } from '../src/processes/engine/definition.ts'
import { evolveProcess, type FactReport, type ProcessDecision } from '../src/processes/engine/evolve.ts'
import { type Instance, processSubject } from '../src/processes/engine/instance.ts'
import { router } from '../src/processes/engine/told.ts'

/** A fact as a test tells it. */
export interface Told {
  readonly type: string
  readonly data: unknown
  readonly subject?: string
  /** Minutes after the beginning; absent: when it is told. */
  readonly minutes?: number
  /** The object after the fact. */
  readonly state?: unknown
}

/**
 * One instance of a process and the hub around it, without a hub: facts go in by the same routes, outcomes, timers and people answer, and
 * the state is text between any two of them, as it is after a restart.
 */
export class ProcessRun {
  readonly definition: Definition
  readonly facts: { readonly type: string; readonly subject?: string; readonly data: Record<string, unknown> }[] = []
  /** Timers that are set, ms. */
  readonly timers = new Map<string, number>()
  /** Business keys per command, in the order in which they were asked for. */
  readonly effects: { readonly command: string; readonly businessKey: string; readonly payload: unknown }[] = []
  /** Open tasks by hub id. */
  readonly tasks = new Map<string, Record<string, unknown> & { readonly name: string }>()
  readonly policy: Readonly<Record<string, unknown>> | undefined
  #text: string | undefined
  #minutes = 0
  #count = 0
  #key: string | undefined
  readonly #others: readonly Definition[]
  /** The only instance that is meant; absent: whichever is told of something. */
  readonly #only: string | undefined

  constructor(
    definition: Definition,
    {
      policy,
      others = [],
      key,
    }: { policy?: Readonly<Record<string, unknown>>; others?: readonly Definition[]; key?: string } = {},
  ) {
    this.definition = definition
    this.policy = policy
    this.#others = others
    this.#only = key
  }

  /** Goes on with an instance that another release has stored. */
  static resumed(
    definition: Definition,
    instance: Instance,
    options: { others?: readonly Definition[]; key?: string } = {},
  ): ProcessRun {
    const run = new ProcessRun(definition, { policy: instance.policy, ...options })
    run.#text = JSON.stringify(instance)
    run.#key = instance.key
    run.#minutes = 600
    for (const [name, at] of Object.entries(instance.armed)) run.timers.set(`${definition.id}.${name}`, at)
    return run
  }

  get instance(): Instance | undefined {
    return this.#text === undefined ? undefined : (JSON.parse(this.#text) as Instance)
  }

  state(branch = 'main'): string | undefined {
    return this.instance?.at[branch]?.state
  }

  /** Names of the tasks that are open. */
  get open(): string[] {
    return [...this.tasks.values()].map(({ name }) => name).toSorted()
  }

  tell({ type, data, subject = 'shp_1', minutes = this.#minutes + 1, state }: Told): this {
    const at = writeInstant(startMs + minutes * 60_000)
    if (this.definition.answers?.[type] !== undefined) return this.report(type, data, at)
    const fact = this.#fact(type, data, { subject, at })
    const reports = router([this.definition]).told(fact, state, () => this.policy)
    for (const report of reports) {
      const { key } = report.data as FactReport
      if (this.#only !== undefined && key !== this.#only) continue
      this.#key = key
      this.#fold({ ...fact, id: `${fact.id}.told`, type: report.type, subject: this.#subject(), data: report.data })
    }
    return this
  }

  /** Another object answers. */
  report(type: string, data: unknown, at?: string): this {
    this.#fold(this.#fact(type, data, at === undefined ? {} : { at }))
    return this
  }

  /** What became of the last effect of this command that has no outcome yet. */
  outcome(
    command: string,
    outcome: 'applied' | 'refused' | 'parked',
    more: {
      readonly target?: string
      readonly reason?: string
      readonly answer?: Readonly<Record<string, unknown>>
      readonly document?: string
      /** Of which of several. */
      readonly businessKey?: string
    } = {},
  ): this {
    const { target = 'there', reason, answer, document = 'D1', businessKey } = more
    const open = Object.values(this.instance?.effects ?? {}).find(
      (one) =>
        one.command === command &&
        ['wanted', 'parked', 'refused'].includes(one.status) &&
        (businessKey === undefined || businessKey === one.businessKey),
    )
    if (open === undefined) throw new Error(`nobody waits for ${command}`)
    const naturalKey = `${command}:${target}:${open.businessKey}`
    const data = {
      outcome,
      command,
      target,
      naturalKey,
      documentReference: document,
      ...(answer === undefined ? {} : { answer }),
      ...(reason === undefined ? {} : { reason }),
    }
    this.#fold(this.#fact('process.outcome_reported', data, {}))
    return this
  }

  /** Nobody is asked for the last effect of this command. */
  unrouted(command: string): this {
    const [id] = Object.entries(this.instance?.effects ?? {}).findLast(([, one]) => one.command === command) ?? []
    this.#fold(this.#fact('process.targets_reported', { effect: id, targets: 0 }, {}))
    return this
  }

  /** The timer goes off, when it is due. */
  fire(timer: string): this {
    const name = `${this.definition.id}.${timer}`
    const due = this.timers.get(name)
    if (due === undefined) throw new Error(`${timer} is not set; set are ${[...this.timers.keys()].join(', ')}`)
    this.timers.delete(name)
    this.#minutes = Math.max(this.#minutes, Math.ceil((due - startMs) / 60_000))
    this.#fold(this.#fact('expectation.missed', { timer: name, due: writeInstant(due) }, { at: writeInstant(due) }))
    return this
  }

  answer(task: string, decision: string, data?: Readonly<Record<string, unknown>>): this {
    const [id, one] = [...this.tasks].find(([, { name }]) => name === task) ?? []
    if (id === undefined || one === undefined) throw new Error(`${task} is not open; open are ${this.open.join(', ')}`)
    const decisions = one['decisions'] as readonly { readonly name: string }[]
    if (!decisions.some(({ name }) => name === decision)) throw new Error(`${task} knows no ${decision}`)
    this.tasks.delete(id)
    this.#fold(this.#fact('task.answered', { task: id, name: task, decision, by: 'ana', reason: '', data }, {}))
    return this
  }

  decide(wish: Omit<ProcessDecision, 'by' | 'reason'>): this {
    this.#fold(this.#fact('process.decided', { by: 'ana', reason: 'wanted', ...wish }, {}))
    return this
  }

  /** Facts of this type, their data. */
  said(type: string): Record<string, unknown>[] {
    return this.facts.filter((one) => one.type === type).map(({ data }) => data)
  }

  /** Commands with business keys, in order. */
  get asked(): string[] {
    return this.effects.map(({ command, businessKey }) => `${command} ${businessKey}`)
  }

  #subject(): string {
    return processSubject('main', this.definition.id, this.#key ?? '')
  }

  #fact(type: string, data: unknown, { subject, at }: { readonly subject?: string; readonly at?: string }): Fact {
    const id = `f${this.#count++}`
    const recordedAt = writeInstant(startMs + ++this.#minutes * 60_000)
    return {
      ...{
        id,
        type,
        subject: subject ?? this.#subject(),
        tenant: 'main',
        recordedAt,
        source: 'test',
        causation: id,
        correlation: id,
      },
      trace: '0'.repeat(32),
      ...(at === undefined ? {} : { occurredAt: at }),
      data: JSON.parse(JSON.stringify(data)) as unknown,
    }
  }

  #fold(fact: Fact): void {
    const find = (process: string, version?: number): Definition | undefined =>
      [this.definition, ...this.#others]
        .filter((one) => one.id === process && (version === undefined || one.version === version))
        .toSorted((a, b) => b.version - a.version)[0]
    const evolution: Evolution<Instance> = evolveProcess(find)(this.instance, fact)
    this.#text = JSON.stringify(evolution.state)
    for (const { name, at } of evolution.timers) {
      if (at === null) this.timers.delete(name)
      else this.timers.set(name, Date.parse(at))
    }
    for (const { type, subject, data } of evolution.facts) {
      const told = data as Record<string, unknown>
      this.facts.push({ type, ...(subject === undefined ? {} : { subject }), data: told })
      if (type === 'process.effect_wanted') this.effects.push(told as unknown as ProcessRun['effects'][number])
      if (type === 'task.requested') this.tasks.set(subject ?? '', told as Record<string, unknown> & { name: string })
      if (type === 'task.withdrawn') this.tasks.delete(subject ?? '')
    }
  }
}

/** 1 April 2026, a Wednesday. */
export const startMs = 1_775_001_600_000
