import { correctionOf } from './correction.ts'

/** Level M of ISO/IEC 18004, table 9, by version from 1: a seventh of the code may be unreadable. */
const correctionPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]
const blocksOf = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]

/** The smallest version that holds so many bytes; undefined where none of the first twenty does. */
export function versionFor(bytes: number): number | undefined {
  const fits = blocksOf.findIndex((_, at) => headBits(at + 1) + bytes * 8 <= dataCodewords(at + 1) * 8)
  return fits < 0 ? undefined : fits + 1
}

/** Data and correction in the order in which they are drawn. */
export function codewordsOf(bytes: Uint8Array, version: number): readonly number[] {
  const data = padded(bytes, version)
  const [blocks = 1, correction = 0] = [blocksOf[version - 1], correctionPerBlock[version - 1]]
  const short = Math.floor(data.length / blocks)
  const longFrom = blocks - (data.length % blocks)
  const parts = Array.from({ length: blocks }, (_, block) => {
    const from = block * short + Math.max(0, block - longFrom)
    return data.slice(from, from + short + (block < longFrom ? 0 : 1))
  })
  const corrections = parts.map((part) => correctionOf(part, correction))
  return [...interleaved(parts, short + 1), ...interleaved(corrections, correction)]
}

/** One of each block in turn. */
function interleaved(blocks: readonly (readonly number[])[], length: number): readonly number[] {
  return Array.from({ length }, (_, at) =>
    blocks.flatMap((block) => (at < block.length ? [block[at] ?? 0] : [])),
  ).flat()
}

/** Mode, length, bytes, end, and filling. */
function padded(bytes: Uint8Array, version: number): readonly number[] {
  const bits: number[] = []
  const put = (value: number, length: number): void => {
    for (let at = length - 1; at >= 0; at--) bits.push((value >>> at) & 1)
  }
  put(0b0100, 4)
  put(bytes.length, headBits(version) - 4)
  for (const byte of bytes) put(byte, 8)
  const room = dataCodewords(version) * 8
  put(0, Math.min(4, room - bits.length))
  put(0, (8 - (bits.length % 8)) % 8)
  for (let filling = 0xec; bits.length < room; filling ^= 0xec ^ 0x11) put(filling, 8)
  return Array.from({ length: room / 8 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  )
}

function headBits(version: number): number {
  return 4 + (version < 10 ? 8 : 16)
}

function dataCodewords(version: number): number {
  return Math.floor(drawnBits(version) / 8) - (blocksOf[version - 1] ?? 0) * (correctionPerBlock[version - 1] ?? 0)
}

/** Modules that are left for codewords when everything that a reader looks for is drawn. */
function drawnBits(version: number): number {
  const plain = (16 * version + 128) * version + 64
  if (version < 2) return plain
  const marks = Math.floor(version / 7) + 2
  return plain - ((25 * marks - 10) * marks - 55) - (version < 7 ? 0 : 36)
}
