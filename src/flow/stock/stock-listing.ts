import { InterlineError } from '../../base/errors.ts'
import { readInstant } from '../../base/instant.ts'
import type { StockPage } from '../../connectors/kit/connector.ts'
import type { ListedStock } from '../../processes/stock-difference/item.ts'
import type { Connection } from '../connection.ts'
import { type ExchangePorts, question } from '../dispatch/exchange.ts'

/** The stock of one item as another system lists it. */
export interface ListedItem {
  readonly sku: string
  readonly rows: readonly ListedStock[]
}

/** The stock of another system, item by item, in the order of their numbers; one page of it is in memory. */
export class StockListing {
  readonly #ports: ExchangePorts
  readonly #connection: Connection
  readonly #trace: string
  #page: StockPage | undefined
  #at = 0

  constructor(ports: ExchangePorts, connection: Connection, trace: string) {
    this.#ports = ports
    this.#connection = connection
    this.#trace = trace
  }

  /** When the system looked, ms. Throws OPERATION_UNKNOWN, BOOKS_UNREADABLE. */
  async begin(): Promise<number> {
    const page = await this.#ask()
    this.#page = page
    const takenAt = readInstant(page.takenAt)
    if (takenAt === undefined) throw this.#unreadable('takenAt is no instant')
    return takenAt
  }

  /** Throws BOOKS_UNREADABLE, also where items are not in order: half of them would seem to be missing. */
  async *items(): AsyncGenerator<ListedItem> {
    let rows: ListedStock[] = []
    for (let row = await this.#row(); row !== undefined; row = await this.#row()) {
      const sku = rows[0]?.sku
      if (sku !== undefined && row.sku !== sku) {
        if (!isBefore(sku, row.sku))
          throw this.#unreadable(`${row.sku} is listed behind ${sku}; the order is that of bytes`)
        yield { sku, rows }
        rows = []
      }
      rows.push(row)
      if (rows.length > rowsMax) throw this.#unreadable(`there are more than ${rowsMax} lines of ${row.sku}`)
    }
    const [last] = rows
    if (last !== undefined) yield { sku: last.sku, rows }
  }

  async #row(): Promise<ListedStock | undefined> {
    while (this.#page !== undefined && this.#at >= this.#page.stock.length) {
      const { next, takenAt } = this.#page
      if (next === undefined) return undefined
      this.#page = await this.#ask(next)
      this.#at = 0
      if (this.#page.takenAt !== takenAt) throw this.#unreadable('its pages are of different instants')
      if (this.#page.next === next) throw this.#unreadable('the same page comes again')
    }
    return this.#page?.stock[this.#at++]
  }

  async #ask(cursor?: string): Promise<StockPage> {
    const payload = cursor === undefined ? {} : { cursor }
    const input = { connection: this.#connection, operation: 'listStock', payload, trace: this.#trace }
    const answer = await question(this.#ports, input)
    if (answer.outcome === 'applied') return answer.data as StockPage
    throw this.#unreadable('reason' in answer ? answer.reason : 'it was only taken')
  }

  #unreadable(reason: string): InterlineError {
    return new InterlineError('BOOKS_UNREADABLE', { connection: this.#connection.id, reason })
  }
}

const rowsMax = 10_000

/** In the order of UTF-8 bytes, which is that of code points. */
export function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0
}
