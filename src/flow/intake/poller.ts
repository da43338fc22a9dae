import type { DueTimer, TimerRow } from '../../backbone/step.ts'
import { failureCode } from '../../base/failure-code.ts'
import { hexHash } from '../../base/sha256.ts'
import type { Fact } from '../../model/fact.ts'
import { type Followed, followed } from '../../model/shipment/followed.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import { type Connection, inMaintenance } from '../connection.ts'
import { Allowance } from '../dispatch/allowance.ts'
import { Breaker } from '../dispatch/breaker.ts'
import { type ExchangePorts, inquire } from '../dispatch/exchange.ts'
import { partitionOf } from '../partition.ts'
import type { Workplace } from '../workplace.ts'
import type { Intake } from './intake.ts'
import { askable, nextPollMs, type PollMemory, pollingConnections, pollPrefix } from './poll-plan.ts'

/** What asking about one number came to. `news` was stored as a message, `nothing_new` is known to the byte. */
export interface PollAnswer {
  readonly outcome: 'news' | 'nothing_new' | 'unknown_number' | 'failed'
  readonly message?: string
  readonly reason?: string
}

/** What this instance asked of a connection since it started. */
export interface PollCount {
  readonly connection: string
  readonly everyMinutes: number
  readonly outcomes: Readonly<Record<PollAnswer['outcome'], number>>
  readonly lastAskedAt?: number
}

/**
 * Asks carriers about shipments of which news is expected and none came. A timer of the database says when, for each shipment and
 * connection; only the owner of its partition fires it, and an answer goes through intake like a webhook: what is known is a duplicate.
 */
export class Poller {
  readonly #place: Workplace
  readonly #exchange: ExchangePorts
  readonly #intake: Pick<Intake, 'accept'>
  readonly #lines = new Map<string, { readonly allowance: Allowance; readonly breaker: Breaker }>()
  readonly #counts = new Map<string, { outcomes: Record<PollAnswer['outcome'], number>; lastAskedAt: number }>()

  constructor(place: Workplace, exchange: ExchangePorts, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#exchange = exchange
    this.#intake = intake
  }

  /** Every connection that polls. */
  counts(): readonly PollCount[] {
    return pollingConnections(this.#place.ports.connections()).map(({ id, polling }) => {
      const { outcomes = noOutcomes, ...asked } = this.#counts.get(id) ?? {}
      return { connection: id, everyMinutes: polling?.minutes ?? 0, outcomes, ...asked }
    })
  }

  /** Works on what is due. A shipment that cannot be asked about now keeps its timer. */
  async round(): Promise<boolean> {
    const due = this.#place.pollsDue.splice(0, atOnce)
    if (due.length === 0) return false
    const states = await this.#place.backbone.states([...new Set(due.map(({ subject }) => subject))])
    const timers = await Promise.all(
      due.map(async (timer) => {
        const body = states.get(timer.subject)?.body
        return this.#serve(timer, body === undefined ? undefined : followed(JSON.parse(body) as ShipmentState))
      }),
    )
    await this.#place.backbone.commit({ timers })
    return true
  }

  /** Asks now. Throws CONNECTION_UNKNOWN, OPERATION_UNKNOWN, HUB_BUSY; what the carrier says is the answer. */
  async ask(connection: Connection, asked: Followed['numbers'][number]): Promise<PollAnswer> {
    const { clock, signals } = this.#place
    if (inMaintenance(connection.outbound.maintenance, clock.wall()))
      return { outcome: 'failed', reason: 'The carrier is in maintenance; nothing was sent.' }
    if (this.#isDraining(connection))
      return { outcome: 'failed', reason: 'The connection is being drained; nothing was sent.' }
    const { breaker, allowance } = this.#line(connection)
    const trace = hexHash(`poll|${connection.id}|${asked.trackingNumber}|${clock.wall()}`)
    const reply = await inquire(this.#exchange, { connection, operation: 'track', payload: asked, trace })
    const { reading } = reply
    const failed = reading.outcome === 'unclear' || reading.outcome === 'retry'
    breaker.record(
      clock.mono(),
      reply.status === 401 ? 'login_refused' : failed && reply.status !== 429 ? 'failed' : 'ok',
    )
    if (reply.afterMs !== undefined) await allowance.hold(clock.wall() + reply.afterMs)
    const answer =
      reading.outcome === 'applied' && reply.body !== undefined
        ? await this.#take(connection, reply.body, trace)
        : refusal(reading)
    this.#count(connection.id, answer.outcome)
    signals.polled({ connection: connection.id, outcome: answer.outcome })
    return answer
  }

  async #take(connection: Connection, body: Uint8Array, trace: string): Promise<PollAnswer> {
    const taken = await this.#intake.accept({ connection, body, contentType: 'application/json', headers: {}, trace })
    return { outcome: taken.outcome === 'accepted' ? 'news' : 'nothing_new', message: taken.id }
  }

  /** The timer as it is to be from now on. */
  async #serve(timer: DueTimer, wanted: Followed | undefined): Promise<TimerRow> {
    const { clock, ports } = this.#place
    const connection = ports.connections().get(timer.name.slice(pollPrefix.length))
    const numbers = connection === undefined || wanted === undefined ? [] : askable(connection, wanted)
    if (connection?.polling === undefined || wanted === undefined || numbers.length === 0) return { ...timer, at: null }
    const memory: PollMemory = { unchanged: 0, failures: 0, ...(timer.data as Partial<PollMemory> | undefined) }
    const later = async (ms: number): Promise<TimerRow> => ({
      ...timer,
      at: clock.wall() + Math.ceil(ms),
      data: memory,
    })
    const waitMs = await this.#waitMs(connection, numbers.length)
    if (waitMs > 0) return later(waitMs)
    const answers = await Promise.all(numbers.map((number) => this.#attempt(connection, number)))
    const after = remember(memory, answers)
    const pauseMs = nextPollMs({
      minutes: connection.polling.minutes,
      pace: wanted.pace,
      memory: after,
      random: ports.random.next(),
    })
    return { ...timer, at: clock.wall() + pauseMs, data: after }
  }

  async #attempt(connection: Connection, number: Followed['numbers'][number]): Promise<PollAnswer> {
    try {
      return await this.ask(connection, number)
    } catch (error) {
      this.#place.signals.loopFailed({ loop: 'polls', code: failureCode(error) })
      return { outcome: 'failed' }
    }
  }

  #isDraining({ id }: Connection): boolean {
    return this.#place.ports.pauses?.drainSince(id) !== undefined
  }

  /** How long until so many questions may go; takes them from the budget that postings to the same account use, too. */
  async #waitMs(connection: Connection, count: number): Promise<number> {
    const { clock, ports } = this.#place
    const { maintenance, requestsPerSecond } = connection.outbound
    if (inMaintenance(maintenance, clock.wall()) || this.#isDraining(connection)) return 5 * 60_000
    const { allowance, breaker } = this.#line(connection)
    if (!breaker.allows(clock.mono())) return breaker.waitMs(clock.mono())
    const { granted, waitMs } = await allowance.take(count, requestsPerSecond)
    if (granted === count) return 0
    allowance.giveBack(granted)
    breaker.abandonProbe()
    return (waitMs + (count * 1000) / requestsPerSecond) * (1 + ports.random.next())
  }

  #line(connection: Connection): { readonly allowance: Allowance; readonly breaker: Breaker } {
    const known = this.#lines.get(connection.id)
    if (known !== undefined) return known
    const { budgets } = this.#place.backbone.stores
    const made = { allowance: new Allowance(budgets, connection.outbound.account), breaker: new Breaker() }
    this.#lines.set(connection.id, made)
    return made
  }

  #count(connection: string, outcome: PollAnswer['outcome']): void {
    const known = this.#counts.get(connection)?.outcomes ?? noOutcomes
    const outcomes = { ...known, [outcome]: known[outcome] + 1 }
    this.#counts.set(connection, { outcomes, lastAskedAt: this.#place.clock.wall() })
  }
}

/** Sets the timers of shipments that changed: each news puts the next question off, so that who is told does not ask. */
export async function expectNews(
  place: Workplace,
  facts: readonly Fact[],
  states: ReadonlyMap<string, { readonly state: unknown }>,
): Promise<void> {
  const connections = pollingConnections(place.ports.connections())
  if (connections.length === 0) return
  const tenants = new Map(facts.map(({ subject, tenant }) => [subject, tenant]))
  const timers: TimerRow[] = []
  for (const [subject, { state }] of states) {
    if (!subject.startsWith('shp_') || state === undefined) continue
    const tenant = tenants.get(subject) ?? ''
    const wanted = followed(state as ShipmentState)
    for (const connection of connections) {
      if (connection.tenant !== tenant || wanted === undefined || askable(connection, wanted).length === 0) continue
      const { minutes } = connection.polling ?? { minutes: 60 }
      const memory = { unchanged: 0, failures: 0 }
      const pauseMs = nextPollMs({ minutes, pace: wanted.pace, memory, random: place.ports.random.next() })
      const partition = partitionOf(subject, place.backbone.partitions)
      timers.push({
        partition,
        tenant,
        subject,
        name: `${pollPrefix}${connection.id}`,
        at: place.clock.wall() + pauseMs,
        data: memory,
      })
    }
  }
  if (timers.length > 0) await place.backbone.commit({ timers })
}

function refusal(reading: { readonly outcome: string; readonly reason?: string }): PollAnswer {
  const reason = reading.reason === undefined ? {} : { reason: reading.reason }
  return { outcome: reading.outcome === 'refused' ? 'unknown_number' : 'failed', ...reason }
}

function remember(memory: PollMemory, answers: readonly PollAnswer[]): PollMemory {
  const has = (outcome: PollAnswer['outcome']): boolean => answers.some((one) => one.outcome === outcome)
  if (has('news')) return { unchanged: 0, failures: 0 }
  if (has('failed')) return { unchanged: memory.unchanged, failures: memory.failures + 1 }
  return { unchanged: memory.unchanged + 1, failures: 0 }
}

const noOutcomes = { news: 0, nothing_new: 0, unknown_number: 0, failed: 0 }

/** Shipments asked about at once. */
const atOnce = 20
