/** Whole numbers that follow each other, from the first to the last. */
interface Range {
  first: number
  last: number
}

/**
 * Control numbers that were used, to notice a second use. Senders count upwards, so the digits at the end are kept as ranges for
 * each text before them: a million sets in a row take one entry. Beyond the limit nothing more is remembered.
 */
export class SeenNumbers {
  readonly #ranges = new Map<string, Range[]>()
  #left: number
  #lastPrefix = ''
  #lastRanges: Range[] | undefined

  constructor(entriesMax = 100_000) {
    this.#left = entriesMax
  }

  /** True if it was there before. Leading zeros make another number, as control numbers are compared as text. */
  add(text: string): boolean {
    let at = text.length
    const earliest = Math.max(0, text.length - 15)
    while (at > earliest && isDigit(text.charCodeAt(at - 1))) at--
    const prefix = text.slice(0, at)
    const digits = text.length - at
    // `007` and `7` differ: the length of the digits is part of the number.
    const value = digits === 0 ? 0 : Number(text.slice(at))
    return this.#addTo(this.#rangesOf(`${digits}${prefix}`), value)
  }

  #rangesOf(prefix: string): Range[] | undefined {
    if (prefix === this.#lastPrefix && this.#lastRanges !== undefined) return this.#lastRanges
    let found = this.#ranges.get(prefix)
    if (found === undefined && this.#left > 0) {
      found = []
      this.#ranges.set(prefix, found)
    }
    this.#lastPrefix = prefix
    this.#lastRanges = found
    return found
  }

  #addTo(ranges: Range[] | undefined, value: number): boolean {
    if (ranges === undefined) return false
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
        this.#left++
      }
    } else if (after !== undefined && after.first === value + 1) after.first = value
    else if (this.#left > 0) {
      this.#left--
      ranges.splice(low, 0, { first: value, last: value })
    }
    return false
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
