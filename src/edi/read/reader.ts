import { isAlphanumeric, isBlank } from '../bytes/delimiters.ts'
import { declaredCharset, detect } from './detect.ts'
import { type Detected, headerBytes } from './detected.ts'
import { OpenInterchange } from './open-interchange.ts'
import { type ReaderOptions, type ReaderSink, readerDefaults } from './sink.ts'
import { Source } from './source.ts'

/** Longer chunks are cut, so that the window stays small whatever the caller hands over. */
const pieceBytes = 64 * 1024
/** An ISA with its terminator. */
const isaBytes = 106

/**
 * Turns the bytes of a file, in pieces of any size, into segments of X12 and EDIFACT interchanges. Holds one segment at a time:
 * a file of a gigabyte needs no more memory than one of a kilobyte. How the bytes are cut into pieces changes nothing.
 */
export class EdiReader {
  readonly #sink: ReaderSink
  readonly #options: ReaderOptions
  readonly #source: Source
  #isOver = false
  #open: OpenInterchange | undefined
  /** Where in the file text began that belongs to no interchange; -1 while there is none. */
  #strayFrom = -1
  #hasFound = false

  constructor(sink: ReaderSink, options: Partial<ReaderOptions> = {}) {
    this.#sink = sink
    this.#options = { ...readerDefaults, ...options }
    this.#source = new Source((fault) => sink.fault(fault))
  }

  feed(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += pieceBytes) this.#accept(chunk.subarray(at, at + pieceBytes))
  }

  /** No more bytes come. */
  end(): void {
    this.#isOver = true
    this.#accept(new Uint8Array(0))
    this.#source.dropTo(this.#source.window.length)
    if (!this.#hasFound) this.#sink.fault({ code: 'header.missing', start: 0, end: this.#position() })
    this.#endStray()
  }

  #accept(piece: Uint8Array): void {
    if (!this.#source.append(piece, this.#isOver)) return
    for (;;) {
      if (this.#open === undefined && !this.#seek()) return
      const open = this.#open
      if (open === undefined) continue
      if (!open.run(this.#isOver)) return
      this.#open = undefined
      this.#source.dropTo(open.endsAt - this.#source.window.base)
      if (open.isTooLarge) this.#strayFrom = this.#position()
    }
  }

  /** Between interchanges: skips white space, finds the next header, reports what is neither. True when it got on. */
  #seek(): boolean {
    if (this.#strayFrom >= 0) return this.#seekInStray(1)
    const { window } = this.#source
    let at = 0
    while (at < window.length && isBlank(window.bytes[at])) at++
    if (at > 0) this.#sink.space?.(window.bytes.subarray(0, at))
    this.#source.dropTo(at)
    if (window.length === 0 || (window.length < headerBytes && !this.#isOver)) return false
    const detected = detect(window.bytes.subarray(0, Math.min(window.length, headerBytes)), true)
    if (detected !== undefined) return this.#begin(detected)
    this.#strayFrom = this.#position()
    return this.#seekInStray(1)
  }

  /** Looks on from a position of the window; the byte before a header is looked at, so one is always kept. */
  #seekInStray(from: number): boolean {
    const { window } = this.#source
    let at = Math.min(from, window.length)
    for (; at < window.length; at++) {
      if (!this.#isOver && window.length - at < headerBytes) break
      const byte = window.bytes[at]
      if ((byte !== 0x49 && byte !== 0x55) || isAlphanumeric(window.bytes[at - 1])) continue
      const detected = detect(window.bytes.subarray(at, Math.min(window.length, at + headerBytes)), false)
      if (detected === undefined) continue
      this.#source.dropTo(at)
      this.#endStray()
      return this.#begin(detected)
    }
    this.#source.dropTo(at - 1)
    return false
  }

  #endStray(): void {
    if (this.#strayFrom < 0) return
    this.#sink.fault({ code: 'bytes.outside_interchange', start: this.#strayFrom, end: this.#position() })
    this.#strayFrom = -1
  }

  #begin(detected: Detected): boolean {
    const { window } = this.#source
    this.#hasFound = true
    const start = this.#position()
    const headerLength = Math.min(detected.skip > 0 ? detected.skip : isaBytes, window.length)
    const end = this.#source.original(window.base + headerLength)
    this.#sink.interchangeFound(detected, start)
    for (const code of detected.faults) this.#sink.fault({ code, start, end })
    if (detected.delimiters.segment < 0) {
      // Nothing of it can be read; what follows is looked through for another header.
      this.#sink.interchangeEnded(start)
      this.#strayFrom = start
      return true
    }
    const declared = this.#source.isTranscoded ? 'utf-8' : declaredCharset(detected, window.bytes)
    const charset = this.#options.charset ?? declared
    this.#open = new OpenInterchange(this.#sink, this.#options, this.#source, detected, charset)
    return true
  }

  #position(): number {
    return this.#source.original(this.#source.window.base)
  }
}
