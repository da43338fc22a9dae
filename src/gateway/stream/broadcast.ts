import { GapFound } from '../../backbone/backbone.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Bell } from '../../flow/ports.ts'
import { type Pulse, pulsed } from '../../views/pulse.ts'
import { Backlog, type ReadLog } from './backlog.ts'
import { type Audience, beginning, countsText, event, heartbeat, noticesText } from './event-text.ts'
import type { Follower } from './follower.ts'
import { type Notice, noticeOf } from './notice.ts'
import { distance, positionText, readPosition } from './position.ts'

interface BroadcastOptions {
  readonly partitions: number
  /** Up to where the lists know the facts: who is told of a change must find it there. Per partition, -1 for none. */
  readonly viewed: () => Promise<readonly number[]>
  readonly read: ReadLog
  readonly pulses: () => Promise<ReadonlyMap<string, Pulse>>
  readonly limits: { readonly clients: number; readonly perPrincipal: number }
  /** Wakes the loop that calls `round`. */
  readonly bell: Bell
  /** Milliseconds that only grow. */
  readonly mono: () => number
}

/**
 * Follows the log once for all who listen. Nothing is remembered of anybody who is gone: a listener says itself where it was, and the
 * log is the memory. While nobody listens, nothing is read.
 */
export class Broadcast {
  readonly #options: BroadcastOptions
  readonly #followers = new Set<Follower>()
  readonly #joining = new Set<Follower>()
  readonly #backlog: Backlog
  /** The last fact of each partition that live followers were told; undefined while nobody listens. */
  #at: readonly number[] | undefined
  #pulses: ReadonlyMap<string, Pulse> = new Map()
  #nextPulse = 0
  #isClosed = false

  constructor(options: BroadcastOptions) {
    this.#options = options
    this.#backlog = new Backlog(options.read)
  }

  get clients(): number {
    return this.#followers.size
  }

  /** Throws STREAM_FULL, QUOTA_EXCEEDED when this principal may not open one more. */
  demandRoom(principal: string): void {
    const { clients, perPrincipal } = this.#options.limits
    if (this.#isClosed || this.#followers.size >= clients) throw new InterlineError('STREAM_FULL', { seconds: 5 })
    const own = [...this.#followers].filter((follower) => follower.principal === principal).length
    if (own >= perPrincipal) throw new InterlineError('QUOTA_EXCEEDED', { policy: 'streams', seconds: 30 })
  }

  /** Begins at the next round, which is now. */
  join(follower: Follower): void {
    if (this.#isClosed) {
      follower.end()
      return
    }
    follower.nextBeat = this.#options.mono() + beatMs
    follower.write(beginning)
    this.#followers.add(follower)
    this.#joining.add(follower)
    this.#options.bell.ring()
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower)
    this.#joining.delete(follower)
  }

  /** Tells what is new. Returns whether there is more than one round takes. */
  async round(): Promise<boolean> {
    if (this.#followers.size === 0) {
      this.#at = undefined
      return false
    }
    const { viewed, mono } = this.#options
    const known = await viewed()
    const from = this.#at ?? known
    const notices = await this.#news(from, known)
    const before = this.#pulses
    if (mono() >= this.#nextPulse) {
      this.#pulses = await this.#options.pulses()
      this.#nextPulse = mono() + pulseMs
    }
    // From here to the end nothing waits: a follower is live at exactly this position, or not at all.
    const to = [...from]
    for (const { partition, offset } of notices) to[partition] = offset
    this.#at = to
    this.#tell({ notices, from }, before)
    for (const follower of this.#joining) this.#begin(follower, known).catch(() => follower.end())
    this.#joining.clear()
    this.#beat()
    return to.some((offset, partition) => offset < (known[partition] ?? -1))
  }

  /** Everybody is sent away, to come back with the id that they have. */
  close(): void {
    this.#isClosed = true
    for (const follower of this.#followers) follower.end()
    this.#followers.clear()
    this.#joining.clear()
  }

  async #news(from: readonly number[], known: readonly number[]): Promise<readonly Notice[]> {
    const portions = known.map(async (upTo, partition) => {
      const after = from[partition] ?? -1
      if (upTo <= after) return []
      const rows = await this.#options.read(partition, after, Math.min(roundRows, upTo - after))
      return rows.map(noticeOf)
    })
    return (await Promise.all(portions)).flat()
  }

  /** The same bytes for all who hear the same. */
  #tell(
    stretch: { readonly notices: readonly Notice[]; readonly from: readonly number[] },
    before: ReadonlyMap<string, Pulse>,
  ): void {
    const texts = new Map<string, Uint8Array>()
    for (const follower of this.#followers) {
      if (!follower.isLive) continue
      const { tenant, topics, detail } = follower.audience
      const key = `${tenant} ${detail} ${[...topics].join()}`
      let text = texts.get(key)
      if (text === undefined) {
        const pulse = this.#pulses.get(tenant)
        const isChanged = pulse?.mark !== before.get(tenant)?.mark
        const counts = isChanged ? this.#countsText(follower.audience) : ''
        text = Buffer.from(noticesText({ ...stretch, mark: pulse?.mark ?? '' }, follower.audience) + counts)
        texts.set(key, text)
      }
      follower.write(text)
    }
  }

  /** Tells one who comes (back) what it has missed, and makes it live. */
  async #begin(follower: Follower, known: readonly number[]): Promise<void> {
    const place = follower.lastId === '' ? undefined : readPosition(follower.lastId, this.#options.partitions)
    const gap = place === undefined ? undefined : distance(place.offsets, known)
    try {
      if (place !== undefined && gap !== undefined && gap <= backlogMost) {
        await this.#catchUp(follower, place.offsets)
        if (place.mark !== this.#markOf(follower.audience)) follower.write(this.#countsText(follower.audience))
      } else {
        if (follower.lastId !== '') this.#reset(follower)
        follower.isLive = true
        follower.write(this.#countsText(follower.audience))
      }
    } catch (error) {
      // What cannot be read now is asked for again with the same id; what was removed is over for good.
      if (!(error instanceof GapFound)) throw error
      this.#reset(follower)
      follower.isLive = true
    }
    follower.write(heartbeat(this.#idFor(follower)))
  }

  #reset(follower: Follower): void {
    follower.write(event('reset', { id: this.#idFor(follower), data: { reason: 'too_old' } }))
  }

  async #catchUp(follower: Follower, from: readonly number[]): Promise<void> {
    const offsets = [...from]
    for (;;) {
      // It may have moved on meanwhile; when nothing is behind, nothing waits until the follower is live.
      const to = this.#at ?? offsets
      const partition = to.findIndex((upTo, index) => upTo > (offsets[index] ?? -1))
      if (partition === -1 || follower.isGone) {
        follower.isLive = true
        return
      }
      const notices = await this.#backlog.after(partition, offsets[partition] ?? -1, to[partition] ?? -1)
      const last = notices.at(-1)
      if (last === undefined) throw new GapFound(`nothing after ${offsets[partition]} in partition ${partition}`)
      const mark = this.#markOf(follower.audience)
      follower.write(noticesText({ notices, from: offsets, mark }, follower.audience))
      offsets[partition] = last.offset
      await follower.drained()
    }
  }

  /** Now and then to each: that the hub is there, and whether the listener may go on. */
  #beat(): void {
    const now = this.#options.mono()
    for (const follower of this.#followers) {
      if (follower.isGone) this.leave(follower)
      if (now < follower.nextBeat) continue
      follower.nextBeat = now + beatMs
      if (follower.isLive) follower.write(heartbeat(this.#idFor(follower)))
      follower.isAllowed().then(
        (isAllowed) => {
          if (!isAllowed) follower.end()
        },
        // Asked again with the next beat.
        () => undefined,
      )
    }
  }

  #countsText({ tenant, topics }: Audience): string {
    return countsText(this.#pulses.get(tenant), topics, pulsed)
  }

  #markOf({ tenant }: Audience): string {
    return this.#pulses.get(tenant)?.mark ?? ''
  }

  #idFor(follower: Follower): string {
    return positionText({ offsets: this.#at ?? [], mark: this.#markOf(follower.audience) })
  }
}

/** Facts of a partition that one round takes. */
const roundRows = 500
/** Who has missed more is quicker when it loads everything again. */
const backlogMost = 10_000
const beatMs = 15_000
const pulseMs = 2000
