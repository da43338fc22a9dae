import { InterlineError } from '../../../base/errors.ts'
import type { FlatDocument } from '../../../edi/flat/document.ts'
import { type Fault, sentenceOf } from '../../../edi/flat/fault.ts'
import { flatMap, readFlatDocument } from '../../../edi/flat/flat-map.ts'
import { readFlatFile } from '../../../edi/flat/flat-reader.ts'
import type { FlatSchema } from '../../../edi/flat/schema.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { Document, Translation } from '../connector.ts'
import { Reading } from '../reading.ts'
import { unknownMovements } from '../stock.ts'
import { chooseFile } from './choose.ts'
import { schemaOf } from './declared-file.ts'
import type { DeclaredFile, FileContext, FileKindIn } from './kind.ts'
import { inFile, type PartPlace, readPlace } from './part-place.ts'

/** What becomes of a file with faults: all of it waits, or what is right counts and the rest waits; or either is refused. */
export const badRowPolicies = ['park_file', 'park_rows', 'refuse_file', 'refuse_rows'] as const
/** What becomes of a file in which some rows are wrong. */
export type BadRows = (typeof badRowPolicies)[number]

/** Documents of one message. */
const documentsMost = 100_000
/** Faults that a message names; all are counted. */
export const faultsTold = 5

/** What a file says. Throws InterlineError to park or refuse all of it. */
export function translateFile(
  document: Document,
  about: {
    readonly kinds: readonly DeclaredFile[]
    readonly badRows: BadRows
    readonly settings: Omit<FileContext, 'file'>
  },
): Translation {
  const file = document.headers['interline-file']
  const chosen = chooseFile(document.bytes, file, about.kinds)
  const { kind } = chosen
  const place = readPlace(document.headers)
  const read = readDocuments(document.bytes, { schema: schemaOf(chosen), kind, place })
  const told = understood(read, kind, { ...about.settings, file })
  const { assertions, readings, wrong } = told
  const faults = read.faultCount + wrong.length
  const first = [...read.faults.map(sentenceOf), ...wrong].slice(0, faultsTold).join('; ')
  const isWhole =
    about.badRows.endsWith('_file') ||
    read.isDoubtful ||
    kind.isWhole?.(read.documents.map(({ reading }) => reading)) === true
  if (faults > 0 && (isWhole || assertions.length === 0)) {
    const code = about.badRows.startsWith('refuse') ? 'FILE_REFUSED' : 'FILE_FAULTY'
    throw new InterlineError(code, { faults, first })
  }
  const all = [...assertions, ...(kind.together?.(assertions, readings) ?? [])]
  if (all.length === 0) return { ignored: 'It lists nothing.' }
  const unknownCodes = unknownMovements(all, 'file-movement')
  const code = about.badRows === 'refuse_rows' ? 'FILE_ROWS_REFUSED' : 'FILE_ROWS_PARKED'
  return {
    assertions: all,
    ...(unknownCodes.length === 0 ? {} : { unknownCodes }),
    ...(faults === 0 ? {} : { rest: new InterlineError(code, { faults, first, documents: readings.length }) }),
  }
}

/** Doubtful texts of a file are faults with row and column, unless its schema says that they are meant. */
class FileReading extends Reading {
  protected override get takenAtItsWord(): boolean {
    return true
  }
}

interface ReadFile {
  readonly documents: readonly { readonly reading: Reading; readonly isFaulty: boolean }[]
  readonly faults: readonly Fault[]
  readonly faultCount: number
  /** Header or trailer do not fit: nobody knows what else is wrong. */
  readonly isDoubtful: boolean
}

function readDocuments(
  bytes: Uint8Array,
  { schema, kind, place }: { readonly schema: FlatSchema; readonly kind: FileKindIn; readonly place: PartPlace },
): ReadFile {
  const rows = flatMap(kind.shape, schema)
  const faults: Fault[] = []
  const documents: ReadFile['documents'][number][] = []
  const summary = readFlatFile(bytes, schema, {
    fault: (one) => {
      if (faults.length < faultsTold) faults.push(inFile(one, place))
    },
    document: (one: FlatDocument) => {
      if (documents.length === documentsMost)
        throw new InterlineError('FILE_FAULTY', { faults: 1, first: `It has more than ${documentsMost} documents.` })
      const reading = new FileReading(readFlatDocument(one, rows), `row ${one.row + place.lineShift}`)
      documents.push({ reading, isFaulty: one.faults > 0 })
    },
  })
  return { documents, faults, faultCount: summary.faults, isDoubtful: summary.fileFaults > 0 }
}

/** Each document by itself: one that says something impossible is wrong as one that cannot be read. */
function understood(
  { documents }: ReadFile,
  kind: FileKindIn,
  context: FileContext,
): { assertions: Assertion[]; readings: Reading[]; wrong: string[] } {
  const assertions: Assertion[] = []
  const readings: Reading[] = []
  const wrong: string[] = []
  for (const { reading, isFaulty } of documents) {
    if (isFaulty) continue
    try {
      assertions.push(...kind.meaning(reading, context))
      readings.push(reading)
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      wrong.push(error.message)
    }
  }
  return { assertions, readings, wrong }
}
