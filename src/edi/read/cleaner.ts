import type { OffsetMap } from '../bytes/offset-map.ts'

/** What has to be changed in the bytes of an interchange before one byte can stand for one delimiter. */
export interface CleaningRule {
  /** Line ends are transport wrapping, not data. */
  readonly dropLineEnds: boolean
  /** Delimiters of several bytes, and the single byte that stands for each. */
  readonly replacements: readonly { readonly sequence: Uint8Array; readonly by: number }[]
}

/** Applies a rule to a stream; remembers in the map where each byte came from. */
export class Cleaner {
  readonly #rule: CleaningRule
  readonly #map: OffsetMap
  /** Bytes at the end of a piece that may be the start of a sequence. */
  #held = new Uint8Array(0)
  #original: number
  #clean = 0
  /** The next byte written needs an entry in the map. */
  #moved = true

  constructor(rule: CleaningRule, map: OffsetMap, original: number) {
    this.#rule = rule
    this.#map = map
    this.#original = original
  }

  push(piece: Uint8Array, isLast = false): Uint8Array {
    const input = new Uint8Array(this.#held.length + piece.length)
    input.set(this.#held)
    input.set(piece, this.#held.length)
    const output = new Uint8Array(input.length)
    let written = 0
    let at = 0
    while (at < input.length) {
      const match = this.#match(input, at)
      if (match === 'partly' && !isLast) break
      const byte = input[at] ?? 0
      const used = typeof match === 'object' ? match.sequence.length : 1
      const isDropped = this.#rule.dropLineEnds && (byte === 0x0a || byte === 0x0d)
      if (this.#moved && !isDropped) this.#map.add(this.#clean, this.#original)
      this.#moved = isDropped || used > 1
      if (!isDropped) {
        output[written++] = typeof match === 'object' ? match.by : byte
        this.#clean++
      }
      at += used
      this.#original += used
    }
    this.#held = input.slice(at)
    return output.subarray(0, written)
  }

  #match(input: Uint8Array, at: number): CleaningRule['replacements'][number] | 'partly' | undefined {
    for (const replacement of this.#rule.replacements) {
      const { sequence } = replacement
      let same = 0
      while (same < sequence.length && at + same < input.length && input[at + same] === sequence[same]) same++
      if (same === sequence.length) return replacement
      if (same > 0 && at + same === input.length) return 'partly'
    }
    return undefined
  }
}
