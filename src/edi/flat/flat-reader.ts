import { CsvRows } from './csv-rows.ts'
import type { FlatSummary } from './document.ts'
import { DocumentReader, type FlatListener } from './document-reader.ts'
import { Decoder } from './encoding.ts'
import { FixedRows } from './fixed-rows.ts'
import { RecordReader } from './record-reader.ts'
import type { Rows } from './row.ts'
import type { FlatSchema } from './schema.ts'

const none = new Uint8Array(0)

/**
 * Reads a flat file of any size in pieces: bytes, rows, records, documents, with every fault told once and in order. Holds one row and
 * one document at a time.
 */
export class FlatReader {
  readonly #decoder: Decoder
  readonly #rows: Rows
  readonly #records: RecordReader
  readonly #documents: DocumentReader

  constructor(schema: FlatSchema, listener: FlatListener) {
    this.#decoder = new Decoder(schema.encoding)
    const sizeOf = this.#decoder.size.bind(this.#decoder)
    this.#documents = new DocumentReader(schema, listener)
    this.#records = new RecordReader(schema, this.#documents, sizeOf)
    const { form, comment, skipLines } = schema
    const options = { sink: this.#records, sizeOf, begin: () => this.#decoder.markBytes, comment, skipLines }
    this.#rows = form.kind === 'csv' ? new CsvRows(form, options) : new FixedRows(form, options)
  }

  feed(bytes: Uint8Array): void {
    const text = this.#decoder.push(bytes)
    if (text !== '') this.#rows.push(text, false)
  }

  end(): FlatSummary {
    this.#rows.push(this.#decoder.push(none, true), true)
    this.#records.end()
    this.#documents.end(this.#records.needsHeader)
    return this.#documents.summary
  }
}

/** A file that is in memory already. */
export function readFlatFile(bytes: Uint8Array, schema: FlatSchema, listener: FlatListener): FlatSummary {
  const reader = new FlatReader(schema, listener)
  reader.feed(bytes)
  return reader.end()
}
