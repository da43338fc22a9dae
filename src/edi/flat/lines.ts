import { limits } from '../../base/limits.ts'
import type { RowSink, SizeOf } from './row.ts'

/** What both kinds of files need to know of their lines. */
export interface LineOptions {
  readonly sink: RowSink
  readonly sizeOf: SizeOf
  /** Bytes before the first character: the byte order mark. */
  readonly begin: () => number
  readonly comment: string
  readonly skipLines: number
}

/**
 * The text that is not done with, and where it is in the file. A line that never ends is told once and skipped, so that memory stays what
 * it is.
 */
export class Lines {
  readonly options: LineOptions
  text = ''
  at = 0
  line = 1
  #byte = -1
  #lineEnd: '\n' | '\r' | undefined
  #isSkipping = false

  constructor(options: LineOptions) {
    this.options = options
  }

  get byte(): number {
    if (this.#byte < 0) this.#byte = this.options.begin()
    return this.#byte
  }

  push(text: string): void {
    this.text = this.at === this.text.length ? text : this.text.slice(this.at) + text
    this.at = 0
  }

  /** Where the line that begins at `from` ends; -1 when more must come. Old files end lines with a carriage return alone. */
  lineEnd(from: number, isLast: boolean): number {
    this.#lineEnd ??= lineEndOf(this.text, isLast)
    const end = this.#lineEnd === undefined ? -1 : this.text.indexOf(this.#lineEnd, from)
    return end < 0 && isLast ? this.text.length : end
  }

  /** The line up to `end` without its line end. */
  trimmed(from: number, end: number): number {
    return end > from && this.#lineEnd === '\n' && this.text.charCodeAt(end - 1) === 13 ? end - 1 : end
  }

  /** Goes on behind a position. */
  advance(to: number, lines: number): void {
    this.#byte = this.byte + this.options.sizeOf(this.text, this.at, to)
    this.at = to
    this.line += lines
  }

  isSkipped(from: number, end: number): boolean {
    if (this.line <= this.options.skipLines || end === from) return true
    const { comment } = this.options
    return comment !== '' && this.text.startsWith(comment, from)
  }

  /** True when what is there was dropped, because the line has no end in reach. `end` is that of the line. */
  dropEndless(end: number): boolean {
    if (this.#isSkipping && end >= 0) {
      this.#isSkipping = false
      this.advance(Math.min(end + 1, this.text.length), 1)
      return true
    }
    if (end >= 0 || this.text.length - this.at <= limits.csvRowBytes) return false
    if (!this.#isSkipping) {
      const size = this.options.sizeOf(this.text, this.at, this.text.length)
      this.options.sink.broken({
        code: 'row.too_long',
        line: this.line,
        start: this.byte,
        end: this.byte + size,
        text: this.text.slice(this.at, this.at + 200),
      })
    }
    this.#isSkipping = true
    this.advance(this.text.length, 0)
    return true
  }
}

function lineEndOf(text: string, isLast: boolean): '\n' | '\r' | undefined {
  const first = text.search(/[\r\n]/)
  if (first < 0) return undefined
  if (text[first] === '\n') return '\n'
  // What follows the carriage return decides, and may still be on its way.
  if (first + 1 === text.length) return isLast ? '\r' : undefined
  return text[first + 1] === '\n' ? '\n' : '\r'
}
