import type { Attempt } from './attempt.ts'
import { Line, type LineOptions } from './line.ts'

/** The lines to one origin for one account: as many as the account may use, each busy with one request at a time. */
export class Pool {
  readonly #options: LineOptions
  #most = 1
  readonly #idle: Line[] = []
  readonly #busy = new Set<Line>()
  #waiting: { readonly attempt: Attempt; readonly path: string }[] = []
  #retired = false

  constructor(options: LineOptions) {
    this.#options = options
  }

  get isIdle(): boolean {
    return this.#busy.size === 0 && this.#waiting.length === 0
  }

  /** Whether its lines were opened under exactly these rules. */
  serves(options: LineOptions): boolean {
    const mine = this.#options
    return (
      mine.allowHttp === options.allowHttp &&
      same(mine.allowedCidrs, options.allowedCidrs) &&
      same(mine.allowedPorts, options.allowedPorts) &&
      same(mine.authorities, options.authorities) &&
      mine.certificate?.certificate === options.certificate?.certificate &&
      mine.certificate?.key === options.certificate?.key
    )
  }

  run(attempt: Attempt, path: string, concurrency: number): void {
    this.#most = Math.max(1, concurrency)
    if (this.#busy.size < this.#most) this.#begin(this.#idle.pop() ?? new Line(this.#options), attempt, path)
    else this.#waiting.push({ attempt, path })
  }

  /** Serves nobody any more. Requests that are out may end; those that wait were not sent. */
  retire(code: string): void {
    this.#retired = true
    for (const { attempt } of this.#waiting) attempt.giveUp(code)
    this.#waiting = []
    for (const line of this.#idle.splice(0)) line.close()
  }

  /** Ends everything now. */
  async close(): Promise<void> {
    const clients = [...this.#idle, ...this.#busy].map(({ client }) => client)
    // The reset comes first; the requests of these lines learn of it as theirs.
    for (const line of this.#busy) line.reset()
    this.retire('CLIENT_CLOSED')
    await Promise.all(clients.map((client) => client.destroy()))
  }

  #begin(line: Line, attempt: Attempt, path: string): void {
    this.#busy.add(line)
    attempt.start(line, path, (reusable) => {
      this.#busy.delete(line)
      if (reusable && !this.#retired) this.#idle.push(line)
      else line.close()
      this.#next()
    })
  }

  #next(): void {
    while (this.#busy.size < this.#most) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      if (!next.attempt.over) this.#begin(this.#idle.pop() ?? new Line(this.#options), next.attempt, next.path)
    }
  }
}

function same(some: readonly unknown[] | undefined, others: readonly unknown[] | undefined): boolean {
  if (some === others) return true
  return some?.length === others?.length && some?.every((one, index) => one === others?.[index]) === true
}
