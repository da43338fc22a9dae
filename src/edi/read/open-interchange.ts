import type { Charset } from '../bytes/charset.ts'
import { OffsetMap } from '../bytes/offset-map.ts'
import { binaryLength, cutBeforeBinary } from './binary.ts'
import { Cleaner } from './cleaner.ts'
import type { Detected } from './detected.ts'
import type { FaultCode } from './fault.ts'
import { Scanner } from './scanner.ts'
import { markKind, segmentFlags } from './segment.ts'
import type { ReaderOptions, ReaderSink } from './sink.ts'
import type { Source } from './source.ts'
import { isHeader, packedTag, readerTags, trimTag } from './tag.ts'
import { Window } from './window.ts'

type State = 'header' | 'segments' | 'binary' | 'resynchronising' | 'closed'

/** An interchange whose header was recognised: hands on its segments until its trailer, another header or the end of the file. */
export class OpenInterchange {
  readonly #sink: ReaderSink
  readonly #options: ReaderOptions
  readonly #source: Source
  readonly #detected: Detected
  /** The bytes that are scanned: those of the source, or a cleaned copy of them. */
  readonly #window: Window
  readonly #scanner: Scanner
  readonly #cleaning: { readonly cleaner: Cleaner; readonly map: OffsetMap } | undefined
  /** Bytes of the source's window that the cleaner has seen. */
  #fed = 0
  readonly #startsAt: number
  #state: State
  #binaryLeft = 0
  #binaryEndsSegment = false
  /** Position in the source's stream of the first byte that does not belong to it; known when it is closed. */
  endsAt = -1
  isTooLarge = false

  constructor(
    sink: ReaderSink,
    options: ReaderOptions,
    source: Source,
    detected: Detected,
    charset: Charset | undefined,
  ) {
    this.#sink = sink
    this.#options = options
    this.#source = source
    this.#detected = detected
    this.#state = detected.syntax === 'x12' ? 'header' : 'segments'
    const start = source.window.base
    let toOriginal = source.isTranscoded ? (clean: number): number => source.original(clean) : undefined
    if (detected.rule === undefined) this.#window = source.window
    else {
      const map = new OffsetMap()
      this.#cleaning = { cleaner: new Cleaner(detected.rule, map, start), map }
      this.#window = new Window()
      toOriginal = (clean) => source.original(map.toOriginal(clean))
    }
    this.#startsAt = this.#window.base
    const { segmentBytesMax } = options
    this.#scanner = new Scanner({
      window: this.#window,
      delimiters: detected.delimiters,
      charset,
      segmentBytesMax,
      toOriginal,
    })
    this.#scanner.gapStart = this.#scanner.next = detected.skip
  }

  /** Reads as far as the bytes reach. True when the interchange is closed. */
  run(isOver: boolean): boolean {
    if (this.#cleaning !== undefined) {
      const { window } = this.#source
      this.#window.append(this.#cleaning.cleaner.push(window.bytes.slice(this.#fed, window.length), isOver))
      this.#fed = window.length
    }
    for (;;) {
      const isProgress = this.#step()
      if (this.#state === 'closed') return true
      if (!isProgress) break
    }
    if (isOver) this.#finish()
    else this.#forget()
    return this.endsAt >= 0
  }

  /** False when more bytes are needed. */
  #step(): boolean {
    switch (this.#state) {
      case 'segments':
        return this.#readSegments()
      case 'header':
        return this.#readIsa()
      case 'binary':
        return this.#readBinary()
      case 'resynchronising':
        return this.#resynchronise()
      case 'closed':
        return false
    }
  }

  #readSegments(): boolean {
    const scanner = this.#scanner
    const isX12 = this.#detected.syntax === 'x12'
    const limit = this.#options.segmentBytesMax
    while (this.#state === 'segments') {
      const isWhole = scanner.scan()
      if (scanner.start < 0) return false
      if (isX12 && this.#beginBinary()) return true
      if (isHeader(scanner, isWhole) && !this.#isFirst()) {
        this.#close(scanner.start, false)
        return true
      }
      if (scanner.end - scanner.start > limit) scanner.cutToLimit()
      if (!isWhole) return false
      this.#emit()
    }
    return true
  }

  /** The header itself is no header that ends the interchange. */
  #isFirst(): boolean {
    return this.#window.base + this.#scanner.gapStart <= this.#startsAt + this.#detected.skip
  }

  /** The header is cut at sixteen element separators only: its last element is the component separator itself. */
  #readIsa(): boolean {
    const scanner = this.#scanner
    const { bytes, length } = this.#window
    const { element, segment, component } = this.#detected.delimiters
    let count = 0
    let at = 0
    let flags = 0
    for (; at < length && count < 16; at++) {
      if (bytes[at] === element) scanner.marks[count++] = (at << 2) | markKind.element
      if ((bytes[at] ?? 0) >= 0x80) flags |= segmentFlags.high
    }
    if (component >= 0) at++
    const last = at
    while (at < length && bytes[at] !== segment) at++
    if (at >= length) return false
    scanner.start = 0
    scanner.markCount = count
    scanner.flags = flags
    scanner.end = last
    scanner.next = at + 1
    this.#state = 'segments'
    scanner.packed = packedTag(scanner)
    this.#sink.segment(scanner)
    scanner.advance()
    return true
  }

  #emit(): void {
    const scanner = this.#scanner
    if (scanner.dropped > 0) this.#fault('segment.too_long', scanner.start, scanner.end)
    const textFrom = trimTag(scanner)
    if (textFrom >= 0) this.#fault('segment.text_before_tag', textFrom, scanner.start)
    const tag = packedTag(scanner)
    scanner.packed = tag
    this.#sink.segment(scanner)
    const isX12 = this.#detected.syntax === 'x12'
    if (tag === readerTags.UNO && !isX12) this.#enterBinary(binaryLength(scanner, 4), false)
    if (tag === (isX12 ? readerTags.IEA : readerTags.UNZ)) this.#close(scanner.next, true)
    else this.#checkSize()
    scanner.advance()
  }

  #checkSize(): void {
    const scanner = this.#scanner
    if (this.#window.base + scanner.next - this.#startsAt <= this.#options.interchangeBytesMax) return
    this.#fault('interchange.too_large', scanner.start, scanner.end)
    this.isTooLarge = true
    this.#close(scanner.next, true)
  }

  #beginBinary(): boolean {
    const length = cutBeforeBinary(this.#scanner)
    if (length < 0) return false
    this.#scanner.packed = packedTag(this.#scanner)
    this.#sink.segment(this.#scanner)
    this.#enterBinary(length, true)
    this.#scanner.advance()
    return true
  }

  #enterBinary(length: number, endsSegment: boolean): void {
    if (length < 0 || (length === 0 && !endsSegment)) return
    this.#binaryLeft = length
    this.#binaryEndsSegment = endsSegment
    this.#state = 'binary'
    const rest = this.#options.interchangeBytesMax - (this.#window.base + this.#scanner.next - this.#startsAt)
    if (length <= rest) return
    // A length that the interchange may not even have: not believed, or the rest of the file would vanish in it.
    this.#fault('binary.length_wrong', this.#scanner.start, this.#scanner.end)
    this.#binaryLeft = 0
    this.#state = endsSegment ? 'resynchronising' : 'segments'
  }

  #readBinary(): boolean {
    const scanner = this.#scanner
    const window = this.#window
    const available = Math.min(this.#binaryLeft, window.length - scanner.next)
    if (available > 0) {
      this.#sink.binary(window.bytes.subarray(scanner.next, scanner.next + available))
      this.#binaryLeft -= available
      scanner.next += available
      scanner.gapStart = scanner.next
    }
    if (this.#binaryLeft > 0) return false
    if (!this.#binaryEndsSegment) {
      this.#state = 'segments'
      return true
    }
    if (scanner.next >= window.length) return false
    if (window.bytes[scanner.next] === this.#detected.delimiters.segment) {
      scanner.next++
      scanner.gapStart = scanner.next
      this.#state = 'segments'
      return true
    }
    this.#fault('binary.length_wrong', scanner.next, scanner.next + 1)
    this.#state = 'resynchronising'
    return true
  }

  /** After binary content of the wrong length: on to the next terminator. */
  #resynchronise(): boolean {
    const scanner = this.#scanner
    const { bytes, length } = this.#window
    const terminator = this.#detected.delimiters.segment
    while (scanner.next < length && bytes[scanner.next] !== terminator) scanner.next++
    scanner.gapStart = scanner.next
    if (scanner.next >= length) return false
    scanner.next++
    scanner.gapStart = scanner.next
    this.#state = 'segments'
    return true
  }

  /** Drops the bytes of segments that were handed on. */
  #forget(): void {
    const scanner = this.#scanner
    // White space without end is not kept; a reader that wants it back byte by byte asks for whole files.
    const isEndless = scanner.start < 0 && scanner.next - scanner.gapStart > this.#options.segmentBytesMax
    const from = Math.min(isEndless ? scanner.next : scanner.gapStart, this.#window.length)
    if (from <= 0) return
    if (this.#cleaning === undefined) this.#source.dropTo(from)
    else {
      this.#window.dropTo(from)
      const { map } = this.#cleaning
      this.#source.dropTo(map.toOriginal(this.#window.base) - this.#source.window.base)
      this.#fed = this.#source.window.length
      map.forget(this.#window.base)
    }
    scanner.moved(from)
  }

  /** The file ends: the last segment may lack its terminator. */
  #finish(): void {
    const scanner = this.#scanner
    const { length } = this.#window
    if (this.#state === 'binary') {
      if (this.#binaryLeft > 0) this.#fault('binary.truncated', scanner.next, length)
      else this.#fault('segment.unterminated', scanner.next, length)
    } else if (this.#state === 'header') this.#fault('header.truncated', 0, length)
    else if (this.#state === 'segments' && scanner.start >= 0) {
      scanner.end = scanner.next = Math.min(length, scanner.start + this.#options.segmentBytesMax)
      scanner.flags |= segmentFlags.unterminated
      this.#fault('segment.unterminated', scanner.start, scanner.end)
      this.#emit()
    }
    if (this.endsAt < 0) this.#close(length, false)
  }

  #close(position: number, isTerminated: boolean): void {
    const { sequences } = this.#detected
    const map = this.#cleaning?.map
    const last = this.#window.base + position - 1
    // What follows a terminator may be cleaned away, so the end is counted from the terminator itself.
    const width = isTerminated ? (sequences.segment?.length ?? 1) : 1
    const dropped = this.#scanner.dropped
    this.endsAt = map === undefined ? last + 1 + dropped : map.toOriginal(last + dropped) + width
    this.#state = 'closed'
    this.#sink.interchangeEnded(this.#source.original(this.endsAt))
  }

  #fault(code: FaultCode, start: number, end: number): void {
    this.#sink.fault({ code, start: this.#scanner.offset(start), end: this.#scanner.offset(end) })
  }
}
