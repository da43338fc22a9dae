import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSets } from '../../../test/edi/sets.ts'
import { findSet, versionOf } from './find.ts'

const folder = process.env['INTERLINE_EDI_SAMPLES'] ?? ''

test('sets of real files whose grammar is known pass L2, or the verdict says why not', (context) => {
  if (folder === '' || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    context.skip('INTERLINE_EDI_SAMPLES names no folder')
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(edi|txt)$/i.test(path))
  const known = paths.flatMap((path) =>
    readSets(new Uint8Array(readFileSync(join(folder, path))))
      .filter(({ report }) => findSet(report.header.identifier, versionOf(report.header)) !== undefined)
      .map(({ report }) => ({ path, report })),
  )
  const inSyntax = known.filter(
    ({ report }) => !report.verdicts.some(({ level, severity }) => level === 2 && severity === 'reject'),
  )
  process.stdout.write(`${known.length} sets of known grammar in ${paths.length} files, ${inSyntax.length} pass L2\n`)
  expect(inSyntax.length).toBeGreaterThan(known.length / 2)
}, 120_000)
