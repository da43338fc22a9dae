import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commandLine } from '../../../test/cli/command-line.ts'
import { readSets } from '../../../test/edi/sets.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-generate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'receipt.json')
const out = join(folder, 'receipt.edi')
const receipt = {
  purpose: 'F',
  date: '2026-06-01',
  receipt: 'R-1',
  lines: [{ received: '12', unit: 'EA', qualifier: 'VN', product: 'SKU-1' }],
}

test('a document in JSON becomes an interchange that keeps the standard, and the same document again', async () => {
  writeFileSync(path, JSON.stringify(receipt))
  const args = [
    'edi',
    'generate',
    path,
    '--set',
    '944',
    '--sender',
    'ZZ:HARBOR',
    '--receiver',
    'MERIDIAN',
    '--out',
    out,
  ]
  expect(await commandLine(args, {})).toMatchObject({ code: 0 })
  expect(readSets(readFileSync(out)).map(({ report }) => [report.status, report.verdicts])).toEqual([['accepted', []]])
  const mapped = await commandLine(['edi', 'map', out], {})
  expect(JSON.parse(mapped.out)).toMatchObject(receipt)
})

test.each([
  ['a set without a map', receipt, '999', 'no map and grammar'],
  ['a number that could lose digits', { ...receipt, purpose: 4 }, '944', 'write it as text'],
  ['a list where an object belongs', [receipt], '944', 'needs an object'],
])('%s is refused with what to do', async (_, document, set, said) => {
  writeFileSync(path, JSON.stringify(document))
  const ended = await commandLine(['edi', 'generate', path, '--set', set], {})
  expect(ended.code).toBeGreaterThan(0)
  expect(ended.error).toContain(said)
})
