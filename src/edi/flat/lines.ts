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

/** What hides a line end: it belongs to the cell that is quoted. */
export interface Quoting {
  readonly delimiter: string
  readonly quote: string
  readonly escape: string
}

/**
 * The text that is not done with, and where it is in the file. A line that never ends is told once and skipped, so that memory stays what
 * it is.
 */
export class Lines {
  readonly options: LineOptions
  readonly #quoting: Quoting | undefined
  text = ''
  at = 0
  line = 1
  #byte = -1
  #lineEnd: '\n' | '\r' | undefined
  #isSkipping = false
  /** The last search for a line end: it stands for all places between. */
  #searched: { readonly from: number; readonly end: number } | undefined

  constructor(options: LineOptions, quoting?: Quoting) {
    this.options = options
    this.#quoting = quoting
  }

  get byte(): number {
    if (this.#byte < 0) this.#byte = this.options.begin()
    return this.#byte
  }

  push(text: string): void {
    this.text = this.at === this.text.length ? text : this.text.slice(this.at) + text
    this.at = 0
    this.#searched = undefined
  }

  /** Where the line that begins at `from` ends; -1 when more must come. Old files end lines with a carriage return alone. */
  lineEnd(from: number, isLast: boolean): number {
    this.#lineEnd ??= lineEndOf(this.text, this.#firstBreak(isLast), isLast)
    const end = this.#lineEnd === undefined ? -1 : this.#endBehind(from, this.#lineEnd)
    return end < 0 && isLast ? this.text.length : end
  }

  /** Searched once, however many cells lie before it. */
  #endBehind(from: number, lineEnd: string): number {
    const known = this.#searched
    if (known !== undefined && from >= known.from && (known.end < 0 || from <= known.end)) return known.end
    const end = this.text.indexOf(lineEnd, from)
    this.#searched = { from, end }
    return end
  }

  /** Lines that end within a part of the text, as those of this file do. */
  breaksIn(part: string): number {
    const end = this.#lineEnd ?? '\n'
    let count = 0
    for (let at = part.indexOf(end); at >= 0; at = part.indexOf(end, at + 1)) count++
    return count
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

  /** The first line end of the file that is none of a quoted cell; -1 when more must come. */
  #firstBreak(isLast: boolean): number {
    const { text } = this
    const quoting = this.#quoting
    const plain = text.search(/[\r\n]/)
    if (quoting === undefined || quoting.quote === '' || plain < 0 || this.isSkipped(0, plain)) return plain
    const { delimiter, quote } = quoting
    let end = plain
    for (let at = 0; ; ) {
      const isQuoted = text.startsWith(quote, at)
      const from = isQuoted ? closeOf(text, at, quoting) : at
      // A quote that is never closed hides nothing.
      if (from < 0) return isLast || text.length > limits.csvCellBytes ? plain : -1
      if (end >= 0 && end < from) end = breakAt(text, from)
      const next = text.indexOf(delimiter, from)
      if (next < 0 || (end >= 0 && end < next)) return end
      at = next + delimiter.length
    }
  }

  isSkipped(from: number, end: number): boolean {
    if (this.line <= this.options.skipLines || end === from) return true
    const { comment } = this.options
    return comment !== '' && this.text.startsWith(comment, from)
  }

  /** Drops a row up to `to`, and what follows on its line. */
  drop(to: number, lines: number): void {
    this.advance(to, lines)
    this.#isSkipping = true
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

function lineEndOf(text: string, first: number, isLast: boolean): '\n' | '\r' | undefined {
  if (first < 0) return undefined
  if (text[first] === '\n') return '\n'
  // What follows the carriage return decides, and may still be on its way.
  if (first + 1 === text.length) return isLast ? '\r' : undefined
  return text[first + 1] === '\n' ? '\n' : '\r'
}

function breakAt(text: string, from: number): number {
  const breaks = /[\r\n]/g
  breaks.lastIndex = from
  return breaks.exec(text)?.index ?? -1
}

/** Behind the quote that ends a cell; -1 where none does. */
function closeOf(text: string, from: number, { quote, escape }: Quoting): number {
  for (let at = from + 1; at < text.length; at++) {
    if (escape !== '' && escape !== quote && text.startsWith(escape, at)) at++
    else if (text.startsWith(quote, at)) {
      if (escape !== quote || !text.startsWith(quote, at + 1)) return at + 1
      at++
    }
  }
  return -1
}
