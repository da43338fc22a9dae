import { Faults } from './faults.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'

export interface ErpDocument {
  readonly documentNumber: string
  readonly kind: string
  readonly externalReference: string
  readonly header: Readonly<Record<string, unknown>>
}

/**
 * The ERP: books a document for every complete post, also for one that it has booked before: real ones do. Locked, throttled, down
 * or silent on request, and then it has done nothing, except when it is `lostReply`: then it has.
 */
export class SandboxErp implements Peer {
  readonly documents: ErpDocument[] = []
  readonly #faults: Faults
  readonly #random: () => number

  constructor(faults: Faults, random: () => number) {
    this.#faults = faults
    this.#random = random
  }

  /** Documents beyond the first per reference: what must stay 0. */
  get doubles(): number {
    return this.documents.length - new Set(this.documents.map(({ externalReference }) => externalReference)).size
  }

  handle(request: PeerRequest): PeerAnswer {
    const strikes = (fault: string): boolean => this.#faults.strikes(`erp.${fault}`, this.#random)
    const delayMs = 5 + this.#random() * 20 + (strikes('latency') ? 3000 : 0)
    if (strikes('outage')) return { status: 0, lost: true }
    if (strikes('unavailable'))
      return { status: 503, headers: { 'retry-after': '2' }, body: { status: 'maintenance' }, delayMs }
    if (strikes('throttle')) return { status: 429, headers: { 'retry-after': '1' }, body: {}, delayMs }
    if (request.method === 'GET' && request.path === '/documents')
      return { status: 200, body: { documents: this.#find(request.query) }, delayMs }
    const kind = /^\/documents\/([a-z_]+)$/.exec(request.path)?.[1]
    if (request.method !== 'POST' || kind === undefined)
      return { status: 404, body: { messages: ['no such resource'] }, delayMs }
    if (strikes('locked')) return { status: 423, body: { messages: ['the document is locked by a user'] }, delayMs }
    return { ...this.#book(kind, request.body), delayMs, ...(strikes('lostReply') ? { lost: true } : {}) }
  }

  #find(query: URLSearchParams): ErpDocument[] {
    const reference = query.get('externalReference')
    if (reference !== null) return this.documents.filter(({ externalReference }) => externalReference === reference)
    return this.documents
      .filter(({ externalReference }) => externalReference.startsWith(query.get('prefix') ?? ''))
      .slice(-500)
  }

  #book(kind: string, body: string): PeerAnswer {
    let posted: { externalReference?: unknown; complete?: unknown; header?: Record<string, unknown> }
    try {
      posted = JSON.parse(body) as typeof posted
    } catch {
      return { status: 400, body: { messages: ['not JSON'] } }
    }
    if (typeof posted.externalReference !== 'string')
      return { status: 422, body: { messages: ['externalReference is missing'] } }
    if (posted.complete !== true) return { status: 202, body: { status: 'open' } }
    const document = {
      documentNumber: `${49_000_000 + this.documents.length}`,
      kind,
      externalReference: posted.externalReference,
      header: posted.header ?? {},
    }
    this.documents.push(document)
    return { status: 201, body: document }
  }
}
