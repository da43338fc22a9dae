import { systemClock } from '../src/app/ports.ts'
import type { Effect } from '../src/backbone/ledger.ts'
import { connectors } from '../src/connectors/all.ts'
import type { DocumentPage } from '../src/connectors/kit/connector.ts'
import type { FeedPage } from '../src/connectors/kit/feed.ts'
import { type Connection, type ConnectionDeclaration, openConnection } from '../src/flow/connection.ts'
import { converse } from '../src/flow/dispatch/converse.ts'
import {
  type AttemptEnd,
  attempt,
  type ExchangePorts,
  type LookedUp,
  question,
  readBack,
} from '../src/flow/dispatch/exchange.ts'
import { Sessions } from '../src/flow/dispatch/sessions.ts'
import { GuardedClient } from '../src/transports/http/outbound.ts'
import type { HttpRequest, HttpResult } from '../src/transports/http/request.ts'

/** How a request is cut: it never leaves, or the system does all of it and the answer is lost. */
export type Cut = 'unsent' | 'unanswered'

/** What a system's requests are: a login is none of a posting, a question changes nothing. */
export type RequestKind = 'login' | 'question' | 'change'

/** Carries postings out as the dispatcher would, one attempt at a time, on a line that a test can cut. */
export class PostingHand {
  readonly connection: Connection
  /** Requests that left, of postings alone. */
  requests: HttpRequest[] = []
  /** What came back for each of them; nothing where the line was cut. */
  replies: HttpResult[] = []
  #changes = 0
  #cut: { readonly after: number; readonly how: Cut | (() => Promise<void>) } | undefined
  readonly #ports: ExchangePorts
  readonly #client = new GuardedClient()
  readonly #kindOf: (body: Buffer) => RequestKind

  constructor(declaration: Omit<ConnectionDeclaration, 'tenant'>, kindOf: (body: Buffer) => RequestKind) {
    this.#kindOf = kindOf
    this.connection = openConnection(
      {
        tenant: 'main',
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
        // A busy machine is no fault of the posting.
        timeoutSeconds: 240,
        ...declaration,
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

  lookUp(command: string, externalReference: string, payload: unknown): Promise<LookedUp> {
    return readBack(this.#ports, this.connection, this.#effect(command, externalReference, payload))
  }

  /** One page of the feed, from the cursor of the last one on. Throws where the system did not answer. */
  async page(cursor?: string): Promise<FeedPage> {
    const { connector, settings } = this.connection
    const { feed } = connector
    if (feed === undefined) throw new Error(`${connector.id} has no feed`)
    const asked = { at: systemClock.wall(), ...(cursor === undefined ? {} : { cursor }) }
    const about = { connection: this.connection, trace: 'a'.repeat(32) }
    const end = await converse(this.#ports, about, () => feed.converse(asked, settings))
    if ('broken' in end) throw new Error(end.broken.reason)
    if (!('messages' in end.result)) throw new Error(end.result.reason)
    return end.result
  }

  /** Everything that the system says the hub has booked in the last hour. Throws where it does not answer. */
  async listed(prefix: string): Promise<DocumentPage['documents']> {
    const since = new Date(systemClock.wall() - 3_600_000).toISOString()
    const rows: DocumentPage['documents'][number][] = []
    for (let cursor: string | undefined; ; ) {
      const payload = { prefix, since, ...(cursor === undefined ? {} : { cursor }) }
      const about = { connection: this.connection, operation: 'listDocuments', payload, trace: 'a'.repeat(32) }
      const answer = await question(this.#ports, about)
      if (answer.outcome !== 'applied') throw new Error(JSON.stringify(answer))
      const page = answer.data as DocumentPage
      rows.push(...page.documents)
      if (page.next === undefined) return rows
      cursor = page.next
    }
  }

  #effect(command: string, externalReference: string, payload: unknown): Effect {
    // Of an effect, an attempt reads nothing else.
    return { command, externalReference, payload: JSON.stringify(payload), attempt: 1, trace: 'a'.repeat(32) } as Effect
  }

  async #send(request: HttpRequest): Promise<HttpResult> {
    const kind = this.#kindOf(Buffer.from(request.body ?? []))
    if (kind === 'login') return this.#client.send(request)
    this.requests.push(request)
    if (kind === 'change') this.#changes++
    const isCut = kind === 'change' && this.#cut?.after === this.#changes
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
