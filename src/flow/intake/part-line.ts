import { RowRefused } from '../../backbone/backbone.ts'
import type { AppendResult, StepOutcome } from '../../backbone/step.ts'
import { type Translated, translateMessage, withAdvice } from '../translate/translated.ts'
import type { Workplace } from '../workplace.ts'
import { type InlinePlan, planInline } from './inline.ts'
import { type Prepared, prepareInline } from './prepared.ts'
import type { Received } from './received.ts'
import type { Waiting } from './waiting.ts'

/** What intake does with inputs however they come. */
export interface IntakeHands {
  /** They are stored, and what they mean with them. */
  readonly settle: (batch: readonly Waiting[], plan: InlinePlan, result: StepOutcome & { outcome: 'committed' }) => void
  /** Answers those that are stored already; returns the others. */
  readonly answerKnown: (batch: readonly Waiting[]) => Promise<readonly Waiting[]>
  /** Stores the bytes alone: translate and advance follow. */
  readonly storeOnly: (batch: readonly Waiting[]) => Promise<void>
}

/**
 * Parts of large files on their way into the log. What comes together is stored together, with all that it means, in one step: a step
 * for each stage and partition would cost many times as much, and whoever sends in between would find the log behind. All that can be
 * done before is done before the turn is taken, so that nobody waits for reading and translating.
 */
export class PartLine {
  readonly #place: Workplace
  readonly #hands: IntakeHands
  #waiting: Waiting[] = []
  #isAtWork = false
  #underWay = 0
  /** The last lot was stored before: a file that comes again, or goes on after a crash. */
  #isRepeating = false

  constructor(place: Workplace, hands: IntakeHands) {
    this.#place = place
    this.#hands = hands
  }

  add(received: Received): Promise<AppendResult> {
    const { promise, resolve, reject } = Promise.withResolvers<AppendResult>()
    this.#waiting.push({ received, resolve, reject, repetitions: [], tries: 0 })
    if (!this.#isAtWork) {
      this.#isAtWork = true
      queueMicrotask(() => void this.#work())
    }
    return promise
  }

  get waiting(): number {
    return this.#waiting.length + this.#underWay
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lot = this.#waiting.splice(0, lotMost)
      this.#underWay = lot.length
      try {
        await this.#store(lot)
      } catch (error) {
        for (const one of lot) one.reject(error)
      } finally {
        this.#underWay = 0
      }
    }
    this.#isAtWork = false
  }

  async #store(lot: readonly Waiting[]): Promise<void> {
    const { clock } = this.#place
    const until = clock.mono() + catchUpMs
    let left = this.#isRepeating ? await this.#unknown(lot) : lot
    while (left.length > 0) {
      const outcome = await this.#attempt(left)
      if (outcome === 'stored') return
      const isOver = clock.mono() >= until || !this.#isOurs(left)
      if (outcome === 'refused' || isOver || left.some(({ tries }) => tries > 2)) return this.#hands.storeOnly(left)
      if (outcome === 'behind') await this.#catchUp(left)
      else {
        left = await this.#unknown(left)
        for (const one of left) one.tries++
      }
    }
  }

  async #unknown(lot: readonly Waiting[]): Promise<readonly Waiting[]> {
    const left = await this.#hands.answerKnown(lot)
    this.#isRepeating = left.length < lot.length
    return left
  }

  /** `behind`: something else is under way whose offsets are not known yet. `again`: the step came to nothing, or nobody knows. */
  async #attempt(lot: readonly Waiting[]): Promise<'stored' | 'behind' | 'again' | 'refused'> {
    const inputs = lot.map(({ received }) => received)
    const prepared = await prepareInline(this.#place, inputs.map(translated))
    return this.#place.bulkPace.noticeable(() => this.#commit(lot, inputs, prepared))
  }

  async #commit(
    lot: readonly Waiting[],
    inputs: readonly Received[],
    prepared: Prepared,
  ): Promise<'stored' | 'behind' | 'again' | 'refused'> {
    const planned = await this.#plan(inputs, prepared)
    if (planned === undefined) return 'behind'
    try {
      const result = await planned.commit
      if (result.outcome !== 'committed') return 'again'
      this.#hands.settle(lot, planned.plan, result)
      return 'stored'
    } catch (error) {
      // Translate finds the culprit, message by message.
      if (error instanceof RowRefused) return 'refused'
      throw error
    }
  }

  async #plan(
    inputs: readonly Received[],
    prepared: Prepared,
  ): Promise<{ readonly plan: InlinePlan; readonly commit: ReturnType<Workplace['commit']> } | undefined> {
    const done = await this.#place.turn.take()
    try {
      const plan = await planInline(this.#place, inputs, prepared)
      return plan === undefined ? undefined : { plan, commit: this.#place.commit(plan.step, plan.folding.held) }
    } finally {
      done()
    }
  }

  /** A partition whose last step failed is read by its translator before anybody may plan ahead again. */
  async #catchUp(lot: readonly Waiting[]): Promise<void> {
    for (const { received } of lot) this.#place.bells.translate[received.connection.partition]?.ring()
    await this.#place.clock.sleep(pauseMs)
  }

  #isOurs(lot: readonly Waiting[]): boolean {
    const mono = this.#place.clock.mono()
    return lot.every(({ received }) => this.#place.translate[received.connection.partition]?.usable(mono) === true)
  }
}

const known = new WeakMap<Received, Translated>()

/**
 * Once, however often its step is tried. Not for receipts, which tell the message that they are about: parts have none, but for the
 * advice that one of them was not understood.
 */
function translated(received: Received): Translated {
  const { connection, message: unplaced, reading, translation } = received
  const before = known.get(received)
  if (before !== undefined) return before
  const message = { ...unplaced, id: '', offset: -1 }
  const found =
    translation === undefined
      ? translateMessage(message, connection, { reading, receipts: false })
      : { message, connection, translation }
  const told = withAdvice(found)
  known.set(received, told)
  return told
}

/** Parts of one step. */
const lotMost = 64
/** How long a lot waits for its turn before only its bytes are stored. */
const catchUpMs = 1000
const pauseMs = 2
