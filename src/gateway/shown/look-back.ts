import type { LookBackMost, MessageHead } from '../../backbone/look-back.ts'
import type { TenantBackbone } from '../../backbone/tenant-backbone.ts'

/** Nodes stamp what they take with clocks of their own: this far apart they may be. ms */
const clockSlack = 5 * 60_000
/** At once of a partition: little at first, then more, so that nobody else waits long behind the unpacking. */
const firstMost: LookBackMost = { rows: 32, bytes: 64 * 1024 }
const nextMost: LookBackMost = { rows: 128, bytes: 256 * 1024 }
/** Messages looked at for one answer; the first part of each partition is looked at in any case. */
const readMost = 20_000

/** What is looked for. */
export interface LookBackWish {
  readonly partitions: readonly number[]
  /** Next offset of each of them, as the answer before gave it; absent for the newest. */
  readonly positions?: readonly number[]
  /** Received before, ms since 1970. */
  readonly to?: number
  /** Received at or after. */
  readonly from?: number
  /** Judges messages of one partition that were read together; keeps their order. */
  readonly fits: (heads: readonly MessageHead[]) => Promise<readonly MessageHead[]>
}

/** One partition as it is read backwards. */
interface Lane {
  readonly partition: number
  /** Fitting messages that were read and not yet taken, the newest first. */
  waiting: MessageHead[]
  /** Everything from this offset on was read. */
  before: number
  isBegun: boolean
  /** When the oldest message that was read was received. */
  since: number
}

/**
 * Messages of many partitions, the newest first. The order is by when they were received over all partitions, and within one as they
 * were stored. Reads no more than `readMost`, and then says how far back it came.
 */
export class LookBack {
  readonly #backbone: Pick<TenantBackbone, 'lookBack'>
  readonly #wish: LookBackWish
  readonly #lanes: readonly Lane[]
  #read = 0
  #stoppedAt: number | undefined

  static async begin(
    backbone: Pick<TenantBackbone, 'lookBack' | 'heads' | 'offsetAt'>,
    wish: LookBackWish,
  ): Promise<LookBack> {
    const { partitions, to, positions } = wish
    const heads = (await backbone.heads()).inbox
    const start = async (partition: number): Promise<number> =>
      to === undefined ? (heads[partition] ?? -1) + 1 : backbone.offsetAt(partition, to + clockSlack)
    return new LookBack(backbone, wish, positions ?? (await Promise.all(partitions.map(start))))
  }

  private constructor(backbone: Pick<TenantBackbone, 'lookBack'>, wish: LookBackWish, positions: readonly number[]) {
    this.#backbone = backbone
    this.#wish = wish
    this.#lanes = wish.partitions.map((partition, index): Lane => {
      const before = positions[index] ?? 0
      return { partition, waiting: [], before, isBegun: false, since: Number.POSITIVE_INFINITY }
    })
  }

  /** The next ones, at most so many; fewer at the end and where it stopped. */
  async take(count: number): Promise<readonly MessageHead[]> {
    const taken: MessageHead[] = []
    const unread = this.#lanes.filter(({ isBegun, before }) => !isBegun && before > 0)
    await Promise.all(unread.map((lane) => this.#load(lane)))
    while (taken.length < count) {
      const lane = this.#newest()
      if (lane === undefined) break
      const head = lane.waiting.shift()
      if (head !== undefined) taken.push(head)
      else if (this.#read >= readMost) {
        this.#stoppedAt = lane.since
        break
      } else await this.#load(lane)
    }
    return taken
  }

  /** Where to go on, for each partition; undefined at the end. */
  get next(): readonly number[] | undefined {
    const isOver = this.#newest() === undefined
    return isOver ? undefined : this.#lanes.map(({ waiting, before }) => (waiting[0]?.offset ?? before - 1) + 1)
  }

  /** Received at or after this instant, everything was looked at, and the rest not for this answer; undefined where nothing stopped it. */
  get stoppedAt(): number | undefined {
    return this.#stoppedAt
  }

  /** Where the next message is, or may be. */
  #newest(): Lane | undefined {
    let newest: Lane | undefined
    for (const lane of this.#lanes) {
      if (lane.waiting.length === 0 && lane.before === 0) continue
      if (newest === undefined || timeOf(lane) > timeOf(newest)) newest = lane
    }
    return newest
  }

  async #load(lane: Lane): Promise<void> {
    const { from, to, fits } = this.#wish
    const most = lane.isBegun ? nextMost : firstMost
    lane.isBegun = true
    const { heads, before, read, since } = await this.#backbone.lookBack(lane.partition, lane.before, most)
    this.#read += read
    lane.since = Math.min(lane.since, since ?? lane.since)
    // What is older than asked for was not received later, whatever the clocks say.
    lane.before = from !== undefined && lane.since < from - clockSlack ? 0 : before
    const isWithin = ({ receivedAt }: MessageHead): boolean =>
      receivedAt >= (from ?? 0) && receivedAt < (to ?? Infinity)
    lane.waiting = [...(await fits(heads.filter(isWithin)))]
  }
}

function timeOf({ waiting, since }: Lane): number {
  return waiting[0]?.receivedAt ?? since
}
