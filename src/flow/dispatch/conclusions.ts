import type { Claimed, Conclusion } from '../../backbone/ledger.ts'
import type { NewFact } from '../../backbone/step.ts'
import { writeInstant } from '../../base/instant.ts'
import type { Workplace } from '../workplace.ts'
import { concludeAll } from './conclude.ts'
import { Gather } from './gather.ts'
import { againMs, isOutage } from './outage.ts'
import { outcomeFact } from './outcome-fact.ts'
import type { Verdict } from './verdict.ts'

/** What became of effects, on its way into the ledger: what comes together is written together. */
export class Conclusions {
  readonly #place: Workplace
  readonly #gather: Gather<Conclusion, boolean>

  constructor(place: Workplace) {
    this.#place = place
    this.#gather = new Gather((items) => concludeAll(place, items), { itemsMax: 100, runsMax: 2 })
  }

  /** With the fact that says so to whoever waits for it. False when the claim was lost. */
  async add(one: Claimed, verdict: Verdict): Promise<boolean> {
    const { clock, backbone, bells } = this.#place
    const about = { at: writeInstant(clock.wall()), partitions: backbone.partitions }
    const fact = outcomeFact(one.effect, verdict, about)
    const done = await this.#conclude(one, verdict, fact)
    if (done && fact !== undefined) bells.facts.ring()
    return done
  }

  /** Nobody who waits for it hears of it. False when the claim was lost. */
  addUntold(one: Claimed, verdict: Verdict): Promise<boolean> {
    return this.#conclude(one, verdict, undefined)
  }

  async #conclude(one: Claimed, verdict: Verdict, fact: NewFact | undefined): Promise<boolean> {
    const { signals } = this.#place
    const { effect, lane, claimEpoch } = one
    const { answer: _, ...ending } = verdict
    const done = await this.#write(one, {
      lane,
      claimEpoch,
      effect: effect.id,
      ...ending,
      ...(fact === undefined ? {} : { fact }),
    })
    const { target, command } = effect
    const reason = verdict.reason === undefined ? {} : { reason: verdict.reason }
    if (!done) signals.fenced({ consumer: 'dispatch', partition: -1 })
    else if (verdict.to === 'queued') signals.retryScheduled({ target, reason: verdict.reason ?? 'not there' })
    else signals.effectSettled({ target, command, outcome: verdict.to, effect: effect.id, ...reason })
    return done
  }

  /**
   * What an attempt came to is known here and nowhere else. While the claim holds it is written again when the database did not
   * answer, or the next holder would have to wait for the longest quarantine; one that was written already is not written twice.
   */
  async #write(one: Claimed, conclusion: Conclusion): Promise<boolean> {
    const { clock, signals, ports } = this.#place
    for (let tries = 1; ; tries++) {
      try {
        return await this.#gather.add(conclusion)
      } catch (error) {
        const again = clock.wall() + againMs(tries)
        if (!isOutage(error) || again > one.claimUntil) throw error
        signals.outcomeUnknown({ place: 'dispatch' })
        await clock.sleep(againMs(tries) * (0.5 + ports.random.next() / 2))
      }
    }
  }
}
