import type { Clock } from '../ports.ts'

/**
 * How much of this node's time bulk work may take. Nobody else there: all of it. While others send, a lot begins when nobody's message is
 * under way, and is followed by a rest. How long a rest is follows from what others notice: now and then there is a pause, and how long
 * messages take that come in it is compared with how long they take beside the work.
 */
export class BulkPace {
  readonly #clock: Clock
  #underWay = 0
  #lastOther = Number.NEGATIVE_INFINITY
  /** What others may notice: when the last of it ended, and how long it took of this lot. */
  #lastPiece = Number.NEGATIVE_INFINITY
  #noticeable = 0
  #isPausing = false
  /** From when on what comes in a pause meets nothing that bulk work has left behind: lists and subscribers follow it. */
  #calmFrom = Number.POSITIVE_INFINITY
  #pauseAt = Number.NEGATIVE_INFINITY
  /** Rest for each millisecond that others may notice. */
  #rest = restFirst
  /** Milliseconds of messages before there was any bulk work, of those in its pauses, and of those that came beside it. */
  readonly #before = new Latest(calmKept)
  #lastBefore = Number.NEGATIVE_INFINITY
  readonly #calm = new Latest(calmKept)
  readonly #beside = new Latest(besideKept)
  #sinceJudged = 0
  /** Share of the messages beside the work that took long, as it was lately. */
  #longShare = longShareMost

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Somebody else's message is at the door. Call what you get when it is answered. */
  other(): () => void {
    const from = this.#clock.mono()
    const met = this.#metAt(from)
    this.#underWay++
    this.#lastOther = from
    if (met === this.#before) this.#lastBefore = from
    return () => {
      this.#underWay--
      met?.add(this.#clock.mono() - from)
      if (met === this.#beside && ++this.#sinceJudged >= judgedAfter) this.#judge()
    }
  }

  /**
   * What a message that comes now is a measure of; undefined: of nothing. Whether a lot is under way when it comes, and not whether one
   * was before it was answered: slow messages meet more of them.
   */
  #metAt(now: number): Latest | undefined {
    if (this.#lastPiece < now - forgottenMs) return this.#before
    if (!this.#isPausing) return this.#beside
    return now >= this.#calmFrom ? this.#calm : undefined
  }

  /** Whether nobody else has sent anything lately. */
  get isAlone(): boolean {
    return this.#underWay === 0 && this.#clock.mono() - this.#lastOther > aloneMs
  }

  /** Rest for each millisecond of work while others send. */
  get rest(): number {
    return this.#rest
  }

  /** How much one lot should be, in parts. A lot costs as much as some parts before it does anything: where rests are long, lots are larger. */
  get parts(): number {
    return this.isAlone ? partsAlone : Math.max(1, Math.round(this.#rest / restForPart))
  }

  /** Does some work and rests: as long as follows from the time that others may have noticed, which is all of it unless the work says so. */
  async lot<T>(work: () => Promise<T>): Promise<T> {
    await this.#pause()
    const from = this.#clock.mono()
    this.#noticeable = 0
    try {
      return await work()
    } finally {
      this.#lastPiece = this.#clock.mono()
      const noticeable = this.#noticeable > 0 ? this.#noticeable : this.#lastPiece - from
      if (!this.isAlone) await this.#clock.sleep(Math.min(this.#rest * noticeable, restMostMs))
    }
  }

  /** A piece of a lot that keeps others waiting: planning and committing. Begins when there is a moment for it. */
  async noticeable<T>(work: () => Promise<T>): Promise<T> {
    const until = this.#clock.mono() + momentMs
    while (this.#underWay > 0 && this.#clock.mono() < until) await this.#clock.sleep(1)
    const from = this.#clock.mono()
    try {
      return await work()
    } finally {
      this.#lastPiece = this.#clock.mono()
      this.#noticeable += this.#lastPiece - from
    }
  }

  async #pause(): Promise<void> {
    if (this.isAlone) return
    const now = this.#clock.mono()
    if (this.#pauseAt < now - forgottenMs) this.#pauseAt = now + betweenPausesMs
    if (now < this.#pauseAt) return
    this.#isPausing = true
    this.#calmFrom = now + settlingMs
    try {
      await this.#clock.sleep(pauseMs)
    } finally {
      this.#isPausing = false
      this.#pauseAt = this.#clock.mono() + betweenPausesMs
    }
  }

  /**
   * The promise is that one in twenty takes no more than 1.2 times what one in twenty takes without. Those beyond that are counted: it is
   * steadier than to compare the two, which on a busy machine are as large as chance has it.
   */
  #judge(): void {
    this.#sinceJudged = 0
    const long = this.#calmP95() * longFrom
    if (long === Number.POSITIVE_INFINITY) return
    const beside = this.#beside.values
    const share = beside.filter((ms) => ms > long).length / beside.length
    this.#longShare += (Math.min(share, burstShare) - this.#longShare) * newsShare
    if (this.#longShare > longShareMost) this.#rest = Math.min(this.#rest * 1.25, restMost)
    else this.#rest = Math.max(this.#rest * 0.9, restLeast)
  }

  /** A pause is not quite as calm as it was before: the lower of the two counts, as long as what was before says anything of today. */
  #calmP95(): number {
    const isRecent = this.#clock.mono() - this.#lastBefore < beforeCountsMs
    const lists = isRecent ? [this.#before.values, this.#calm.values] : [this.#calm.values]
    return Math.min(...lists.filter((list) => list.length >= calmLeast).map(p95))
  }
}

/** The last values of a row. */
class Latest {
  readonly #most: number
  readonly #values: number[] = []

  constructor(most: number) {
    this.#most = most
  }

  get values(): readonly number[] {
    return this.#values
  }

  add(value: number): void {
    this.#values.push(value)
    if (this.#values.length > this.#most) this.#values.shift()
  }
}

/** So long after the last message of others nobody is thought to be there. */
const aloneMs = 1000
/** Longest wait for a moment in which nobody's message is under way. */
const momentMs = 25
/** Cautious at first: most files are done before anybody has learned much. */
const restFirst = 30
const restLeast = 0.5
/** One message in a hundred can meet a lot, and one in twenty is slow by itself: the promise holds, however long that one waits. */
const restMost = 100
/** A lot that took long because the machine is busy with other things is no reason to stand still. */
const restMostMs = 3000
/** So much rest, and a lot has one part more. Many small ones with short rests are noticed less than few large ones. */
const restForPart = 8
/** Parts of a lot while nobody else sends. Whoever comes rarely meets one of these. */
const partsAlone = 16
/** So long after the last lot there is no bulk work. */
const forgottenMs = 5000
const betweenPausesMs = 3000
const pauseMs = 700
/** The lists are behind by a quarter of a second. */
const settlingMs = 300
/** How long the time before bulk work is a measure of it. */
const beforeCountsMs = 900_000
const calmKept = 300
const besideKept = 300
const judgedAfter = 100
const calmLeast = 20
/** What is long: beyond this many times the 95th percentile of calm messages. The promise is 1.2. */
const longFrom = 1.15
const longShareMost = 0.05
/** More than this in one judgement is a burst, and not remembered for longer. */
const burstShare = 0.2
/** How much the newest judgement counts. */
const newsShare = 0.3

function p95(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? 0
}
