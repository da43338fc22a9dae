import { verifyWebhook } from '../transports/signature.ts'
import type { Faults } from './faults.ts'
import { Outage } from './outage.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'

/** An event as it came. */
interface Received {
  readonly type: string
  readonly subject: string
  readonly sequence: string
}

/** How many of the last events are kept to be looked at. */
const keptMax = 10_000

/**
 * A customer's endpoint: remembers which events came, how often, and whether one overtook another of its object. `GET /events` shows
 * the last ones, `?subject=` those of one object.
 */
export class SandboxCustomer implements Peer {
  /** Told when the subscription is made; before that no signature can be checked. */
  secret: string | undefined
  received = 0
  duplicates = 0
  inversions = 0
  /** Signature wrong, or not an event. */
  refused = 0
  readonly #events: Received[] = []
  readonly #ids = new Set<string>()
  readonly #sequences = new Map<string, string>()
  readonly #outage: Outage
  readonly #faults: Faults
  readonly #random: () => number

  constructor(faults: Faults, random: () => number) {
    this.#faults = faults
    this.#random = random
    this.#outage = new Outage('customer.outage', faults, random)
  }

  isAway(nowMs: number): boolean {
    return this.#outage.isAway(nowMs)
  }

  handle(request: PeerRequest, nowMs: number): PeerAnswer {
    if (request.method === 'GET') return { status: 200, body: { events: this.#about(request.query.get('subject')) } }
    const delayMs = this.#strikes('latency') ? 2000 : 2
    if (this.#strikes('unavailable')) return { status: 503, headers: { 'retry-after': '2' }, delayMs }
    if (this.#strikes('throttle')) return { status: 429, headers: { 'retry-after': '1' }, delayMs }
    const status = this.#hear(request, nowMs)
    return { status, delayMs, ...(this.#strikes('lostReply') ? { lost: true } : {}) }
  }

  #hear({ headers, body }: PeerRequest, nowMs: number): number {
    const event = readEvent(body)
    const id = headers['webhook-id']
    if (!this.#isGenuine(headers, body, nowMs) || event === undefined || typeof id !== 'string') {
      this.refused++
      return event === undefined ? 400 : 401
    }
    if (this.#ids.has(id)) {
      this.duplicates++
      return 204
    }
    this.#ids.add(id)
    this.received++
    this.#events.push(event)
    if (this.#events.length > keptMax) this.#events.shift()
    if ((this.#sequences.get(event.subject) ?? '') > event.sequence) this.inversions++
    else this.#sequences.set(event.subject, event.sequence)
    return 204
  }

  #about(subject: string | null): readonly Received[] {
    return subject === null ? this.#events.slice(-100) : this.#events.filter((event) => event.subject === subject)
  }

  #isGenuine(headers: PeerRequest['headers'], body: string, nowMs: number): boolean {
    if (this.secret === undefined) return true
    const single = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    )
    const signed = {
      headers: Object.fromEntries(single),
      body: new TextEncoder().encode(body),
      nowSeconds: Math.floor(nowMs / 1000),
    }
    return verifyWebhook(signed, this.secret) === 'ok'
  }

  #strikes(fault: string): boolean {
    return this.#faults.strikes(`customer.${fault}`, this.#random)
  }
}

function readEvent(body: string): Received | undefined {
  try {
    const event: unknown = JSON.parse(body)
    if (typeof event !== 'object' || event === null) return undefined
    const { type, subject, sequence } = event as Readonly<Record<string, unknown>>
    return typeof type === 'string' && typeof subject === 'string' && typeof sequence === 'string'
      ? { type, subject, sequence }
      : undefined
  } catch {
    return undefined
  }
}
