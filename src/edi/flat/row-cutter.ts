import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Window } from '../read/window.ts'
import type { FlatDocument, FlatSummary } from './document.ts'
import type { FlatListener } from './document-reader.ts'
import type { Fault } from './fault.ts'
import { FlatReader } from './flat-reader.ts'
import type { FlatSchema } from './schema.ts'

/** Some documents of a flat file, as a file that can be read by itself: what stands before the first row, then rows to the byte. */
export interface CutRows {
  readonly bytes: Uint8Array
  /** What to add to a line or a byte of this part to have that of the file. */
  readonly lineShift: number
  readonly byteShift: number
}

/** How a file is cut, and who else listens to it. */
export interface RowCutOptions {
  readonly schema: FlatSchema
  /** A part ends after the document with which it reaches this size. */
  readonly bytesWanted: number
  readonly emit: (part: CutRows) => void
  readonly listener?: FlatListener
}

/**
 * Cuts a file of one kind of row while it passes: every row is in exactly one part, and means there what it means in the file. Documents
 * of several rows are parted only where both are whole: a row that cannot be read makes its neighbours doubtful, and stays with them.
 */
export class RowCutter {
  readonly #options: RowCutOptions
  readonly #window = new Window()
  readonly #reader: FlatReader
  readonly #isGrouped: boolean
  /** What is repeated in every part, and the line behind it. */
  #head: { readonly bytes: Uint8Array; readonly line: number } | undefined
  #from = 0
  #line = 1
  #last: FlatDocument | undefined

  constructor(options: RowCutOptions) {
    this.#options = options
    this.#isGrouped = options.schema.group.length > 0
    const { listener = {} } = options
    this.#reader = new FlatReader(options.schema, {
      record: (record) => {
        this.#begin(record)
        listener.record?.(record)
      },
      fault: (fault) => {
        if (isOfRow(fault)) this.#begin(fault)
        listener.fault?.(fault)
      },
      document: (document) => {
        this.#document(document)
        listener.document?.(document)
      },
    })
  }

  feed(piece: Uint8Array): void {
    this.#window.append(piece)
    this.#reader.feed(piece)
    this.#window.dropTo(Math.min(this.#from - this.#window.base, this.#window.length))
    // A part is a message.
    if (this.#window.length > limits.rawBodyBytes / 2) throw tooLong()
  }

  end(): FlatSummary {
    const summary = this.#reader.end()
    const { base, length } = this.#window
    if (this.#head !== undefined && base + length > this.#from) this.#cut(base + length, 0)
    return summary
  }

  #begin({ start, row }: { readonly start: number; readonly row: number }): void {
    if (this.#head !== undefined) return
    this.#head = { bytes: this.#window.bytes.slice(0, start), line: row }
    this.#from = start
    this.#line = row
  }

  #document(document: FlatDocument): void {
    const last = this.#last
    this.#last = document
    if (last === undefined || document.start - this.#from < this.#options.bytesWanted) return
    if (this.#isGrouped && (last.faults > 0 || document.faults > 0)) return
    this.#cut(document.start, document.row)
  }

  #cut(to: number, line: number): void {
    const { bytes, base } = this.#window
    const head = this.#head
    if (head === undefined) return
    const part = new Uint8Array(head.bytes.length + to - this.#from)
    part.set(head.bytes)
    part.set(bytes.subarray(this.#from - base, to - base), head.bytes.length)
    this.#options.emit({
      bytes: part,
      lineShift: this.#line - head.line,
      byteShift: this.#from - head.bytes.length,
    })
    this.#from = to
    this.#line = line
  }
}

function tooLong(): InterlineError {
  const expected = `a row that can be read, or the end of a document, within ${limits.rawBodyBytes / 2} bytes`
  return new InterlineError('CONTENT_INVALID', { place: 'the file', expected, found: 'none' })
}

/** A row that could not be read at all is a row all the same. What is wrong in a record comes before it, and a header is none. */
function isOfRow({ code, record }: Fault): boolean {
  return record === undefined && !code.startsWith('header.') && !code.startsWith('file.')
}
