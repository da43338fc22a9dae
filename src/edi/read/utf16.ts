import type { OffsetMap } from '../bytes/offset-map.ts'

/** UTF-16 to UTF-8 as a stream. Half characters and half pairs at a border are kept for the next piece. */
export class Utf16 {
  readonly #map: OffsetMap
  readonly #littleEndian: boolean
  #held: number[] = []
  #original: number
  #clean = 0

  constructor(map: OffsetMap, littleEndian: boolean, original: number) {
    this.#map = map
    this.#littleEndian = littleEndian
    this.#original = original
    map.add(0, original)
  }

  push(piece: Uint8Array): Uint8Array {
    const input = [...this.#held, ...piece]
    const output: number[] = []
    let at = 0
    while (at + 1 < input.length) {
      const unit = this.#unit(input, at)
      const isPair = unit >= 0xd800 && unit < 0xdc00
      if (isPair && at + 3 >= input.length) break
      const low = isPair ? this.#unit(input, at + 2) : 0
      const code = !isPair
        ? unit
        : low >= 0xdc00 && low < 0xe000
          ? 0x10000 + ((unit - 0xd800) << 10) + low - 0xdc00
          : 0xfffd
      const used = code > 0xffff ? 4 : 2
      const encoded = code < 0x80 ? [code] : new TextEncoder().encode(String.fromCodePoint(code))
      output.push(...encoded)
      at += used
      this.#original += used
      this.#clean += encoded.length
      if (encoded.length > 1) this.#map.add(this.#clean, this.#original)
    }
    this.#held = input.slice(at)
    return Uint8Array.from(output)
  }

  #unit(input: readonly number[], at: number): number {
    const first = input[at] ?? 0
    const second = input[at + 1] ?? 0
    return this.#littleEndian ? first | (second << 8) : (first << 8) | second
  }
}
