import type { Delimiters } from '../bytes/delimiters.ts'
import type { Detected } from '../read/detected.ts'
import { markKind, type Segment, segmentFlags, tagEnd, unreleasedBytes } from '../read/segment.ts'
import type { Fault, ReaderSink } from '../read/sink.ts'

/** A segment as values of bytes: nothing is decoded, so nothing can change on the way back. */
interface ByteSegment {
  readonly gap: Uint8Array
  readonly tag: Uint8Array
  /** What separates a value from the one before it, and the value without release characters. */
  readonly values: readonly { readonly kind: number; readonly bytes: Uint8Array }[]
  readonly isTerminated: boolean
}

/**
 * Takes a file apart into values and puts it together again, with its delimiters and the white space between its segments. For
 * a file without faults the result is the file: the proof that reading loses nothing.
 */
export class LosslessCopy implements ReaderSink {
  readonly #pieces: Uint8Array[] = []
  #delimiters: Delimiters | undefined
  #inBinary = false

  interchangeFound(detected: Detected): void {
    this.#delimiters = detected.delimiters
    // A UNA may have a character in the place that its version of the syntax reserves.
    if (detected.skipped !== undefined) this.#pieces.push(detected.skipped)
  }

  space(bytes: Uint8Array): void {
    this.#pieces.push(bytes.slice())
  }

  segment(segment: Segment): void {
    this.#endBinary()
    const taken = takeApart(segment)
    this.#putTogether(taken, segment.delimiters)
    this.#inBinary = (segment.flags & segmentFlags.binary) !== 0
  }

  binary(bytes: Uint8Array): void {
    this.#pieces.push(bytes.slice())
  }

  fault(fault: Fault): void {
    if (fault.code === 'bytes.byte_order_mark') this.#pieces.push(Uint8Array.of(0xef, 0xbb, 0xbf))
  }

  interchangeEnded(): void {
    this.#endBinary()
  }

  /** The whole file. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#pieces.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const piece of this.#pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }

  #endBinary(): void {
    if (this.#inBinary && this.#delimiters !== undefined) this.#byte(this.#delimiters.segment)
    this.#inBinary = false
  }

  #putTogether({ gap, tag, values, isTerminated }: ByteSegment, delimiters: Delimiters): void {
    this.#pieces.push(gap, tag)
    for (const { kind, bytes } of values) {
      this.#byte(separatorOf(kind, delimiters))
      this.#pieces.push(released(bytes, delimiters))
    }
    if (isTerminated) this.#byte(delimiters.segment)
  }

  #byte(byte: number): void {
    this.#pieces.push(Uint8Array.of(byte))
  }
}

function takeApart(segment: Segment): ByteSegment {
  const { bytes, start, end, marks, markCount, gapStart, flags, delimiters } = segment
  const values = Array.from({ length: markCount }, (_, at) => {
    const mark = marks[at] ?? 0
    const from = start + (mark >> 2) + 1
    const to = at + 1 < markCount ? start + ((marks[at + 1] ?? 0) >> 2) : end
    return { kind: mark & 3, bytes: unreleasedBytes(bytes, from, to, delimiters.release) }
  })
  const isBinary = (flags & segmentFlags.binary) !== 0
  if (isBinary) values.push({ kind: markKind.element, bytes: new Uint8Array(0) })
  return {
    gap: bytes.slice(gapStart, start),
    tag: bytes.slice(start, tagEnd(segment)),
    values,
    isTerminated: !isBinary && (flags & segmentFlags.unterminated) === 0,
  }
}

function separatorOf(kind: number, delimiters: Delimiters): number {
  if (kind === markKind.element) return delimiters.element
  return kind === markKind.component ? delimiters.component : delimiters.repetition
}

function released(bytes: Uint8Array, { release, segment, element, component, repetition }: Delimiters): Uint8Array {
  if (release < 0) return bytes
  const special = [release, segment, element, component, repetition]
  return bytes.some((byte) => special.includes(byte))
    ? Uint8Array.from([...bytes].flatMap((byte) => (special.includes(byte) ? [release, byte] : [byte])))
    : bytes
}
