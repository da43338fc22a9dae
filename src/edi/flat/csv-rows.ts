import { limits } from '../../base/limits.ts'
import { type LineOptions, Lines } from './lines.ts'
import type { Rows } from './row.ts'
import type { CsvForm } from './schema.ts'

/** How the reading of a quoted row ended. */
type Ending =
  | { readonly end: number; readonly lines: number }
  | { readonly broken: 'quote.open' | 'quote.stray' }
  /** Up to where it was read; what is dropped there is not read again as if it began with its second line. */
  | { readonly broken: 'row.too_long'; readonly readTo: number; readonly lines: number }
  | 'more'

/**
 * CSV in pieces to rows of cells. A row without quotes costs one search for its end and one for each delimiter. After a quote that does
 * not close, reading goes on with the next line: one bad row must not take its neighbours along.
 */
export class CsvRows implements Rows {
  readonly #lines: Lines
  readonly #form: CsvForm
  /** Where the next of each stands, at or after the place of reading; -1: to be searched. */
  #quote = -1
  #escape = -1
  #delimiter = -1
  #cells: string[] = []

  constructor(form: CsvForm, options: LineOptions) {
    this.#form = form
    this.#lines = new Lines(options, form)
  }

  push(text: string, isLast: boolean): void {
    const lines = this.#lines
    lines.push(text)
    this.#searchAgain()
    while (lines.at < lines.text.length) {
      const end = lines.lineEnd(lines.at, isLast)
      if (lines.dropEndless(end)) continue
      if (end < 0) return
      if (this.#nextSpecial(lines.at) >= end) this.#plain(end)
      else if (!this.#withQuotes(end, isLast)) return
    }
  }

  #plain(end: number): void {
    const lines = this.#lines
    const from = lines.at
    const stop = lines.trimmed(from, end)
    if (!lines.isSkipped(from, stop)) {
      this.#cells = []
      let at = from
      for (;;) {
        const next = this.#nextDelimiter(at)
        if (next >= stop) break
        this.#cells.push(lines.text.slice(at, next))
        at = next + this.#form.delimiter.length
      }
      this.#cells.push(lines.text.slice(at, stop))
      this.#emit(stop)
    }
    lines.advance(Math.min(end + 1, lines.text.length), 1)
  }

  /** A row in which something is quoted. False when more must come first. */
  #withQuotes(end: number, isLast: boolean): boolean {
    const lines = this.#lines
    const firstStop = lines.trimmed(lines.at, end)
    if (lines.isSkipped(lines.at, firstStop)) {
      lines.advance(Math.min(end + 1, lines.text.length), 1)
      return true
    }
    const ending = this.#read(isLast)
    if (ending === 'more') return false
    if ('broken' in ending) {
      const { text, line, byte, options } = lines
      const size = options.sizeOf(text, lines.at, firstStop)
      options.sink.broken({
        code: ending.broken,
        line,
        start: byte,
        end: byte + size,
        text: text.slice(lines.at, firstStop),
      })
      if (ending.broken === 'row.too_long') lines.drop(ending.readTo, ending.lines)
      else lines.advance(Math.min(end + 1, text.length), 1)
      this.#searchAgain()
      return true
    }
    const stop = lines.trimmed(lines.at, ending.end)
    this.#emit(stop)
    lines.advance(Math.min(ending.end + 1, lines.text.length), ending.lines)
    return true
  }

  #read(isLast: boolean): Ending {
    const { text } = this.#lines
    const { delimiter, quote, escape } = this.#form
    this.#cells = []
    let at = this.#lines.at
    let lines = 1
    for (;;) {
      if (at - this.#lines.at > limits.csvRowBytes || this.#cells.length > limits.csvColumns)
        return { broken: 'row.too_long', readTo: at, lines: lines - 1 }
      if (quote !== '' && text.startsWith(quote, at)) {
        const cell = this.#quoted(at, isLast)
        if (cell === 'more' || 'broken' in cell) return cell
        this.#cells.push(cell.text)
        lines += cell.lines
        at = cell.end
      } else {
        const cell = this.#unquoted(at, isLast)
        if (cell === 'more') return cell
        this.#cells.push(escape === quote || escape === '' ? cell.text : unescaped(cell.text, escape))
        at = cell.end
      }
      if (text.startsWith(delimiter, at)) {
        at += delimiter.length
        continue
      }
      const end = this.#lines.lineEnd(at, isLast)
      if (end < 0) return 'more'
      if (this.#lines.trimmed(at, end) !== at) return { broken: 'quote.stray' }
      return { end, lines }
    }
  }

  #quoted(
    from: number,
    isLast: boolean,
  ):
    | { readonly text: string; readonly end: number; readonly lines: number }
    | { readonly broken: 'quote.open' }
    | 'more' {
    const { text } = this.#lines
    const { quote, escape } = this.#form
    const isDoubled = escape === quote
    let hasEscape = false
    for (let at = from + 1; ; ) {
      const close = text.indexOf(quote, at)
      const escaped = isDoubled || escape === '' ? -1 : text.slice(at, close < 0 ? undefined : close).indexOf(escape)
      if (escaped >= 0) {
        hasEscape = true
        at += escaped + 2
        continue
      }
      if (close < 0) {
        if (isLast || text.length - from > limits.csvCellBytes) return { broken: 'quote.open' }
        return 'more'
      }
      if (close + 1 === text.length && !isLast) return 'more'
      if (isDoubled && text.startsWith(quote, close + 1)) {
        hasEscape = true
        at = close + 2
        continue
      }
      const inner = text.slice(from + 1, close)
      const value = !hasEscape ? inner : isDoubled ? inner.replaceAll(quote + quote, quote) : unescaped(inner, escape)
      return { text: value, end: close + 1, lines: this.#lines.breaksIn(inner) }
    }
  }

  #unquoted(from: number, isLast: boolean): { readonly text: string; readonly end: number } | 'more' {
    const { text } = this.#lines
    const { quote, escape } = this.#form
    const lineEnd = this.#lines.lineEnd(from, isLast)
    if (lineEnd < 0) return 'more'
    const stop = this.#lines.trimmed(from, lineEnd)
    let search = from
    for (;;) {
      const next = this.#nextDelimiter(search)
      if (next >= stop) return { text: text.slice(from, stop), end: stop }
      // A delimiter that is escaped belongs to the value.
      if (escape === '' || escape === quote || !isEscaped(text, from, next, escape))
        return { text: text.slice(from, next), end: next }
      search = next + 1
    }
  }

  #emit(stop: number): void {
    const { text, at, line, byte, options } = this.#lines
    const cells = this.#cells
    const row = text.slice(at, stop)
    const end = byte + options.sizeOf(text, at, stop)
    if (
      cells.length > limits.csvColumns ||
      row.length > limits.csvRowBytes ||
      (row.length > limits.csvCellBytes && cells.some((cell) => cell.length > limits.csvCellBytes))
    )
      options.sink.broken({ code: 'row.too_long', line, start: byte, end, text: row.slice(0, 200) })
    else options.sink.row({ cells, text: row, line, start: byte, end })
  }

  #nextSpecial(from: number): number {
    const { quote, escape } = this.#form
    const { text } = this.#lines
    const next = (sign: string): number => {
      const found = sign === '' ? -1 : text.indexOf(sign, from)
      return found < 0 ? text.length : found
    }
    if (this.#quote < from) this.#quote = next(quote)
    if (this.#escape < from) this.#escape = escape === quote ? text.length : next(escape)
    return Math.min(this.#quote, this.#escape)
  }

  #searchAgain(): void {
    this.#quote = -1
    this.#escape = -1
    this.#delimiter = -1
  }

  /** Searched once, however many rows lie before it. */
  #nextDelimiter(from: number): number {
    if (this.#delimiter < from) {
      const found = this.#lines.text.indexOf(this.#form.delimiter, from)
      this.#delimiter = found < 0 ? this.#lines.text.length : found
    }
    return this.#delimiter
  }
}

function isEscaped(text: string, from: number, at: number, escape: string): boolean {
  let count = 0
  for (let before = at - 1; before >= from && text[before] === escape; before--) count++
  return count % 2 === 1
}

function unescaped(text: string, escape: string): string {
  let found = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] === escape && at + 1 < text.length) at++
    found += text[at]
  }
  return found
}
