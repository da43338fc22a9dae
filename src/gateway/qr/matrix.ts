import { codewordsOf, versionFor } from './codewords.ts'

/** Rows of modules; true is dark. */
export type Matrix = readonly (readonly boolean[])[]

/** A text as a QR code of ISO/IEC 18004: bytes, level M. Undefined where it has more than some 660 bytes. */
export function qrMatrix(text: string): Matrix | undefined {
  const bytes = new TextEncoder().encode(text)
  const version = versionFor(bytes.length)
  if (version === undefined) return undefined
  const codewords = codewordsOf(bytes, version)
  const drawn = masks.map((_, mask) => {
    const board = new Board(version)
    board.drawPatterns(mask)
    board.drawCodewords(codewords, mask)
    return board.rows
  })
  const penalties = drawn.map(penaltyOf)
  return drawn[penalties.indexOf(Math.min(...penalties))]
}

/** Which modules are turned round, so that no part looks like what a reader looks for. */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

class Board {
  readonly rows: boolean[][]
  readonly #version: number
  readonly #size: number
  /** Modules that are no codewords. */
  readonly #taken: boolean[][]

  constructor(version: number) {
    this.#version = version
    this.#size = version * 4 + 17
    const empty = (): boolean[][] =>
      Array.from({ length: this.#size }, () => Array.from({ length: this.#size }, () => false))
    this.rows = empty()
    this.#taken = empty()
  }

  drawPatterns(mask: number): void {
    for (let at = 0; at < this.#size; at++) {
      this.#put(6, at, at % 2 === 0)
      this.#put(at, 6, at % 2 === 0)
    }
    const far = this.#size - 4
    for (const [x, y] of [
      [3, 3],
      [far, 3],
      [3, far],
    ] as const)
      this.#square(x, y, 4, (ring) => ring !== 2 && ring !== 4)
    const places = this.#alignments()
    for (const x of places)
      for (const y of places) {
        const isCorner =
          [x, y].filter((one) => one === 6).length === 2 || (x === 6 && y === far - 3) || (x === far - 3 && y === 6)
        if (!isCorner) this.#square(x, y, 2, (ring) => ring !== 1)
      }
    this.#format(mask)
    if (this.#version >= 7) this.#versionBits()
  }

  /** In columns of two, from the right, up and down in turn. */
  drawCodewords(codewords: readonly number[], mask: number): void {
    const isMasked = masks[mask] ?? (() => false)
    let at = 0
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5
      const isUpward = ((right + 1) & 2) === 0
      for (let step = 0; step < this.#size; step++)
        for (const x of [right, right - 1]) {
          const y = isUpward ? this.#size - 1 - step : step
          if (this.#taken[y]?.[x] !== false) continue
          const bit = at < codewords.length * 8 && (((codewords[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1) === 1
          at++
          const row = this.rows[y]
          if (row !== undefined) row[x] = bit !== isMasked(x, y)
        }
    }
  }

  /** Level and mask, twice. */
  #format(mask: number): void {
    const bits = protectedBits(mask, { generator: 0x537, length: 10 }) ^ 0x5412
    const bit = (at: number): boolean => ((bits >>> at) & 1) === 1
    for (let at = 0; at < 6; at++) this.#put(8, at, bit(at))
    this.#put(8, 7, bit(6))
    this.#put(8, 8, bit(7))
    this.#put(7, 8, bit(8))
    for (let at = 9; at < 15; at++) this.#put(14 - at, 8, bit(at))
    for (let at = 0; at < 8; at++) this.#put(this.#size - 1 - at, 8, bit(at))
    for (let at = 8; at < 15; at++) this.#put(8, this.#size - 15 + at, bit(at))
    this.#put(8, this.#size - 8, true)
  }

  #versionBits(): void {
    const bits = protectedBits(this.#version, { generator: 0x1f25, length: 12 })
    for (let at = 0; at < 18; at++) {
      const isDark = ((bits >>> at) & 1) === 1
      const [far, near] = [this.#size - 11 + (at % 3), Math.floor(at / 3)]
      this.#put(far, near, isDark)
      this.#put(near, far, isDark)
    }
  }

  #alignments(): readonly number[] {
    if (this.#version === 1) return []
    const count = Math.floor(this.#version / 7) + 2
    const step = Math.ceil((this.#version * 4 + 4) / (count * 2 - 2)) * 2
    return [6, ...Array.from({ length: count - 1 }, (_, at) => this.#size - 7 - at * step).toReversed()]
  }

  /** Rings around a middle. */
  #square(x: number, y: number, radius: number, isDark: (ring: number) => boolean): void {
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) this.#put(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))))
  }

  #put(x: number, y: number, isDark: boolean): void {
    const [row, taken] = [this.rows[y], this.#taken[y]]
    if (row === undefined || taken === undefined || x < 0 || x >= this.#size) return
    row[x] = isDark
    taken[x] = true
  }
}

/** A number with the rest of its division by a generator behind it, so that a reader mends it. */
function protectedBits(
  value: number,
  { generator, length }: { readonly generator: number; readonly length: number },
): number {
  let rest = value
  for (let step = 0; step < length; step++) rest = (rest << 1) ^ ((rest >>> (length - 1)) * generator)
  return (value << length) | rest
}

/** How hard it is to read, by the four rules of the standard. */
function penaltyOf(rows: Matrix): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true))
  const lines = [...rows, ...columns]
  const dark = rows.flat().filter(Boolean).length
  const total = rows.length * rows.length
  const balance = Math.ceil(Math.abs(dark * 20 - total * 10) / total) - 1
  return (
    lines.reduce((sum, line) => sum + runs(line) + finders(line), 0) + squares(rows) * 3 + Math.max(0, balance) * 10
  )
}

function runs(line: readonly boolean[]): number {
  const lengths =
    line
      .map((dark) => (dark ? '1' : '0'))
      .join('')
      .match(/0+|1+/g) ?? []
  return lengths.reduce((sum, run) => sum + (run.length < 5 ? 0 : run.length - 2), 0)
}

function finders(line: readonly boolean[]): number {
  const text = `0000${line.map((dark) => (dark ? '1' : '0')).join('')}0000`
  return [...text.matchAll(/(?=00001011101|10111010000)/g)].length * 40
}

function squares(rows: Matrix): number {
  let count = 0
  for (let y = 0; y + 1 < rows.length; y++)
    for (let x = 0; x + 1 < rows.length; x++) {
      const [here, below] = [rows[y], rows[y + 1]]
      const colour = here?.[x]
      if (here?.[x + 1] === colour && below?.[x] === colour && below?.[x + 1] === colour) count++
    }
  return count
}
