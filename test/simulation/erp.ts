import type { Kernel } from './kernel.ts'
import type { Peer, PeerAnswer } from './network.ts'
import type { Stream } from './random.ts'

export interface ErpFaults {
  /** Shares of postings: refused before the work (500), answer lost after it, work done late. */
  readonly failBefore: number
  readonly lostAfter: number
  readonly slow: number
  readonly slowMs: number
  readonly readBackFails: number
}

export interface ErpDocument {
  readonly number: string
  readonly externalReference: string
  readonly movement: string
  readonly sku: string
  readonly quantity: number
  readonly at: number
}

/**
 * The ERP of the simulation: not idempotent, with its own ledger. Whatever it was told, it did, also when nobody heard its answer.
 */
export class SimulatedErp implements Peer {
  readonly documents: ErpDocument[] = []
  readonly #kernel: Kernel
  readonly #stream: Stream
  readonly #faults: ErpFaults
  healed = false
  /** Until then it answers 503 or 429 before any work. */
  outageUntil = 0

  constructor(kernel: Kernel, stream: Stream, faults: ErpFaults) {
    this.#kernel = kernel
    this.#stream = stream
    this.#faults = faults
  }

  receive({
    method,
    url,
    body,
  }: {
    readonly method: string
    readonly url: string
    readonly body: unknown
  }): PeerAnswer | undefined {
    const answerMs = this.#stream.between(5, 60)
    if (this.#kernel.now < this.outageUntil)
      return { status: this.#stream.chance(0.5) ? 503 : 429, headers: { 'retry-after': '5' }, body: {}, answerMs }
    if (method === 'GET') return this.#lookUp(url, answerMs)
    return this.#post(body as Posting, answerMs)
  }

  #post(posting: Posting, answerMs: number): PeerAnswer | undefined {
    const { failBefore, lostAfter, slow, slowMs } = this.#faults
    if (!this.healed && this.#stream.chance(failBefore)) return { status: 500, body: {}, answerMs }
    if (!this.healed && this.#stream.chance(slow)) {
      const late = this.#stream.between(1000, slowMs)
      this.#kernel.after(late, () => this.#book(posting))
      return { status: 504, body: {}, answerMs: this.#stream.chance(0.5) ? answerMs : late + answerMs }
    }
    const number = this.#book(posting)
    const lost = !this.healed && this.#stream.chance(lostAfter)
    return { status: 201, body: { documentNumber: number }, answerMs, lost }
  }

  #book({ externalReference, kind, header, lines }: Posting): string {
    const number = `D${this.documents.length + 1}`
    const line = lines[0]
    const sign = /gain/.test(header.movementType ?? '') ? 1 : -1
    this.documents.push({
      number,
      externalReference,
      movement: header.movement ?? '',
      sku: line?.sku ?? '',
      // A delivery that is made, or taken back, moves nothing yet.
      quantity: kind.startsWith('delivery') ? 0 : sign * Number(line?.quantity ?? 0),
      at: this.#kernel.now,
    })
    this.#kernel.note(`book ${externalReference} ${this.#kernel.now}`)
    return number
  }

  #lookUp(url: string, answerMs: number): PeerAnswer {
    if (!this.healed && this.#stream.chance(this.#faults.readBackFails)) return { status: 500, body: {}, answerMs }
    const wanted = new URL(url).searchParams.get('externalReference')
    const documents = this.documents
      .filter(({ externalReference }) => externalReference === wanted)
      .map(({ number, externalReference }) => ({ documentNumber: number, externalReference }))
    return { status: 200, body: { documents }, answerMs }
  }
}

interface Posting {
  readonly kind: string
  readonly externalReference: string
  /** Movements only: of other documents nothing but the reference is judged. */
  readonly header: { readonly movement?: string; readonly movementType?: string }
  readonly lines: readonly { readonly sku?: string; readonly quantity?: string }[]
}
