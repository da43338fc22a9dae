/**
 * Virtual time: a heap of (time, n, run). One seed decides everything; the same seed gives the same trace. Events that are due at
 * the same instant run in the order in which they were planned.
 */
export class Kernel {
  now = 0
  events = 0
  readonly #heap: Planned[] = []
  #n = 0
  readonly #eventsMax: number
  /** FNV over what happened when: two runs of a seed must agree. */
  trace = 0x811c9dc5

  constructor(eventsMax = 3_000_000) {
    this.#eventsMax = eventsMax
  }

  after(ms: number, run: () => void): () => void {
    const planned = { time: this.now + Math.max(0, ms), n: this.#n++, run, cancelled: false }
    this.#push(planned)
    return () => {
      planned.cancelled = true
    }
  }

  note(what: string): void {
    for (let i = 0; i < what.length; i++) this.trace = Math.imul(this.trace ^ what.charCodeAt(i), 0x01000193)
  }

  /** Runs until the given instant, or until `quiet` says that there is nothing left worth waiting for. */
  async run(until: number, quiet: () => boolean = () => false): Promise<void> {
    for (;;) {
      const next = this.#pop()
      if (next === undefined || next.time > until) {
        if (next !== undefined) this.#push(next)
        this.now = until
        return
      }
      if (next.cancelled) continue
      this.now = next.time
      this.events++
      if (this.events > this.#eventsMax) throw new Error(`livelock: ${this.events} events at ${this.now} ms`)
      next.run()
      await drain()
      if (quiet()) return
    }
  }

  #push(planned: Planned): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(planned)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !before(planned, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = planned
  }

  #pop(): Planned | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (top === undefined || last === undefined || heap.length === 0) return top
    let at = 0
    for (;;) {
      const left = at * 2 + 1
      const a = heap[left]
      if (a === undefined) break
      const b = heap[left + 1]
      const child = b !== undefined && before(b, a) ? left + 1 : left
      const one = heap[child]
      if (one === undefined || !before(one, last)) break
      heap[at] = one
      at = child
    }
    heap[at] = last
    return top
  }
}

interface Planned {
  readonly time: number
  readonly n: number
  readonly run: () => void
  cancelled: boolean
}

function before(a: Planned, b: Planned): boolean {
  return a.time < b.time || (a.time === b.time && a.n < b.n)
}

/** Lets the promises that an event settled run on. Chains longer than this go on during later events, in the same order each time. */
async function drain(): Promise<void> {
  for (let hop = 0; hop < 12; hop++) await Promise.resolve()
}
