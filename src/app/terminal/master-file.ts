import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CsvRows } from '../../edi/flat/csv-rows.ts'
import { rowOfCells } from '../../registry/master-cells.ts'
import type { MasterKindName } from '../../registry/master-kinds.ts'

/** A row of a file, and where it begins. */
export interface FileRow {
  readonly line: number
  readonly row: unknown
}

/** A JSON array is read whole; larger ones are written as lines. */
const jsonBytesMax = 64 * 1024 * 1024

/** Rows of a file of master data, piece by piece. Throws USAGE_INVALID for a file that has no rows to read. */
export async function* masterRows(kind: MasterKindName, path: string): AsyncGenerator<FileRow> {
  const extension = extname(path).toLowerCase()
  if (extension === '.csv') yield* csvRows(kind, path)
  else if (extension === '.jsonl' || extension === '.ndjson') yield* jsonLines(path)
  else if (extension === '.json') yield* jsonRows(path)
  else throw new InterlineError('USAGE_INVALID', { problem: 'The file must be .csv, .json or .jsonl.' })
}

async function* csvRows(kind: MasterKindName, path: string): AsyncGenerator<FileRow> {
  let header: readonly string[] | undefined
  let found: FileRow[] = []
  const sink = {
    row: ({ cells, line }: { readonly cells: readonly string[]; readonly line: number }): void => {
      if (header === undefined) header = cells.map((cell) => cell.replace(/^\uFEFF/, '').trim())
      else if (cells.length > header.length) broken(line, 'has more cells than the header')
      else found.push({ line, row: rowOfCells(kind, header, cells) })
    },
    broken: ({ code, line }: { readonly code: string; readonly line: number }): void => broken(line, code),
  }
  const form = { kind: 'csv', delimiter: ',', quote: '"', escape: '"', hasHeader: true, quoting: 'needed' } as const
  const options = { sink, sizeOf: (_: string, from: number, to: number) => to - from, begin: () => 0 }
  const rows = new CsvRows(form, { ...options, comment: '', skipLines: 0 })
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    rows.push(String(chunk), false)
    yield* found
    found = []
  }
  rows.push('', true)
  yield* found
}

async function* jsonLines(path: string): AsyncGenerator<FileRow> {
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (text.length > limits.csvRowBytes) broken(line, 'is too long')
    if (text.trim() !== '') yield { line, row: parsed(text, line) }
  }
}

async function* jsonRows(path: string): AsyncGenerator<FileRow> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > jsonBytesMax)
      throw new InterlineError('USAGE_INVALID', { problem: 'The file is too large for one JSON array; write .jsonl.' })
    chunks.push(chunk)
  }
  const rows = parsed(Buffer.concat(chunks).toString('utf8'), 1)
  if (!Array.isArray(rows)) throw new InterlineError('USAGE_INVALID', { problem: 'The file is no JSON array of rows.' })
  for (const [index, row] of rows.entries()) yield { line: index + 1, row: row as unknown }
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return broken(line, 'is no JSON')
  }
}

/** Everything before it is imported, and importing it again changes nothing. */
function broken(line: number, problem: string): never {
  throw new InterlineError('USAGE_INVALID', { problem: `Line ${line} ${problem}.` })
}
