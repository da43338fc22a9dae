import type { Faults } from './faults.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'
import type { Stream } from './stream.ts'

const latencyMs = [200, 3000] as const
const retrySeconds = '1'

/** A peer on a bad day: what the faults in force do to its requests, before and after the work. */
export class Disturbed implements Peer {
  readonly #peer: Peer
  readonly #name: string
  readonly #faults: Faults
  readonly #stream: Stream

  constructor(peer: Peer, options: { readonly name: string; readonly faults: Faults; readonly stream: Stream }) {
    this.#peer = peer
    this.#name = options.name
    this.#faults = options.faults
    this.#stream = options.stream
  }

  handle(request: PeerRequest, nowMs: number): PeerAnswer {
    const delay = this.#strikes('latency') ? { delayMs: this.#stream.between(...latencyMs) } : {}
    return { ...(this.#before(request) ?? this.#work(request, nowMs)), ...delay }
  }

  /** All of these come before anything was done. */
  #before({ method }: PeerRequest): PeerAnswer | undefined {
    const later = { headers: { 'retry-after': retrySeconds } }
    if (this.#strikes('outage')) return { status: 0, lost: true }
    if (this.#strikes('throttle')) return { status: 429, ...later, body: { messages: ['Too many requests.'] } }
    if (this.#strikes('unavailable')) return { status: 503, ...later, body: { messages: ['Maintenance.'] } }
    if (method === 'GET') return undefined
    if (this.#strikes('locked')) return { status: 423, ...later, body: { messages: ['The object is locked.'] } }
    if (this.#strikes('periodClosed')) return { status: 409, body: { messages: ['The period is closed.'] } }
    return undefined
  }

  #work(request: PeerRequest, nowMs: number): PeerAnswer {
    const answer = this.#peer.handle(request, nowMs)
    return this.#strikes('lostReply') ? { ...answer, lost: true } : answer
  }

  #strikes(fault: string): boolean {
    const share = this.#faults.share(`${this.#name}.${fault}`)
    return share > 0 && this.#stream.chance(share)
  }
}
