import type { StageSpan } from '../base/stage-span.ts'
import type { Workplace } from './workplace.ts'

/** What is known of a span before the stage is timed. */
export type StageStory = Omit<StageSpan, 'startedAt' | 'endedAt'>

/** Times a stage of a batch. What it tells of single messages is only asked for where somebody follows traces. */
export class StageWatch {
  readonly #place: Workplace
  readonly #from: number

  constructor(place: Workplace) {
    this.#place = place
    this.#from = place.clock.mono()
  }

  /** The stage is over. `lane` is `all` where messages of several go together. */
  end(stage: string, lane: string, stories: () => Iterable<StageStory>): void {
    const { ports, clock, signals } = this.#place
    const ms = clock.mono() - this.#from
    signals.stageTook({ stage, lane, seconds: ms / 1000 })
    if (ports.trace === undefined) return
    const endedAt = clock.wall()
    for (const story of stories()) ports.trace({ ...story, startedAt: endedAt - ms, endedAt })
  }
}
