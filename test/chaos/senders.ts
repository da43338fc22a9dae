import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Stream } from '../simulation/random.ts'
import type { HubProcess } from './hub-process.ts'

export interface Sending {
  readonly messages: number
  /** Messages are spread over so many items; each item is one queue to the ERP. */
  readonly items: number
  readonly senders: number
  /** Messages a second at most, so that the faults meet traffic to the end. */
  readonly perSecond: number
}

/** What the senders saw. Recorded outside the hub, so that nobody need believe it. */
export interface Witness {
  /** Message → ids under which it was acknowledged. */
  readonly acknowledged: ReadonlyMap<string, ReadonlySet<string>>
  /** Answers by status; 0 is none. */
  readonly answers: Readonly<Record<string, number>>
  /** Longest time in which nobody had an acknowledgement, ms. */
  readonly silenceMs: number
}

export function itemOf(n: number, items: number): string {
  return `SKU-${n % items}`
}

/** A warehouse that sends every message until it is acknowledged, to whichever hub answers, and a tenth of them twice at once. */
export class Warehouse {
  readonly #hubs: readonly HubProcess[]
  readonly #key: string
  readonly #stream: Stream
  readonly #acknowledged = new Map<string, Set<string>>()
  readonly #answers: Record<string, number> = {}
  readonly #pools = new Map<string, Pool>()
  #lastAt = performance.now()
  #silenceMs = 0

  constructor(hubs: readonly HubProcess[], key: string, stream: Stream) {
    this.#hubs = hubs
    this.#key = key
    this.#stream = stream
  }

  get count(): number {
    return this.#acknowledged.size
  }

  async send({ messages, items, senders, perSecond }: Sending): Promise<Witness> {
    const from = performance.now()
    let next = 0
    const sender = async (): Promise<void> => {
      for (let n = next++; n < messages; n = next++) {
        const early = (n * 1000) / perSecond - (performance.now() - from)
        if (early > 0) await sleep(early)
        const times = n % 10 === 0 ? 2 : 1
        await Promise.all(Array.from({ length: times }, () => this.#deliver(n, itemOf(n, items))))
      }
    }
    await Promise.all(Array.from({ length: senders }, sender))
    for (const pool of this.#pools.values()) await pool.destroy()
    return { acknowledged: this.#acknowledged, answers: this.#answers, silenceMs: Math.round(this.#silenceMs) }
  }

  async #deliver(n: number, sku: string): Promise<void> {
    for (let tries = 0; !(await this.#ask(n, sku, tries)); tries++) await sleep(this.#stream.between(20, 200))
  }

  async #ask(n: number, sku: string, tries: number): Promise<boolean> {
    const hub = this.#hubs[(n + tries) % this.#hubs.length]
    if (hub?.alive !== true) return false
    const data = {
      movement: n % 3 === 0 ? 'adjust_loss' : 'adjust_gain',
      sku,
      quantity: String(1 + (n % 9)),
      uom: 'EA',
      [n % 3 === 0 ? 'from' : 'to']: { location: 'W1' },
      document: { kind: 'adjustment', id: `m${n}` },
    }
    const occurredAt = new Date(1_772_431_200_000 + n).toISOString()
    try {
      const { statusCode, body } = await this.#pool(hub.url).request({
        path: '/v1/inbound/wms',
        method: 'POST',
        headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ eventId: `m${n}`, type: 'movement', occurredAt, data }),
        headersTimeout: 4000,
        bodyTimeout: 4000,
      })
      const text = await body.text()
      this.#count(statusCode)
      if (statusCode !== 202) return false
      this.#note(`m${n}`, (JSON.parse(text) as { id: string }).id)
      return true
    } catch {
      // No answer: it may be stored or not, and is sent again.
      this.#count(0)
      return false
    }
  }

  #note(message: string, id: string): void {
    this.#acknowledged.set(message, (this.#acknowledged.get(message) ?? new Set()).add(id))
    const now = performance.now()
    this.#silenceMs = Math.max(this.#silenceMs, now - this.#lastAt)
    this.#lastAt = now
  }

  #count(status: number): void {
    this.#answers[status] = (this.#answers[status] ?? 0) + 1
  }

  #pool(url: string): Pool {
    const known = this.#pools.get(url)
    if (known !== undefined) return known
    const made = new Pool(url, { connections: 64, pipelining: 1 })
    this.#pools.set(url, made)
    return made
  }
}

/** Units by item that the messages add up to. */
export function unitsSent(messages: number, items: number): ReadonlyMap<string, number> {
  const units = new Map<string, number>()
  for (let n = 0; n < messages; n++) {
    const sku = itemOf(n, items)
    units.set(sku, (units.get(sku) ?? 0) + (n % 3 === 0 ? -1 : 1) * (1 + (n % 9)))
  }
  return units
}
