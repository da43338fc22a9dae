import type { Outbound } from '../../src/flow/ports.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import type { Machine } from './machine.ts'

/** A system on the other side: what it does with a request that reached it. */
export interface Peer {
  /** Called when the last byte of a request has arrived. The answer leaves after `answerMs`; undefined means that none ever comes. */
  receive(request: { readonly method: string; readonly url: string; readonly body: unknown }): PeerAnswer | undefined
}

export interface PeerAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
  readonly answerMs: number
  /** Cut on the way back: the work is done and nobody is told. */
  readonly lost?: boolean
}

export interface NetworkFaults {
  /** Share of requests that never arrive, and that arrive long after the write (kernel retransmission). */
  readonly requestLost: number
  readonly late: number
  readonly lateMs: number
}

/**
 * The guarded client as one machine has it. The start limit is judged in the tick of the write; giving up resets the socket, so a
 * late packet of a living process goes nowhere, while that of a vanished one still arrives.
 */
export function simulatedNetwork(
  machine: Machine,
  peer: (url: string) => Peer | undefined,
  faults: NetworkFaults,
): Outbound {
  return { send: (request) => new Exchange(machine, peer(request.url), faults, request).run() }
}

class Exchange {
  readonly #machine: Machine
  readonly #peer: Peer | undefined
  readonly #faults: NetworkFaults
  readonly #request: HttpRequest
  readonly #incarnation: number
  #over = false
  /** Given up by a process that lived: what it had not sent by then never leaves, even if it dies the moment after. */
  #reset = false

  constructor(machine: Machine, peer: Peer | undefined, faults: NetworkFaults, request: HttpRequest) {
    this.#machine = machine
    this.#peer = peer
    this.#faults = faults
    this.#request = request
    this.#incarnation = machine.incarnation
  }

  run(): Promise<HttpResult> {
    const { kernel, stream } = this.#machine
    const { promise, resolve } = Promise.withResolvers<HttpResult>()
    const finish = (result: HttpResult): void => {
      if (this.#over) return
      this.#over = true
      if (!this.#alive()) return
      this.#reset = true
      this.#machine.resume(() => resolve(result))
    }
    kernel.after(stream.between(1, 20), () => {
      if (!this.#alive()) return
      this.#machine.buggify()
      this.#machine.resume(() => this.#write(finish))
    })
    return promise
  }

  /** The tick of the write: from here on a byte can have left. */
  #write(finish: (result: HttpResult) => void): void {
    const { kernel, stream, healed } = this.#machine
    const { startBefore, timeoutMs } = this.#request
    if (startBefore !== undefined && kernel.now >= startBefore) {
      finish({ outcome: 'not_sent', wire: false, code: 'DEADLINE_PASSED' })
      return
    }
    if (this.#peer === undefined) {
      finish({ outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' })
      return
    }
    kernel.after(timeoutMs, () =>
      this.#machine.resume(() => finish({ outcome: 'no_answer', wire: true, code: 'TIMEOUT' })),
    )
    if (!healed && stream.chance(this.#faults.requestLost)) return
    const late = !healed && stream.chance(this.#faults.late)
    const travel = late ? stream.between(1000, this.#faults.lateMs) : stream.between(1, 20)
    kernel.after(travel, () => {
      // A process that gave up has reset the socket, also when it died later; the kernel of one that vanished goes on sending.
      if (this.#reset) return
      this.#arrive(finish)
    })
  }

  #arrive(finish: (result: HttpResult) => void): void {
    const { kernel } = this.#machine
    const { method, url, body } = this.#request
    const text = body === undefined ? '' : new TextDecoder().decode(body)
    const answer = this.#peer?.receive({ method, url, body: readBody(text) })
    if (answer === undefined || answer.lost === true) return
    kernel.after(answer.answerMs, () => {
      if (!this.#alive()) return
      this.#machine.buggify()
      const bytes = new TextEncoder().encode(JSON.stringify(answer.body))
      this.#machine.resume(() =>
        finish({ outcome: 'answer', wire: true, status: answer.status, headers: answer.headers ?? {}, body: bytes }),
      )
    })
  }

  #alive(): boolean {
    return this.#machine.incarnation === this.#incarnation
  }
}

/** JSON, or the text of another format. */
function readBody(text: string): unknown {
  if (text === '') return undefined
  return text.startsWith('{') ? JSON.parse(text) : text
}
