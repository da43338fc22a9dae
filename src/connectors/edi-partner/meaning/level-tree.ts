import { add, compare, subtract } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'
import { isProduct, productPairs } from './number.ts'

/** A quantity of a ship notice, with the levels that say more of it: its own first, then those above. */
export interface LevelLine {
  readonly level: Reading
  readonly chain: readonly Reading[]
  readonly quantity: string
}

/** Whether a level names a product of its own; a lot or serial alone is of the product above. */
export function hasProduct(level: Reading): boolean {
  return productPairs(level).some(([qualifier]) => isProduct(qualifier))
}

/** HL: levels that name their parents, in any order. */
export class LevelTree {
  readonly #levels = new Map<string, Reading>()

  constructor(levels: readonly Reading[]) {
    for (const level of levels) this.#levels.set(level.at('id').text(20), level)
  }

  get all(): readonly Reading[] {
    return [...this.#levels.values()]
  }

  /** A level, the one above it, and so on. */
  chain(level: Reading): readonly Reading[] {
    const chain = [level]
    // A level is at most as deep as there are levels: a circle of parents ends here.
    for (let one = level; chain.length <= this.#levels.size; ) {
      const parent = this.#levels.get(one.at('parent').optionalText() ?? '')
      if (parent === undefined) break
      chain.push(parent)
      one = parent
    }
    return chain
  }

  /**
   * Every quantity once. An item whose packs or lots below it have quantities of their own is told there, and what they leave of it by
   * itself; where they count otherwise, or more than there is, the item counts.
   */
  lines(): readonly LevelLine[] {
    const counted = this.all.filter((level) => level.at('shipped').present)
    const parts = new Map<Reading, Reading[]>()
    for (const level of counted) {
      const above = this.chain(level).find((one) => one !== level && one.at('shipped').present)
      if (above === undefined) continue
      const known = parts.get(above)
      if (known === undefined) parts.set(above, [level])
      else known.push(level)
    }
    const isPart = new Set([...parts.values()].flat())
    return counted.filter((level) => !isPart.has(level)).flatMap((level) => this.#told(level, parts))
  }

  #told(level: Reading, parts: ReadonlyMap<Reading, readonly Reading[]>): LevelLine[] {
    const quantity = level.at('shipped').decimal()
    const whole = { level, chain: this.chain(level), quantity }
    const own = parts.get(level) ?? []
    const unit = level.at('unit').optionalText()
    if (own.length === 0 || own.some((one) => one.at('unit').optionalText() !== unit)) return [whole]
    const sum = own.reduce((total, one) => add(total, one.at('shipped').decimal()), '0')
    if (compare(sum, quantity) > 0) return [whole]
    const rest = subtract(quantity, sum)
    return [
      ...(compare(rest, '0') > 0 ? [{ ...whole, quantity: rest }] : []),
      ...own.flatMap((one) => this.#told(one, parts)),
    ]
  }
}
