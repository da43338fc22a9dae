import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { Happening } from './day.ts'
import { showDefect } from './defect.ts'
import { disturbed } from './disturbance.ts'
import type { Faults } from './faults.ts'

/** Where the hub is, the API key that senders without a signature show, and how badly the day goes. */
export interface SenderOptions {
  readonly hub: string
  readonly key: string
  readonly faults: Faults
  readonly random: () => number
  /** Something that the parcel carrier's API knows from now on, also when nobody is told. */
  readonly happened?: (event: unknown) => void
}

/** Tells the hub what happened, as the real systems would: signed or with a key, again after no answer, sometimes twice. */
export class Sender {
  sent = 0
  refused = 0
  /** Given up: the hub was away for too long. */
  abandoned = 0
  /** Told and not yet taken. */
  underway = 0
  /** Waiting for an answer, or for a connection to ask over. */
  waiting = 0
  readonly #options: SenderOptions
  readonly #agent = new Agent({ connections: connectionsMost })
  #stopped = false

  constructor(options: SenderOptions) {
    this.#options = options
  }

  stop(): void {
    this.#stopped = true
    this.#agent.close().catch(showDefect)
  }

  async tell(happening: Happening): Promise<void> {
    if (happening.connection === 'easypost') this.#options.happened?.(happening.body)
    this.underway++
    try {
      await this.#tell(happening)
    } finally {
      this.underway--
    }
  }

  async #tell(happening: Happening): Promise<void> {
    const { faults, random } = this.#options
    let passedMs = 0
    for (const { text, afterMs } of disturbed(happening, faults, random)) {
      await sleep(afterMs - passedMs)
      passedMs = afterMs
      await this.#send(happening.connection, text)
    }
  }

  async #send(connection: Happening['connection'], text: string): Promise<void> {
    for (let attempt = 0; !this.#stopped && attempt < 20; attempt++) {
      const status = await this.#post(connection, text)
      if (status === 202) {
        this.sent++
        return
      }
      if (status >= 400 && status < 500 && status !== 429) {
        this.refused++
        return
      }
      await sleep(Math.min(5000, 100 * 2 ** attempt) * this.#options.random())
    }
    if (!this.#stopped) this.abandoned++
  }

  async #post(connection: Happening['connection'], text: string): Promise<number> {
    this.waiting++
    try {
      const { statusCode, body } = await request(`${this.#options.hub}/v1/inbound/${connection}`, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: { 'content-type': 'application/json', ...this.#proof(connection, text) },
        body: text,
        headersTimeout: 10_000,
      })
      await body.dump()
      return statusCode
    } catch {
      // No answer: the hub may be away or may have stored it; it is sent again either way.
      return 0
    } finally {
      this.waiting--
    }
  }

  #proof(connection: Happening['connection'], text: string): Record<string, string> {
    return signatureOf(connection, text) ?? { authorization: `Bearer ${this.#options.key}` }
  }
}

/** Of all systems together, as those of a real network come through a few proxies. */
const connectionsMost = 64

/** Headers by which a carrier proves that it is the sender; undefined for systems that show an API key. */
export function signatureOf(connection: Happening['connection'], text: string): Record<string, string> | undefined {
  const digest = createHmac('sha256', `sandbox-${connection}`).update(text).digest('hex')
  if (connection === 'easypost') return { 'x-hmac-signature': `hmac-sha256-hex=${digest}` }
  if (connection === 'ltl' || connection === 'fleet') return { 'x-signature': `sha256=${digest}` }
  return connection === 'dhl' ? { 'x-dhl-push-token': 'sandbox-dhl' } : undefined
}
