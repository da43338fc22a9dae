/** One stream of pseudo-random numbers (sfc32). Streams with different names of one seed are independent. */
export class Stream {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number, name: string) {
    let hash = 0x811c9dc5 ^ seed
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
    this.#a = hash
    this.#b = Math.imul(seed + 1, 0x9e3779b1)
    this.#c = Math.imul(hash ^ 0x5bd1e995, 0x85ebca6b)
    for (let i = 0; i < 12; i++) this.next()
  }

  /** 0 ≤ x < 1 */
  next(): number {
    const t = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t
    return (t >>> 0) / 4_294_967_296
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.next() * from.length)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
}
