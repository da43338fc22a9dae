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
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EnvelopeOptions, EnvelopeReader } from '../src/edi/envelope/envelope-reader.ts'
import { openGrammarCheck } from '../src/edi/validate/open.ts'
import { bytesOf, edifact, group, message, set, x12 } from '../test/edi/interchanges.ts'
import { ediPeers } from './edi-peers.ts'
import { rate } from './rate.ts'

/** Sets of one file: about 12 MB, as large as the slowest peer can read in reasonable time. */
const setsPerFile = 40_000

const body214 = (index: number): string[] => [
  `B10*PRO${778_000 + index}*BOL2209*MRDN`,
  'L11*PO5566*PO',
  'N1*SF*HARBOR GOODS LTD*93*7781',
  'N3*12 DOCK ROAD',
  'N4*GHENT*OV*9000*BE',
  'LX*1',
  'AT7*X3*NS***20260114*0815*LT',
  'MS1*GHENT*OV*BE',
  'MS2*MRDN*TR4471',
  'L11*998877*BM',
  'AT8*G*L*1240*12',
  'LX*2',
  'AT7*AF*NS***20260114*0915*LT',
  'MS1*GHENT*OV*BE',
]

const bodyIftsta = (index: number): string[] => [
  `BGM+23+STA${index}+9`,
  'DTM+137:202601140931:203',
  'NAD+CA+MRDN:172:20',
  'NAD+CZ+5400000000027::9++HARBOR GOODS LTD+12 DOCK ROAD+GHENT++9000+BE',
  'CNI+1+SHP4410',
  'LOC+5+BEGNE:139:6:GHENT',
  'STS+1+21',
  'RFF+BM:BOL2209',
  'DTM+334:202601140815:203',
  'FTX+AAI+++LEFT THE TERMINAL',
  'TDT+20+V77+1++MRDN:172:20+++9301234:146::SEA BREEZE',
  'LOC+9+BEGNE:139:6',
  'EQD+CN+MSKU4471236+4510:102:5',
]

/** One interchange of each syntax; the sets are as large as those of a carrier. */
export function ediFiles(count = setsPerFile): { readonly x12: Uint8Array; readonly edifact: Uint8Array } {
  const indices = Array.from({ length: count }, (_, index) => index)
  const sets = indices.map((index) => set({ number: `${index + 1}`.padStart(9, '0'), body: body214(index) }))
  const messages = indices.map((index) => message({ number: `M${index}`, body: bodyIftsta(index) }))
  return { x12: bytesOf(x12({ groups: [group({ sets })] })), edifact: bytesOf(edifact({ messages })) }
}

/** With order, loops, types, lengths and conditions of every element. */
const grammar: EnvelopeOptions = { openSetCheck: openGrammarCheck }

/** Bytes, envelope, counts and duplicates of a file held in memory, handed over in pieces of 64 KiB. */
function readEnvelope(bytes: Uint8Array, options: EnvelopeOptions = {}): void {
  let sets = 0
  const reader = new EnvelopeReader(
    {
      setClosed: ({ status }) => {
        if (status === 'accepted') sets++
      },
    },
    options,
  )
  for (let at = 0; at < bytes.length; at += 65_536) reader.feed(bytes.subarray(at, at + 65_536))
  reader.end()
  if (sets !== setsPerFile) throw new Error(`${sets} sets were accepted, not ${setsPerFile}`)
}

/** The least that any reader must do: look at each byte and count two separators. */
function countSeparators(bytes: Uint8Array, element: number, segment: number): number {
  let count = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === element || bytes[at] === segment) count++
  return count
}

/** EDI: floors, this engine and the best parsers of npm over the same bytes, and the memory that a gigabyte takes. */
export async function edi(): Promise<Record<string, number>> {
  const files = ediFiles()
  const figures: Record<string, number> = {
    'X12, floor, MB/s': await rate(files.x12.length, () => countSeparators(files.x12, 0x2a, 0x7e)),
    'X12, envelope, MB/s': await rate(files.x12.length, () => readEnvelope(files.x12)),
    'X12, grammar, MB/s': await rate(files.x12.length, () => readEnvelope(files.x12, grammar)),
    'EDIFACT, floor, MB/s': await rate(files.edifact.length, () => countSeparators(files.edifact, 0x2b, 0x27)),
    'EDIFACT, envelope, MB/s': await rate(files.edifact.length, () => readEnvelope(files.edifact)),
    'EDIFACT, grammar, MB/s': await rate(files.edifact.length, () => readEnvelope(files.edifact, grammar)),
  }
  Object.assign(figures, meaningInProcessOfItsOwn())
  Object.assign(figures, await ediPeers(files))
  Object.assign(figures, gigabyte(files.x12))
  return figures
}

/** What sets mean, read in a process of its own as the hub's thread for large files reads them: what was measured before changes nothing. */
function meaningInProcessOfItsOwn(): Record<string, number> {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, 'edi-meaning.ts')], { encoding: 'utf8' })
  return JSON.parse(run.stdout) as Record<string, number>
}

/** A file of a gigabyte, read from disk in a process of its own: what it takes at most, in MB. */
function gigabyte(bytes: Uint8Array): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'interline-edi-'))
  const path = join(folder, 'large.edi')
  try {
    const file = openSync(path, 'w')
    while (statSync(path).size < 1e9) writeSync(file, bytes)
    closeSync(file)
    const run = spawnSync(process.execPath, [import.meta.filename, path], { encoding: 'utf8' })
    const { rss, seconds } = JSON.parse(run.stdout) as { rss: number; seconds: number }
    const megabytes = statSync(path).size / 1e6
    return {
      '1 GB file, MB of memory at most': rss,
      '1 GB file, MB/s of processor time': Math.round(megabytes / seconds),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function readFile(path: string): Promise<void> {
  const reader = new EnvelopeReader({})
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) reader.feed(chunk)
  reader.end()
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  const seconds = (userCPUTime + systemCPUTime) / 1e6
  process.stdout.write(JSON.stringify({ rss: mostMemory(), seconds }))
}

/**
 * Megabytes that this process took at most. Linux hands `maxRSS` on to a process from the one that started it, which has made the files
 * and the peers; only the high-water mark of its own memory says what reading takes.
 */
function mostMemory(): number {
  const own = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const mark = /^VmHWM:\s+(\d+) kB$/m.exec(own)?.[1]
  return Math.round((mark === undefined ? process.resourceUsage().maxRSS : Number(mark)) / 1_000)
}

if (process.argv[1] === import.meta.filename && process.argv[2] !== undefined) await readFile(process.argv[2])
