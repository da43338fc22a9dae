import { expect, test } from 'vitest'
import { fact } from '../contract/rows.contract.ts'
import { planFacts, subjectHash } from './fact-plan.ts'
import { decodeFacts } from './fact-segment.ts'

test('facts of a partition share a row that knows its subjects and messages', () => {
  const facts = [
    fact('msg_1-7.0', { subject: 'shp_1' }),
    fact('msg_1-9.0', { subject: 'shp_2' }),
    fact('msg_1-8.0', { subject: 'shp_1' }),
    fact('msg_1-5000.0', { subject: 'shp_1' }),
    fact('tmr_1', { subject: 'shp_1', causation: 'tmr_1', partition: 3 }),
  ]
  const plan = planFacts(facts)
  expect(plan.spread.partitions).toEqual([0, 3])
  expect(plan.subjects).toHaveLength(3)
  expect(plan.segments).toMatchObject([
    { place: 1, rank: 0, count: 4, subjectsFrom: 1, subjectsTo: 2 },
    { place: 2, rank: 0, count: 1, subjectsFrom: 3, subjectsTo: 3 },
  ])
  expect(plan.origins).toEqual([
    { place: 1, rank: 0, partition: 1, low: 7, high: 9 },
    { place: 1, rank: 0, partition: 1, low: 5000, high: 5000 },
  ])
  const [first] = plan.segments
  expect(
    decodeFacts({ partition: 0, first: 10, count: 4, bytes: first?.bytes ?? new Uint8Array() }).map(
      ({ offset }) => offset,
    ),
  ).toEqual([10, 11, 12, 13])
  expect(() => decodeFacts({ partition: 0, first: 10, count: 3, bytes: first?.bytes ?? new Uint8Array() })).toThrow(
    'holds 4 facts instead of 3',
  )
})

test('the hash of a subject fits a 32-bit column and does not change', () => {
  expect(subjectHash('shp_1')).toBe(-981980678)
  expect(subjectHash('shp_2')).not.toBe(subjectHash('shp_1'))
})
