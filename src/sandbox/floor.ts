import { writeInstant } from '../base/instant.ts'
import type { Message } from './message.ts'
import type { Numbering } from './numbering.ts'

/** Places of the simulated warehouse. */
export const places = {
  in: 'DC1-IN',
  reserve: 'DC1-RESERVE',
  out: 'DC1-OUT',
  returns: 'DC1-RETURNS',
  partners: 'DC1-CROSSDOCK',
} as const

interface StockPlace {
  readonly location: string
  readonly status?: string
}

interface Change {
  readonly atMs: number
  readonly sku: string
  readonly place: string
  readonly by: number
}

interface Move {
  readonly atMs: number
  readonly movement: string
  readonly sku: string
  readonly quantity: number
  readonly from?: StockPlace
  readonly to?: StockPlace
  readonly document: { readonly kind: string; readonly id: string; readonly line?: string }
  readonly reason?: string
}

/** What lies where in the warehouse, and the messages about how it came there. Its counts are true unless they are meant not to be. */
export class Floor {
  readonly messages: Message[] = []
  readonly #changes: Change[] = []
  readonly #numbering: Numbering

  constructor(numbering: Numbering) {
    this.#numbering = numbering
  }

  /** Stock that is moved by a document (receipt, ship confirmation): known here, told by the document. */
  change(change: Omit<Change, 'place'> & { readonly place: StockPlace }): void {
    const { location, status = 'available' } = change.place
    this.#changes.push({ ...change, place: `${location} ${status}` })
  }

  move({ atMs, sku, quantity, from, to, ...rest }: Move): void {
    if (from !== undefined) this.change({ atMs, sku, place: from, by: -quantity })
    if (to !== undefined) this.change({ atMs, sku, place: to, by: quantity })
    const places = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
    const data = { ...rest, sku, quantity: String(quantity), uom: 'EA', ...places }
    this.tell('movement', {
      atMs,
      id: `${rest.movement} ${rest.document.id} ${rest.document.line ?? ''}`,
      data,
    })
  }

  tell(type: string, message: { atMs: number; id: string; data: Message['content'] }): void {
    const { atMs, id, data } = message
    this.messages.push({
      atMs,
      sender: 'wms',
      content: { eventId: this.#numbering.eventId(type, id), type, occurredAt: writeInstant(atMs), data },
    })
  }

  balance(sku: string, place: StockPlace, atMs: number): number {
    const key = `${place.location} ${place.status ?? 'available'}`
    return this.#changes
      .filter((change) => change.sku === sku && change.place === key && change.atMs <= atMs)
      .reduce((sum, { by }) => sum + by, 0)
  }

  /** All that is there at a moment, sorted. */
  balances(atMs: number): { sku: string; location: string; status: string; quantity: number }[] {
    const sums = new Map<string, number>()
    for (const change of this.#changes) {
      if (change.atMs > atMs) continue
      const key = `${change.sku} ${change.place}`
      sums.set(key, (sums.get(key) ?? 0) + change.by)
    }
    return [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, quantity]) => {
        const [sku = '', location = '', status = ''] = key.split(' ')
        return { sku, location, status, quantity }
      })
  }
}
