import { InterlineError } from './errors.ts'
import { limits } from './limits.ts'

/** One row by column name. Values are text exactly as written: `00012` and `1E5` stay themselves. */
export type CsvRow = Readonly<Record<string, string>>

/**
 * RFC 4180 from bytes, UTF-8, first row is the header. Nothing is guessed: the delimiter is the caller's. Throws CSV_MALFORMED,
 * CSV_TOO_LARGE with the row (1 is the header).
 */
export function readCsv(bytes: Uint8Array, options: { readonly delimiter?: string } = {}): CsvRow[] {
  const rows = cells(decode(bytes), options.delimiter ?? ',')
  const first = rows.next()
  const header: readonly string[] | undefined = first.done === true ? undefined : first.value
  if (header === undefined) throw new InterlineError('CSV_MALFORMED', { row: 1, found: 'no header' })
  if (header.length > limits.csvColumns)
    throw new InterlineError('CSV_TOO_LARGE', { what: 'columns', most: limits.csvColumns })
  const names = header.map((name) => name.trim())
  if (new Set(names).size !== names.length)
    throw new InterlineError('CSV_MALFORMED', { row: 1, found: 'two columns of one name' })
  const result: CsvRow[] = []
  let number = 1
  for (const row of rows) {
    number++
    if (row.length === 1 && row[0] === '') continue
    if (row.length !== names.length)
      throw new InterlineError('CSV_MALFORMED', {
        row: number,
        found: `${row.length} cells under ${names.length} columns`,
      })
    const made = Object.create(null) as Record<string, string>
    names.forEach((name, index) => {
      made[name] = row[index] ?? ''
    })
    result.push(made)
  }
  return result
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InterlineError('CSV_MALFORMED', { row: 1, found: 'bytes that are not UTF-8' })
  }
}

function* cells(text: string, delimiter: string): Generator<string[]> {
  let row: string[] = []
  let at = 0
  let rowStart = 0
  while (at < text.length) {
    const quoted = text[at] === '"'
    const end = quoted ? closing(text, at) : plainEnd(text, at, delimiter)
    row.push(quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end))
    at = end
    if (at - rowStart > limits.csvRowBytes)
      throw new InterlineError('CSV_TOO_LARGE', { what: 'characters in a row', most: limits.csvRowBytes })
    if (text[at] === delimiter) {
      at++
      if (at < text.length) continue
      row.push('')
    } else if (text[at] !== undefined && text[at] !== '\n' && text[at] !== '\r') {
      throw new InterlineError('CSV_MALFORMED', { row: 0, found: 'text after a closing quote' })
    }
    yield row
    row = []
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    rowStart = at
  }
  if (row.length > 0) yield row
}

function plainEnd(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

function closing(text: string, from: number): number {
  let at = from + 1
  for (;;) {
    const next = text.indexOf('"', at)
    if (next < 0) throw new InterlineError('CSV_MALFORMED', { row: 0, found: 'a quote that does not close' })
    if (text[next + 1] !== '"') return next + 1
    at = next + 2
  }
}
