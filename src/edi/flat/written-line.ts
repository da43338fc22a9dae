import { InterlineError } from '../../base/errors.ts'
import { type Encoding, encodeText } from './encoding.ts'
import { isNumber } from './record.ts'
import type { CsvForm, FixedForm, FlatField, RecordType } from './schema.ts'

/** One row, quoted where it has to be. */
export function csvLine(cells: readonly string[], form: CsvForm, comment: string): string {
  const line = cells.map((cell) => quoted(cell, form)).join(form.delimiter)
  // A row that would be read as nothing, or as a comment.
  const isLost = line.trim() === '' || (comment !== '' && line.startsWith(comment))
  if (!isLost || form.quote === '') return line
  return [inQuotes(cells[0] ?? '', form), ...cells.slice(1).map((cell) => quoted(cell, form))].join(form.delimiter)
}

function quoted(cell: string, form: CsvForm): string {
  const { delimiter, quote, escape, quoting } = form
  if (quote === '') {
    const isPlain = !cell.includes(delimiter) && !/[\r\n]/.test(cell)
    if (isPlain && (escape === '' || !cell.includes(escape))) return cell
    if (escape === '' || /[\r\n]/.test(cell))
      throw unwritable('a value holds the delimiter or a line end, and nothing is quoted')
    return cell.replaceAll(escape, escape + escape).replaceAll(delimiter, escape + delimiter)
  }
  const isNeeded = cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell) || cell.includes(escape)
  return isNeeded || quoting === 'always' ? inQuotes(cell, form) : cell
}

function inQuotes(cell: string, { quote, escape }: CsvForm): string {
  if (escape === '') {
    if (cell.includes(quote)) throw unwritable('a value holds a quote, and nothing escapes it')
    return `${quote}${cell}${quote}`
  }
  const whole = escape === quote ? cell : cell.replaceAll(escape, escape + escape)
  return `${quote}${whole.replaceAll(quote, escape + quote)}${quote}`
}

/** One line, every value at its position. */
export function fixedLine(
  { fields, tag }: RecordType,
  cells: readonly string[],
  { unit, lineLength }: FixedForm,
  encoding: Encoding,
): string {
  const sizeOf = (text: string): number =>
    unit === 'bytes' ? encodeText(text, encoding, false).length : Array.from(text).length
  const placed = fields.flatMap((field, index) =>
    field.value === undefined && field.at >= 0
      ? [{ at: field.at, text: padded(cells[index] ?? '', field, sizeOf) }]
      : [],
  )
  if (tag !== undefined && !fields.some(({ at, value }) => at === tag.at && value === undefined))
    placed.push({ at: tag.at, text: tag.is.padEnd(tag.length) })
  let line = ''
  let size = 0
  for (const { at, text } of placed.toSorted((one, other) => one.at - other.at)) {
    line += ' '.repeat(Math.max(0, at - size)) + text
    size = Math.max(size, at) + sizeOf(text)
  }
  return line + ' '.repeat(Math.max(0, (lineLength ?? size) - size))
}

function padded(cell: string, field: FlatField, sizeOf: (text: string) => number): string {
  const { length, pad, align, name, type } = field
  const missing = length - sizeOf(cell)
  if (missing < 0) throw unwritable(`${name} has room for ${length}, and its value is longer`)
  // Zeros in front of nothing would be a number.
  if (cell === '') return ' '.repeat(length)
  if (align === 'left') return cell + pad.repeat(missing)
  const isSigned = pad === '0' && isNumber(type) && cell.startsWith('-')
  return isSigned ? `-${pad.repeat(missing)}${cell.slice(1)}` : pad.repeat(missing) + cell
}

function unwritable(problem: string): InterlineError {
  return new InterlineError('FILE_UNWRITABLE', { problem })
}
