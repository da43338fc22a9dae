import { RowRefused } from '../backbone.ts'
import type { NewMessage, Step, StepOutcome } from '../step.ts'
import { messageId } from '../step.ts'
import { assertTransition } from '../transitions.ts'
import { findUnstorable } from '../unstorable.ts'
import { writeAudits } from './audit.ts'
import {
  dedupeKey,
  writeConclusions,
  writeCorrections,
  writeEffects,
  writeFacts,
  writeFences,
  writeIdentifiers,
  writeMessages,
  writeParks,
  writeStates,
  writeTimers,
} from './encode.ts'
import { type FactPlan, planFacts } from './fact-plan.ts'
import { isTransient, raised, sqlState, writeFailure } from './failures.ts'
import type { HotLine } from './hot-line.ts'
import { type InboxPlan, planInbox } from './inbox-plan.ts'
import type { Rows } from './pipeline.ts'
import type { Spread } from './spread.ts'
import type { Wire } from './wire.ts'

/** Commits steps: one write and one answer each, several under way on the same connection. */
export class Committer {
  readonly #lines: readonly HotLine[]
  readonly #prepareDays: () => Promise<void>
  /** Steps under way by (consumer, partition): what is planned on top of another must reach the server behind it. */
  readonly #under = new Map<string, { line: HotLine; count: number }>()
  #gate: Promise<void> = Promise.resolve()
  #running: readonly Promise<unknown>[] = []

  /** `prepareDays` is called when a row finds no partition for its day. */
  constructor(lines: readonly HotLine[], prepareDays: () => Promise<void>) {
    this.#lines = lines
    this.#prepareDays = prepareDays
  }

  async commit(step: Step): Promise<StepOutcome> {
    for (const { from, to } of step.conclusions ?? []) assertTransition(from, to)
    const messages = step.messages ?? []
    const keys = messages.map(dedupeKey)
    if (new Set(keys).size === keys.length) return this.#attempt(new StepPlan(step, keys))
    return step.inline === true ? { outcome: 'conflict', reason: 'duplicate' } : this.#commitApart(step, keys)
  }

  /** The same identity twice in one step: the second is looked up once the first is stored. */
  async #commitApart(step: Step, keys: readonly string[]): Promise<StepOutcome> {
    const { first, again } = withoutRepetitions(step.messages ?? [], keys)
    const plan = new StepPlan(
      { ...step, messages: first.map(({ message }) => message) },
      first.map(({ key }) => key),
    )
    const outcome = await this.#attempt(plan)
    if (outcome.outcome !== 'committed') return outcome
    const repeated = await this.commit({ messages: again.map(({ message }) => message) })
    if (repeated.outcome !== 'committed') return repeated
    const messages = [...outcome.messages]
    const results = new Array<(typeof messages)[number]>(messages.length + again.length)
    first.forEach(({ index }, at) => copy(results, index, messages[at]))
    again.forEach(({ index }, at) => copy(results, index, repeated.messages[at]))
    return { ...outcome, messages: results }
  }

  async #attempt(plan: StepPlan): Promise<StepOutcome> {
    for (let tries = 1; ; tries++) {
      try {
        return plan.read(await this.#send(plan))
      } catch (error) {
        const state = sqlState(error)
        if (state === raised.fenced) return { outcome: 'fenced' }
        if (state === raised.duplicate) return { outcome: 'conflict', reason: 'duplicate' }
        if (state === raised.offset) return { outcome: 'conflict', reason: 'offset' }
        if (state === raised.identifier) return { outcome: 'conflict', reason: 'identifier' }
        if (state === raised.claim) return { outcome: 'conflict', reason: 'claim' }
        if (tries < 3 && isTransient(error)) continue
        if (tries < 3 && isMissingDay(error)) await this.#prepareDays()
        else throw named(writeFailure(error), plan.step)
      }
    }
  }

  async #send(plan: StepPlan): Promise<readonly Rows[]> {
    const keys = (plan.step.fences ?? []).map(({ consumer, partition }) => `${consumer} ${partition}`)
    const line = await this.#choose(keys)
    for (const key of keys) {
      const under = this.#under.get(key)
      if (under === undefined) this.#under.set(key, { line, count: 1 })
      else under.count++
    }
    const work = line.run((wire) => plan.write(wire))
    this.#running = [...this.#running, work]
    try {
      return await work
    } finally {
      this.#running = this.#running.filter((one) => one !== work)
      for (const key of keys) this.#leave(key)
    }
  }

  /** A line on which this step comes after everything that it builds on. Steps with fences choose one after the other. */
  async #choose(keys: readonly string[]): Promise<HotLine> {
    if (keys.length === 0) return this.#idlest()
    const before = this.#gate
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#gate = promise
    await before
    let lines = this.#linesOf(keys)
    while (lines.size > 1) {
      await Promise.race(this.#running.map((work) => work.catch(() => {})))
      lines = this.#linesOf(keys)
    }
    // The next one chooses after our caller has written to the line, which it does in the turn after this.
    queueMicrotask(resolve)
    const [only] = lines
    return only ?? this.#idlest()
  }

  #linesOf(keys: readonly string[]): ReadonlySet<HotLine> {
    return new Set(keys.flatMap((key) => this.#under.get(key)?.line ?? []))
  }

  #idlest(): HotLine {
    return this.#lines.reduce((best, line) => (line.inFlight < best.inFlight ? line : best))
  }

  #leave(key: string): void {
    const under = this.#under.get(key)
    if (under !== undefined && --under.count === 0) this.#under.delete(key)
  }
}

/** What a step puts on the wire, and how its answer is read. */
class StepPlan {
  readonly step: Step
  readonly #inbox: InboxPlan | undefined
  readonly #facts: FactPlan | undefined
  #messagesAt = -1
  #factsAt = -1

  /** `keys` are those of its messages. */
  constructor(step: Step, keys: readonly string[]) {
    this.step = step
    this.#inbox = (step.messages?.length ?? 0) > 0 ? planInbox(step.messages ?? [], keys) : undefined
    this.#facts = (step.facts?.length ?? 0) > 0 ? planFacts(step.facts ?? []) : undefined
  }

  /** Locks are taken in the same order by every step: owners, inbox, fact log, states, identifiers, lanes, timers, parked, audit. */
  write(wire: Wire): void {
    const { step } = this
    writeFences(wire, step)
    if (this.#inbox !== undefined) {
      this.#messagesAt = wire.statements
      writeMessages(wire, this.#inbox, step)
    }
    if (this.#facts !== undefined) {
      this.#factsAt = wire.statements
      writeFacts(wire, this.#facts, step)
    }
    writeStates(wire, step)
    writeIdentifiers(wire, step)
    // Before effects are added: these may stand in the same lanes, and lanes are locked in one order.
    writeConclusions(wire, step)
    writeEffects(wire, step.effects ?? [])
    writeTimers(wire, step)
    writeParks(wire, step)
    writeCorrections(wire, step)
    writeAudits(wire, step)
  }

  read(results: readonly Rows[]): StepOutcome {
    return {
      outcome: 'committed',
      messages: this.#inbox === undefined ? [] : readMessages(this.#inbox, results[this.#messagesAt]?.[0] ?? []),
      factOffsets:
        this.#facts === undefined ? [] : offsets(this.#facts.spread, numbers(results[this.#factsAt]?.[0]?.[0])),
    }
  }
}

function readMessages(
  plan: InboxPlan,
  [firsts, dupNo, dupPart, dupOff, dupSame]: readonly (string | null | undefined)[],
): (StepOutcome & { outcome: 'committed' })['messages'] {
  const starts = numbers(firsts)
  const numbersOf = numbers(dupNo)
  const parts = numbers(dupPart)
  const offs = numbers(dupOff)
  const same = elements(dupSame)
  const duplicates = new Map(numbersOf.map((no, index) => [no - 1, index]))
  const skipped = plan.spread.partitions.map(() => 0)
  return plan.messages.map((message, index) => {
    const place = (plan.spread.places[index] ?? 1) - 1
    const duplicate = duplicates.get(index)
    if (duplicate !== undefined) {
      skipped[place] = (skipped[place] ?? 0) + 1
      const outcome = same[duplicate] === 't' ? 'duplicate' : 'conflict'
      return { outcome, id: messageId(parts[duplicate] ?? -1, offs[duplicate] ?? -1) }
    }
    const offset = (starts[place] ?? 0) + (plan.spread.ranks[index] ?? 0) - (skipped[place] ?? 0)
    return { outcome: 'accepted', id: messageId(message.partition, offset) }
  })
}

function offsets(to: Spread, firsts: readonly number[]): number[] {
  return to.places.map((place, index) => (firsts[place - 1] ?? 0) + (to.ranks[index] ?? 0))
}

/** An array of the database without quotes or NULLs. */
function elements(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined || text === '{}' ? [] : text.slice(1, -1).split(',')
}

function numbers(text: string | null | undefined): readonly number[] {
  return elements(text).map(Number)
}

interface Numbered {
  readonly message: NewMessage
  readonly key: string
  readonly index: number
}

function withoutRepetitions(
  messages: readonly NewMessage[],
  keys: readonly string[],
): {
  readonly first: readonly Numbered[]
  readonly again: readonly Numbered[]
} {
  const seen = new Set<string>()
  const first: Numbered[] = []
  const again: Numbered[] = []
  messages.forEach((message, index) => {
    const key = keys[index] ?? ''
    if (seen.has(key)) again.push({ message, key, index })
    else first.push({ message, key, index })
    seen.add(key)
  })
  return { first, again }
}

/** Says which row the database refused, where that can be told. */
function named(error: Error, step: Step): Error {
  const found = error instanceof RowRefused ? findUnstorable(step) : undefined
  return found === undefined ? error : new RowRefused(`${found.table}[${found.index}] holds U+0000`, { cause: error })
}

function isMissingDay(error: unknown): boolean {
  return sqlState(error) === '23514' && error instanceof Error && error.message.startsWith('no partition of relation')
}

function copy<T>(to: T[], index: number, value: T | undefined): void {
  if (value !== undefined) to[index] = value
}
