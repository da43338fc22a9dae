import type { Effect } from '../backbone/ledger.ts'
import { readInstant, writeInstant } from '../base/instant.ts'
import { readCodeKey } from '../model/codes/code-key.ts'
import type { TaskState } from '../model/task/state.ts'
import { taskSubject } from '../model/task/subject.ts'
import type { CodeRegistry, OutwardNames } from '../registry/codes.ts'
import type { CodeQuestions } from './code-questions.ts'
import { nameCode, nameCodeDecisions } from './name-code.ts'
import { outcomeFact } from './outcome-fact.ts'
import { waitsForNames } from './outward.ts'
import type { Workplace } from './workplace.ts'

/** Parked effects that are looked at in a round: more mean that a whole catalogue is missing. */
const pageSize = 500
const pagesMax = 10
/** Questions about one code: each was decided, and it was asked about once more. */
const questionsMax = 100

/** A code of ours that a system has no name for, and what waits for it. */
interface Unnamed {
  readonly key: string
  readonly effects: readonly Effect[]
}

/**
 * Sees to what waits for a name: asks once what the system calls a thing of ours, however much waits, does what was decided, and lets go
 * on what has all its names. It looks at what there is, not at what happened.
 */
export class OutwardSteward {
  readonly #place: Workplace
  readonly #questions: CodeQuestions
  readonly #registry: CodeRegistry

  constructor(place: Workplace, questions: CodeQuestions, registry: CodeRegistry) {
    this.#place = place
    this.#questions = questions
    this.#registry = registry
  }

  async look(): Promise<void> {
    const waiting = await this.#waiting()
    if (waiting.length === 0) return
    const keys = [...new Set(waiting.flatMap((effect) => waitsForNames(effect.reason) ?? []))]
    const before = await this.#registry.outward(keys)
    for (const key of keys) {
      const effects = waiting.filter((effect) => waitsForNames(effect.reason)?.includes(key) === true)
      await this.#see({ key, effects }, isNamed(before.get(key)))
    }
    const names = await this.#registry.outward(keys)
    for (const effect of waiting)
      if (waitsForNames(effect.reason)?.every((key) => isNamed(names.get(key))) === true) await this.#release(effect)
  }

  async #waiting(): Promise<readonly Effect[]> {
    const found: Effect[] = []
    let after: string | undefined
    for (let page = 0; page < pagesMax; page++) {
      const some = await this.#place.backbone.ledger.effects({
        state: ['parked'],
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      })
      found.push(...some.filter(({ reason }) => waitsForNames(reason) !== undefined))
      after = some.at(-1)?.id
      if (some.length < pageSize) break
    }
    return found.toSorted((a, b) => a.createdAt - b.createdAt || a.seq - b.seq)
  }

  async #see(unnamed: Unnamed, isKnown: boolean): Promise<void> {
    const { key } = unnamed
    const { tenant } = readCodeKey(key)
    for (let n = 0; n < questionsMax; n++) {
      const task = taskSubject({ tenant, origin: `out ${key}`, name: 'name-code', n: `${n}` })
      const state = (await this.#questions.states([task])).get(task)
      if (state?.outcome === undefined) {
        if (isKnown && state?.request !== undefined)
          await this.#questions.say(tenant, {
            ...{ task, type: 'task.withdrawn' },
            data: { reason: 'The code was named elsewhere.' },
          })
        else if (!isKnown && state?.request === undefined) await this.#ask(unnamed, task)
        return
      }
      if (await this.#follow(unnamed, state.outcome)) return
    }
  }

  async #ask({ key, effects }: Unnamed, task: string): Promise<void> {
    const [first] = effects
    if (first === undefined) return
    const data = nameCode(key, {
      waiting: effects.length,
      since: writeInstant(first.updatedAt),
      effects: effects.slice(0, 5).map(({ naturalKey }) => naturalKey),
    })
    await this.#questions.say(readCodeKey(key).tenant, { task, type: 'task.requested', data })
  }

  /** Does what was decided. False when it cannot be done, or was about what waited before: then it is asked again. */
  async #follow({ key, effects }: Unnamed, outcome: NonNullable<TaskState['outcome']>): Promise<boolean> {
    const { decision, by, data, at } = outcome
    if (decision === nameCodeDecisions.refuse) {
      const until = readInstant(at) ?? 0
      const meant = effects.filter(({ createdAt }) => createdAt <= until)
      for (const effect of meant) await this.#refuse(effect, by)
      return meant.length > 0
    }
    const named = decision === nameCodeDecisions.keep ? readCodeKey(key).value : data?.['externalValue']
    if (typeof named !== 'string') return false
    return (await this.#registry.name(key, { external: named, by })) === 'named'
  }

  async #release({ id }: Effect): Promise<void> {
    this.#place.codes.clear()
    await this.#place.backbone.ledger.decide({
      ...{ effect: id, action: 'release', by: 'hub:codes' },
      reason: 'The system has a name for each of its codes.',
    })
    this.#place.bells.effects.ring()
  }

  /** Whoever waits for it hears that it was refused. */
  async #refuse(effect: Effect, by: string): Promise<void> {
    const { backbone, clock } = this.#place
    const reason = 'Nobody wants to name a code of it.'
    const fact = outcomeFact(
      { effect, lane: '', claimEpoch: 0, claimUntil: 0 },
      { from: 'queued', to: 'refused', reason } as never,
      { at: writeInstant(clock.wall()), partitions: backbone.partitions },
    )
    await backbone.ledger.decide({
      ...{ effect: effect.id, action: 'cancel', by, reason },
      ...(fact === undefined ? {} : { fact }),
    })
  }
}

function isNamed(names: OutwardNames | undefined): boolean {
  return names !== undefined && names.length > 0
}
