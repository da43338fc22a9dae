import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { breakOff } from '../../src/transports/break-off.ts'

/** How the next large write of a client is met. `torn`: half of it arrives, and then nothing for a while. */
export type Cut = 'before' | 'after' | 'middle' | 'torn'

/** A wire between two processes that a test can delay, silence and cut. Bytes keep their order. */
export class FaultWire {
  /** What each piece of bytes takes longer, ms. */
  delayMs = 0
  silent = false
  /** Cuts that have happened. */
  cuts = 0
  readonly #server: Server
  readonly #lines = new Set<Line>()
  readonly #armed: Cut[] = []

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const server = connect({ ...target, allowHalfOpen: true, noDelay: true })
      const line: Line = new Line(this, { client, server }, () => this.#lines.delete(line))
      this.#lines.add(line)
    })
  }

  static async open(target: { readonly host: string; readonly port: number }): Promise<FaultWire> {
    const wire = new FaultWire(target)
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  get port(): number {
    // A TCP server's address is never a path.
    return (this.#server.address() as AddressInfo).port
  }

  /** The next large write of any client meets this. */
  arm(cut: Cut): void {
    this.#armed.push(cut)
  }

  takeArmed(): Cut | undefined {
    const cut = this.#armed.shift()
    if (cut !== undefined) this.cuts++
    return cut
  }

  /** Every connection breaks now. */
  cutAll(): void {
    for (const line of this.#lines) line.break()
  }

  /** What was held back arrives; also what a process sent that is long gone, as its kernel would have gone on sending. */
  heal(): void {
    this.silent = false
    this.delayMs = 0
    for (const line of this.#lines) line.pump()
  }

  /** Cuts that met no write are taken back. */
  disarm(): void {
    this.#armed.length = 0
  }

  async close(): Promise<void> {
    this.cutAll()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** Below this a write is a poll or a handshake; above, it carries work that is committed at its end. */
const largeBytes = 300
const tornMs = 12_000

class Line {
  readonly #wire: FaultWire
  readonly #ends: { readonly client: Socket; readonly server: Socket }
  readonly #out: Direction
  readonly #back: Direction
  #answer: 'pass' | 'swallow' | 'halve' = 'pass'
  #isTorn = false

  constructor(wire: FaultWire, ends: { readonly client: Socket; readonly server: Socket }, gone: () => void) {
    this.#wire = wire
    this.#ends = ends
    this.#out = new Direction(wire, ends.server)
    this.#back = new Direction(wire, ends.client)
    ends.client.on('data', (bytes: Buffer) => this.#sent(bytes))
    ends.server.on('data', (bytes: Buffer) => this.#answered(bytes))
    ends.client.on('end', () => this.#out.end())
    ends.server.on('end', () => this.#back.end())
    for (const socket of [ends.client, ends.server]) {
      // A reset stops what is still on its way; an orderly end does not.
      socket.on('error', () => this.break())
      socket.on('close', () => {
        if (ends.client.destroyed && ends.server.destroyed) gone()
      })
    }
  }

  pump(): void {
    this.#out.pump()
    this.#back.pump()
  }

  break(): void {
    for (const direction of [this.#out, this.#back]) direction.drop()
    for (const socket of [this.#ends.client, this.#ends.server]) breakOff(socket)
  }

  #sent(bytes: Buffer): void {
    // What follows half of a message would be read as its other half.
    if (this.#isTorn) return
    const cut = bytes.length < largeBytes || this.#answer !== 'pass' ? undefined : this.#wire.takeArmed()
    if (cut === 'before') {
      this.break()
      return
    }
    if (cut === 'torn') {
      this.#out.push(bytes.subarray(0, bytes.length >> 1))
      this.#isTorn = true
      setTimeout(() => this.break(), tornMs).unref()
      return
    }
    if (cut !== undefined) this.#answer = cut === 'after' ? 'swallow' : 'halve'
    this.#out.push(bytes)
  }

  /** The server has answered: what it was asked to do is done, whatever becomes of the answer. */
  #answered(bytes: Buffer): void {
    if (this.#answer === 'pass') {
      this.#back.push(bytes)
      return
    }
    if (this.#answer === 'halve') this.#back.push(bytes.subarray(0, bytes.length >> 1))
    this.#answer = 'swallow'
    setTimeout(() => this.break(), 5)
  }
}

class Direction {
  readonly #wire: FaultWire
  readonly #to: Socket
  #waiting: { readonly due: number; readonly bytes: Buffer }[] = []
  #timer: NodeJS.Timeout | undefined
  #ended = false

  constructor(wire: FaultWire, to: Socket) {
    this.#wire = wire
    this.#to = to
  }

  push(bytes: Buffer): void {
    this.#waiting.push({ due: performance.now() + this.#wire.delayMs, bytes })
    this.pump()
  }

  end(): void {
    this.#ended = true
    this.pump()
  }

  drop(): void {
    this.#waiting = []
    clearTimeout(this.#timer)
  }

  pump(): void {
    if (this.#wire.silent) return
    clearTimeout(this.#timer)
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const wait = next.due - performance.now()
      if (wait > 0.5) {
        this.#timer = setTimeout(() => this.pump(), wait)
        return
      }
      this.#waiting.shift()
      if (this.#to.writable) this.#to.write(next.bytes)
    }
    if (this.#ended && this.#to.writable) this.#to.end()
  }
}
