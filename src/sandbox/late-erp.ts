import type { Erp } from './erp.ts'
import type { Faults } from './faults.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'
import type { Stream } from './stream.ts'

const lateMs = [500, 20_000] as const

/** The ERP behind a gateway that gives up too early: 504 now, and the document is booked afterwards all the same. */
export class LateErp implements Peer {
  readonly #erp: Erp
  readonly #faults: Faults
  readonly #stream: Stream

  constructor(erp: Erp, faults: Faults, stream: Stream) {
    this.#erp = erp
    this.#faults = faults
    this.#stream = stream
  }

  handle(request: PeerRequest, nowMs: number): PeerAnswer {
    const share = this.#faults.share('erp.late')
    const isLate = request.method === 'POST' && share > 0 && this.#stream.chance(share)
    if (!isLate) return this.#erp.handle(request, nowMs)
    this.#erp.bookLater(request, nowMs + this.#stream.between(...lateMs))
    return { status: 504, body: { messages: ['No answer in time.'] } }
  }
}
