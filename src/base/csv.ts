import { InterlineError } from './errors.ts'
import { limits } from './limits.ts'

/** One row by column name. Values are text exactly as written: `00012` and `1E5` stay themselves. */
export type CsvRow = Readonly<Record<string, string>>

/**
 * RFC 4180 from bytes, UTF-8, first row is the header. Nothing is guessed: the delimiter is the caller's. Throws CSV_MALFORMED,
 * CSV_TOO_LARGE with the row (1 is the header; a row may be several lines long).
 */
export function readCsv(bytes: Uint8Array, options: { readonly delimiter?: string } = {}): CsvRow[] {
  const reader = new Reader(decode(bytes), options.delimiter ?? ',')
  const names = readHeader(reader)
  const rows: CsvRow[] = []
  for (let cells = reader.next(); cells !== undefined; cells = reader.next()) {
    if (cells.length === 1 && cells[0] === '') continue
    if (cells.length !== names.length) throw reader.malformed(`${cells.length} cells under ${names.length} columns`)
    const row = Object.create(null) as Record<string, string>
    for (const [index, name] of names.entries()) row[name] = cells[index] ?? ''
    rows.push(row)
  }
  return rows
}

function readHeader(reader: Reader): readonly string[] {
  const names = reader.next()?.map((name) => name.trim())
  if (names === undefined) throw reader.malformed('no header')
  if (new Set(names).size !== names.length) throw reader.malformed('two columns of one name')
  return names
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InterlineError('CSV_MALFORMED', { row: 1, found: 'bytes that are not UTF-8' })
  }
}

class Reader {
  readonly #text: string
  readonly #delimiter: string
  #at = 0
  #row = 0

  constructor(text: string, delimiter: string) {
    this.#text = text
    this.#delimiter = delimiter
  }

  /** The cells of the next row; undefined at the end. A line break at the very end starts no row. */
  next(): string[] | undefined {
    this.#row++
    if (this.#at >= this.#text.length) return undefined
    const start = this.#at
    const cells: string[] = []
    for (;;) {
      cells.push(this.#text[this.#at] === '"' ? this.#quoted() : this.#plain())
      if (cells.length > limits.csvColumns) throw this.#tooLarge('columns', limits.csvColumns)
      if (this.#at - start > limits.csvRowBytes) throw this.#tooLarge('characters in a row', limits.csvRowBytes)
      if (this.#text[this.#at] !== this.#delimiter) break
      this.#at++
    }
    this.#endRow()
    return cells
  }

  malformed(found: string): InterlineError {
    return new InterlineError('CSV_MALFORMED', { row: this.#row, found })
  }

  #plain(): string {
    const from = this.#at
    let at = from
    for (
      let one = this.#text[at];
      one !== undefined && one !== this.#delimiter && !isBreak(one);
      one = this.#text[++at]
    );
    this.#at = at
    return this.#bounded(this.#text.slice(from, at))
  }

  #quoted(): string {
    const from = this.#at + 1
    for (let at = from; ; at += 2) {
      at = this.#text.indexOf('"', at)
      if (at < 0) throw this.malformed('a quote that does not close')
      if (this.#text[at + 1] === '"') continue
      this.#at = at + 1
      return this.#bounded(this.#text.slice(from, at).replaceAll('""', '"'))
    }
  }

  #bounded(cell: string): string {
    if (cell.length > limits.csvCellBytes) throw this.#tooLarge('characters in a cell', limits.csvCellBytes)
    return cell
  }

  #endRow(): void {
    const end = this.#text[this.#at]
    if (end !== undefined && !isBreak(end)) throw this.malformed('text after a closing quote')
    if (end === '\r') this.#at++
    if (this.#text[this.#at] === '\n') this.#at++
  }

  #tooLarge(what: string, most: number): InterlineError {
    return new InterlineError('CSV_TOO_LARGE', { what, most })
  }
}

function isBreak(character: string): boolean {
  return character === '\n' || character === '\r'
}
