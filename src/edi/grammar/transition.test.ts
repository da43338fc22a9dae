import { expect, test } from 'vitest'
import { packText } from '../bytes/text.ts'
import { findSet } from '../sets/find.ts'
import { Automaton } from './transition.ts'

const set = findSet('214', '004010')
if (set === undefined) throw new Error('no 214')

test('a hostile file cannot fill the memory with tags that its set does not have', () => {
  const automaton = new Automaton(set)
  const nowhere = automaton.ways(-1, packText('Q0'))
  expect(nowhere.candidates).toEqual([])
  for (let tag = 0; tag < 1000; tag++) expect(automaton.ways(-1, 1_000_000 + tag)).toBe(nowhere)
})

test('the same question has the same answer, whatever was asked in between', () => {
  const automaton = new Automaton(set)
  const first = automaton.ways(-1, packText('B10'))
  expect(first.quick?.target.tag).toBe('B10')
  expect(automaton.ways(-1, packText('L11')).quick?.missing.map(({ tag }) => tag)).toEqual(['B10'])
  expect(automaton.ways(-1, packText('B10'))).toBe(first)
})
