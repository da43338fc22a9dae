import { InterlineError } from '../../../base/errors.ts'
import type { FlatDocument } from '../../../edi/flat/document.ts'
import { type Fault, sentenceOf } from '../../../edi/flat/fault.ts'
import { flatMap, readFlatDocument } from '../../../edi/flat/flat-map.ts'
import { RowCutter } from '../../../edi/flat/row-cutter.ts'
import { type FlatSchema, isPlain } from '../../../edi/flat/schema.ts'
import type { JudgedFile, LargeJudge } from '../large.ts'
import { Reading } from '../reading.ts'
import { chooseFile } from './choose.ts'
import { schemaOf } from './declared-file.ts'
import type { DeclaredFile, FileContext, FileKindIn } from './kind.ts'
import { writePlace } from './part-place.ts'
import { type BadRows, faultsTold } from './translate-file.ts'

/** How the files of a connection are read. */
export interface LargeFileAbout {
  readonly kinds: readonly DeclaredFile[]
  readonly badRows: BadRows
  readonly context: FileContext
}

/** A part is small: while one is translated, messages of others wait. */
const partBytesWanted = 4 * 1024
/** What is looked at to know which file it is. */
const lookBytes = 16_384

/** A flat file of any size: every row judged, then cut into parts of some rows each, which are files of the same kind. */
export class LargeFileJudge implements LargeJudge {
  readonly #about: LargeFileAbout
  #head = new Uint8Array()
  #bytes = 0
  #rows: RowJudge | undefined
  /** Nobody knows what it is. */
  #problem: InterlineError | undefined

  constructor(about: LargeFileAbout) {
    this.#about = about
  }

  feed(piece: Uint8Array): void {
    this.#bytes += piece.length
    if (this.#problem !== undefined) return
    if (this.#rows !== undefined) return this.#rows.feed(piece)
    const head = new Uint8Array(this.#head.length + piece.length)
    head.set(this.#head)
    head.set(piece, this.#head.length)
    this.#head = head
    if (head.length >= lookBytes) this.#open()
  }

  end(): JudgedFile {
    if (this.#rows === undefined && this.#problem === undefined) this.#open()
    const documents = [{ identity: undefined, start: 0, end: this.#bytes, receipt: () => [] }]
    if (this.#rows !== undefined) return { documents, ...this.#rows.end() }
    return { documents, ...(this.#problem === undefined ? {} : { problem: this.#problem }), cut: () => nothing }
  }

  #open(): void {
    const { kinds, context, badRows } = this.#about
    try {
      const chosen = chooseFile(this.#head, context.file, kinds)
      this.#rows = new RowJudge({ kind: chosen.kind, schema: schemaOf(chosen) }, { context, badRows })
      this.#rows.feed(this.#head)
      this.#head = new Uint8Array()
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      this.#problem = error
    }
  }
}

const nothing = { feed: () => {}, end: () => {} }

/** Rows of a file of which it is known what it is. */
class RowJudge {
  readonly #kind: FileKindIn
  readonly #schema: FlatSchema
  readonly #about: Omit<LargeFileAbout, 'kinds'>
  readonly #cutter: RowCutter
  readonly #first: string[] = []
  #wrong = 0
  #isScattered = false
  #isWhole = false

  constructor(file: { kind: FileKindIn; schema: FlatSchema }, about: Omit<LargeFileAbout, 'kinds'>) {
    this.#kind = file.kind
    this.#schema = file.schema
    this.#about = about
    const rows = flatMap(file.kind.shape, file.schema)
    this.#cutter = new RowCutter({
      schema: file.schema,
      bytesWanted: partBytesWanted,
      emit: () => {},
      listener: {
        fault: (fault) => this.#fault(fault),
        document: (one) => this.#document(one, new Reading(readFlatDocument(one, rows), `row ${one.row}`)),
      },
    })
  }

  feed(piece: Uint8Array): void {
    if (this.#indivisible() === undefined) this.#cutter.feed(piece)
  }

  end(): Omit<JudgedFile, 'documents'> {
    const indivisible = this.#indivisible()
    // It is judged as the message that it is.
    if (indivisible !== undefined) return { indivisible, cut: () => nothing }
    const { rows, documents, fileFaults, faults: told } = this.#cutter.end()
    const faults = told + this.#wrong
    const { badRows } = this.#about
    const isAll = badRows.endsWith('_file') || fileFaults > 0 || this.#isScattered
    const code = badRows.startsWith('refuse') ? 'FILE_REFUSED' : 'FILE_FAULTY'
    return {
      summary: { rows, documents, faults },
      ...(faults > 0 && isAll ? { problem: new InterlineError(code, { faults, first: this.#first.join('; ') }) } : {}),
      cut: (emit) =>
        new RowCutter({
          schema: this.#schema,
          bytesWanted: partBytesWanted,
          emit: ({ bytes, ...place }) => emit({ document: 0, bytes, isAccepted: true, headers: writePlace(place) }),
        }),
    }
  }

  #indivisible(): string | undefined {
    if (!isPlain(this.#schema)) return 'its records depend on each other'
    return this.#isWhole ? 'a complete snapshot says that what it does not list is not there' : undefined
  }

  #fault(fault: Fault): void {
    // The rest of a document that began far before it may be in another part.
    if (fault.code === 'document.scattered') this.#isScattered = true
    this.#tell(sentenceOf(fault))
  }

  #document({ faults }: FlatDocument, reading: Reading): void {
    this.#isWhole ||= this.#kind.isWhole?.([reading]) === true
    // Where right rows count whatever the others are, each part finds out for itself.
    if (faults > 0 || !this.#about.badRows.endsWith('_file')) return
    try {
      this.#kind.meaning(reading, this.#about.context)
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      this.#wrong++
      this.#tell(error.message)
    }
  }

  #tell(sentence: string): void {
    if (this.#first.length < faultsTold) this.#first.push(sentence)
  }
}
