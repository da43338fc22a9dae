import type { Socket } from 'node:net'
import type { Arriving } from './arriving.ts'
import { type PlainAnswer, writePlainAnswer } from './plain-answer.ts'
import { type PlainRequest, readPlainRequest } from './plain-request.ts'

/** What a line needs of the door that it belongs to. */
export interface LineOwner {
  readonly arriving: Arriving
  readonly closing: boolean
  /** ms since 1970. */
  readonly now: () => number
  /** Never rejects: what is wrong with a request is answered. */
  readonly serve: (request: PlainRequest) => Promise<PlainAnswer>
  /** From now on node:http reads this connection. */
  readonly adopt: (socket: Socket) => void
  /** The sender has said that nothing more comes, in the middle of a request. */
  readonly cutShort: (socket: Socket) => void
  readonly forget: (line: PlainLine) => void
}

/**
 * A connection as long as only plain requests come over it, one after the other: the next is looked at when the one before it is
 * answered. The first that is not plain takes the connection to node:http, for good, with every byte of it.
 */
export class PlainLine {
  readonly #owner: LineOwner
  readonly #socket: Socket
  /** What came and is not served yet. */
  #kept: Buffer | undefined
  /** Bytes of an incomplete request that are counted among those that arrive. */
  #counted = 0
  #busy = false
  #served = false
  #ended = false
  /** Since when this line has been waiting for its sender, monotonic ms. */
  #since = performance.now()

  constructor(owner: LineOwner, socket: Socket) {
    this.#owner = owner
    this.#socket = socket
    socket.on('data', this.#receive)
    socket.on('end', this.#end)
    socket.on('error', ignored)
    socket.on('close', this.#gone)
  }

  /**
   * Called about once a second: who dawdles is left to those who watch that, and who is silent for more than
   * `silentMost` ms, or reads no answers, is let go.
   */
  sweep(now: number, silentMost: number): void {
    const silent = now - this.#since
    const isIdle = this.#busy ? this.#socket.writableNeedDrain : this.#served && this.#kept === undefined
    if (isIdle) {
      if (silent > silentMost) this.#socket.destroy()
    } else if (!this.#busy && silent > patienceMs) this.#handOver()
  }

  /** No further request after the one that is being served. */
  close(): void {
    if (!this.#busy && this.#kept === undefined) this.#socket.end()
  }

  readonly #receive = (chunk: Buffer): void => {
    if (this.#kept === undefined) this.#since = performance.now()
    this.#kept = this.#kept === undefined ? chunk : Buffer.concat([this.#kept, chunk])
    if (!this.#busy) this.#next()
    // Who sends ahead of the answers waits here.
    else if (this.#kept.length > aheadBytes) this.#socket.pause()
  }

  readonly #end = (): void => {
    this.#ended = true
    if (this.#busy) return
    if (this.#kept === undefined) this.#socket.end()
    else this.#cutShort()
  }

  readonly #gone = (): void => {
    this.#count(0)
    this.#owner.forget(this)
  }

  #next(): void {
    const bytes = this.#kept
    if (bytes === undefined) {
      if (this.#ended || this.#owner.closing) this.#socket.end()
      return
    }
    const request = readPlainRequest(bytes)
    if (request === 'incomplete') this.#await(bytes.length)
    else if (request === 'other') this.#handOver()
    else {
      this.#count(0)
      this.#busy = true
      this.#kept = request.size === bytes.length ? undefined : bytes.subarray(request.size)
      this.#owner.serve(request).then(this.#answer, () => this.#socket.destroy())
    }
  }

  /** For the rest of a request, which is on its way. */
  #await(bytes: number): void {
    if (this.#ended) this.#cutShort()
    else if (!this.#count(bytes)) this.#handOver()
  }

  readonly #answer = (answer: PlainAnswer): void => {
    const socket = this.#socket
    if (socket.destroyed) return
    const { now, closing } = this.#owner
    const { text, encoding } = writePlainAnswer(answer, { now: now(), isLast: closing })
    this.#served = true
    this.#since = performance.now()
    if (closing) {
      socket.end(text, encoding)
      return
    }
    // Who does not read the answers gets no further ones.
    if (!socket.write(text, encoding)) {
      socket.once('drain', this.#onward)
      return
    }
    this.#onward()
  }

  readonly #onward = (): void => {
    this.#busy = false
    this.#since = performance.now()
    if (this.#socket.isPaused()) this.#socket.resume()
    this.#next()
  }

  /** Whether there is room for so many bytes among those that arrive. */
  #count(bytes: number): boolean {
    const { arriving } = this.#owner
    arriving.give(this.#counted)
    this.#counted = 0
    if (bytes === 0) return true
    try {
      arriving.take(bytes)
      this.#counted = bytes
      return true
    } catch {
      return false
    }
  }

  #cutShort(): void {
    this.#leave()
    this.#owner.cutShort(this.#socket)
  }

  #handOver(): void {
    this.#leave()
    const socket = this.#socket
    // Standing still, so that no byte is seen before node:http listens.
    socket.pause()
    if (this.#kept !== undefined) socket.unshift(this.#kept)
    this.#owner.adopt(socket)
    socket.resume()
  }

  #leave(): void {
    const socket = this.#socket
    socket.off('data', this.#receive)
    socket.off('end', this.#end)
    socket.off('error', ignored)
    socket.off('close', this.#gone)
    this.#gone()
  }
}

/** So long the rest of a request may be on its way before it counts as slow. */
const patienceMs = 1000
const aheadBytes = 128 * 1024

/** `close` follows, and says all there is to say. */
function ignored(): void {}
