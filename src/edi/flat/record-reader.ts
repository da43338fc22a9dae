import { doubtOf, madeVisible } from '../../base/doubtful-text.ts'
import { hasUnstorableCharacter } from '../../base/json.ts'
import { type Fault, foundMost } from './fault.ts'
import type { FaultCode } from './fault-codes.ts'
import { textType } from './field-type.ts'
import { type HeaderProblem, placesByHeader, placesByNumber } from './header.ts'
import { cellSpan, fixedSpan, type Span, widthOf } from './place.ts'
import { type FlatRecord, unpadded } from './record.ts'
import type { Row, RowSink, SizeOf } from './row.ts'
import type { FlatField, FlatSchema, RecordType } from './schema.ts'
import { isTotalsRow } from './totals-row.ts'

/** Who takes records and faults, in the order of the file. */
export interface RecordSink {
  record(record: FlatRecord): void
  fault(fault: Fault): void
}

/** Rows to records: which kind it is, and each value checked and converted by its field. */
export class RecordReader implements RowSink {
  readonly #schema: FlatSchema
  readonly #sink: RecordSink
  readonly #sizeOf: SizeOf
  readonly #others: number
  /** Cells of a row of each kind, and which of them a field is. */
  #places: readonly (readonly number[])[]
  #columns = 0
  #needsHeader: boolean
  #isUnreadable = false
  #faults = 0
  /** A row that looks like the totals below a table, until it is known whether it is the last one. */
  #held: Row | undefined

  constructor(schema: FlatSchema, sink: RecordSink, sizeOf: SizeOf) {
    this.#schema = schema
    this.#sink = sink
    this.#sizeOf = sizeOf
    this.#others = schema.records.findIndex(({ tag }) => tag === undefined)
    this.#needsHeader = schema.form.kind === 'csv' && schema.form.hasHeader
    this.#places = schema.records.map(placesByNumber)
    const plain = schema.records[this.#others]
    this.#columns = plain === undefined ? 0 : Math.max(0, ...plain.fields.map(({ at }) => at + 1))
  }

  get needsHeader(): boolean {
    return this.#needsHeader
  }

  row(row: Row): void {
    if (row.cells.every(isBlank) || this.#isSeparatorLine(row)) return
    this.#readHeld()
    if (this.#needsHeader) this.#header(row)
    else if (this.#isUnreadable) return
    else if (this.#isPlainTable && isTotalsRow(row.cells)) this.#held = { ...row, cells: [...row.cells] }
    else this.#read(row)
  }

  /** Totals below a table are passed over; where they may as well be an item, nobody can tell. */
  end(): void {
    const row = this.#held
    this.#held = undefined
    const [record] = this.#schema.records
    if (row !== undefined && record !== undefined && this.#isComplete(row, record))
      this.#rowFault(row, record, 'row.totals')
  }

  #readHeld(): void {
    const row = this.#held
    this.#held = undefined
    if (row !== undefined) this.#read(row)
  }

  /** One kind of row below a header. */
  get #isPlainTable(): boolean {
    const { form, records } = this.#schema
    return form.kind === 'csv' && form.hasHeader && records.length === 1 && this.#others === 0
  }

  #isComplete({ cells }: Row, { fields }: RecordType): boolean {
    if (!this.#schema.isRagged && cells.length !== this.#columns) return false
    return fields.every(
      ({ isRequired, value }, index) =>
        !isRequired || value !== undefined || !isBlank(cells[this.#places[0]?.[index] ?? -1] ?? ''),
    )
  }

  /** `sep=;` in front of everything tells a spreadsheet the delimiter; another than the declared one is read as what it is not. */
  #isSeparatorLine({ line, text }: Row): boolean {
    const { form, skipLines } = this.#schema
    if (form.kind !== 'csv' || line !== skipLines + 1) return false
    return [`sep=${form.delimiter}`, `"sep=${form.delimiter}"`].includes(text.toLowerCase())
  }

  broken({ code, line, start, end, text }: Parameters<RowSink['broken']>[0]): void {
    this.#readHeld()
    this.#sink.fault({ code, row: line, start, end, found: text.slice(0, foundMost) })
  }

  #header(row: Row): void {
    this.#needsHeader = false
    const record = this.#schema.records[this.#others]
    if (record === undefined) return
    this.#columns = row.cells.length
    const { places, problems } = placesByHeader(record, row.cells)
    this.#places = this.#places.map((one, index) => (index === this.#others ? places : one))
    for (const problem of problems) this.#headerFault(row, problem)
    this.#isUnreadable = problems.length > 0
  }

  #headerFault({ line, start, end, text }: Row, { code, ...names }: HeaderProblem): void {
    this.#sink.fault({ code, row: line, start, end, ...names, found: text.slice(0, foundMost) })
  }

  #read(row: Row): void {
    const type = this.#typeOf(row)
    const record = this.#schema.records[type]
    if (record === undefined) {
      this.broken({ ...row, code: 'record.unknown' })
      return
    }
    this.#faults = 0
    if (row.text.includes('\ufffd')) this.#rowFault(row, record, 'bytes.invalid')
    if (hasUnstorableCharacter(row.text)) this.#rowFault(row, record, 'field.unstorable')
    // What stands in a row whose cells are shifted is nobody's.
    const values = this.#hasWidth(row, record)
      ? record.fields.map((field, index) => this.#value(row, record, field, this.#places[type]?.[index] ?? -1))
      : record.fields.map(() => '')
    for (const [index, { time }] of record.fields.entries())
      if (time !== undefined && values[index] !== '' && values[time] !== '') values[index] += `T${values[time]}`
    const { line, start, end } = row
    this.#sink.record({ type, row: line, start, end, values, faults: this.#faults })
  }

  #typeOf(row: Row): number {
    const { records, form } = this.#schema
    if (records.length === 1 && this.#others === 0) return 0
    const tagged = records.findIndex(({ tag }) => {
      if (tag === undefined) return false
      const found = form.kind === 'csv' ? row.cells[tag.at] : row.text.slice(tag.at, tag.at + tag.length)
      return found?.trim() === tag.is
    })
    return tagged >= 0 ? tagged : this.#others
  }

  #hasWidth(row: Row, record: RecordType): boolean {
    const { form, isRagged } = this.#schema
    if (form.kind === 'csv') {
      const found = row.cells.length
      if (isRagged || (record.tag === undefined ? found === this.#columns : isWithin(record, row))) return true
      this.#rowFault(row, record, 'row.cells', `${this.#columns || 'fewer'} cells`, `${found}`)
      return false
    }
    const least = Math.max(0, ...record.fields.map(({ at, length }) => at + length))
    const wanted = form.lineLength ?? least
    const found = widthOf(row, form.unit)
    const isRight = form.lineLength === undefined ? found >= least : found === wanted
    if (isRight || (isRagged && found < wanted)) return true
    this.#rowFault(row, record, 'row.width', `${wanted} ${form.unit}`, `${found}`)
    return false
  }

  #value(row: Row, record: RecordType, field: FlatField, at: number): string {
    const { type, constant, value, longest, shortest, isRequired } = field
    if (value !== undefined) return value
    if (at < 0) return ''
    const raw = this.#raw(row, field, at)
    const found = unpadded(raw, field, this.#schema.trim)
    if (found === '') {
      if (isRequired || constant !== undefined) this.#fieldFault(row, record, field, { at, code: 'field.missing' })
      return ''
    }
    if (constant !== undefined && found !== constant) {
      this.#fieldFault(row, record, field, { at, code: 'field.constant_wrong', expected: constant, found })
      return ''
    }
    if (found.length > longest)
      this.#fieldFault(row, record, field, {
        at,
        code: 'field.too_long',
        expected: `at most ${longest} characters`,
        found,
      })
    if (found.length < shortest)
      this.#fieldFault(row, record, field, {
        at,
        code: 'field.too_short',
        expected: `at least ${shortest} characters`,
        found,
      })
    const doubt = type === textType ? doubtOf(found) : undefined
    if (doubt !== undefined) {
      this.#fieldFault(row, record, field, { at, code: `field.${doubt}`, found: madeVisible(found) })
      return ''
    }
    const read = type.read(found)
    if (read === undefined)
      this.#fieldFault(row, record, field, { at, code: type.fault, expected: type.expected, found })
    return read ?? ''
  }

  #raw(row: Row, field: FlatField, at: number): string {
    const { form } = this.#schema
    if (form.kind === 'csv') return row.cells[at] ?? ''
    const { from, to } = this.#fixed(row, field, form.unit)
    return row.text.slice(from, to)
  }

  #fixed(row: Row, field: FlatField, unit: 'characters' | 'bytes'): Span {
    return fixedSpan(row, field, { unit, sizeOf: this.#sizeOf })
  }

  #rowFault(row: Row, { name }: RecordType, code: FaultCode, expected?: string, found?: string): void {
    this.#faults++
    const { line, start, end, text } = row
    this.#sink.fault({
      code,
      row: line,
      record: name,
      start,
      end,
      ...(expected === undefined ? {} : { expected }),
      found: found ?? text.slice(0, foundMost),
    })
  }

  #fieldFault(
    row: Row,
    { name: record, tag }: RecordType,
    field: FlatField,
    about: { readonly at: number; readonly code: FaultCode; readonly expected?: string; readonly found?: string },
  ): void {
    this.#faults++
    const { form } = this.#schema
    const { at, code, expected, found } = about
    const span = form.kind === 'csv' ? cellSpan(row.text, at, form) : this.#fixed(row, field, form.unit)
    const start = row.start + this.#sizeOf(row.text, 0, span.from)
    const [column] = field.columns
    this.#sink.fault({
      code,
      row: row.line,
      record,
      field: field.name,
      column: tag === undefined && column !== undefined ? column : `${at + 1}`,
      start,
      end: start + this.#sizeOf(row.text, span.from, span.to),
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found: found.slice(0, foundMost) }),
    })
  }
}

/** A row with a tag may have empty cells behind its last field: programs fill it up to the width of the others. */
function isWithin({ fields }: RecordType, { cells }: Row): boolean {
  const last = Math.max(-1, ...fields.map(({ at }) => at))
  return cells.slice(last + 1).every((cell) => cell.trim() === '')
}

/** Programs fill tables up with rows of nothing. */
function isBlank(cell: string): boolean {
  return cell.trim() === ''
}
