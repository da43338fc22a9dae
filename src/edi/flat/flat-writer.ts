import { InterlineError } from '../../base/errors.ts'
import type { LoopNode } from '../tree/tree.ts'
import { encodeText } from './encoding.ts'
import type { FlatField, FlatSchema, RecordType } from './schema.ts'
import { Totals } from './totals.ts'
import { csvLine, fixedLine } from './written-line.ts'
import { type WrittenRecord, writtenRecords } from './written-record.ts'

/**
 * Documents as one file by its schema. Counts and sums are computed, never copied; the same documents are the same bytes. Throws
 * FILE_UNWRITABLE for what the schema cannot say.
 */
export function writeFlatFile(documents: readonly LoopNode[], schema: FlatSchema): Uint8Array {
  const lines = flatText(documents, schema)
  return encodeText(lines, schema.encoding, schema.byteOrderMark)
}

/** The same before it is encoded. */
export function flatText(documents: readonly LoopNode[], schema: FlatSchema): string {
  const writer = new Writer(schema)
  const file = new Totals(schema)
  for (const record of writtenRecords(documents, schema)) writer.record(record, [file])
  const { form, lineEnd } = schema
  const end = form.kind === 'fixed' && !form.hasLineEnds ? '' : lineEnd
  return writer.lines.map((line) => `${line}${end}`).join('')
}

class Writer {
  readonly lines: string[] = []
  readonly #schema: FlatSchema

  constructor(schema: FlatSchema) {
    this.#schema = schema
    const { form, records } = schema
    const plain = records.find(({ tag }) => tag === undefined)
    if (form.kind !== 'csv' || !form.hasHeader || plain === undefined) return
    const names = plain.fields.filter(({ value }) => value === undefined).map(({ columns, name }) => columns[0] ?? name)
    this.lines.push(csvLine(names, form, schema.comment))
  }

  record({ type, values, below }: WrittenRecord, totals: readonly Totals[]): void {
    const record = this.#schema.records[type]
    if (record === undefined) return
    for (const one of totals) one.add({ type, values, row: 0, start: 0, end: 0, faults: 0 })
    this.lines.push(this.#line(record, values, totals.at(-1)))
    const own = new Totals(this.#schema)
    for (const one of below) this.record(one, [...totals, own])
  }

  #line(record: RecordType, values: readonly string[], totals: Totals | undefined): string {
    const cells = record.fields.map((field, index) =>
      this.#cell(record, field, cellValue(record, values, index), totals),
    )
    const { form, encoding, comment } = this.#schema
    if (form.kind === 'fixed') return fixedLine(record, cells, form, encoding)
    if (form.hasHeader && record.tag === undefined)
      return csvLine(
        cells.filter((_, index) => record.fields[index]?.value === undefined),
        form,
        comment,
      )
    const row: string[] = []
    for (const [index, { at, value }] of record.fields.entries()) if (value === undefined) row[at] = cells[index] ?? ''
    if (record.tag !== undefined) row[record.tag.at] = record.tag.is
    return csvLine(
      Array.from(row, (cell: string | undefined) => cell ?? ''),
      form,
      comment,
    )
  }

  #cell({ name }: RecordType, field: FlatField, value: string, totals: Totals | undefined): string {
    const { constant, counts, sums, type, isRequired, longest } = field
    if (constant !== undefined) return constant
    const computed =
      counts !== undefined ? totals?.countOf(counts) : sums !== undefined ? totals?.sumOf(sums) : undefined
    const found = computed ?? value
    if (found === '') {
      if (isRequired && field.value === undefined) throw unwritable(`${name} needs a value for ${field.name}`)
      return ''
    }
    const text = type.write(found)
    if (text.length > longest)
      throw unwritable(`${field.name} of ${name} has ${text.length} characters, and ${longest} fit`)
    return text
  }
}

/** A date without its time where another field has it, and the time of that date. */
function cellValue({ fields }: RecordType, values: readonly string[], index: number): string {
  const value = values[index] ?? ''
  if (fields[index]?.time !== undefined) return value.split('T')[0] ?? ''
  const date = fields.findIndex(({ time }) => time === index)
  return date < 0 || value !== '' ? value : ((values[date] ?? '').split('T')[1] ?? '')
}

function unwritable(problem: string): InterlineError {
  return new InterlineError('FILE_UNWRITABLE', { problem })
}
