import type { Row, SizeOf } from './row.ts'
import type { CsvForm } from './schema.ts'

/** Where a value stands in the text of its row. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The place of a cell; walked again only when somebody asks, so that clean rows pay nothing for it. */
export function cellSpan(text: string, index: number, { delimiter, quote, escape }: CsvForm): Span {
  let from = 0
  for (let cell = 0; ; cell++) {
    let at = from
    if (quote !== '' && text.startsWith(quote, at)) at = closing(text, at, quote, escape)
    const next = text.indexOf(delimiter, at)
    const to = next < 0 ? text.length : next
    if (cell === index || next < 0) return { from, to }
    from = next + delimiter.length
  }
}

/** Behind the quote that closes the one at `from`. */
function closing(text: string, from: number, quote: string, escape: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (escape !== quote && escape !== '' && text[at] === escape) at++
    else if (text[at] === quote) {
      if (escape !== quote || text[at + 1] !== quote) return at + 1
      at++
    }
  }
  return text.length
}

/** Positions of a fixed line in its text: counted in bytes where the schema says so and a character has several. */
export function fixedSpan(
  row: Row,
  { at, length }: { readonly at: number; readonly length: number },
  about: { readonly unit: 'characters' | 'bytes'; readonly sizeOf: SizeOf },
): Span {
  const { text } = row
  if (row.end - row.start === text.length || (about.unit === 'characters' && !hasPairs.test(text)))
    return { from: Math.min(at, text.length), to: Math.min(at + length, text.length) }
  const position = (wanted: number): number => {
    let counted = 0
    let index = 0
    while (index < text.length && counted < wanted) {
      const width = (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
      counted += about.unit === 'bytes' ? about.sizeOf(text, index, index + width) : 1
      index += width
    }
    return index
  }
  return { from: position(at), to: position(at + length) }
}

/** The length of a line in the unit of the schema. */
export function widthOf(row: Row, unit: 'characters' | 'bytes'): number {
  if (unit === 'bytes') return row.end - row.start
  return hasPairs.test(row.text) ? Array.from(row.text).length : row.text.length
}

const hasPairs = /[\ud800-\udfff]/
