import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'

/** Requests whose bodies are on their way: how much of them is held in memory, and which ones dawdle. */
export class Arriving {
  /** Connections whose request was refused before anybody served it: it is counted there. */
  readonly refused = new WeakSet<Socket>()
  readonly #slow = new Map<IncomingMessage, Slowness>()
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax: number = limits.arrivingBytes) {
    this.#bytesMax = bytesMax
  }

  /** From now on the body must keep its pace; `refuse` is called once when it does not. */
  watch(request: IncomingMessage, refuse: (error: InterlineError) => void): void {
    this.#slow.set(request, { since: performance.now(), before: request.socket.bytesRead, refuse })
  }

  /** The body is there, or nobody waits for it any more. */
  done(request: IncomingMessage): void {
    this.#slow.delete(request)
  }

  /** Takes room for bytes that arrived. Throws HUB_BUSY: what is not authenticated yet may not fill the memory of the others. */
  take(bytes: number): void {
    if (this.#bytes + bytes > this.#bytesMax) throw new InterlineError('HUB_BUSY')
    this.#bytes += bytes
  }

  give(bytes: number): void {
    this.#bytes -= bytes
  }

  /** Refuses what is slower than a kilobyte a second after its first seconds. Called about once a second. */
  sweep(now: number = performance.now()): void {
    for (const [request, { since, before, refuse }] of this.#slow) {
      if (request.complete || request.destroyed) this.#slow.delete(request)
      else {
        const seconds = (now - since) / 1000 - limits.bodyGraceSeconds
        if (seconds > 0 && request.socket.bytesRead - before < seconds * limits.bodyBytesPerSecond) {
          this.#slow.delete(request)
          refuse(new InterlineError('REQUEST_TOO_SLOW', { seconds: limits.bodyGraceSeconds }))
        }
      }
    }
  }
}

interface Slowness {
  readonly since: number
  readonly before: number
  readonly refuse: (error: InterlineError) => void
}
