import { isErased } from '../../backbone/erased.ts'
import { partIdentity } from '../../backbone/parts-of.ts'
import { type Message, type Park, takenInParts } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../connection.ts'
import { isOutage } from '../dispatch/outage.ts'
import { mapFailure } from '../translate/part-translation.ts'
import type { Workplace } from '../workplace.ts'
import type { Intake } from './intake.ts'
import type { LargeReading } from './large-reading.ts'
import { PartFeed } from './part-feed.ts'
import { partOfHeader } from './received.ts'

/** A large message, and the connection that it came by. */
export interface WholeMessage {
  readonly connection: Connection
  readonly name: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** Begins to read a large message in parts; rejects while there is no room for it. Whoever asks closes it. */
export type ReadInParts = (whole: WholeMessage) => Promise<LargeReading>

/**
 * Feeds the parts of large messages that came whole, by HTTP or AS2. Such a message is stored and answered like any other; translate parks it
 * as taken in parts, and that row is what says, after any crash, that there is work left. Identities of parts follow from the message, so
 * that whoever goes on loses and doubles nothing. One at a time of each connection.
 */
export class LargeMessages {
  readonly #place: Workplace
  readonly #feed: PartFeed
  readonly #read: ReadInParts

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>, read: ReadInParts) {
    this.#place = place
    this.#feed = new PartFeed(place, intake)
    this.#read = read
  }

  /** Feeds what waits in the partitions of this node; whether there was anything. */
  async round(): Promise<boolean> {
    const waiting = await this.#place.backbone.parked({ code: takenInParts, limit: lookedAt })
    const own = waiting.filter((park) => this.#isOurs(park))
    const connections = own.map(({ connection }) => connection)
    const firsts = own.filter(({ connection }, at) => connections.indexOf(connection) === at).slice(0, sideBySide)
    if (firsts.length === 0) return false
    const ended = await Promise.allSettled(firsts.map((park) => this.#take(park)))
    for (const one of ended) if (one.status === 'rejected' && !isStopping(one.reason)) throw one.reason
    return ended.every(({ status }) => status === 'fulfilled')
  }

  #isOurs({ partition, state }: Park): boolean {
    return state !== 'released' && this.#place.translate[partition]?.usable(this.#place.clock.mono()) === true
  }

  async #take(park: Park): Promise<void> {
    const { backbone } = this.#place
    const message = await backbone.message(park.message)
    if (message === undefined || isErased(message)) return this.#settle(park)
    const connection = await this.#place.connection(park.connection)
    try {
      if (connection === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: park.connection })
      if (await this.#store(park, message, connection)) await this.#settle(park)
    } catch (error) {
      if (passes(error)) throw error
      const { code, message: detail } = mapFailure(error, connection?.connector.inbound ?? { mapping: '' })
      await this.#park(park, { code, detail })
    }
  }

  /** False where it was left: somebody decided otherwise, or it is another one's work by now. */
  async #store(park: Park, message: Message, connection: Connection): Promise<boolean> {
    const { body, contentType, trace, headers } = message
    const file = headers['interline-file']
    const reading = await this.#read({ connection, name: file ?? '', contentType, body })
    try {
      const { indivisible, problem } = await reading.judge()
      if (indivisible !== undefined || problem !== undefined) {
        // The connection is declared otherwise since: it is judged anew.
        await this.#place.backbone.release([message.id], 'hub:parts')
        this.#place.lookForReleased()
        return false
      }
      const about = { [partOfHeader]: message.id, ...(file === undefined ? {} : { 'interline-file': file }) }
      return await this.#feed.store({ connection, contentType, trace, headers: about }, reading, {
        identity: (index) => partIdentity(message.id, index),
        goesOn: () => this.#isWanted(park),
      })
    } finally {
      await reading.close()
    }
  }

  async #isWanted({ message }: Park): Promise<boolean> {
    const [park] = await this.#place.backbone.parked({ message, code: takenInParts, limit: 1 })
    return park !== undefined && this.#isOurs(park)
  }

  /** All that it means is in its parts. */
  async #settle({ message }: Park): Promise<void> {
    await this.#place.commit({ unparks: [{ message, outcome: 'applied' }] })
  }

  /** For a person: released, it is judged again, and goes on where it stopped. */
  async #park(park: Park, why: Pick<Park, 'code' | 'detail'>): Promise<void> {
    const { state: _, attempts: __, waitsFor: ___, until: ____, ...row } = park
    await this.#place.commit({ parks: [{ ...row, ...why, at: this.#place.clock.wall() }] })
  }
}

/** Whether it ends by itself. */
function passes(error: unknown): boolean {
  return isOutage(error) || (error instanceof InterlineError && error.flow === 'retry')
}

function isStopping(error: unknown): boolean {
  return error instanceof InterlineError && error.code === 'HUB_STOPPING'
}

/** Of those that wait, the first are looked at. */
const lookedAt = 200
/** Each holds its bytes and a thread. */
const sideBySide = 3
