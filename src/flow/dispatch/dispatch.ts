import type { Claimed, IntentResult } from '../../backbone/ledger.ts'
import { InterlineError } from '../../base/errors.ts'
import { failureCode } from '../../base/failure-code.ts'
import { StageWatch } from '../stage.ts'
import type { Workplace } from '../workplace.ts'
import { Conclusions } from './conclusions.ts'
import { type AttemptEnd, attempt, attemptStory, type ExchangePorts, idempotencyOf, readBack } from './exchange.ts'
import { againMs, isOutage } from './outage.ts'
import { isTooLong } from './outcome-fact.ts'
import { inTheirCodes, unnamedReason } from './outward.ts'
import { Target } from './target.ts'
import {
  afterAttempt,
  afterReadBack,
  afterTakeover,
  type Circumstances,
  expired,
  type PostingTimes,
  type Verdict,
} from './verdict.ts'

/**
 * Effects out: only the head of a lane is worked on, an intent is committed before anything leaves, and what nobody answered is
 * looked up before it is repeated. Breaker, budget and concurrency belong to the target; a dead one hurts only itself.
 */
export class Dispatcher {
  readonly #place: Workplace
  readonly #ports: ExchangePorts
  readonly #times: PostingTimes
  readonly #targets = new Map<string, Target>()
  readonly #conclusions: Conclusions
  #inFlight = 0

  constructor(place: Workplace, ports: ExchangePorts, times: PostingTimes) {
    this.#place = place
    this.#ports = ports
    this.#times = times
    this.#conclusions = new Conclusions(place)
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get targets(): ReadonlyMap<string, Target> {
    return this.#targets
  }

  /** One look at the ledger. Starts work for every due target that has room; does not wait for the outside. */
  async round(): Promise<boolean> {
    const due = await this.#place.backbone.ledger.due()
    const started = await Promise.all(due.map(({ target, lanes }) => this.#serve(target, lanes)))
    return started.some(Boolean)
  }

  async #serve(id: string, lanes: number): Promise<boolean> {
    const { clock, backbone, node } = this.#place
    if (this.#place.ports.pauses?.has('dispatch', id) === true) return false
    // Paused or disabled: what is owed stays where it is, in order, until the subscription is active again.
    if (this.#place.ports.subscribers().some((one) => one.id === id && one.state !== 'active')) return false
    const target = this.#target(id)
    target?.reset(this.#place.ports.pauses?.resetAt(id) ?? 0, clock.mono())
    const room = target?.room(clock.mono(), clock.wall(), Math.min(lanes, lanesMax)) ?? 0
    if (target === undefined || room === 0) return false
    this.#occupy(target, room)
    let claimed: readonly Claimed[] = []
    try {
      claimed = await backbone.ledger.claim({
        node,
        claimSeconds: this.#times.claimMs / 1000,
        limit: room,
        targets: [id],
      })
    } finally {
      this.#occupy(target, claimed.length - room)
    }
    for (const one of claimed) this.#start(target, one)
    await this.#send(
      target,
      claimed.filter(({ effect }) => effect.state === 'queued'),
    )
    return claimed.length > 0
  }

  /** Heads that are not sent: taken over, unknown, awaiting. */
  #start(target: Target, one: Claimed): void {
    const { state } = one.effect
    const now = this.#place.clock.wall()
    if (state === 'sending') this.#follow(target, this.#conclusions.add(one, afterTakeover(this.#about(target, one))))
    else if (state === 'unknown') this.#follow(target, this.#lookUp(target, one))
    else if (state === 'awaiting') {
      this.#follow(
        target,
        this.#conclusions.add(one, {
          from: 'awaiting',
          to: 'unknown',
          reason: 'no outcome in time',
          notBefore: now,
          nextAt: now,
        }),
      )
    }
  }

  async #send(target: Target, claimed: readonly Claimed[]): Promise<void> {
    const { clock } = this.#place
    const now = clock.wall()
    const ready: Claimed[] = []
    const since = this.#place.ports.pauses?.drainSince(target.id) ?? Number.POSITIVE_INFINITY
    // Asked for after the drain began, and never tried: it waits until the target takes new work again.
    const late = claimed.filter(({ effect }) => effect.attempt === 0 && effect.createdAt > since)
    // Looked at below: until then nobody may find a promise that failed and that nobody waits for.
    const held = Promise.allSettled([this.#handBack(target, late, now + drainedAgainMs)])
    for (const one of claimed) {
      if (late.includes(one)) continue
      const reason = expired(one.effect, now, this.#times)
      if (reason === undefined) ready.push(one)
      else this.#follow(target, this.#conclusions.add(one, { from: 'queued', to: 'parked', reason }))
    }
    const going = await this.#named(target, ready)
    const allowed = await this.#admit(target, going.length)
    const nextAt = clock.wall() + Math.max(target.waitMs(clock.mono()), 10)
    const ended = [
      ...(await held),
      ...(await Promise.allSettled([
        this.#handBack(target, going.slice(allowed), nextAt),
        this.#intend(target, going.slice(0, allowed)),
      ])),
    ]
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** In the codes of the target. What it has no name for waits for a person, and no other effect with it. */
  async #named(target: Target, ready: readonly Claimed[]): Promise<readonly Claimed[]> {
    if (ready.length === 0) return ready
    try {
      const effects = await inTheirCodes(
        this.#place,
        target.connection,
        ready.map(({ effect }) => effect),
      )
      const all = ready.map((one, index) => ({ ...one, effect: effects[index] ?? { ...one.effect, missing: [] } }))
      for (const one of all)
        if (one.effect.missing.length > 0) this.#follow(target, this.#park(one, one.effect.missing))
      return all.filter(({ effect }) => effect.missing.length === 0)
    } catch (error) {
      if (!isOutage(error)) throw error
      this.#place.signals.outcomeUnknown({ place: 'codes' })
      await this.#handBack(target, ready, this.#place.clock.wall() + againMs(1))
      return []
    }
  }

  /** One question about the code is enough, and it goes on by itself. */
  async #park(one: Claimed, missing: readonly string[]): Promise<void> {
    await this.#conclusions.addUntold(one, { from: 'queued', to: 'parked', reason: unnamedReason(missing) })
    this.#place.bells.codes.ring()
  }

  /** Without the database nobody knows what the others have sent: then nothing goes. */
  async #admit(target: Target, count: number): Promise<number> {
    try {
      return await target.admit(() => this.#place.clock.mono(), count)
    } catch (error) {
      if (!isOutage(error)) throw error
      this.#place.signals.outcomeUnknown({ place: 'budget' })
      return 0
    }
  }

  async #handBack(target: Target, held: readonly Claimed[], nextAt: number): Promise<void> {
    if (held.length === 0) return
    try {
      await this.#place.backbone.ledger.unclaim(held.map(claimOf), nextAt)
    } finally {
      this.#occupy(target, -held.length)
    }
  }

  async #intend(target: Target, going: readonly Claimed[]): Promise<void> {
    if (going.length === 0) return
    const { clock, backbone } = this.#place
    const reserveMs = target.connection.outbound.timeoutMs + this.#times.marginMs
    // Read before the statement, so that the local limit is never later than the database's.
    const mono = clock.mono()
    let results: readonly IntentResult[]
    try {
      results = await backbone.ledger.intend(
        going.map(({ lane, claimEpoch, effect }) => ({ lane, claimEpoch, effect: effect.id, reserveMs })),
      )
    } catch (error) {
      for (const one of going) this.#follow(target, this.#takeBack(target, one))
      throw error
    }
    going.forEach((one, index) => {
      const intent = results[index]
      if (intent?.ok === true) {
        const { attempt: number, sendDeadline, msLeft } = intent
        this.#follow(target, this.#exchange(target, one, { number, sendDeadline, startBefore: mono + msLeft }))
      } else {
        target.abandon()
        this.#occupy(target, -1)
      }
    })
  }

  /** Nobody knows whether the intent was written, but this node knows that nothing left: there is nothing to wait for. */
  async #takeBack(target: Target, one: Claimed): Promise<void> {
    target.abandon()
    const now = this.#place.clock.wall()
    const attempt = { wire: false, outcome: 'retry', endedAt: now }
    const verdict: Verdict = { from: 'sending', to: 'queued', reason: 'intent unknown', nextAt: now, attempt }
    if (!(await this.#conclusions.add(one, verdict))) await this.#place.backbone.ledger.unclaim([claimOf(one)])
  }

  async #exchange(
    target: Target,
    one: Claimed,
    intent: { readonly number: number; readonly sendDeadline: number; readonly startBefore: number },
  ): Promise<void> {
    const { clock, signals } = this.#place
    const { effect } = one
    const watch = new StageWatch(this.#place)
    const end = await this.#attempt(target, one, intent)
    watch.end('dispatch', effect.lane, () => [attemptStory(effect, end)])
    const changed = target.record(clock.mono(), end)
    if (changed !== undefined) signals.breakerChanged({ target: target.id, state: changed })
    signals.attemptEnded({ target: target.id, command: effect.command, outcome: end.end, effect: effect.id })
    if (end.end === 'retry' && end.afterMs !== undefined) await this.#tellOthers(target, end.afterMs)
    const accepted = await this.#conclusions.add(one, afterAttempt(end, intent, this.#about(target, one)))
    if (end.end === 'gone') await this.#place.ports.disable(target.id, end.reason)
    if (!accepted && (end.end === 'applied' || end.end === 'refused'))
      await this.#testify(target, one, { end, number: intent.number })
  }

  /** "Ask again in a minute" was said to all instances. One that does not hear of it learns it itself. */
  async #tellOthers(target: Target, afterMs: number): Promise<void> {
    const { clock, signals } = this.#place
    try {
      await target.allowance.hold(clock.wall() + afterMs)
    } catch (error) {
      if (!isOutage(error)) throw error
      signals.outcomeUnknown({ place: 'budget' })
    }
  }

  async #attempt(
    target: Target,
    { effect }: Claimed,
    intent: { readonly number: number; readonly startBefore: number },
  ): Promise<AttemptEnd> {
    try {
      return await attempt(this.#ports, {
        connection: target.connection,
        effect,
        attempt: intent.number,
        startBefore: intent.startBefore,
        pace: (until) => this.#pace(target, until),
      })
    } catch (error) {
      // A fault before anything left (ask, payload, operation): refused, for a person to see.
      if (!(error instanceof InterlineError))
        this.#place.signals.loopFailed({ loop: 'exchange', code: failureCode(error) })
      return {
        end: 'refused',
        wire: false,
        reason: error instanceof InterlineError ? error.message : 'The request could not be built.',
      }
    }
  }

  /** Without the database nobody knows what the others have sent: then nothing more goes. */
  async #pace(target: Target, until: number): Promise<boolean> {
    try {
      return await target.pace(this.#place.clock, until)
    } catch (error) {
      if (!isOutage(error)) throw error
      this.#place.signals.outcomeUnknown({ place: 'budget' })
      return false
    }
  }

  /** The claim was lost meanwhile. What the target said is a fact about the world all the same. */
  async #testify(
    target: Target,
    { effect }: Claimed,
    ended: { readonly end: AttemptEnd; readonly number: number },
  ): Promise<void> {
    const { ledger } = this.#place.backbone
    const { documentReference, answer } = ended.end
    const earlier = await ledger.effect(effect.id)
    if (
      documentReference !== undefined &&
      earlier?.documentReference !== undefined &&
      earlier.documentReference !== documentReference
    ) {
      this.#place.signals.duplicatePosting({ target: target.id, effect: effect.id })
    }
    const row = {
      effect: effect.id,
      attempt: ended.number,
      seenAt: this.#place.clock.wall(),
      kind: 'answer' as const,
      detail: ended.end.reason,
    }
    await ledger.evidence([
      {
        ...row,
        ...(documentReference === undefined ? {} : { documentReference }),
        ...(answer === undefined || isTooLong(answer) ? {} : { answer }),
      },
    ])
  }

  async #lookUp(target: Target, one: Claimed): Promise<void> {
    const { clock, backbone, signals } = this.#place
    const { effect, lane, claimEpoch } = one
    if (effect.notBefore !== undefined && clock.wall() < effect.notBefore) {
      await backbone.ledger.unclaim([{ lane, claimEpoch }], effect.notBefore)
      return
    }
    const [named = effect] = await inTheirCodes(this.#place, target.connection, [effect])
    const found = await readBack(this.#ports, target.connection, named)
    if (found.found === 'many') signals.duplicatePosting({ target: target.id, effect: effect.id })
    const seen = (await backbone.ledger.evidenceOf(effect.id)).filter(
      ({ documentReference }) => documentReference !== undefined,
    )
    const evidence = seen.find(({ answer }) => answer !== undefined) ?? seen[0]
    await this.#conclusions.add(one, afterReadBack(found, evidence, this.#about(target, one)))
  }

  #about(target: Target, claimed: Claimed): Circumstances {
    const { connection } = target
    return {
      claimed,
      idempotency: idempotencyOf(connection, claimed.effect.command),
      subscriber: connection.connector.kind === 'subscriber',
      timeoutMs: connection.outbound.timeoutMs,
      now: this.#place.clock.wall(),
      random: this.#place.ports.random.next(),
      times: this.#times,
    }
  }

  #target(id: string): Target | undefined {
    const connection = this.#place.ports.connections().get(id)
    const known = this.#targets.get(id)
    if (connection === undefined) return undefined
    if (known !== undefined) {
      known.follow(connection, this.#place.clock.mono())
      return known
    }
    const target = new Target(connection, this.#place.clock.mono(), this.#place.backbone.stores.budgets)
    this.#targets.set(id, target)
    return target
  }

  #occupy(target: Target, count: number): void {
    target.inFlight += count
    this.#inFlight += count
  }

  #follow(target: Target, work: Promise<unknown>): void {
    work
      .catch((error: unknown) =>
        this.#place.signals.loopFailed({
          loop: 'dispatch',
          code: failureCode(error),
        }),
      )
      .finally(() => {
        this.#occupy(target, -1)
        this.#place.bells.effects.ring()
      })
  }
}

/** Lanes of one target claimed at once. */
const lanesMax = 100
/** How soon somebody looks again whether a target takes new work. */
const drainedAgainMs = 2000

function claimOf({ lane, claimEpoch }: Claimed): { readonly lane: string; readonly claimEpoch: number } {
  return { lane, claimEpoch }
}
