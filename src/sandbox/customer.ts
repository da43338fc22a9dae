import { verifyWebhook } from '../transports/signature.ts'
import { type Peer, type PeerAnswer, type PeerRequest, readObject } from './peer.ts'

interface Heard {
  readonly ids: Set<string>
  newest: string
}

const idsMax = 2_000_000

/** The endpoint of a customer who subscribed: it checks the signature and notes what came twice and what came out of order. */
export class Customer implements Peer {
  /** Told when the subscription is created; without it nothing can be verified. */
  secret: string | undefined
  received = 0
  duplicates = 0
  /** Events of a subject that came for the first time after a later one of it. */
  inversions = 0
  refused = 0
  readonly #subjects = new Map<string, Heard>()
  #ids = 0

  handle({ method, headers, body }: PeerRequest, nowMs: number): PeerAnswer {
    if (method !== 'POST') return { status: 405 }
    if (this.secret !== undefined && !this.#isGenuine(headers, body, nowMs, this.secret)) {
      this.refused += 1
      return { status: 401 }
    }
    const event = readObject(body)
    const { subject, sequence } = event ?? {}
    const id = headers['webhook-id']
    if (typeof subject !== 'string' || typeof sequence !== 'string' || id === undefined) {
      this.refused += 1
      return { status: 400 }
    }
    if (this.#ids >= idsMax) return { status: 503, headers: { 'retry-after': '60' } }
    this.#note(subject, sequence, id)
    return { status: 204 }
  }

  /** The webhook ids of a subject in the order of their first coming. */
  idsOf(subject: string): readonly string[] {
    return [...(this.#subjects.get(subject)?.ids ?? [])]
  }

  #note(subject: string, sequence: string, id: string): void {
    this.received += 1
    const heard = this.#subjects.get(subject) ?? { ids: new Set<string>(), newest: '' }
    this.#subjects.set(subject, heard)
    if (heard.ids.has(id)) {
      this.duplicates += 1
      return
    }
    heard.ids.add(id)
    this.#ids += 1
    if (sequence < heard.newest) this.inversions += 1
    else heard.newest = sequence
  }

  #isGenuine(headers: PeerRequest['headers'], body: Uint8Array, nowMs: number, secret: string): boolean {
    return verifyWebhook({ headers, body, nowSeconds: Math.floor(nowMs / 1000) }, secret) === 'ok'
  }
}
