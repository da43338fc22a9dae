import type { Charset } from '../bytes/charset.ts'
import { byteClass, classTable, type Delimiters, isBlank } from '../bytes/delimiters.ts'
import { type Segment, segmentFlags } from './segment.ts'
import type { Window } from './window.ts'

const blank = Uint8Array.from({ length: 256 }, (_, byte) => (isBlank(byte) ? 1 : 0))

/** Finds the next segment in a window, one look-up per byte. It is itself the view of what it found: nothing is allocated per segment. */
export class Scanner implements Segment {
  readonly delimiters: Delimiters
  readonly charset: Charset | undefined
  marks = new Uint32Array(256)
  markCount = 0
  flags = 0
  packed = -1
  /** End of the segment before: white space follows it. */
  gapStart = 0
  /** -1 while still in white space. */
  start = -1
  end = 0
  /** First byte after the terminator; while scanning, the next byte to look at. */
  next = 0
  /** Bytes of an overlong segment that were thrown away; they still count in offsets. */
  dropped = 0
  readonly #window: Window
  readonly #classes: Uint8Array
  readonly #limit: number
  readonly #toOriginal: ((clean: number) => number) | undefined

  constructor(options: {
    window: Window
    delimiters: Delimiters
    charset: Charset | undefined
    segmentBytesMax: number
    /** `undefined` where the window holds the bytes of the file as they are. */
    toOriginal: ((clean: number) => number) | undefined
  }) {
    this.#window = options.window
    this.delimiters = options.delimiters
    this.charset = options.charset
    this.#classes = classTable(options.delimiters)
    this.#limit = options.segmentBytesMax
    this.#toOriginal = options.toOriginal
  }

  get bytes(): Uint8Array {
    return this.#window.bytes
  }

  offset(position: number): number {
    const dropped = position > this.start + this.#limit ? this.dropped : 0
    const clean = this.#window.base + position + dropped
    return this.#toOriginal === undefined ? clean : this.#toOriginal(clean)
  }

  /** Begins the next segment after this one. */
  advance(): void {
    this.gapStart = this.next
    this.start = -1
    this.markCount = 0
    this.flags = 0
    this.#window.base += this.dropped
    this.dropped = 0
  }

  /** True when a whole segment lies in the window; false when more bytes are needed. */
  scan(): boolean {
    const { length, bytes } = this.#window
    let at = this.next
    if (this.start < 0) {
      const terminator = this.delimiters.segment
      // A terminator that is white space itself is left to the loop below, which sees an empty segment and goes on.
      while (at < length && (blank[bytes[at] ?? 0] === 1 || bytes[at] === terminator)) at++
      this.next = at
      if (at >= length) return false
      this.start = at
    }
    return this.#scanContent(bytes, at, length)
  }

  #scanContent(bytes: Uint8Array, from: number, length: number): boolean {
    const classes = this.#classes
    const start = this.start
    const limit = this.#limit
    let marks = this.marks
    let count = this.markCount
    let flags = this.flags
    let found = false
    let at = from
    for (; at < length; at++) {
      const kind = classes[bytes[at] as number] as number
      if (kind === 0) continue
      if (kind < byteClass.segment) {
        if (at - start >= limit) continue
        if (count === marks.length) marks = this.#growMarks()
        marks[count++] = ((at - start) << 2) | (kind - 1)
      } else if (kind === byteClass.segment) {
        found = true
        break
      } else if (kind === byteClass.release) {
        flags |= segmentFlags.released
        // The character it releases is not here yet: looked at again when it is.
        if (at + 1 >= length) break
        at++
        if ((bytes[at] as number) >= 0x80) flags |= segmentFlags.high
      } else flags |= kind === byteClass.high ? segmentFlags.high : segmentFlags.control
    }
    this.markCount = count
    this.flags = flags
    this.end = at
    this.next = found ? at + 1 : at
    return found
  }

  #growMarks(): Uint32Array<ArrayBuffer> {
    const grown = new Uint32Array(this.marks.length * 2)
    grown.set(this.marks)
    this.marks = grown
    return grown
  }

  /** A segment beyond the limit: keeps its beginning, forgets the rest that was read, stays in step. */
  cutToLimit(): void {
    const keep = this.start + this.#limit
    const cut = Math.min(this.next, this.#window.length) - keep
    if (cut <= 0) return
    this.#window.bytes.copyWithin(keep, keep + cut, this.#window.length)
    this.#window.length -= cut
    this.dropped += cut
    this.next -= cut
    this.end = keep
    this.flags |= segmentFlags.truncated
  }

  /** The window forgot its first bytes. */
  moved(by: number): void {
    this.gapStart -= by
    this.next -= by
    this.end -= by
    if (this.start >= 0) this.start -= by
  }
}
