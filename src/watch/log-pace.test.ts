import { expect, test } from 'vitest'
import { LogPace } from './log-pace.ts'

function paced(linesMost: number) {
  const due: (() => void)[] = []
  const told: string[] = []
  const pace = new LogPace(linesMost, (work) => due.push(work))
  const write = (kind: string, line: string): void => {
    if (pace.take(kind, (unwritten) => told.push(`${kind}: ${unwritten} unwritten`))) told.push(line)
  }
  const second = (): void => {
    for (const work of due.splice(0)) work()
  }
  return { write, second, told, due }
}

test('of what happens again and again the first lines are written, and then how many were not', () => {
  const { write, second, told } = paced(2)
  for (let n = 1; n <= 5; n++) write('refused', `refused ${n}`)
  expect(told).toEqual(['refused 1', 'refused 2'])
  second()
  expect(told.slice(2)).toEqual(['refused: 3 unwritten'])
})

test('one that is loud hides no other', () => {
  const { write, told } = paced(1)
  for (const line of ['a', 'b', 'c']) write('loud', line)
  write('quiet', 'heard')
  expect(told).toEqual(['a', 'heard'])
})

test('each second begins anew, and nothing is kept or waits when nothing happens', () => {
  const { write, second, told, due } = paced(1)
  write('refused', 'first')
  expect(due).toHaveLength(1)
  second()
  expect(told).toEqual(['first'])
  expect(due).toHaveLength(0)
  write('refused', 'second')
  write('refused', 'third')
  second()
  expect(told).toEqual(['first', 'second', 'refused: 1 unwritten'])
})
