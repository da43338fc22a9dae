import { codeUnknown, type Wait } from '../../backbone/step.ts'
import { readCodeKey } from '../../model/codes/code-key.ts'
import type { TaskState } from '../../model/task/state.ts'
import { taskSubject } from '../../model/task/subject.ts'
import { type CodeEntry, type CodeRegistry, unheard } from '../../registry/codes.ts'
import type { Intake } from '../intake/intake.ts'
import { CodeQuestions } from '../translate/code-questions.ts'
import { mapCode, mapCodeDecisions } from '../translate/map-code.ts'
import { UnnamedDocuments, type UnwrittenDocuments } from '../translate/unnamed-documents.ts'
import type { Workplace } from '../workplace.ts'
import { OutwardSteward } from './outward-steward.ts'

/** Codes that are looked at, those that wait longest first: more mean that a whole catalogue is missing, and an import is the answer. */
const waitsMax = 20_000
/** After a round it rests so many times as long as that took: it must not be what keeps the database busy. */
const restShare = 4
const refusedAtOnce = 500
/** What is translated and still waits, because it was not valid then, is tried again later and later. */
const firstPauseMs = 1000
const longestPauseMs = 600_000
/** Decisions that could not be followed, for one code: then somebody has to look. */
const questionsMax = 20

/**
 * Sees to codes that nobody has translated: asks once what each means, however many messages wait for it, does what was decided, and
 * lets what waits go on. It looks at what there is, not at what happened: whatever a crash left half done is done by the next round.
 */
export class Steward {
  readonly #place: Workplace
  readonly #questions: CodeQuestions
  readonly #outward: OutwardSteward
  readonly #registry: CodeRegistry
  /** Questions that this instance has asked: whatever is asked again is a duplicate. */
  readonly #asked = new Set<string>()
  #restsUntil = Number.NEGATIVE_INFINITY
  readonly #released = new Map<string, { readonly revision: number; readonly at: number; readonly pauseMs: number }>()

  constructor(
    place: Workplace,
    intake: Pick<Intake, 'accept'>,
    { registry, unwritten }: { readonly registry: CodeRegistry; readonly unwritten: UnwrittenDocuments },
  ) {
    this.#place = place
    this.#questions = new CodeQuestions(place, intake)
    this.#outward = new OutwardSteward(place, this.#questions, registry, new UnnamedDocuments(place, intake, unwritten))
    this.#registry = registry
  }

  /** By whoever owns the first partition: one of all instances. */
  async round(): Promise<boolean> {
    const { clock } = this.#place
    const begun = clock.mono()
    if (this.#place.translate[0]?.held !== true || begun < this.#restsUntil) return false
    await this.#look()
    await this.#outward.look()
    this.#restsUntil = clock.mono() + restShare * (clock.mono() - begun)
    return false
  }

  async #look(): Promise<void> {
    const waits = await this.#place.backbone.waits(codeUnknown, waitsMax)
    if (waits.length === 0) {
      this.#asked.clear()
      this.#released.clear()
      return
    }
    const revision = await this.#registry.revision()
    const entries = await this.#registry.find(waits.map(({ key }) => key))
    const entryOf = ({ key }: Wait): CodeEntry => entries.get(key) ?? unheard
    // Nearly all of them are open: those need no second look.
    const first = await this.#questions.states(waits.map((wait) => this.#task(wait, entryOf(wait), 0)))
    for (const wait of waits) {
      const entry = entryOf(wait)
      const state = first.get(this.#task(wait, entry, 0))
      const isOpen = state?.request !== undefined && state.outcome === undefined
      if (!isOpen || isKnown(entry)) await this.#see(wait, { entry, revision })
    }
  }

  async #see(wait: Wait, { entry, revision }: { readonly entry: CodeEntry; readonly revision: number }): Promise<void> {
    if (isKnown(entry)) {
      await this.#letGo(wait, entry, revision)
      return
    }
    for (let n = 0; n < questionsMax; n++) {
      const task = this.#task(wait, entry, n)
      const state = await this.#stateOf(task)
      if (state?.outcome === undefined) {
        if (state?.request === undefined) await this.#ask(wait, task)
        return
      }
      if (await this.#follow(wait, task, state.outcome)) return
    }
  }

  /** Does what was decided. False when it cannot be done: then it is asked again. */
  async #follow(wait: Wait, task: string, outcome: NonNullable<TaskState['outcome']>): Promise<boolean> {
    const { decision, by, data } = outcome
    if (decision === mapCodeDecisions.refuse) {
      if (await this.#refuse(wait)) await this.#registry.reject(wait.key, { task, by })
      return true
    }
    const named = decision === mapCodeDecisions.keep ? readCodeKey(wait.key).value : data?.['canonicalId']
    const canonicalId = typeof named === 'string' ? named : ''
    if ((await this.#registry.approve(wait.key, { canonicalId, by })) === 'unknown') return false
    await this.#release(wait)
    return true
  }

  /** It is translated: what waits goes on, and nobody needs to be asked any more. */
  async #letGo(wait: Wait, entry: CodeEntry, revision: number): Promise<void> {
    const now = this.#place.clock.mono()
    const last = this.#released.get(wait.key)
    if (last?.revision === revision && now - last.at < last.pauseMs) return
    const pauseMs = last?.revision === revision ? Math.min(last.pauseMs * 2, longestPauseMs) : firstPauseMs
    this.#released.set(wait.key, { revision, at: now, pauseMs })
    await this.#release(wait)
    for (let n = 0; n < questionsMax; n++) {
      const task = this.#task(wait, entry, n)
      const state = await this.#stateOf(task)
      if (state?.request === undefined) return
      if (state.outcome !== undefined) continue
      await this.#questions.say(wait.tenant, {
        task,
        type: 'task.withdrawn',
        data: { reason: 'The code was translated elsewhere.' },
      })
    }
  }

  async #release({ key }: Wait): Promise<void> {
    this.#place.codes.clear()
    await this.#place.backbone.releaseWaiting([key])
    this.#place.lookForReleased()
  }

  /** False when one of them was settled by somebody else meanwhile: the next round sees to the others. */
  async #refuse({ key }: Wait): Promise<boolean> {
    const { backbone } = this.#place
    for (;;) {
      const parks = await backbone.parked({ code: codeUnknown, waitsFor: key, limit: refusedAtOnce })
      if (parks.length === 0) return true
      const step = await backbone.commit({ unparks: parks.map(({ message }) => ({ message, outcome: 'refused' })) })
      if (step.outcome !== 'committed') return false
      this.#place.lookForReleased()
    }
  }

  async #ask(wait: Wait, task: string): Promise<void> {
    if (this.#asked.has(task)) return
    const proposals = await this.#registry.proposals(wait.key)
    await this.#questions.say(wait.tenant, { task, type: 'task.requested', data: mapCode(wait, proposals) })
    this.#asked.add(task)
  }

  #task({ key, tenant }: Wait, { generation }: CodeEntry, n: number): string {
    return taskSubject({ tenant, origin: key, name: 'map-code', n: `${generation}.${n}` })
  }

  async #stateOf(task: string): Promise<TaskState | undefined> {
    return (await this.#questions.states([task])).get(task)
  }
}

function isKnown({ mappings, isCanonical }: CodeEntry): boolean {
  return mappings.length > 0 || isCanonical
}
