/**
 * Control numbers that were used, to notice a second use. Senders count upwards, so whole numbers are kept as ranges: a million
 * sets in a row take one entry. What is no number, or out of order, is kept as it is, up to a limit.
 */
export class SeenNumbers {
  readonly #ranges: { first: number; last: number }[] = []
  readonly #others = new Set<string>()
  readonly #max: number

  constructor(max = 100_000) {
    this.#max = max
  }

  /** True if it was there before. Leading zeros make another number, as control numbers are compared as text. */
  add(text: string): boolean {
    const value = /^[1-9][0-9]{0,14}$|^0*[0-9]{1,9}$/.test(text) ? Number(text) + text.length * 1e15 : -1
    return value < 0 ? this.#addOther(text) : this.#addNumber(value)
  }

  #addOther(text: string): boolean {
    if (this.#others.has(text)) return true
    if (this.#others.size < this.#max) this.#others.add(text)
    return false
  }

  #addNumber(value: number): boolean {
    const ranges = this.#ranges
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.last ?? 0) < value) low = middle + 1
      else high = middle
    }
    const after = ranges[low]
    if (after !== undefined && after.first <= value) return true
    const before = ranges[low - 1]
    if (before !== undefined && before.last === value - 1) {
      before.last = value
      if (after !== undefined && after.first === value + 1) {
        before.last = after.last
        ranges.splice(low, 1)
      }
    } else if (after !== undefined && after.first === value + 1) after.first = value
    else if (ranges.length < this.#max) ranges.splice(low, 0, { first: value, last: value })
    return false
  }
}
