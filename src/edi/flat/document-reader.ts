import { shortHash } from '../../base/sha256.ts'
import type { SegmentNode } from '../tree/tree.ts'
import type { FlatDocument, FlatSummary } from './document.ts'
import { DocumentBuilder, segmentOf } from './document-builder.ts'
import type { Fault } from './fault.ts'
import { type FaultCode, faultCodes } from './fault-codes.ts'
import type { FlatRecord } from './record.ts'
import type { RecordSink } from './record-reader.ts'
import type { FlatSchema } from './schema.ts'
import { Totals } from './totals.ts'

/** Who listens to a file. What nobody listens to is not made. */
export interface FlatListener {
  record?(record: FlatRecord): void
  fault?(fault: Fault): void
  document?(document: FlatDocument): void
}

/** A document that is longer is a fault, and is not kept: one of them has to fit into memory. */
export const documentRowsMost = 100_000
/** Keys of documents that are remembered, to see that one is scattered; in longer files those behind are not looked for. */
const keysMost = 100_000

/** A record that others may stand below, while they do. */
interface OpenRecord {
  readonly type: number
  readonly totals: Totals
}

/** Records to documents: order, occurrences and totals of a hierarchy, or consecutive rows with one key. */
export class DocumentReader implements RecordSink {
  readonly #schema: FlatSchema
  readonly #listener: FlatListener
  readonly #file: Totals
  readonly #path: OpenRecord[] = []
  readonly #context: SegmentNode[] = []
  readonly #keys = new Set<string>()
  #building: DocumentBuilder | undefined
  #key: string | undefined
  /** Values of the first row of the document that is read. */
  #said: readonly string[] = []
  #lastRow: Pick<FlatRecord, 'row' | 'end'> = { row: 1, end: 0 }
  /** Faults of rows that belong to nobody yet: they make the next document doubtful too. */
  #loose = 0
  #summary = { rows: 0, documents: 0, faultyDocuments: 0, faults: 0, fileFaults: 0 }

  constructor(schema: FlatSchema, listener: FlatListener) {
    this.#schema = schema
    this.#listener = listener
    this.#file = new Totals(schema)
  }

  get summary(): FlatSummary {
    return this.#summary
  }

  record(record: FlatRecord): void {
    this.#summary.rows++
    this.#lastRow = record
    this.#listener.record?.(record)
    if (this.#schema.records.length === 1) {
      this.#file.add(record)
      this.#grouped(record)
      return
    }
    if (!this.#place(record)) return
    const { document, records } = this.#schema
    if (document === record.type) this.#begin(record, this.#context)
    else if (this.#isWithin(record)) this.#add(record)
    else if (document === undefined && records[record.type]?.tag === undefined) this.#grouped(record)
    else this.#outside(record)
    this.#checkTotals(record)
    if (records.some(({ parent }) => parent === record.type))
      this.#path.push({ type: record.type, totals: new Totals(this.#schema) })
  }

  fault(fault: Fault): void {
    this.#summary.faults++
    const { reach } = faultCodes[fault.code]
    if (reach === 'file') this.#summary.fileFaults++
    // A row that could not be read at all is no record: it may have belonged to the document before it or behind it.
    if (fault.record === undefined && reach === 'row') {
      if (this.#building !== undefined) this.#building.faults++
      if (this.#schema.group.length > 0 || this.#schema.document !== undefined || this.#isWhole) this.#loose++
    }
    this.#listener.fault?.(fault)
  }

  end(isHeaderMissing: boolean): void {
    while (this.#path.length > 0) this.#close()
    this.#finish()
    const { rows, faults } = this.#summary
    if (isHeaderMissing) this.#tell('header.missing')
    else if (rows === 0 && faults === 0) this.#tell('file.empty')
    else if (rows > 0) this.#checkOccurrences(undefined, this.#file)
  }

  /** One document for the whole file. */
  get #isWhole(): boolean {
    return this.#schema.document === undefined && this.#schema.records.some(({ parent }) => parent !== undefined)
  }

  /** Closes what the record does not belong to. False where it must not stand. */
  #place(record: FlatRecord): boolean {
    const parent = this.#schema.records[record.type]?.parent
    const depth = parent === undefined ? -1 : this.#path.findLastIndex(({ type }) => type === parent)
    if (parent !== undefined && depth < 0) {
      const name = this.#schema.records[parent]?.name ?? ''
      this.#tell('record.misplaced', { record, expected: `${name} before it` })
      return false
    }
    while (this.#path.length > depth + 1) this.#close()
    for (const { totals } of this.#path) totals.add(record)
    this.#file.add(record)
    return true
  }

  #isWithin({ type }: FlatRecord): boolean {
    if (this.#isWhole) return true
    const { document } = this.#schema
    return document !== undefined && this.#path.some((one) => one.type === document) && type !== document
  }

  #close(): void {
    const closed = this.#path.pop()
    if (closed === undefined) return
    this.#checkOccurrences(closed.type, closed.totals)
    if (closed.type === this.#schema.document) this.#finish()
  }

  /** Totals and occurrences count everything below, and kinds of record have one place: what is counted is what stands there. */
  #checkOccurrences(parent: number | undefined, totals: Totals): void {
    for (const [type, { name, min, max, parent: own }] of this.#schema.records.entries()) {
      if (own !== parent) continue
      const found = totals.count(type)
      if (found < min) this.#tell('record.missing', { expected: `${min} ${name}`, found: `${found}` })
      if (found > max) this.#tell('record.too_many', { expected: `at most ${max} ${name}`, found: `${found}` })
    }
  }

  #checkTotals(record: FlatRecord): void {
    const totals = this.#path.at(-1)?.totals ?? this.#file
    for (const { code, field, expected, found } of totals.compare(record, this.#schema))
      this.#tell(code, { record, field: field.name, expected, found })
  }

  #grouped(record: FlatRecord): void {
    const { group } = this.#schema
    if (group.length === 0) {
      this.#begin(record, this.#context)
      this.#finish()
      return
    }
    const values = group.map((field) => record.values[field] ?? '')
    const key = values.join('\0')
    // Whose row it is cannot be read.
    const isLost = record.faults > 0 && values.includes('')
    if (isLost && this.#building !== undefined) this.#building.faults++
    if (key !== this.#key || this.#building === undefined) {
      this.#begin(record, this.#context)
      this.#key = key
      const hash = shortHash(key)
      if (this.#keys.has(hash)) this.#tell('document.scattered', { record })
      else if (this.#keys.size < keysMost) this.#keys.add(hash)
      this.#said = record.values
    } else {
      this.#contradictions(record)
      this.#add(record)
    }
    if (isLost) this.#loose++
  }

  /** A document says it once, and its first row is believed: what another row says instead would be lost without a word. */
  #contradictions(record: FlatRecord): void {
    for (const index of this.#schema.once) {
      const found = record.values[index] ?? ''
      const expected = this.#said[index] ?? ''
      if (found === '' || found === expected) continue
      const field = this.#schema.records[record.type]?.fields[index]?.name ?? ''
      this.#tell('document.contradicts', { record, field, expected: expected === '' ? 'nothing' : expected, found })
    }
  }

  #begin(record: FlatRecord, context: readonly SegmentNode[]): void {
    this.#finish()
    const isKept = this.#listener.document !== undefined
    this.#building = new DocumentBuilder(this.#schema, record, { context, faults: this.#loose, isKept })
    this.#loose = 0
    this.#building.add(record)
  }

  #add(record: FlatRecord): void {
    if (this.#building === undefined) this.#begin(record, [])
    else {
      this.#building.add(record)
      // A document is held in memory: one without end is none.
      if (this.#building.rows === documentRowsMost + 1) this.#tell('document.too_long', { record })
      if (this.#building.rows > documentRowsMost) this.#building.forget()
    }
  }

  /** What the file says of all its documents. */
  #outside(record: FlatRecord): void {
    if (this.#building !== undefined) this.#finish()
    if (this.#context.length < 100) this.#context.push(segmentOf(this.#schema, record))
  }

  #finish(): void {
    const done = this.#building
    this.#building = undefined
    if (done === undefined) return
    this.#summary.documents++
    if (done.faults > 0) this.#summary.faultyDocuments++
    this.#listener.document?.(done.build())
  }

  #tell(code: FaultCode, about: { record?: FlatRecord; field?: string; expected?: string; found?: string } = {}): void {
    const { record, ...others } = about
    const { row, start, end } = record ?? { row: this.#lastRow.row, start: this.#lastRow.end, end: this.#lastRow.end }
    const name = record === undefined ? undefined : this.#schema.records[record.type]?.name
    const { reach } = faultCodes[code]
    this.#summary.faults++
    if (reach === 'file' || (reach === 'document' && this.#building === undefined)) this.#summary.fileFaults++
    else if (this.#building !== undefined) this.#building.faults++
    this.#listener.fault?.({ code, row, start, end, ...others, ...(name === undefined ? {} : { record: name }) })
  }
}
