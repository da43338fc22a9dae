import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edifactFile, readSets, x12File } from '../../../test/edi/sets.ts'
import { makeTree, picker } from '../../../test/edi/trees.ts'
import { type PlacedSegment, segmentsOfTree } from '../tree/segments.ts'
import { isLoop, type LoopNode, type TreeNode } from '../tree/tree.ts'
import { findSet, knownSets } from './find.ts'

function written({ tag, elements }: PlacedSegment, [element, component, repetition]: readonly string[]): string {
  const values = elements.map((repetitions) =>
    repetitions.map((components) => components.join(component)).join(repetition),
  )
  return [tag, ...values].join(element)
}

function file(identifier: string, version: string, segments: readonly PlacedSegment[]): Uint8Array {
  if (/^\d/.test(version))
    return x12File(
      version,
      [`ST*${identifier}*0001`, ...segments.map((one) => written(one, ['*', '>', '^']))].join('\n'),
    )
  const type = version.replace('S.3', 'D:3').replace('S.4', '4:1').replace('.', ':')
  return edifactFile(
    [
      `UNH+1+${identifier}:${type}:UN`,
      ...segments.map((one) => written(one, ['+', ':', '*']).replaceAll('?', '??')),
    ].join('\n'),
  )
}

/** Without empty values at the end, which writing drops. */
function bare(node: TreeNode): unknown {
  return isLoop(node)
    ? { loop: node.loop, items: node.items.map(bare) }
    : written({ tag: node.tag, elements: node.elements }, ['+', ':', '*'])
}

describe.each(knownSets.map(({ table, version }) => ({ name: table.identifier, version })))(
  '$name $version',
  ({ name, version }) => {
    const set = findSet(name, version)
    if (set === undefined) throw new Error(`no grammar of ${name} ${version}`)

    test('whatever keeps the grammar is written and read back the same, without a verdict of L2', () => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const tree = makeTree(set, picker(seed))
          const [read, ...others] = readSets(file(name, version, segmentsOfTree(set, tree)))
          expect(others).toEqual([])
          const problems = read?.report.verdicts.filter(({ level }) => level === 2 || level === 3)
          expect(
            problems?.map(({ code, segmentTag, element, value }) => ({ code, segmentTag, element, value })),
          ).toEqual([])
          expect(bare(read?.tree as LoopNode)).toEqual(bare(tree))
        }),
        { numRuns: 25 },
      )
    })

    test('a segment of another trade is found and does not disturb the rest', () => {
      const tree = makeTree(set, picker(7))
      const segments = segmentsOfTree(set, tree)
      const strayed = [...segments.slice(0, 1), { tag: 'ZZZ', elements: [[['1']]] }, ...segments.slice(1)]
      const [read] = readSets(file(name, version, strayed))
      expect(
        read?.report.verdicts
          .filter(({ level }) => level === 2)
          .map(({ code, segmentNumber }) => [code, segmentNumber]),
      ).toEqual([['segment.unknown', 3]])
      expect(bare(read?.tree as LoopNode)).toEqual(bare(tree))
    })
  },
)

test('all sets of both standards are there, in both versions', () => {
  expect(knownSets.length).toBeGreaterThan(75)
  expect(new Set(knownSets.map(({ table }) => table.identifier)).size).toBe(39)
})
