import { type AppendResult, readMessageId } from '../../backbone/step.ts'
import type { Connection } from '../connection.ts'
import type { Workplace } from '../workplace.ts'
import type { Intake } from './intake.ts'
import type { LargeReading, ReadPart } from './large-reading.ts'

/** What is cut into parts: each is a message of the same connection. */
export interface PartSource {
  readonly connection: Connection
  readonly contentType: string
  /** What each part knows of where it comes from. */
  readonly headers: Readonly<Record<string, string>>
  readonly trace: string
}

/** Which parts are stored, and under which identities: a second attempt must come to the same. */
export interface PartPlan {
  readonly identity: (index: number) => string
  /** Those that must not count are not stored. */
  readonly counts?: (part: ReadPart) => boolean
  /** Asked before each lot: false ends it there. */
  readonly goesOn?: () => Promise<boolean>
}

/**
 * Stores parts in their order, some at a time, at the pace that leaves others alone. Whoever shares the partition waits for one lot, not
 * for all of them.
 */
export class PartFeed {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#intake = intake
  }

  /** True when all of them are stored, and what they mean is known. While some are stored the next ones are read. */
  async store(source: PartSource, reading: LargeReading, { identity, counts, goesOn }: PartPlan): Promise<boolean> {
    let stored = 0
    for (let ahead = reading.next(this.#place.bulkPace.parts); ; ) {
      const parts = await ahead
      if (parts.length === 0) return true
      if ((await goesOn?.()) === false) return false
      ahead = reading.next(this.#place.bulkPace.parts)
      // Told by the next turn of the loop, unless this one fails first.
      ahead.catch(() => {})
      const lot = parts.map((part, at) => ({ part, identity: identity(stored + at) }))
      stored += parts.length
      const counting = lot.filter(({ part }) => counts?.(part) ?? true)
      if (counting.length > 0) await this.#lot(source, counting)
    }
  }

  /** Stores some parts, and resolves when what they mean is known: those of others would queue behind it. */
  async #lot(
    source: PartSource,
    lot: readonly { readonly part: ReadPart; readonly identity: string }[],
  ): Promise<void> {
    await this.#place.bulkPace.lot(async () => {
      const stored = await Promise.all(lot.map(({ part, identity }) => this.#part(source, part, identity)))
      for (const { id } of stored) await this.#translated(id)
      await this.#folded()
    })
  }

  #part(
    source: PartSource,
    { bytes, isAccepted, headers = {}, found, translation }: ReadPart,
    identity: string,
  ): Promise<AppendResult> {
    return this.#intake.accept({
      ...source,
      body: bytes,
      headers: { ...headers, ...source.headers },
      lane: 'bulk',
      identity,
      part: isAccepted ? 'content' : 'refused',
      found,
      ...(translation === undefined ? {} : { translation }),
    })
  }

  /** Until the facts that are on the log by now have moved their objects: those of others would queue behind them. */
  async #folded(): Promise<void> {
    const { advance, clock, factHeads } = this.#place
    const heads = [...factHeads]
    for (const tenure of advance)
      while (tenure.usable(clock.mono()) && tenure.committed < (heads[tenure.partition] ?? -1))
        await clock.sleep(pauseMs)
  }

  /** Until the part is translated, or somebody else owns the partition: only then does the next one get in line. */
  async #translated(id: string): Promise<void> {
    const position = readMessageId(id)
    const tenure = position === undefined ? undefined : this.#place.translate[position.partition]
    if (position === undefined || tenure === undefined) return
    while (tenure.usable(this.#place.clock.mono()) && tenure.committed < position.offset)
      await this.#place.clock.sleep(pauseMs)
  }
}

const pauseMs = 1
