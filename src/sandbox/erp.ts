import { writeInstant } from '../base/instant.ts'
import { documentKinds, referenceLength } from '../connectors/generic-erp/contract.ts'
import { asObject, type Peer, type PeerAnswer, type PeerRequest, readObject } from './peer.ts'

/** A document as the ERP keeps it. */
export interface ErpDocument {
  /** From 1, in the order of booking. */
  readonly sequence: number
  readonly documentNumber: string
  readonly externalReference: string
  readonly kind: string
  readonly postingDate?: string
  readonly header: Readonly<Record<string, unknown>>
  readonly lines: readonly unknown[]
  readonly bookedAt: string
}

export interface ErpOptions {
  /** Requests of one second that are answered; more are told 429. */
  readonly requestsPerSecond?: number
  readonly documentsMax?: number
}

type Draft = Pick<ErpDocument, 'externalReference' | 'kind' | 'postingDate' | 'header' | 'lines'>

const kinds: ReadonlySet<string> = new Set(Object.values(documentKinds))
const pageRows = 100
const linesMax = 10_000
const draftsMax = 10_000
const retrySeconds = '1'

/**
 * The ERP of the sandbox, behind the contract of the generic ERP. It does not recognise a repeated external reference: told twice, it
 * books twice. Whatever it booked stays, in order, so that a test can count what the hub made it do.
 */
export class Erp implements Peer {
  readonly documents: ErpDocument[] = []
  readonly #options: Required<ErpOptions>
  readonly #byReference = new Map<string, ErpDocument[]>()
  readonly #drafts = new Map<string, Draft>()
  readonly #late: { readonly draft: Draft; readonly dueMs: number }[] = []
  readonly #locks = new Map<string, number>()
  #maintenanceUntilMs = 0
  #closedBefore = ''
  #second = 0
  #spent = 0

  constructor(options: ErpOptions = {}) {
    this.#options = { requestsPerSecond: 10_000, documentsMax: 1_000_000, ...options }
  }

  /** How many documents there are beyond the first of each external reference. */
  get duplicates(): number {
    return this.documents.length - this.#byReference.size
  }

  /** Somebody has the delivery, receipt or item open: postings about it are told 423. */
  lock(object: string, untilMs: number): void {
    this.#locks.set(object, untilMs)
  }

  maintain(untilMs: number): void {
    this.#maintenanceUntilMs = untilMs
  }

  /** Posting dates before this calendar date are refused. */
  closePeriod(before: string): void {
    this.#closedBefore = before
  }

  /** Accepts a document and books it only later, as an ERP does whose caller gave up before it was finished. */
  bookLater(request: PeerRequest, dueMs: number): void {
    const draft = readDraft(request.path.split('/')[2] ?? '', readObject(request.body))
    if (typeof draft !== 'string') this.#late.push({ draft, dueMs })
  }

  /** Books what was accepted and is due. */
  settle(nowMs: number): void {
    const due = this.#late.filter(({ dueMs }) => dueMs <= nowMs)
    if (due.length === 0) return
    this.#late.splice(0, this.#late.length, ...this.#late.filter(({ dueMs }) => dueMs > nowMs))
    for (const { draft } of due) this.#book(draft, nowMs)
  }

  handle(request: PeerRequest, nowMs: number): PeerAnswer {
    this.settle(nowMs)
    if (nowMs < this.#maintenanceUntilMs) {
      const seconds = Math.ceil((this.#maintenanceUntilMs - nowMs) / 1000)
      return { status: 503, headers: { 'retry-after': String(seconds) }, body: { messages: ['Maintenance.'] } }
    }
    if (!this.#withinBudget(nowMs)) return later(429, 'Too many requests.')
    const [, root, kind = '', reference, step] = request.path.split('/')
    if (root !== 'documents') return no(404, 'There is nothing here.')
    if (request.method === 'GET') return kind === '' ? this.#list(request.query) : no(404, 'There is nothing here.')
    if (request.method !== 'POST') return no(405, 'Only GET and POST are understood.')
    if (reference === undefined) return this.#post(kind, request.body, nowMs)
    if (step === 'lines') return this.#extend(`${kind}/${reference}`, request.body)
    if (step === 'complete') return this.#complete(`${kind}/${reference}`, nowMs)
    return no(404, 'There is nothing here.')
  }

  #post(kind: string, body: Uint8Array, nowMs: number): PeerAnswer {
    const content = readObject(body)
    const draft = readDraft(kind, content)
    if (typeof draft === 'string') return no(400, draft)
    if (content?.complete === true) return this.#admit(draft, nowMs)
    if (this.#drafts.size >= draftsMax) return later(503, 'Too many open documents.')
    this.#drafts.set(`${draft.kind}/${draft.externalReference}`, draft)
    return { status: 202, body: { externalReference: draft.externalReference } }
  }

  #extend(id: string, body: Uint8Array): PeerAnswer {
    const draft = this.#drafts.get(id)
    const lines = readObject(body)?.lines
    if (draft === undefined) return no(404, 'There is no open document of this reference.')
    if (!Array.isArray(lines)) return no(400, 'lines must be a list.')
    if (draft.lines.length + lines.length > linesMax) return no(413, `At most ${linesMax} lines.`)
    this.#drafts.set(id, { ...draft, lines: [...draft.lines, ...(lines as readonly unknown[])] })
    return { status: 202, body: { externalReference: draft.externalReference } }
  }

  #complete(id: string, nowMs: number): PeerAnswer {
    const draft = this.#drafts.get(id)
    if (draft === undefined) return no(404, 'There is no open document of this reference.')
    const answer = this.#admit(draft, nowMs)
    if (answer.status === 201) this.#drafts.delete(id)
    return answer
  }

  #admit(draft: Draft, nowMs: number): PeerAnswer {
    if (this.#isLocked(draft, nowMs)) return later(423, 'The object is locked by another user.')
    if (draft.postingDate !== undefined && draft.postingDate < this.#closedBefore)
      return no(409, `The period of ${draft.postingDate} is closed.`)
    if (this.documents.length >= this.#options.documentsMax) return no(507, 'The ledger is full.')
    const { documentNumber, externalReference } = this.#book(draft, nowMs)
    return { status: 201, body: { documentNumber, externalReference } }
  }

  #book(draft: Draft, nowMs: number): ErpDocument {
    const sequence = this.documents.length + 1
    const documentNumber = `49${String(sequence).padStart(8, '0')}`
    const document = { sequence, documentNumber, ...draft, bookedAt: writeInstant(Math.floor(nowMs)) }
    this.documents.push(document)
    this.#byReference.set(draft.externalReference, [...this.of(draft.externalReference), document])
    return document
  }

  /** What was booked under an external reference. */
  of(externalReference: string): readonly ErpDocument[] {
    return this.#byReference.get(externalReference) ?? []
  }

  #list({ externalReference, prefix = '', since = '', cursor = '0' }: PeerRequest['query']): PeerAnswer {
    if (externalReference !== undefined) return { status: 200, body: { documents: this.of(externalReference).map(row) } }
    if (!/^\d{1,12}$/.test(cursor)) return no(400, 'The cursor is not one.')
    const rows: ErpDocument[] = []
    for (let at = Number(cursor); at < this.documents.length && rows.length <= pageRows; at++) {
      const document = this.documents[at]
      if (document?.externalReference.startsWith(prefix) === true && document.bookedAt >= since) rows.push(document)
    }
    const page = rows.slice(0, pageRows)
    const next = rows.length > pageRows ? { next: String(page.at(-1)?.sequence ?? 0) } : {}
    return { status: 200, body: { documents: page.map(row), ...next } }
  }

  #isLocked({ header }: Draft, nowMs: number): boolean {
    return [header.deliveryNumber, header.receiptNumber, header.movement].some(
      (object) => typeof object === 'string' && (this.#locks.get(object) ?? 0) > nowMs,
    )
  }

  #withinBudget(nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000)
    if (second !== this.#second) [this.#second, this.#spent] = [second, 0]
    this.#spent += 1
    return this.#spent <= this.#options.requestsPerSecond
  }
}

function readDraft(kind: string, content: Readonly<Record<string, unknown>> | undefined): Draft | string {
  if (content === undefined) return 'The body is not a JSON object.'
  const { externalReference, postingDate, lines } = content
  const header = asObject(content.header)
  if (!kinds.has(kind) || content.kind !== kind) return 'The kind is not known, or not that of the path.'
  if (typeof externalReference !== 'string' || externalReference === '' || externalReference.length > referenceLength)
    return `externalReference must have 1 to ${referenceLength} characters.`
  if (typeof content.complete !== 'boolean') return 'complete must be said.'
  if (header === undefined || !Array.isArray(lines) || lines.length > linesMax) return 'header and lines must be there.'
  const date = typeof postingDate === 'string' ? { postingDate } : {}
  return { externalReference, kind, ...date, header, lines: lines as readonly unknown[] }
}

function row({ sequence, documentNumber, externalReference, kind, bookedAt }: ErpDocument): unknown {
  return { sequence, documentNumber, externalReference, kind, bookedAt }
}

function no(status: number, message: string): PeerAnswer {
  return { status, body: { messages: [message] } }
}

function later(status: number, message: string): PeerAnswer {
  return { status, headers: { 'retry-after': retrySeconds }, body: { messages: [message] } }
}
