import { systemClock } from '../../src/app/ports.ts'
import type { Effect } from '../../src/backbone/ledger.ts'
import { connectors } from '../../src/connectors/all.ts'
import type { ReadBack } from '../../src/connectors/kit/connector.ts'
import { type Connection, openConnection } from '../../src/flow/connection.ts'
import { type AttemptEnd, attempt, type ExchangePorts, readBack } from '../../src/flow/exchange.ts'
import { Sessions } from '../../src/flow/sessions.ts'
import { GuardedClient } from '../../src/transports/http/outbound.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { users } from './seed.ts'
import type { Tryton } from './tryton.ts'

/** How a request is cut: it never leaves, or the system does all of it and the answer is lost. */
export type Cut = 'unsent' | 'unanswered'

/** Carries postings out as the dispatcher would, one attempt at a time, on a line that a test can cut. */
export class Hand {
  readonly connection: Connection
  /** Requests that left, of postings alone. */
  requests: HttpRequest[] = []
  /** What came back for each of them; nothing where the line was cut. */
  replies: HttpResult[] = []
  #changes = 0
  #cut: { readonly after: number; readonly how: Cut | (() => Promise<void>) } | undefined
  readonly #ports: ExchangePorts
  readonly #client = new GuardedClient()

  constructor(tryton: Tryton, settings: Readonly<Record<string, unknown>> = {}) {
    const { login: user, password } = users.hub
    this.connection = openConnection(
      {
        id: 'tryton',
        tenant: 'main',
        connector: 'tryton',
        settings: { url: tryton.url, user, password, ...settings },
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
        // A busy machine is no fault of the posting.
        timeoutSeconds: 240,
      },
      { connectors, partitions: 1 },
    )
    this.#ports = {
      outbound: { send: (request) => this.#send(request) },
      signer: { sign: () => '' },
      clock: systemClock,
      sessions: new Sessions<HttpResult>(),
    }
  }

  /** The change of this number, from 1, of the next attempt is cut. */
  cut(after: number, how: Cut): void {
    this.#cut = { after, how }
  }

  /** Something happens before the change of this number, from 1, of the next attempt. */
  before(after: number, happens: () => Promise<void>): void {
    this.#cut = { after, how: happens }
  }

  async post(command: string, externalReference: string, payload: unknown): Promise<AttemptEnd> {
    this.requests = []
    this.replies = []
    this.#changes = 0
    const { connection } = this
    const effect = this.#effect(command, externalReference, payload)
    const end = await attempt(this.#ports, { connection, effect, attempt: 1, startBefore: systemClock.mono() + 60_000 })
    // A cut behind the last change is not for the next posting.
    this.#cut = undefined
    return end
  }

  lookUp(command: string, externalReference: string, payload: unknown): Promise<ReadBack> {
    return readBack(this.#ports, this.connection, this.#effect(command, externalReference, payload))
  }

  #effect(command: string, externalReference: string, payload: unknown): Effect {
    // Of an effect, an attempt reads nothing else.
    return { command, externalReference, payload: JSON.stringify(payload), attempt: 1, trace: 'a'.repeat(32) } as Effect
  }

  async #send(request: HttpRequest): Promise<HttpResult> {
    if (Buffer.from(request.body ?? []).includes('common.db.login')) return this.#client.send(request)
    this.requests.push(request)
    if (!isQuestion(request)) this.#changes++
    const isCut = !isQuestion(request) && this.#cut?.after === this.#changes
    const how = this.#cut?.how
    if (isCut && typeof how === 'function') await how()
    if (!isCut || typeof how === 'function') {
      const result = await this.#client.send(request)
      this.replies.push(result)
      return result
    }
    this.#cut = undefined
    if (how === 'unsent') return { outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' }
    await this.#client.send(request)
    return { outcome: 'no_answer', wire: true, code: 'ECONNRESET' }
  }
}

function isQuestion({ body }: HttpRequest): boolean {
  return Buffer.from(body ?? []).includes('.search_read"')
}
