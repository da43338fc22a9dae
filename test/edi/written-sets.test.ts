import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvelopeReader } from '../../src/edi/envelope/envelope-reader.ts'
import type { SetReport } from '../../src/edi/envelope/events.ts'
import { type EdiDocument, readValues } from '../../src/edi/map/read.ts'
import { writeDocument } from '../../src/edi/map/write.ts'
import { defaultMaps, mapOf } from '../../src/edi/maps/all.ts'
import { findSet, versionOf } from '../../src/edi/sets/find.ts'
import { type PlacedSegment, segmentsOfTree } from '../../src/edi/tree/segments.ts'
import { GrammarCheck } from '../../src/edi/validate/check.ts'
import { listTree, root } from '../../tools/source-tree.ts'
import { edifactFile, x12File } from './sets.ts'

interface ReadSet {
  readonly report: SetReport
  readonly document: EdiDocument
}

function read(bytes: Uint8Array): ReadSet[] {
  const sets: ReadSet[] = []
  let check: GrammarCheck | undefined
  const reader = new EnvelopeReader(
    {
      setClosed: (report) => {
        const tree = check?.takeTree()
        const rows = mapOf(report.header.identifier, versionOf(report.header))
        if (tree !== undefined && rows !== undefined) sets.push({ report, document: readValues(tree, rows) })
      },
    },
    {
      openSetCheck: (header, report) => {
        const set = findSet(header.identifier, versionOf(header))
        check = set && GrammarCheck.open(set, report, { syntax: header.syntax, keepTree: true })
        return check
      },
    },
  )
  reader.feed(bytes)
  reader.end()
  return sets
}

/** The set of a document, written by its map into an interchange of its own. */
function write({ header }: SetReport, document: EdiDocument): Uint8Array {
  const { identifier, version, syntax } = header
  const set = findSet(identifier, versionOf(header))
  const rows = mapOf(identifier, versionOf(header))
  if (set === undefined || rows === undefined) throw new Error(`no set ${identifier}`)
  const segments = segmentsOfTree(set, writeDocument(document, rows))
  const [element, component] = syntax === 'x12' ? ['*', '>'] : ['+', ':']
  const lines = segments.map(({ tag, elements }: PlacedSegment) =>
    [tag, ...elements.map(([components = []]) => components.join(component))].join(element),
  )
  return syntax === 'x12'
    ? x12File(version, [`ST*${identifier}*0001`, ...lines].join('\n'))
    : edifactFile([`UNH+1+${identifier}:${version}`, ...lines].join('\n'))
}

/** D.01B takes any text for a quantity; a map leaves out what is none, and nothing is there to be written. */
const withoutNumber = ['invrpt-d01b-bad-quantity']

const clean = listTree(['src/connectors/edi-partner/golden/inbound'])
  .filter((path) => path.endsWith('.in.edi') && !withoutNumber.some((name) => path.endsWith(`/${name}.in.edi`)))
  .flatMap((path) =>
    read(new Uint8Array(readFileSync(join(root, path))))
      .filter(({ report }) => report.verdicts.length === 0)
      .map((one, at) => ({ name: `${path.split('/').at(-1)?.replace('.in.edi', '')} ${at + 1}`, ...one })),
  )

describe('what a map has read it writes, and the grammar has nothing against it', () => {
  test('there are documents of every set that has a map', () => {
    const found = new Set(clean.map(({ report }) => report.header.identifier))
    expect(Object.keys(defaultMaps).filter((identifier) => !found.has(identifier))).toEqual([])
  })

  test.each(clean)('$name', ({ report, document }) => {
    const [again] = read(write(report, document))
    expect(again?.report.verdicts).toEqual([])
    expect(again?.document).toEqual(document)
  })
})
