import { GapFound, OutcomeUnknown } from '../backbone/backbone.ts'
import { failureCode } from '../base/failure-code.ts'
import { advanceRound } from './advance/advance.ts'
import { timerRound } from './advance/timers.ts'
import { Deliverer } from './deliver/deliver.ts'
import { Dispatcher } from './dispatch/dispatch.ts'
import type { ExchangePorts } from './dispatch/exchange.ts'
import type { PostingTimes } from './dispatch/verdict.ts'
import { Feeder } from './intake/feeder.ts'
import { Intake } from './intake/intake.ts'
import { LargeMessages } from './intake/large-messages.ts'
import { Poller } from './intake/poller.ts'
import { Bell } from './ports.ts'
import { keepTenures, releaseTenures, type Tenure } from './tenure.ts'
import { releaseRound, sweepBlocked, translateRound } from './translate/translate.ts'
import { type FlowPorts, Workplace } from './workplace.ts'

/** What this process does. Any mix works; several nodes share the work by leases. */
export type Role = 'gateway' | 'translate' | 'advance' | 'dispatch'

/** What a node works with; the simulation gives it a world of its own. */
export interface NodeOptions {
  readonly roles: ReadonlySet<Role>
  readonly ports: FlowPorts
  readonly exchange: Omit<ExchangePorts, 'clock' | 'sessions'>
  readonly times: PostingTimes
  /** SHA-256 of a body as hex digits. */
  readonly hash: (body: Uint8Array) => string
  /** Starts a loop; in the simulation a loop ends with its incarnation. */
  readonly spawn: (name: string, loop: () => Promise<void>) => void
}

/** Ends a loop; resolves when its round is over. */
export type LoopEnd = () => Promise<void>

/** One node of the hub: intake, and the loops that its roles call for. */
export class FlowNode {
  readonly place: Workplace
  readonly intake: Intake
  readonly dispatcher: Dispatcher
  readonly deliverer: Deliverer
  readonly poller: Poller
  readonly feeder: Feeder
  readonly #options: NodeOptions
  #stopping = false
  /** Wakes the loops that nothing else wakes, when the node stops. */
  readonly #endings = new Set<Bell>()
  #running = 0

  constructor(options: NodeOptions) {
    this.#options = options
    this.place = new Workplace(options.ports)
    this.intake = new Intake(this.place, { hash: options.hash })
    const exchange = { ...options.exchange, clock: this.place.clock, sessions: this.place.sessions }
    this.dispatcher = new Dispatcher(this.place, exchange, options.times)
    this.deliverer = new Deliverer(this.place, exchange)
    this.poller = new Poller(this.place, exchange, this.intake)
    this.feeder = new Feeder(this.place, exchange, this.intake)
  }

  /** Takes its partitions once, so that it is ready when this resolves, then starts its loops. */
  async start(): Promise<void> {
    const { roles } = this.#options
    await this.place.clock.set(this.place.backbone)
    await keepTenures(this.place, this.#tenures())
    this.#loop('tenures', () => this.#keep(), (this.place.leaseSeconds * 1000) / 3)
    if (roles.has('translate')) {
      for (const tenure of this.place.translate) {
        const bell = this.place.bells.translate[tenure.partition]
        this.#loop(`translate-${tenure.partition}`, () => this.#translate(tenure), this.#poll(), bell)
      }
      this.#loop('sweep', () => this.#sweep(), 5000)
      this.#feedParts()
    }
    if (roles.has('advance')) {
      for (const tenure of this.place.advance) {
        this.#loop(
          `advance-${tenure.partition}`,
          () => advanceRound(this.place, tenure),
          this.#poll(),
          this.place.bells.advance[tenure.partition],
        )
        this.#loop(`timers-${tenure.partition}`, () => timerRound(this.place, tenure), this.#poll())
      }
      this.#loop('feeds', () => this.feeder.round(), this.#poll())
      this.#loop('polls', () => this.poller.round(), this.#poll())
      this.#loop('deliver', () => this.deliverer.round(), this.#poll(), this.place.bells.facts)
    }
    if (roles.has('dispatch'))
      this.#loop('dispatch', () => this.dispatcher.round(), this.#poll(), this.place.bells.effects)
  }

  /** Nothing new comes in; what is under way is finished; partitions are handed over. Nothing depends on a clean stop. */
  async stop(graceMs: number): Promise<void> {
    const { clock } = this.place
    const until = clock.mono() + graceMs
    await this.intake.close()
    this.#stopping = true
    this.#ringAll()
    while ((this.#running > 0 || this.dispatcher.inFlight > 0) && clock.mono() < until) {
      await clock.sleep(10)
      this.#ringAll()
    }
    await this.deliverer.flush()
    await releaseTenures(this.place, this.#tenures())
  }

  /** One more loop beside those of the roles: views, replays, maintenance. Answers how to end it before the node stops. */
  run(name: string, round: () => Promise<boolean>, pauseMs: number, bell?: Bell): LoopEnd {
    return this.#loop(name, round, pauseMs, bell)
  }

  /** Something was committed from outside the flow (an operator's decision): look at once. */
  wake(): void {
    this.place.look()
    this.#ringAll()
  }

  async #translate(tenure: Tenure): Promise<boolean> {
    const translated = await translateRound(this.place, tenure)
    return translated || (await releaseRound(this.place, tenure))
  }

  #feedParts(): void {
    const { ports, bells } = this.place
    if (ports.inParts === undefined) return
    const large = new LargeMessages(this.place, this.intake, ports.inParts)
    this.#loop('large-messages', () => large.round(), 5000, bells.parts)
  }

  async #keep(): Promise<boolean> {
    await this.place.clock.set(this.place.backbone)
    await keepTenures(this.place, this.#tenures())
    return false
  }

  async #sweep(): Promise<boolean> {
    for (const tenure of this.place.translate) if (tenure.held) await sweepBlocked(this.place, tenure)
    const waiting = await this.place.backbone.parked({ state: 'waiting', code: 'PARENT_UNKNOWN', limit: 1 })
    this.place.waitingForParent = waiting.length > 0
    return false
  }

  /** Runs `round` until there is nothing to do, then sleeps until the bell or the next poll. A failing round waits and goes on. */
  #loop(name: string, round: () => Promise<boolean>, pauseMs: number, bell?: Bell): LoopEnd {
    const { clock } = this.place
    const ended = Promise.withResolvers<void>()
    const ending = bell ?? new Bell()
    let isEnding = false
    this.#endings.add(ending)
    this.#running++
    this.#options.spawn(name, async () => {
      while (!this.#stopping && !isEnding) {
        let worked = false
        try {
          worked = await round()
        } catch (error) {
          this.#report(name, error)
          await clock.sleep(Math.min(pauseMs, 250))
        }
        if (!worked && !this.#stopping && !isEnding) await clock.sleep(pauseMs, ending)
      }
      this.#running--
      this.#endings.delete(ending)
      ended.resolve()
    })
    return () => {
      isEnding = true
      ending.ring()
      return ended.promise
    }
  }

  #report(loop: string, error: unknown): void {
    const { signals } = this.place
    if (error instanceof GapFound) signals.gapFound({ partition: -1, detail: error.message })
    else if (error instanceof OutcomeUnknown) signals.outcomeUnknown({ place: loop })
    else
      signals.loopFailed({
        loop,
        code: failureCode(error),
      })
  }

  #tenures(): readonly Tenure[] {
    const { roles } = this.#options
    return [
      ...(roles.has('translate') ? this.place.translate : []),
      ...(roles.has('advance') ? this.place.advance : []),
    ]
  }

  #poll(): number {
    return this.place.ports.settings.pollMs
  }

  #ringAll(): void {
    const { translate, advance, effects, facts } = this.place.bells
    for (const bell of [...translate, ...advance, effects, facts]) bell.ring()
    if (this.#stopping) for (const bell of this.#endings) bell.ring()
  }
}
