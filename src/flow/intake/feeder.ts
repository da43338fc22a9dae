import type { Job } from '../../backbone/stores.ts'
import { failureCode } from '../../base/failure-code.ts'
import { hexHash, shortHash } from '../../base/sha256.ts'
import type { Feed, FeedFailure, FeedPage } from '../../connectors/kit/feed.ts'
import { BoundedMap } from '../bounded-map.ts'
import { type Connection, inMaintenance } from '../connection.ts'
import { Allowance } from '../dispatch/allowance.ts'
import { Breaker } from '../dispatch/breaker.ts'
import { converse } from '../dispatch/converse.ts'
import type { ExchangePorts } from '../dispatch/exchange.ts'
import type { Workplace } from '../workplace.ts'
import type { Intake } from './intake.ts'

const kind = 'feed'
const claimSeconds = 120
/** Pages that one round asks for, at most: others want to send, too. */
const pagesMax = 20
/** Changes that are known to have been taken in; what is forgotten is a duplicate at the door. */
const knownMax = 10_000

/** How often this instance asked a connection for changes, and what came of it. */
export interface FeedCount {
  readonly connection: string
  readonly asked: number
  readonly changes: number
  readonly failures: number
}

/**
 * Asks systems that tell nobody what has changed. One instance asks for a connection at a time; where the feed is, is kept with the
 * claim, after what it told was taken in. So a crash tells the last page again, which the door knows.
 */
export class Feeder {
  readonly #place: Workplace
  readonly #exchange: ExchangePorts
  readonly #intake: Pick<Intake, 'accept'>
  readonly #held = new Map<string, Job>()
  readonly #nextAt = new Map<string, number>()
  readonly #breakers = new Map<string, Breaker>()
  readonly #allowances = new Map<string, Allowance>()
  readonly #known = new BoundedMap<true>({ entriesMax: knownMax, charactersMax: knownMax * 200 }, (key) => key.length)
  readonly #counts = new Map<string, FeedCount>()

  constructor(place: Workplace, exchange: ExchangePorts, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#exchange = exchange
    this.#intake = intake
  }

  /** Every feed that this instance has asked. */
  counts(): readonly FeedCount[] {
    return [...this.#counts.values()]
  }

  async round(): Promise<boolean> {
    const { clock, ports } = this.#place
    for (const connection of ports.connections().values()) {
      const { feed } = connection.connector
      if (feed === undefined || clock.mono() < (this.#nextAt.get(connection.id) ?? 0)) continue
      this.#nextAt.set(connection.id, clock.mono() + feed.everySeconds(connection.settings) * 1000)
      await this.#follow(connection, feed)
    }
    return false
  }

  async #follow(connection: Connection, feed: Feed<Readonly<Record<string, unknown>>>): Promise<void> {
    const { clock } = this.#place
    const breaker = this.#breaker(connection.id)
    const isDraining = this.#place.ports.pauses?.drainSince(connection.id) !== undefined
    if (isDraining || inMaintenance(connection.outbound.maintenance, clock.wall()) || !breaker.allows(clock.mono()))
      return
    const job = await this.#hold(connection)
    if (job === undefined) return breaker.abandonProbe()
    let progress = job.progress as { readonly cursor?: string } | null
    for (let pages = 0; pages < pagesMax; pages++) {
      const asked = progress?.cursor === undefined ? {} : { cursor: progress.cursor }
      const page = await this.#ask(connection, () => feed.converse({ ...asked, at: clock.wall() }, connection.settings))
      breaker.record(clock.mono(), page.outcome)
      this.#count(connection.id, page.page)
      if (page.page === undefined) return
      await this.#take(connection, page.page)
      progress = { cursor: page.page.cursor }
      if (!(await this.#place.backbone.stores.jobs.save(job.id, job.claimEpoch, { progress, seconds: claimSeconds }))) {
        this.#held.delete(connection.id)
        return
      }
      this.#held.set(connection.id, { ...job, progress })
      if (!page.page.more) return
    }
    // There is more: at once, after the others.
    this.#nextAt.delete(connection.id)
  }

  async #ask(
    connection: Connection,
    begin: () => ReturnType<Feed<unknown>['converse']>,
  ): Promise<{ readonly outcome: 'ok' | 'failed' | 'login_refused'; readonly page?: FeedPage }> {
    const { clock } = this.#place
    const trace = hexHash(`${kind}|${connection.id}|${clock.wall()}`)
    const { requestsPerSecond } = connection.outbound
    // What the account allows is for postings and questions together.
    const pace = async (until: number): Promise<boolean> => {
      for (;;) {
        const { granted, waitMs } = await this.#allowance(connection).take(1, requestsPerSecond)
        if (granted === 1) return true
        if (clock.mono() + waitMs >= until) return false
        await clock.sleep(waitMs)
      }
    }
    const told = (outcome: string): void => this.#place.signals.polled({ connection: connection.id, outcome })
    try {
      if (!(await pace(clock.mono() + connection.outbound.timeoutMs))) return { outcome: 'ok' }
      const end = await converse<FeedPage | FeedFailure>(this.#exchange, { connection, trace, pace }, begin)
      if ('broken' in end) {
        told('failed')
        return { outcome: end.broken.end === 'login_refused' ? 'login_refused' : 'failed' }
      }
      if (!('messages' in end.result)) {
        told('failed')
        return { outcome: 'failed' }
      }
      told(end.result.messages.length > 0 ? 'news' : 'nothing_new')
      return { outcome: 'ok', page: end.result }
    } catch (error) {
      this.#place.signals.loopFailed({ loop: kind, code: failureCode(error) })
      told('failed')
      return { outcome: 'failed' }
    }
  }

  async #take(connection: Connection, { messages }: FeedPage): Promise<void> {
    for (const { identity, content } of messages) {
      const key = `${connection.id}|${identity}`
      if (this.#known.get(key) === true) continue
      await this.#intake.accept({
        connection,
        body: new TextEncoder().encode(JSON.stringify(content)),
        contentType: 'application/json',
        headers: {},
        trace: hexHash(key),
        identity,
      })
      this.#known.set(key, true)
    }
  }

  /** The claim on the feed of a connection; another instance may have it. */
  async #hold(connection: Connection): Promise<Job | undefined> {
    const { jobs } = this.#place.backbone.stores
    const known = this.#held.get(connection.id)
    if (known !== undefined) {
      const isOurs = await jobs.save(known.id, known.claimEpoch, { progress: known.progress, seconds: claimSeconds })
      if (isOurs) return known
      this.#held.delete(connection.id)
    }
    const name = `${kind}:${connection.id}`
    const spec = { connection: connection.id }
    await jobs.create({
      id: `job_${shortHash(`${connection.tenant}|${name}`)}`,
      tenant: connection.tenant,
      kind: name,
      spec,
    })
    const claimed = await jobs.claim(name, this.#place.node, claimSeconds)
    if (claimed !== undefined) this.#held.set(connection.id, claimed)
    return claimed
  }

  #breaker(id: string): Breaker {
    const known = this.#breakers.get(id) ?? new Breaker()
    this.#breakers.set(id, known)
    return known
  }

  #allowance({ id, outbound: { account } }: Connection): Allowance {
    const known = this.#allowances.get(id) ?? new Allowance(this.#place.backbone.stores.budgets, account)
    this.#allowances.set(id, known)
    return known
  }

  #count(connection: string, page: FeedPage | undefined): void {
    const { asked, changes, failures } = this.#counts.get(connection) ?? { asked: 0, changes: 0, failures: 0 }
    this.#counts.set(connection, {
      connection,
      asked: asked + 1,
      changes: changes + (page?.messages.length ?? 0),
      failures: failures + (page === undefined ? 1 : 0),
    })
  }
}
