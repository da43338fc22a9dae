import type { Effect } from '../../backbone/ledger.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import { readCodeKey } from '../../model/codes/code-key.ts'
import type { TaskState } from '../../model/task/state.ts'
import { taskSubject } from '../../model/task/subject.ts'
import type { CodeRegistry, OutwardNames } from '../../registry/codes.ts'
import { outcomeFact } from '../dispatch/outcome-fact.ts'
import { waitsForNames } from '../dispatch/outward.ts'
import type { CodeQuestions } from '../translate/code-questions.ts'
import { nameCode, nameCodeDecisions } from '../translate/name-code.ts'
import type { Unnamed, UnnamedDocuments } from '../translate/unnamed-documents.ts'
import type { Workplace } from '../workplace.ts'

/** Parked effects that are looked at in a round: more mean that a whole catalogue is missing. */
const pageSize = 500
const pagesMax = 10
/** Questions about one code: each was decided, and it was asked about once more. */
const questionsMax = 100

/** A code of ours that a system has no name for, and what waits for it. */
interface UnnamedCode {
  readonly key: string
  readonly waiting: readonly Unnamed[]
}

/**
 * Sees to what waits for a name: asks once what the system calls a thing of ours, however much waits, does what was decided, and lets go
 * on what has all its names. It looks at what there is, not at what happened.
 */
export class OutwardSteward {
  readonly #place: Workplace
  readonly #questions: CodeQuestions
  readonly #registry: CodeRegistry
  readonly #documents: UnnamedDocuments

  constructor(place: Workplace, questions: CodeQuestions, registry: CodeRegistry, documents: UnnamedDocuments) {
    this.#place = place
    this.#questions = questions
    this.#registry = registry
    this.#documents = documents
  }

  async look(): Promise<void> {
    const waiting = [...(await this.#effects()), ...(await this.#documents.waiting())].toSorted(
      (one, other) => one.createdAt - other.createdAt || one.seq - other.seq,
    )
    if (waiting.length === 0) return
    const keys = [...new Set(waiting.flatMap(({ codes }) => codes))]
    const before = await this.#registry.outward(keys)
    for (const key of keys)
      await this.#see({ key, waiting: waiting.filter(({ codes }) => codes.includes(key)) }, isNamed(before.get(key)))
    const names = await this.#registry.outward(keys)
    for (const one of waiting) if (one.codes.every((key) => isNamed(names.get(key)))) await one.release()
  }

  async #effects(): Promise<readonly Unnamed[]> {
    const found: Unnamed[] = []
    let after: string | undefined
    for (let page = 0; page < pagesMax; page++) {
      const some = await this.#place.backbone.ledger.effects({
        state: ['parked'],
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      })
      for (const effect of some) {
        const codes = waitsForNames(effect.reason)
        if (codes === undefined) continue
        const { createdAt, updatedAt, seq, naturalKey: name } = effect
        found.push({
          codes,
          createdAt,
          updatedAt,
          seq,
          name,
          release: () => this.#release(effect),
          refuse: (by) => this.#refuse(effect, by),
        })
      }
      after = some.at(-1)?.id
      if (some.length < pageSize) break
    }
    return found
  }

  async #see(unnamed: UnnamedCode, isKnown: boolean): Promise<void> {
    const { key } = unnamed
    const { tenant } = readCodeKey(key)
    for (let n = 0; n < questionsMax; n++) {
      const task = taskSubject({ tenant, origin: `out ${key}`, name: 'name-code', n: `${n}` })
      const state = (await this.#questions.states([task])).get(task)
      if (state?.outcome === undefined) {
        if (isKnown && state?.request !== undefined)
          await this.#questions.say(tenant, {
            task,
            type: 'task.withdrawn',
            data: { reason: 'The code was named elsewhere.' },
          })
        else if (!isKnown && state?.request === undefined) await this.#ask(unnamed, task)
        return
      }
      if (await this.#follow(unnamed, state.outcome)) return
    }
  }

  async #ask({ key, waiting }: UnnamedCode, task: string): Promise<void> {
    const [first] = waiting
    if (first === undefined) return
    const data = nameCode(key, {
      waiting: waiting.length,
      since: writeInstant(first.updatedAt),
      effects: waiting.slice(0, 5).map(({ name }) => name),
    })
    await this.#questions.say(readCodeKey(key).tenant, { task, type: 'task.requested', data })
  }

  /** Does what was decided. False when it cannot be done, or was about what waited before: then it is asked again. */
  async #follow({ key, waiting }: UnnamedCode, outcome: NonNullable<TaskState['outcome']>): Promise<boolean> {
    const { decision, by, data, at } = outcome
    if (decision === nameCodeDecisions.refuse) {
      const until = readInstant(at) ?? 0
      const meant = waiting.filter(({ createdAt }) => createdAt <= until)
      for (const one of meant) await one.refuse(by)
      return meant.length > 0
    }
    const named = decision === nameCodeDecisions.keep ? readCodeKey(key).value : data?.['externalValue']
    if (typeof named !== 'string') return false
    return (await this.#registry.name(key, { external: named, by })) === 'named'
  }

  async #release({ id }: Effect): Promise<void> {
    this.#place.codes.clear()
    await this.#place.backbone.ledger.decide({
      effect: id,
      action: 'release',
      by: 'hub:codes',
      reason: 'The system has a name for each of its codes.',
    })
    this.#place.bells.effects.ring()
  }

  /** Whoever waits for it hears that it was refused. */
  async #refuse(effect: Effect, by: string): Promise<void> {
    const { backbone, clock } = this.#place
    const reason = 'Nobody wants to name a code of it.'
    const about = { at: writeInstant(clock.wall()), partitions: backbone.partitions }
    const fact = outcomeFact(effect, { to: 'refused', reason }, about)
    await backbone.ledger.decide({
      effect: effect.id,
      action: 'cancel',
      by,
      reason,
      ...(fact === undefined ? {} : { fact }),
    })
  }
}

function isNamed(names: OutwardNames | undefined): boolean {
  return names !== undefined && names.length > 0
}
