import { OutcomeUnknown } from '../../src/backbone/backbone.ts'
import type { Bell, Breath, Clock, Random } from '../../src/flow/ports.ts'
import type { Kernel } from './kernel.ts'
import type { Stream } from './random.ts'

/** How a seed treats its machines; each seed draws its own mix (swarm). */
export interface MachineFaults {
  /** Share of store calls that are not applied, and that are applied with the answer lost. */
  readonly callLost: number
  readonly replyLost: number
  /** Share of points at which the machine stops for a while exactly there, and for how long at most (ms). */
  readonly pauseShare: number
  readonly pauseMs: number
  /** Wall clock against true time, ms. */
  readonly skewMs: number
}

/**
 * One process. A crash ends its incarnation: what it waits for never comes back. A pause holds back every continuation until it
 * resumes. Its wall clock may be wrong; its monotonic clock is not.
 */
export class Machine {
  readonly name: string
  readonly kernel: Kernel
  readonly stream: Stream
  readonly faults: MachineFaults
  incarnation = 0
  up = false
  pausedUntil = 0
  /** Faults stop after the heal. */
  healed = false

  constructor(options: { name: string; kernel: Kernel; stream: Stream; faults: MachineFaults }) {
    this.name = options.name
    this.kernel = options.kernel
    this.stream = options.stream
    this.faults = options.faults
  }

  crash(): void {
    this.up = false
    this.incarnation++
  }

  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.kernel.now + ms)
  }

  /** Runs `go` now, or when the machine resumes; never when this incarnation is gone. */
  resume(go: () => void): void {
    const { incarnation } = this
    const attempt = (): void => {
      if (this.incarnation !== incarnation) return
      const wait = this.pausedUntil - this.kernel.now
      if (wait > 0) this.kernel.after(wait, attempt)
      else go()
    }
    attempt()
  }

  /** A point where it would hurt to stop: after a read, after an intent, before a send, after an answer. */
  buggify(): void {
    if (!this.healed && this.stream.chance(this.faults.pauseShare))
      this.pause(this.stream.between(10, this.faults.pauseMs))
  }

  clock(): Clock {
    const { incarnation } = this
    return {
      mono: () => this.kernel.now,
      wall: () => startOfTime + this.kernel.now + (this.healed ? 0 : this.faults.skewMs),
      sleep: (ms: number, bell?: Bell) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        let done = false
        const wake = (): void => {
          if (done) return
          done = true
          cancel()
          stop()
          if (this.incarnation === incarnation) this.resume(resolve)
        }
        const cancel = this.kernel.after(ms, wake)
        let stop = (): void => {}
        stop = bell?.listen(() => this.kernel.after(0, wake)) ?? stop
        return promise
      },
    }
  }

  /** Work stops anywhere, and goes on after whatever is due at this instant, or when a pause of the machine is over. */
  breath(): Breath {
    const clock = this.clock()
    return {
      pause: () => {
        if (!this.stream.chance(0.1)) return undefined
        this.buggify()
        return clock.sleep(this.stream.between(0, 20))
      },
    }
  }

  random(): Random {
    return { next: () => this.stream.next() }
  }

  /**
   * A call to the store: applied at one instant after a latency; the answer takes another. `down` says whether the database can be
   * reached. Lost either way it is an unknown outcome, and nobody can tell which.
   */
  call<T>(apply: () => Promise<T>, down: () => boolean): Promise<T> {
    const { incarnation } = this
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const answer = (go: () => void): void => {
      this.kernel.after(this.stream.between(1, 4), () => {
        if (this.incarnation !== incarnation) return
        this.buggify()
        this.resume(go)
      })
    }
    const unknown = (): void => answer(() => reject(new OutcomeUnknown('the connection was lost')))
    this.kernel.after(this.stream.between(1, 8), () => {
      if (this.incarnation !== incarnation && this.stream.chance(0.5)) return
      if (down() || (!this.healed && this.stream.chance(this.faults.callLost))) {
        unknown()
        return
      }
      const applied = apply()
      if (!this.healed && this.stream.chance(this.faults.replyLost)) {
        applied.catch(() => {})
        unknown()
        return
      }
      applied.then(
        (value) => answer(() => resolve(value)),
        (error: unknown) => answer(() => reject(error)),
      )
    })
    return promise
  }
}

/** 2026-03-02T06:00:00Z: any fixed instant will do. */
export const startOfTime = 1_772_431_200_000
