import { writeInstant } from '../base/instant.ts'
import { documentKinds, referenceLength } from '../connectors/generic-erp/contract.ts'
import type { Faults } from './faults.ts'
import { Outage } from './outage.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'

/** A document that the ERP has booked. */
export interface ErpDocument {
  /** From 1, in the order of booking. */
  readonly sequence: number
  readonly documentNumber: string
  readonly kind: string
  readonly externalReference: string
  readonly content?: string
  readonly postingDate?: string
  readonly header: Readonly<Record<string, unknown>>
  readonly lines: readonly unknown[]
  readonly bookedAt: string
}

type Draft = Omit<ErpDocument, 'sequence' | 'documentNumber' | 'bookedAt'>

const kinds: ReadonlySet<string> = new Set(Object.values(documentKinds))
const pageRows = 100
const linesMax = 10_000
const draftsMax = 10_000
/** When an answer was given up too early, the work is done within this time all the same. */
const lateMs = 20_000

/**
 * The ERP: books a document for every complete post, also for one that it has booked before: real ones do. Only the billing block of
 * a delivery is lifted once, as it is a state there. Locked, throttled, away or silent on request, and then it has done nothing,
 * except with `lostReply` and `truncated`: then it has, and `late`: then it will.
 */
export class SandboxErp implements Peer {
  readonly documents: ErpDocument[] = []
  /** Called for every document that is booked. */
  booked: ((document: ErpDocument) => void) | undefined
  /** Releases that were told again and changed nothing. */
  repeats = 0
  readonly #outage: Outage
  readonly #faults: Faults
  readonly #random: () => number
  readonly #byReference = new Map<string, ErpDocument[]>()
  readonly #drafts = new Map<string, Draft>()
  #late: readonly { readonly draft: Draft; readonly dueMs: number }[] = []
  #closedBefore = ''

  constructor(faults: Faults, random: () => number) {
    this.#faults = faults
    this.#random = random
    this.#outage = new Outage('erp.outage', faults, random)
  }

  isAway(nowMs: number): boolean {
    return this.#outage.isAway(nowMs)
  }

  /** Documents beyond the first per reference: what must stay 0. */
  get doubles(): number {
    return this.documents.length - this.#byReference.size
  }

  /** Posting dates before this calendar date are refused from now on. */
  closePeriod(before: string): void {
    this.#closedBefore = before
  }

  /** A clerk deletes a document. */
  forget(documentNumber: string): void {
    const at = this.documents.findIndex((one) => one.documentNumber === documentNumber)
    const [gone] = at < 0 ? [] : this.documents.splice(at, 1)
    if (gone === undefined) return
    const same = (this.#byReference.get(gone.externalReference) ?? []).filter((one) => one !== gone)
    if (same.length === 0) this.#byReference.delete(gone.externalReference)
    else this.#byReference.set(gone.externalReference, same)
  }

  /** A clerk books a document by hand, under whatever reference. */
  forge(
    { kind, header, lines }: Pick<ErpDocument, 'kind' | 'header' | 'lines'>,
    externalReference: string,
    nowMs: number,
  ): void {
    this.#book({ kind, externalReference, header, lines }, nowMs)
  }

  handle(request: PeerRequest, nowMs: number): PeerAnswer {
    this.#settle(nowMs)
    const delayMs = 5 + this.#random() * 20 + (this.#strikes('latency') ? 3000 : 0)
    if (this.#strikes('unavailable')) return { ...again(503, 'maintenance'), delayMs }
    if (this.#strikes('throttle')) return { ...again(429, 'too many requests'), delayMs }
    const answer = request.method === 'GET' ? this.#read(request) : this.#write(request, nowMs)
    return { ...answer, delayMs }
  }

  #read({ path, query }: PeerRequest): PeerAnswer {
    return path === '/documents' ? this.#list(query) : no(404, 'no such resource')
  }

  #write({ method, path, body }: PeerRequest, nowMs: number): PeerAnswer {
    const [, root, kind = '', reference = '', step] = path.split('/')
    if (method !== 'POST' || root !== 'documents' || !kinds.has(kind)) return no(404, 'no such resource')
    if (this.#strikes('locked')) return again(423, 'the document is locked by a user')
    if (this.#strikes('periodClosed')) return no(409, 'the period is closed')
    const content = readObject(body)
    if (content === undefined) return no(400, 'not a JSON object')
    const answer =
      step === undefined ? this.#post(kind, content, nowMs) : this.#extend({ kind, reference, step }, content, nowMs)
    if (this.#strikes('lostReply')) return { ...answer, lost: true }
    return this.#strikes('truncated') ? { ...answer, truncated: true } : answer
  }

  #post(kind: string, content: Readonly<Record<string, unknown>>, nowMs: number): PeerAnswer {
    const draft = readDraft(kind, content)
    if (typeof draft === 'string') return no(422, draft)
    if (content.complete === true) return this.#admit(draft, nowMs)
    if (this.#drafts.size >= draftsMax) return again(503, 'too many open documents')
    this.#drafts.set(`${kind}/${draft.externalReference}`, draft)
    return { status: 202, body: { status: 'open' } }
  }

  /** A document in parts: nothing is booked before it is said to be complete. */
  #extend(
    { kind, reference, step }: { readonly kind: string; readonly reference: string; readonly step: string },
    content: Readonly<Record<string, unknown>>,
    nowMs: number,
  ): PeerAnswer {
    const draft = this.#drafts.get(`${kind}/${reference}`)
    if (draft === undefined) return no(404, 'no open document of this reference')
    if (step === 'complete') {
      const answer = this.#admit(draft, nowMs)
      if (answer.status === 201) this.#drafts.delete(`${kind}/${reference}`)
      return answer
    }
    const lines: unknown = content.lines
    if (step !== 'lines' || !Array.isArray(lines)) return no(400, 'lines are expected')
    if (draft.lines.length + lines.length > linesMax) return no(413, `at most ${linesMax} lines`)
    this.#drafts.set(`${kind}/${reference}`, { ...draft, lines: draft.lines.concat(lines) })
    return { status: 202, body: { status: 'open' } }
  }

  #admit(draft: Draft, nowMs: number): PeerAnswer {
    if (draft.postingDate !== undefined && draft.postingDate < this.#closedBefore)
      return no(409, `the period of ${draft.postingDate} is closed`)
    if (this.#strikes('late')) {
      this.#late = [...this.#late, { draft, dueMs: nowMs + this.#random() * lateMs }]
      return { status: 504, body: { messages: ['no answer in time'] } }
    }
    const { documentNumber, externalReference } = this.#released(draft) ?? this.#book(draft, nowMs)
    return { status: 201, body: { documentNumber, externalReference } }
  }

  #book(draft: Draft, nowMs: number): ErpDocument {
    const sequence = (this.documents.at(-1)?.sequence ?? 0) + 1
    const bookedAt = writeInstant(Math.floor(nowMs))
    const document = { sequence, documentNumber: String(49_000_000 + sequence), ...draft, bookedAt }
    this.documents.push(document)
    const same = this.#byReference.get(draft.externalReference)
    if (same === undefined) this.#byReference.set(draft.externalReference, [document])
    else same.push(document)
    this.booked?.(document)
    return document
  }

  /** A block that has been lifted under this reference is lifted. Under another one it would be a second release. */
  #released({ kind, externalReference }: Draft): ErpDocument | undefined {
    if (kind !== documentKinds.release_invoice) return undefined
    const known = this.#byReference.get(externalReference)?.[0]
    if (known !== undefined) this.repeats++
    return known
  }

  #settle(nowMs: number): void {
    const due = this.#late.filter(({ dueMs }) => dueMs <= nowMs)
    if (due.length === 0) return
    this.#late = this.#late.filter(({ dueMs }) => dueMs > nowMs)
    for (const { draft } of due) this.#book(draft, nowMs)
  }

  /** One reference, strongly consistent; or page after page what begins with a prefix and was booked since an instant. */
  #list(query: URLSearchParams): PeerAnswer {
    const reference = query.get('externalReference')
    if (reference !== null)
      return { status: 200, body: { documents: (this.#byReference.get(reference) ?? []).map(row) } }
    const [prefix, since, cursor] = [query.get('prefix') ?? '', query.get('since') ?? '', query.get('cursor') ?? '0']
    if (!/^\d{1,12}$/.test(cursor)) return no(400, 'the cursor is not one')
    const rows: ErpDocument[] = []
    for (const document of this.documents) {
      if (rows.length > pageRows) break
      const isNext = document.sequence > Number(cursor) && document.bookedAt >= since
      if (isNext && document.externalReference.startsWith(prefix)) rows.push(document)
    }
    const page = rows.slice(0, pageRows)
    const next = rows.length > pageRows ? { next: String(page.at(-1)?.sequence ?? 0) } : {}
    return { status: 200, body: { documents: page.map(row), ...next } }
  }

  #strikes(fault: string): boolean {
    return this.#faults.strikes(`erp.${fault}`, this.#random)
  }
}

function readDraft(kind: string, content: Readonly<Record<string, unknown>>): Draft | string {
  const { externalReference, content: fingerprint, postingDate, header, lines } = content
  if (typeof externalReference !== 'string' || externalReference === '' || externalReference.length > referenceLength)
    return `externalReference must have 1 to ${referenceLength} characters`
  if (lines !== undefined && (!Array.isArray(lines) || lines.length > linesMax)) return `at most ${linesMax} lines`
  return {
    kind,
    externalReference,
    ...(typeof fingerprint === 'string' ? { content: fingerprint } : {}),
    ...(typeof postingDate === 'string' ? { postingDate } : {}),
    header: isObject(header) ? header : {},
    lines: lines ?? [],
  }
}

function readObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = body === '' ? {} : JSON.parse(body)
    return isObject(content) ? content : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function row({ sequence, documentNumber, externalReference, kind, content, bookedAt }: ErpDocument): unknown {
  return { sequence, documentNumber, externalReference, kind, content, bookedAt }
}

function no(status: number, message: string): PeerAnswer {
  return { status, body: { messages: [message] } }
}

function again(status: number, message: string): PeerAnswer {
  return { status, headers: { 'retry-after': '1' }, body: { messages: [message] } }
}
