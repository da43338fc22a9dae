import type { NewFact } from '../../backbone/step.ts'
import type { Tenure } from '../tenure.ts'

/**
 * One message can mean thousands of facts. While these are appended and folded, whoever comes would be planned behind them all: it is
 * stored instead, and answered at once, and what it means follows when its turn comes.
 */
export class LargeFolding {
  #appending = 0
  /** Last fact of such messages by log partition. */
  readonly #until = new Map<number, number>()

  /** Facts are about to be appended. Call what you get with their offsets, or with none when they were not. */
  append(facts: readonly NewFact[]): (offsets: readonly number[]) => void {
    // Of one message: a batch of many small ones is what everybody does.
    const isLarge = facts.length > factsMost && facts[0]?.fact.causation === facts.at(-1)?.fact.causation
    if (!isLarge) return () => {}
    this.#appending++
    return (offsets) => {
      this.#appending--
      offsets.forEach((offset, index) => {
        const partition = facts[index]?.partition ?? -1
        this.#until.set(partition, Math.max(offset, this.#until.get(partition) ?? -1))
      })
    }
  }

  /** Whether some are not folded yet by those who own their partitions here. */
  isUnderWay(advance: readonly Tenure[]): boolean {
    for (const [partition, offset] of this.#until) {
      const tenure = advance[partition]
      if (tenure?.held !== true || tenure.planned >= offset) this.#until.delete(partition)
    }
    return this.#appending > 0 || this.#until.size > 0
  }
}

/** Folded in less than a fifth of a second. */
const factsMost = 1000
