import { InterlineError } from '../../base/errors.ts'
import { schemaOf } from '../../connectors/kit/file/declared-file.ts'
import type { DeclaredFile, FileKind } from '../../connectors/kit/file/kind.ts'
import type { FlatDocument, FlatSummary } from '../../edi/flat/document.ts'
import type { FlatListener } from '../../edi/flat/document-reader.ts'
import { type Fault, sentenceOf } from '../../edi/flat/fault.ts'
import { faultCodes } from '../../edi/flat/fault-codes.ts'
import { flatMap, readFlatDocument } from '../../edi/flat/flat-map.ts'
import { FlatReader } from '../../edi/flat/flat-reader.ts'
import type { FlatField, FlatSchema } from '../../edi/flat/schema.ts'
import type { EdiValue } from '../../edi/map/read.ts'
import { piecesOf } from '../terminal/named-file.ts'
import { type Branch, type Output, tree } from '../terminal/output.ts'

/** What a person reads at a time. */
const documentsShown = 3
const itemsShown = 3
const faultsShown = 20

/** Reads a file of any size piece by piece; `-` is standard input. */
export async function readFlatStream(file: string, schema: FlatSchema, listener: FlatListener): Promise<FlatSummary> {
  const pieces = piecesOf(file, () => new InterlineError('FILE_MISSING', { path: file }))
  const reader = new FlatReader(schema, listener)
  for await (const piece of pieces) reader.feed(piece)
  return reader.end()
}

/** Says what was read, where each value comes from, what it means, and what is wrong. */
export async function explainFlatFile(
  file: string,
  declared: DeclaredFile<FileKind>,
  output: Output,
): Promise<FlatSummary> {
  const schema = schemaOf(declared)
  const rows = flatMap(declared.kind.shape, schema)
  const documents: Branch[] = []
  const faults: Fault[] = []
  const show = (one: FlatDocument): void => {
    if (documents.length >= documentsShown) return
    const read = readFlatDocument(one, rows)
    output.record({ document: { row: one.row, lastRow: one.lastRow, faults: one.faults, ...read } })
    const doubt = one.faults === 0 ? '' : `, faults: ${one.faults}`
    documents.push({ line: `rows ${one.row} to ${one.lastRow}${doubt}`, below: branchesOf(read) })
  }
  const summary = await readFlatStream(file, schema, {
    document: show,
    fault: (one) => {
      if (faults.length < faultsShown) faults.push(one)
    },
  })
  output.record({ schema: declared.id, kind: declared.kind.id, ...summary, first: faults })
  output.say(
    `${declared.kind.id} by ${declared.id}: ${summary.rows} rows, ${summary.documents} documents, ${summary.faultyDocuments} of them faulty`,
  )
  const branches: Branch[] = [
    { line: formOf(schema), below: [] },
    ...schema.records.map(({ name, fields }) => ({ line: name, below: fields.map(fieldBranch) })),
    { line: `documents: the first ${documents.length} of ${summary.documents}`, below: documents },
    { line: `faults: ${summary.faults}`, below: faults.map(faultBranch) },
  ]
  if (summary.faults > faults.length)
    branches.push({ line: `${summary.faults - faults.length} more: interline file validate shows all`, below: [] })
  output.say(tree(branches))
  return summary
}

function formOf({ form, encoding }: FlatSchema): string {
  if (form.kind === 'fixed') return `fixed positions, counted in ${form.unit}, ${encoding}`
  const delimiter = form.delimiter === '\t' ? 'tab' : form.delimiter
  return `CSV, ${delimiter} between cells, ${form.hasHeader ? 'with' : 'without'} header, ${encoding}`
}

function fieldBranch({ name, columns, at, length, value, isRequired, type }: FlatField): Branch {
  const place =
    value !== undefined
      ? `always ${value}`
      : length > 0
        ? `positions ${at + 1} to ${at + length}`
        : columns.length > 0
          ? `column ${columns.join(' or ')}`
          : `column ${at + 1}`
  const needed = isRequired ? ', needed' : ''
  return { line: `${name}: ${place}${value === undefined ? `, ${type.expected}` : ''}${needed}`, below: [] }
}

function branchesOf(document: Readonly<Record<string, EdiValue>>): Branch[] {
  return Object.entries(document).map(([name, value]) => {
    if (typeof value === 'string') return { line: `${name}: ${value}`, below: [] }
    const items = Array.isArray(value)
      ? (value as readonly Readonly<Record<string, EdiValue>>[])
      : [value as Readonly<Record<string, EdiValue>>]
    const below = items.slice(0, itemsShown).map((one): Branch => ({ line: lineOf(one), below: [] }))
    const rest = items.length > itemsShown ? [{ line: `and ${items.length - itemsShown} more`, below: [] }] : []
    return { line: `${name}: ${items.length}`, below: [...below, ...rest] }
  })
}

function lineOf(item: Readonly<Record<string, EdiValue>>): string {
  return Object.entries(item)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}

function faultBranch(fault: Fault): Branch {
  return { line: sentenceOf(fault), below: [{ line: faultCodes[fault.code].next, below: [] }] }
}
