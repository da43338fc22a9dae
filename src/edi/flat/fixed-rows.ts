import { type LineOptions, Lines } from './lines.ts'
import type { Rows } from './row.ts'
import type { FixedForm } from './schema.ts'

/** Fixed lines in pieces: by their line ends, or by their length where there are none. */
export class FixedRows implements Rows {
  readonly #lines: Lines
  readonly #length: number

  constructor({ hasLineEnds, lineLength }: FixedForm, options: LineOptions) {
    this.#lines = new Lines(options)
    this.#length = hasLineEnds ? 0 : (lineLength ?? 0)
  }

  push(text: string, isLast: boolean): void {
    const lines = this.#lines
    lines.push(text)
    while (lines.at < lines.text.length) {
      if (this.#length > 0) {
        if (lines.text.length - lines.at < this.#length && !isLast) return
        // A file without line ends often has one at its very end.
        const stop = Math.min(lines.at + this.#length, lines.text.length)
        if (lines.text.slice(lines.at, stop).trim() !== '') this.#emit(stop)
        lines.advance(stop, 1)
        continue
      }
      const end = lines.lineEnd(lines.at, isLast)
      if (lines.dropEndless(end)) continue
      if (end < 0) return
      const stop = lines.trimmed(lines.at, end)
      if (!lines.isSkipped(lines.at, stop)) this.#emit(stop)
      lines.advance(Math.min(end + 1, lines.text.length), 1)
    }
  }

  #emit(stop: number): void {
    const { text, at, line, byte, options } = this.#lines
    const row = text.slice(at, stop)
    options.sink.row({ cells: [row], text: row, line, start: byte, end: byte + options.sizeOf(text, at, stop) })
  }
}
