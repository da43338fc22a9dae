import { expect, test } from 'vitest'
import { ChangedStates } from './changed-states.ts'

const states = (...subjects: readonly string[]) =>
  new Map(subjects.map((subject) => [subject, { version: 1, state: { of: subject } }]))

test('a state that was kept is given once, and only to whoever asks for its object', () => {
  const changed = new ChangedStates({ entriesMax: 10, charactersMax: 1000 })
  changed.keep(states('shp_a', 'shp_b'))
  expect([...changed.take(['shp_a', 'shp_c']).keys()]).toEqual(['shp_a'])
  expect(changed.take(['shp_a']).size).toBe(0)
  expect(changed.take(['shp_b']).get('shp_b')).toEqual({ version: 1, state: { of: 'shp_b' } })
})

test('the newest of two states of an object is the one that is given', () => {
  const changed = new ChangedStates({ entriesMax: 10, charactersMax: 1000 })
  changed.keep(states('shp_a'))
  changed.keep(new Map([['shp_a', { version: 2, state: {} }]]))
  expect(changed.take(['shp_a']).get('shp_a')?.version).toBe(2)
})

test('what nobody takes does not grow without end: it goes, and is read from the database', () => {
  const changed = new ChangedStates({ entriesMax: 2, charactersMax: 1000 })
  changed.keep(states('shp_a', 'shp_b'))
  changed.keep(states('shp_c'))
  expect([...changed.take(['shp_a', 'shp_b', 'shp_c']).keys()]).toEqual(['shp_b', 'shp_c'])
  changed.keep(states('shp_a', 'shp_b', 'shp_c'))
  expect(changed.take(['shp_a']).size).toBe(0)
  changed.keep(new Map([['shp_d', { version: 1, state: {}, body: 'x'.repeat(1000) }]]))
  expect(changed.take(['shp_b', 'shp_c', 'shp_d']).size).toBe(0)
})
