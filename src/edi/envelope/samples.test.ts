import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codesOf, record } from '../../../test/edi/recorder.ts'
import { EdiReader } from '../read/reader.ts'
import { LosslessCopy } from '../write/lossless.ts'

const folder = process.env['INTERLINE_EDI_SAMPLES'] ?? ''

/** What a table next to the files says of each, if there is one: the last column names the faults of its envelope. */
function hints(): ReadonlyMap<string, string> {
  const table = join(folder, 'ENVELOPE.tsv')
  const rows = existsSync(table) ? readFileSync(table, 'utf8').split('\n').slice(1) : []
  return new Map(rows.map((row) => row.split('\t')).map((cells) => [cells[0] ?? '', cells.at(-1) ?? '']))
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
    .filter((name) => !/\.(md|tsv)$/.test(name))
}

test('a folder of real files is read without a crash, and cut anywhere it tells the same', (context) => {
  if (folder === '' || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    context.skip('INTERLINE_EDI_SAMPLES names no folder')
  const known = hints()
  const lines: string[] = []
  let clean = 0
  const files = filesBelow(folder)
  for (const path of files) {
    const bytes = new Uint8Array(readFileSync(path))
    const whole = record(bytes)
    const step = Math.max(1, Math.floor(bytes.length / 12))
    for (let cut = 1; cut < bytes.length; cut += step)
      expect(record(bytes, [cut]), `${path} cut at ${cut}`).toEqual(whole)
    if (whole.verdicts.every(({ code }) => code === 'bytes.byte_order_mark')) {
      clean++
      expect(Buffer.from(copyOf(bytes)).equals(bytes), `${path} taken apart and put together again`).toBe(true)
    }
    const name = path.slice(folder.length).replace(/^\//, '')
    const isRejected = whole.verdicts.some(({ severity }) => severity === 'reject')
    const hint = known.get(name)
    if (hint !== undefined && (hint === '') === isRejected)
      lines.push(`${name}: hint "${hint}", found ${[...new Set(codesOf(whole))].join(' ')}`)
  }
  process.stdout.write(
    `${files.length} files, ${clean} without a fault and written again byte for byte; verdicts differ from the hint for ${lines.length}:\n${lines.join('\n')}\n`,
  )
  expect(files.length).toBeGreaterThan(0)
}, 300_000)

function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new LosslessCopy()
  const reader = new EdiReader(copy)
  reader.feed(bytes)
  reader.end()
  return copy.bytes()
}
