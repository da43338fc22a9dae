import type { ServerResponse } from 'node:http'
import type { Audience } from './event-text.ts'

interface FollowerOptions extends Audience {
  /** Id of the key or the person. */
  readonly principal: string
  readonly response: ServerResponse
  /** Where it wants to go on; empty for somebody who begins now. */
  readonly lastId: string
  /** Whether it may still hear what it hears; rejects where that cannot be said now. */
  readonly isAllowed: () => Promise<boolean>
  /** Bytes that may wait for it. */
  readonly bytesMost: number
  /** Tells why it was cut off. */
  readonly cut: (reason: 'slow') => void
}

/** One open stream. Whoever reads too slowly is cut off and comes back with its id: others must not pay for it with memory. */
export class Follower {
  readonly audience: Audience
  readonly principal: string
  readonly lastId: string
  readonly isAllowed: () => Promise<boolean>
  /** It has heard everything, and gets what is new with all others. */
  isLive = false
  /** When it is greeted and looked at next, on the clock of the broadcast. */
  nextBeat = 0
  readonly #options: FollowerOptions

  constructor(options: FollowerOptions) {
    const { tenant, topics, detail, principal, lastId, isAllowed } = options
    this.audience = { tenant, topics, detail }
    this.principal = principal
    this.lastId = lastId
    this.isAllowed = isAllowed
    this.#options = options
  }

  get isGone(): boolean {
    const { response } = this.#options
    return response.destroyed || response.writableEnded
  }

  /** Sends at once, or cuts it off when too much waits for it already. */
  write(text: string | Uint8Array): void {
    const { response, bytesMost, cut } = this.#options
    if (this.isGone || text.length === 0) return
    if (response.writableLength > bytesMost) {
      cut('slow')
      response.destroy()
    } else response.write(text)
  }

  /** Resolves when what was sent is on its way, or the follower is gone. Who takes nothing for half a minute is cut off. */
  async drained(): Promise<void> {
    const { response, cut } = this.#options
    if (this.isGone || !response.writableNeedDrain) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const patience = setTimeout(() => {
      cut('slow')
      response.destroy()
    }, patienceMs)
    response.once('drain', resolve).once('close', resolve)
    await promise
    clearTimeout(patience)
    response.off('drain', resolve).off('close', resolve)
  }

  end(): void {
    this.#options.response.end()
  }
}

const patienceMs = 30_000
