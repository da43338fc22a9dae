import { describe, expect, test } from 'vitest'
import { makeTree, type Pick, picker } from '../../../test/edi/trees.ts'
import { defaultMaps, mapOf } from '../maps/all.ts'
import { findSet, knownSets } from '../sets/find.ts'
import { segmentsOfTree } from '../tree/segments.ts'
import { isLoop, type LoopNode, type TreeNode } from '../tree/tree.ts'
import { type EdiDocument, type EdiValue, readDocument } from './read.ts'
import type { Row, Rows } from './rows.ts'
import { writeDocument } from './write.ts'

const mapped = knownSets
  .filter(({ table }) => Object.hasOwn(defaultMaps, table.identifier))
  .map(({ table, version }) => {
    const rows = mapOf(table.identifier, version) as Rows
    return { name: table.identifier, version, rows: version === 'D.93A' ? withoutVariances(rows) : rows }
  })

/** D.93A says differences in a segment of its own, QVA, which is validated and not mapped; nobody is sent one in that directory. */
function withoutVariances(rows: Rows): Rows {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, row]): [string, Row][] => {
      if (name === 'variances') return []
      return [[name, row.kind === 'loops' ? { ...row, rows: withoutVariances(row.rows) } : row]]
    }),
  )
}

/** A document that says everything that its map has a place for. */
function makeDocument(rows: Rows, pick: Pick): EdiDocument {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, row]): [string, EdiValue][] => {
      const made = makeValue(row, pick)
      return made === undefined ? [] : [[name, made]]
    }),
  )
}

function makeValue(row: Row, pick: Pick): EdiValue | undefined {
  switch (row.kind) {
    case 'value':
      return row.converter.read(row.converter.write(pickText(row.converter.read('X') === undefined, pick)))
    case 'ordinal':
      return String(1 + pick(9))
    case 'moment':
    case 'period':
      return `2026-0${1 + pick(9)}-1${pick(10)}${pick(2) === 0 ? '' : `T1${pick(10)}:3${pick(10)}`}`
    case 'segments':
      return Array.from({ length: 1 + pick(2) }, () => makeDocument(row.rows, pick))
    case 'loops': {
      const first = makeDocument(row.rows, pick)
      return row.isSingle ? first : [first, makeDocument(row.rows, pick)].slice(0, 1 + pick(2))
    }
    case 'pairs':
      return { VN: `V${pick(100)}`, UP: `U${pick(100)}` }
    case 'total':
    case 'constant':
      return undefined
  }
}

function pickText(isNumber: boolean, pick: Pick): string {
  return isNumber ? `20260${1 + pick(9)}1${pick(10)}` : 'ABCDEFG'.slice(pick(6))
}

/** Segments with the place that the grammar gives them, as reading would. */
function placed(loop: LoopNode): LoopNode {
  return { ...loop, items: loop.items.map((item): TreeNode => (isLoop(item) ? placed(item) : item)) }
}

describe.each(mapped)('the map of $name $version', ({ name, version, rows }) => {
  const set = findSet(name, version)
  if (set === undefined) throw new Error(`no grammar of ${name} ${version}`)

  test('writes what it reads: a document comes back as it was', () => {
    for (let seed = 1; seed < 40; seed++) {
      const document = makeDocument(rows, picker(seed))
      const tree = writeDocument(document, rows)
      // Every segment has a place in the grammar.
      expect(segmentsOfTree(set, tree).length).toBeGreaterThan(1)
      const back = readDocument(placed(tree), rows)
      expect(back.document).toEqual(document)
      expect(back.unreadable).toEqual([])
      expect(back.rest.filter(({ path }) => !/^(CNT|(CTT\/)?CTT|W03|W14|W76)$/.test(path))).toEqual([])
    }
  })

  test('keeps all that it takes of any set, and names the rest', () => {
    for (let seed = 1; seed < 40; seed++) {
      const tree = makeTree(set, picker(seed))
      const first = readDocument(tree, rows)
      const again = readDocument(writeDocument(first.document, rows), rows)
      expect(again.document).toEqual(first.document)
      for (const { path } of first.rest) expect(path).toMatch(/^(\w+\/)*[A-Z][A-Z0-9]{1,2}$/)
    }
  })
})
