import { expect, test } from 'vitest'
import { seeded } from '../../../test/edi/damage.ts'
import { SeenNumbers } from './seen-numbers.ts'

test('every number is noticed at its second use, in whatever order numbers come', () => {
  const random = seeded(11)
  const seen = new SeenNumbers()
  const known = new Set<string>()
  for (let turn = 0; turn < 5_000; turn++) {
    const number = Math.floor(random() * 3_000)
    const text = ['', 'M', 'A-', '0'][Math.floor(random() * 4)] + (random() < 0.1 ? 'X' : `${number}`)
    expect(seen.add(text), text).toBe(known.has(text))
    known.add(text)
  }
})

test('zeros before a number make another one', () => {
  const seen = new SeenNumbers()
  expect(['7', '07', '007', '7', '', ''].map((text) => seen.add(text))).toEqual([
    false,
    false,
    false,
    true,
    false,
    true,
  ])
})

test('numbers out of order beyond the limit are forgotten, those in a row never are', () => {
  const seen = new SeenNumbers(10)
  for (let number = 0; number < 1_000; number += 2) seen.add(`${number + 1_000}`)
  expect(seen.add('1998')).toBe(false)
  const row = new SeenNumbers(10)
  for (let number = 0; number < 1_000; number++) row.add(`${number + 1_000}`)
  expect(row.add('1999')).toBe(true)
})
