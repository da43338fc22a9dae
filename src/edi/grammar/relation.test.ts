import { describe, expect, test } from 'vitest'
import { settled } from '../../../test/edi/trees.ts'
import { edifactDictionary } from '../sets/edifact/dictionary.ts'
import { knownSets } from '../sets/find.ts'
import { x12Dictionary } from '../sets/x12/dictionary.ts'
import { brokenBy, type Relation, readRelation } from './relation.ts'

const versions = [...new Set(knownSets.map(({ version }) => version))]
const notes = versions.flatMap((version) =>
  [...((x12Dictionary(version) ?? edifactDictionary(version))?.segments.values() ?? [])].flatMap(
    ({ tag, elements, relations }) =>
      [
        { of: tag, slots: elements, relations },
        ...elements.map((slot) => ({ of: slot.id, slots: slot.components, relations: slot.relations })),
      ].flatMap(({ of, slots, relations: all }) => all.map((note) => ({ version, of, note, all, size: slots.length }))),
  ),
)

/** Everything that the notes of one segment say together. */
function holds(all: readonly Relation[], present: number): boolean {
  return all.every((relation) => brokenBy(relation, present) === undefined)
}

describe('relational notes', () => {
  test('there are some', () => {
    expect(notes.length).toBeGreaterThan(300)
  })

  test('each is about elements that exist, can be kept and can be broken', () => {
    const wrong = notes.filter(({ note, all, size }) => {
      if (note.parts.some((part) => part > size || part > 31)) return true
      const first = note.parts[0] ?? 1
      const kept = settled(1 << (first - 1), 0, all)
      const subsets = Array.from({ length: 2 ** note.parts.length }, (_, bits) =>
        note.parts.reduce((sum, part, at) => ((bits & (1 << at)) === 0 ? sum : sum | (1 << (part - 1))), 0),
      )
      return !holds(all, kept) || !subsets.some((present) => brokenBy(note, present) !== undefined)
    })
    expect(wrong.map(({ version, of, note }) => `${version} ${of} ${note.kind}${note.parts.join()}`)).toEqual([])
  })

  test.each([
    ['P0203', [[], [2, 3]], [[2], [3]]],
    ['R0103', [[1], [3], [1, 3]], [[]]],
    ['E0103', [[], [1], [3]], [[1, 3]]],
    ['C0403', [[], [3], [3, 4]], [[4]]],
    ['L030405', [[], [4], [3, 5]], [[3]]],
  ])('%s', (text, good, bad) => {
    const present = (parts: number[]): number => parts.reduce((sum, part) => sum | (1 << (part - 1)), 0)
    for (const parts of good) expect(brokenBy(readRelation(text), present(parts)), String(parts)).toBeUndefined()
    for (const parts of bad) expect(brokenBy(readRelation(text), present(parts)), String(parts)).toBeDefined()
  })

  test('what is no note is refused', () => {
    expect(() => readRelation('P02')).toThrow(/no relational note/)
    expect(() => readRelation('X0203')).toThrow(/no relational note/)
  })
})
