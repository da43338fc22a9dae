import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { breakOff } from '../../src/transports/break-off.ts'
import type { Stream } from '../simulation/random.ts'

/** Shares of postings that end badly. All but `failBefore` book the document all the same. */
export interface ErpFaults {
  readonly failBefore: number
  /** Booked, and the connection is reset before the answer. */
  readonly lostReply: number
  /** Nothing is answered, and the document is booked up to `lateMs` later. */
  readonly late: number
  readonly lateMs: number
  /** Booked, and the answer breaks off, or has no document number in it. */
  readonly spoilt: number
  /** Share of look-ups that fail. */
  readonly lookUpFails: number
}

export interface BookedDocument {
  readonly number: string
  readonly reference: string
  readonly sku: string
  readonly movement: string
  readonly quantity: number
}

/** A real HTTP server with its own books. It is idempotent in nothing: what it is told twice, it books twice. */
export class ChaosErp {
  readonly documents: BookedDocument[] = []
  /** How often somebody was left without a clear answer. */
  doubtful = 0
  /** Until then (monotonic ms) it refuses everything before any work. */
  outageUntil = 0
  readonly #server: Server
  readonly #stream: Stream
  readonly #faults: ErpFaults
  readonly #byReference = new Map<string, BookedDocument[]>()

  private constructor(stream: Stream, faults: ErpFaults) {
    this.#stream = stream
    this.#faults = faults
    this.#server = createServer((incoming, response) => {
      this.#serve(incoming, response).catch(() => incoming.socket.destroy())
    })
  }

  static async open(stream: Stream, faults: ErpFaults): Promise<ChaosErp> {
    const erp = new ChaosErp(stream, faults)
    await new Promise<void>((resolve) => erp.#server.listen(0, '127.0.0.1', resolve))
    return erp
  }

  get port(): number {
    // A TCP server's address is never a path.
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    if (performance.now() < this.outageUntil) {
      response.writeHead(this.#stream.chance(0.5) ? 503 : 429, { 'retry-after': '1' }).end()
    } else if (incoming.method === 'GET') this.#lookUp(incoming.url ?? '/', response)
    else await this.#post(JSON.parse(Buffer.concat(chunks).toString()) as Posting, response)
  }

  async #post(posting: Posting, response: ServerResponse): Promise<void> {
    const { failBefore, lostReply, late, lateMs, spoilt } = this.#faults
    const dice = this.#stream.next()
    if (dice < failBefore) {
      this.doubtful++
      answer(response, 500, {})
    } else if (dice < failBefore + late) {
      this.doubtful++
      if (this.#stream.chance(0.5)) lose(response)
      await sleep(this.#stream.between(100, lateMs))
      this.#book(posting)
    } else {
      const { number } = this.#book(posting)
      const kind = dice - failBefore - late
      if (kind >= lostReply + spoilt) answer(response, 201, { documentNumber: number })
      else this.#spoil(response, kind < lostReply)
    }
  }

  #spoil(response: ServerResponse, lost: boolean): void {
    this.doubtful++
    if (lost) lose(response)
    else if (this.#stream.chance(0.5)) answer(response, 201, {})
    else {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '90' })
      response.write('{"documentNumber":"D')
      response.socket?.end()
    }
  }

  #book({ externalReference, header, lines }: Posting): BookedDocument {
    const [line] = lines
    const sign = /gain/.test(header.movementType) ? 1 : -1
    const document = {
      number: `D${this.documents.length + 1}`,
      reference: externalReference,
      sku: line?.sku ?? '',
      movement: header.movement,
      quantity: sign * Number(line?.quantity ?? 0),
    }
    this.documents.push(document)
    this.#byReference.set(externalReference, [...(this.#byReference.get(externalReference) ?? []), document])
    return document
  }

  #lookUp(url: string, response: ServerResponse): void {
    if (this.#stream.chance(this.#faults.lookUpFails)) {
      answer(response, 500, {})
      return
    }
    const wanted = new URL(url, 'http://erp').searchParams.get('externalReference') ?? ''
    const documents = (this.#byReference.get(wanted) ?? []).map(({ number, reference }) => ({
      documentNumber: number,
      externalReference: reference,
    }))
    answer(response, 200, { documents })
  }
}

interface Posting {
  readonly externalReference: string
  readonly header: { readonly movement: string; readonly movementType: string }
  readonly lines: readonly { readonly sku: string; readonly quantity: string }[]
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function lose({ socket }: ServerResponse): void {
  if (socket !== null) breakOff(socket)
}
