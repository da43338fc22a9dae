/**
 * From positions in the cleaned bytes back to positions in the file as it came. Cleaning removes line wrapping, joins
 * multi-byte delimiters and decodes UTF-16; every verdict still has to name the original byte.
 */
export class OffsetMap {
  readonly #clean: number[] = []
  readonly #original: number[] = []
  #first = 0
  /** Original bytes per cleaned byte between two entries: 2 for UTF-16, else 1. */
  readonly #stride: number

  constructor(stride = 1) {
    this.#stride = stride
  }

  /** From `clean` on, positions count from `original`. Entries must come in order. */
  add(clean: number, original: number): void {
    if (this.#clean.at(-1) === clean) this.#original[this.#original.length - 1] = original
    else {
      this.#clean.push(clean)
      this.#original.push(original)
    }
  }

  toOriginal(clean: number): number {
    let low = this.#first
    let high = this.#clean.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#clean[middle] ?? 0) <= clean) low = middle
      else high = middle - 1
    }
    const from = this.#clean[low]
    return from === undefined ? clean : (this.#original[low] ?? 0) + (clean - from) * this.#stride
  }

  /** Nobody asks for positions before `clean` again: keeps memory constant over a long file. */
  forget(clean: number): void {
    while (this.#first < this.#clean.length - 1 && (this.#clean[this.#first + 1] ?? 0) <= clean) this.#first++
    if (this.#first > 4096) {
      this.#clean.splice(0, this.#first)
      this.#original.splice(0, this.#first)
      this.#first = 0
    }
  }
}
