import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvelopeReader } from '../../src/edi/envelope/envelope-reader.ts'
import { type EdiDocument, readValues } from '../../src/edi/map/read.ts'
import { readTable } from '../../src/edi/map/read-table.ts'
import type { Rows } from '../../src/edi/map/rows.ts'
import { loop, loops, segments, value } from '../../src/edi/map/rows.ts'
import { defaultMaps, mapOf } from '../../src/edi/maps/all.ts'
import { findSet, knownSets, versionOf } from '../../src/edi/sets/find.ts'
import { SetTable } from '../../src/edi/table/set-table.ts'
import { segmentsOfTree } from '../../src/edi/tree/segments.ts'
import { GrammarCheck } from '../../src/edi/validate/check.ts'
import { listTree, root } from '../../tools/source-tree.ts'
import { edifactFile, x12File } from './sets.ts'
import { makeTree, picker } from './trees.ts'

interface Both {
  readonly name: string
  readonly ofTree: EdiDocument
  readonly ofTable: EdiDocument
}

/** Every set of a file by its map (or another one), from a tree of objects and from the table of its bytes. */
function readBoth(bytes: Uint8Array, maps?: Readonly<Record<string, Rows>>): Both[] {
  const found: Both[] = []
  const table = new SetTable()
  let check: GrammarCheck | undefined
  const reader = new EnvelopeReader(
    {
      setClosed: ({ header }) => {
        const set = findSet(header.identifier, versionOf(header))
        const tree = check?.takeTree()
        const rows = maps === undefined ? mapOf(header.identifier, versionOf(header)) : maps[header.identifier]
        if (set === undefined || tree === undefined || rows === undefined) return
        found.push({
          name: `${header.identifier} ${header.controlNumber}`,
          ofTree: readValues(tree, rows),
          ofTable: readTable(table, set, rows).plain(),
        })
      },
    },
    {
      openSetCheck: (header, report) => {
        const set = findSet(header.identifier, versionOf(header))
        check = set && GrammarCheck.open(set, report, { syntax: header.syntax, keepTree: true, table })
        return check
      },
    },
  )
  reader.feed(bytes)
  reader.end()
  return found
}

/** A tree as a file; `disturb` may do something to its lines. */
function fileOf(identifier: string, version: string, lines: readonly string[]): Uint8Array {
  if (/^\d/.test(identifier)) return x12File(version, [`ST*${identifier}*0001`, ...lines].join('\n'))
  return edifactFile([`UNH+1+${identifier}:${version.replace('.', ':')}:UN`, ...lines].join('\n'))
}

const mapped = knownSets
  .filter(({ table }) => Object.hasOwn(defaultMaps, table.identifier))
  .map(({ table, version }) => ({ name: table.identifier, version }))

describe('a map reads from the bytes of a set what it reads from its tree', () => {
  const files = listTree(['src/connectors/edi-partner/golden/inbound', 'src/edi/overlay/samples'])
  test.each(files.filter((path) => path.endsWith('.edi')))('%s', (path) => {
    for (const { ofTree, ofTable } of readBoth(new Uint8Array(readFileSync(join(root, path)))))
      expect(ofTable).toEqual(ofTree)
  })

  test.each(mapped)(
    'any $name $version, also with segments missing, doubled, moved, released and repeated',
    ({ name, version }) => {
      const set = findSet(name, version)
      if (set === undefined) throw new Error('there is no such set')
      const [element, component, repetition] = /^\d/.test(name) ? ['*', '>', '^'] : ['+', ':', '*']
      let compared = 0
      for (let seed = 1; seed < 60; seed++) {
        const pick = picker(seed)
        const lines = segmentsOfTree(set, makeTree(set, pick)).map(({ tag, elements }) =>
          [tag, ...elements.map((repeated) => repeated.map((parts) => parts.join(component)).join(repetition))].join(
            element,
          ),
        )
        for (let turn = pick(4); turn > 0; turn--) {
          const at = pick(lines.length)
          const line = lines[at] ?? ''
          const kind = pick(6)
          if (kind === 0) lines.splice(at, 1)
          else if (kind === 1) lines.splice(at, 0, line)
          else if (kind === 2) lines.splice(pick(lines.length), 0, ...lines.splice(at, 1))
          else if (kind === 3) lines[at] = `${line}${element}  \u00e4 ?${element}x${component}y `
          else if (kind === 4) lines[at] = line.replace(element, `${element} `)
          else lines[at] = line.replace(element, component)
        }
        for (const { ofTree, ofTable } of readBoth(fileOf(name, version, lines))) {
          expect(ofTable).toEqual(ofTree)
          compared++
        }
      }
      expect(compared).toBeGreaterThan(50)
    },
  )

  test('with conditions of segments and loops, the only loop that meets them, and the first segment that does', () => {
    const rows: Rows = {
      po: value('L11[2=PO]/1'),
      first: value('L11/1'),
      consignee: loop('0100[N1/1=CN]', { name: value('N1/2') }),
      others: loops('0100[N1/1=SF,ST]', { name: value('N1/2'), city: value('N4/1') }),
      bills: segments('L11[2=BM]', { number: value('/1') }),
      nobody: loop('0100[N1/1=ZZ]', { name: value('N1/2') }),
    }
    const body = [
      'B10*1*2*MRDN',
      'L11*A*BM',
      'L11*B*PO',
      'L11*C*PO',
      'N1*SF*FROM',
      'N4*GHENT',
      'N1*CN*',
      'N1*CN*TO',
      'LX*1',
      'AT7*X3*NS***20260114*0815*LT',
    ]
    const [both] = readBoth(fileOf('214', '004010', body), { '214': rows })
    expect(both?.ofTable).toEqual({
      po: 'B',
      first: 'A',
      others: [{ name: 'FROM', city: 'GHENT' }],
      bills: [{ number: 'A' }],
    })
    expect(both?.ofTree).toEqual(both?.ofTable)
  })

  test('a row of a segment that looks at another one is a fault of the map, told when it is first used', () => {
    const rows: Rows = { list: segments('L11', { name: value('N1/2') }) }
    expect(() => readBoth(fileOf('214', '004010', ['B10*1*2*MRDN', 'L11*A*BM']), { '214': rows })).toThrow(
      /says where in that segment/,
    )
  })
})
