import type { Clock } from './ports.ts'

/**
 * How much of this node's time bulk work may take. Nobody else there: all of it, in large lots. While others send, lots are small, begin
 * when nobody's message is under way, and are followed by a rest. How long a rest is follows from what others notice: their latencies
 * are compared with those of messages that met no lot.
 */
export class BulkPace {
  readonly #clock: Clock
  #underWay = 0
  #lastOther = Number.NEGATIVE_INFINITY
  #lots = 0
  #lastLot = Number.NEGATIVE_INFINITY
  /** Rest for each millisecond of a lot. */
  #rest = restFirst
  #parts = 1
  #calm: number[] = []
  #all: number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Somebody else's message is at the door. Call what you get when it is answered. */
  other(): () => void {
    const from = this.#clock.mono()
    this.#underWay++
    this.#lastOther = from
    return () => {
      this.#underWay--
      this.#note(from)
    }
  }

  /** Whether nobody else has sent anything lately. */
  get isAlone(): boolean {
    return this.#underWay === 0 && this.#clock.mono() - this.#lastOther > aloneMs
  }

  /** Rest for each millisecond of work while others send. */
  get rest(): number {
    return this.#rest
  }

  /** How much one lot should be, in parts. */
  get parts(): number {
    return this.isAlone ? partsAlone : this.#parts
  }

  /** Does some work when there is a moment for it, and rests. */
  async lot<T>(work: () => Promise<T>): Promise<T> {
    const until = this.#clock.mono() + momentMs
    while (this.#underWay > 0 && this.#clock.mono() < until) await this.#clock.sleep(1)
    const from = this.#clock.mono()
    this.#lots++
    try {
      return await work()
    } finally {
      this.#lots--
      this.#lastLot = this.#clock.mono()
      if (!this.isAlone) await this.#clock.sleep(Math.min(this.#rest * (this.#lastLot - from), restMostMs))
    }
  }

  #note(from: number): void {
    const now = this.#clock.mono()
    if (this.#lots === 0 && this.#lastLot < from) push(this.#calm, now - from)
    if (this.#lastLot < now - forgottenMs) return
    this.#all.push(now - from)
    if (this.#all.length < sampleCount) return
    const ratio = this.#calm.length < calmLeast ? Number.NaN : p95(this.#all) / p95(this.#calm)
    // Too few that met nothing to compare with: then there is too little rest.
    if (Number.isNaN(ratio) || ratio > ratioMost) this.#less()
    else if (ratio < ratioGood) this.#more()
    this.#all = []
  }

  #less(): void {
    if (this.#parts > 1) this.#parts /= 2
    else this.#rest = Math.min(this.#rest * 1.4, restMost)
  }

  /** Larger lots cost less for each part, once there is hardly any rest left to save. */
  #more(): void {
    if (this.#rest > restLeast) this.#rest = Math.max(this.#rest * 0.8, restLeast)
    else this.#parts = Math.min(this.#parts * 2, partsMost)
  }
}

/** So long after the last message of others nobody is thought to be there. */
const aloneMs = 1000
/** Longest wait for a moment in which nobody's message is under way. */
const momentMs = 25
const restFirst = 3
const restLeast = 0.5
const restMost = 12
/** A lot that took long because the machine is busy with other things is no reason to stand still. */
const restMostMs = 150
/** Parts of a lot: while nobody else sends, and at most while others do. */
const partsAlone = 16
const partsMost = 8
/** Latencies are looked at only while there is bulk work. */
const forgottenMs = 5000
const sampleCount = 200
const calmLeast = 20
/** What others may notice, with room below the promise of 1.2. */
const ratioMost = 1.15
const ratioGood = 1.1

function p95(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? 0
}

function push(list: number[], value: number): void {
  list.push(value)
  if (list.length > 2 * sampleCount) list.shift()
}
