import { spawnSync } from 'node:child_process'
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, type Transform } from 'node:stream'
import { schemaOf } from '../src/connectors/kit/file/declared-file.ts'
import { movementFile } from '../src/connectors/kit/file/movements.ts'
import { flatSchema } from '../src/edi/flat/compile.ts'
import type { FlatDocument } from '../src/edi/flat/document.ts'
import { flatMap, readFlatDocument } from '../src/edi/flat/flat-map.ts'
import { FlatReader } from '../src/edi/flat/flat-reader.ts'
import type { FlatSchema } from '../src/edi/flat/schema.ts'
import { nodeOptions } from '../test/spawned-hub.ts'
import { rate } from './rate.ts'

const rowsPerFile = 120_000
const head = 'movement,sku,quantity,uom,effective_at,from_location,to_location,document_kind,document,line'
const piece = 65_536

const movements = schemaOf({ id: 'movements', kind: movementFile })
const fixed = flatSchema('fixed', {
  format: 'fixed',
  fields: {
    movement: { at: 1, length: 12, required: true },
    sku: { at: 13, length: 18, required: true },
    quantity: { at: 31, length: 11, type: 'number', implied: true, decimals: 3, sign: 'overpunch' },
    uom: { at: 42, length: 3 },
    effectiveAt: { at: 45, length: 14, type: 'date', format: 'YYYYMMDDHHmmss' },
    fromLocation: { at: 59, length: 16 },
    toLocation: { at: 75, length: 16 },
    document: { at: 91, length: 12 },
  },
})

/** The same movements as CSV, as CSV with every cell quoted, and fixed. */
function files(): { readonly csv: Uint8Array; readonly quoted: Uint8Array; readonly fixed: Uint8Array } {
  const cells = (at: number): string[] => [
    'pick',
    `SKU-${(at % 4000) + 10_000}`,
    `${(at % 90) + 1}`,
    'EA',
    '2026-04-01T09:30:00+02:00',
    `NORTH-R${at % 700}`,
    'NORTH-OUT',
    'pick',
    `80${100_000 + at}`,
    '10',
  ]
  const lines = Array.from({ length: rowsPerFile }, (_, at) => cells(at))
  const csv = [head, ...lines.map((one) => one.join(','))].join('\n')
  const quoted = [head, ...lines.map((one) => one.map((cell) => `"${cell}"`).join(','))].join('\n')
  const columns = lines.map(([movement = '', sku = '', quantity = '', , , from = '', to = '', , document = '']) =>
    [
      movement.padEnd(12),
      sku.padEnd(18),
      `${quantity}00{`.padStart(11),
      'EA ',
      '20260401093000',
      from.padEnd(16),
      to.padEnd(16),
      document.padEnd(12),
    ].join(''),
  )
  const encode = (text: string): Uint8Array => new TextEncoder().encode(`${text}\n`)
  return { csv: encode(csv), quoted: encode(quoted), fixed: encode(columns.join('\n')) }
}

/** Rows with every value checked and converted; with documents also mapped. */
function read(bytes: Uint8Array, schema: FlatSchema, withDocuments: boolean): void {
  const rows = flatMap(movementFile.shape, schema)
  let mapped = 0
  const reader = new FlatReader(
    schema,
    withDocuments
      ? {
          document: (one) => {
            if (readFlatDocument(one, rows)['sku'] !== undefined) mapped++
          },
        }
      : {},
  )
  for (let at = 0; at < bytes.length; at += piece) reader.feed(bytes.subarray(at, at + piece))
  const { rows: found, faults } = reader.end()
  if (found !== rowsPerFile || faults > 0 || (withDocuments && mapped !== rowsPerFile))
    throw new Error(`${found} rows, ${faults} faults, ${mapped} documents`)
}

/** Flat files: the floor, this engine and the best CSV parsers of npm over the same bytes, and the memory that a gigabyte takes. */
export async function flatFile(): Promise<Record<string, number>> {
  const made = files()
  const figures: Record<string, number> = {
    'CSV, floor, MB/s': await rate(made.csv.length, () => countCommas(made.csv)),
    'CSV, checked and converted, MB/s': await rate(made.csv.length, () => read(made.csv, movements, false)),
    'CSV, to documents, MB/s': await rate(made.csv.length, () => read(made.csv, movements, true)),
    'CSV with quotes, checked and converted, MB/s': await rate(made.quoted.length, () =>
      read(made.quoted, movements, false),
    ),
    'fixed width, checked and converted, MB/s': await rate(made.fixed.length, () => read(made.fixed, fixed, false)),
  }
  Object.assign(figures, await csvPeers(made.csv, made.quoted))
  return { ...figures, ...gigabyte(made.csv) }
}

/** The least that any reader must do. */
function countCommas(bytes: Uint8Array): number {
  let count = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0x2c || bytes[at] === 0x0a) count++
  return count
}

/** Parsers of npm: cells or objects by header, nothing checked, nothing converted, no places. */
async function csvPeers(csv: Uint8Array, quoted: Uint8Array): Promise<Record<string, number>> {
  const folder = join(import.meta.dirname, '..', '.bench-peers')
  if (!existsSync(join(folder, 'node_modules/csv-parse'))) {
    process.stdout.write('The peers are not installed: npm run setup:bench\n')
    return {}
  }
  const require = createRequire(join(folder, 'package.json'))
  const { parse } = require('csv-parse') as { parse: (options: object) => Transform }
  const papa = require('papaparse') as { parse: (text: string, options: object) => { data: readonly unknown[] } }
  const stream = async (bytes: Uint8Array, options: object): Promise<void> => {
    let rows = 0
    const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
      Buffer.from(bytes.subarray(at * piece, (at + 1) * piece)),
    )
    for await (const _ of Readable.from(pieces).pipe(parse(options))) rows++
    if (rows < rowsPerFile) throw new Error(`csv-parse found ${rows} rows`)
  }
  const whole = (): void => {
    const { data } = papa.parse(new TextDecoder().decode(csv), { header: true, skipEmptyLines: true })
    if (data.length !== rowsPerFile) throw new Error(`papaparse found ${data.length} rows`)
  }
  return {
    'csv-parse 7.0.3, cells, MB/s': await rate(csv.length, () => stream(csv, {}), 3),
    'csv-parse 7.0.3, objects, MB/s': await rate(csv.length, () => stream(csv, { columns: true }), 3),
    'csv-parse 7.0.3, quoted cells, MB/s': await rate(quoted.length, () => stream(quoted, {}), 3),
    'papaparse 5.5.3, objects, whole file in memory, MB/s': await rate(csv.length, whole, 3),
  }
}

/** A file of a gigabyte, read from disk in a process of its own: what it takes at most, in MB. */
function gigabyte(bytes: Uint8Array): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'interline-flat-'))
  const path = join(folder, 'large.csv')
  try {
    const file = openSync(path, 'w')
    writeSync(file, bytes)
    const rows = bytes.subarray(bytes.indexOf(0x0a) + 1)
    while (statSync(path).size < 1e9) writeSync(file, rows)
    closeSync(file)
    const checked = inItsOwnProcess(path, 'checked')
    const documents = inItsOwnProcess(path, 'documents')
    const megabytes = statSync(path).size / 1e6
    return {
      '1 GB file, checked: MB of memory at most': checked.rss,
      '1 GB file, checked: MB/s of processor time': Math.round(megabytes / checked.seconds),
      '1 GB file, to documents: MB of memory at most': documents.rss,
      '1 GB file, to documents: MB/s of processor time': Math.round(megabytes / documents.seconds),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function inItsOwnProcess(
  path: string,
  what: 'checked' | 'documents',
): { readonly rss: number; readonly seconds: number } {
  const run = spawnSync(process.execPath, [...nodeOptions, import.meta.filename, path, what], { encoding: 'utf8' })
  return JSON.parse(run.stdout) as { rss: number; seconds: number }
}

async function readLarge(path: string, what: string): Promise<void> {
  let documents = 0
  const rows = flatMap(movementFile.shape, movements)
  const document = (one: FlatDocument): void => {
    if (readFlatDocument(one, rows)['sku'] !== undefined) documents++
  }
  const reader = new FlatReader(movements, what === 'documents' ? { document } : {})
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) reader.feed(chunk)
  const summary = reader.end()
  if (summary.faults > 0 || (what === 'documents' && summary.documents !== documents))
    throw new Error('documents were lost')
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  process.stdout.write(JSON.stringify({ rss: mostMemory(), seconds: (userCPUTime + systemCPUTime) / 1e6 }))
}

/** High-water mark of this process alone; `maxRSS` is handed on from the one that started it. */
function mostMemory(): number {
  const own = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const mark = /^VmHWM:\s+(\d+) kB$/m.exec(own)?.[1]
  return Math.round((mark === undefined ? process.resourceUsage().maxRSS : Number(mark)) / 1_000)
}

if (process.argv[1] === import.meta.filename && process.argv[2] !== undefined)
  await readLarge(process.argv[2], process.argv[3] ?? 'documents')
