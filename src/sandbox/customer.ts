import type { Faults } from './faults.ts'
import type { Peer, PeerAnswer, PeerRequest } from './peer.ts'

/** A customer's endpoint: remembers which events came, how often, and whether one overtook another of its object. */
export class SandboxCustomer implements Peer {
  received = 0
  duplicates = 0
  inversions = 0
  readonly #ids = new Set<string>()
  readonly #sequences = new Map<string, string>()
  readonly #faults: Faults
  readonly #random: () => number

  constructor(faults: Faults, random: () => number) {
    this.#faults = faults
    this.#random = random
  }

  handle({ headers, body }: PeerRequest): PeerAnswer {
    const delayMs = this.#faults.strikes('customer.latency', this.#random) ? 2000 : 2
    if (this.#faults.strikes('customer.outage', this.#random)) return { status: 0, lost: true }
    if (this.#faults.strikes('customer.unavailable', this.#random))
      return { status: 503, headers: { 'retry-after': '2' }, delayMs }
    const id = String(headers['webhook-id'] ?? '')
    const { subject, sequence } = JSON.parse(body) as { subject: string; sequence: string }
    if (this.#ids.has(id)) this.duplicates++
    else {
      this.#ids.add(id)
      this.received++
      if ((this.#sequences.get(subject) ?? '') > sequence) this.inversions++
      else this.#sequences.set(subject, sequence)
    }
    return { status: 204, delayMs }
  }
}
