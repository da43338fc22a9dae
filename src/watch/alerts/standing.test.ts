import { expect, test } from 'vitest'
import { backTest } from './back-test.ts'
import { readCondition } from './condition.ts'
import { advance, type Standing } from './standing.ts'

const minute = 60_000
const patience = { holdMinutes: 5, clearMinutes: 10 }

/** Goes through answers by minute: x bad, . good, ? nobody knows. Gives what happened and when. */
function course(answers: string): readonly string[] {
  let standing: Standing = { phase: 'calm', since: 0 }
  return answers.split('').flatMap((one, index) => {
    const isBad = one === '?' ? undefined : one === 'x'
    const next = advance(standing, { at: index * minute, isBad }, patience)
    standing = next.standing
    return next.turns.map(({ kind, at }) => `${kind} ${at / minute}`)
  })
}

test('what is bad for long enough fires once, and is over when it was good for long enough', () => {
  expect(course('..xxxxxxxxxx..............')).toEqual(['fired 7', 'resolved 22'])
})

test('what is bad only for a moment fires nothing', () => {
  expect(course('..xxxx.xxxx.xxxx.')).toEqual([])
})

test('what swings while it fires does not fire again and again', () => {
  expect(course(`xxxxxx${'..x'.repeat(20)}...........`)).toEqual(['fired 5', 'resolved 76'])
})

test('silence neither fires nor ends anything, but what waits comes due', () => {
  expect(course('????????????')).toEqual([])
  expect(course('xxxxxx????????????????????')).toEqual(['fired 5'])
  expect(course('x?????????')).toEqual(['fired 5'])
})

test('without patience it happens at once', () => {
  const at = 7
  expect(advance({ phase: 'calm', since: 0 }, { at, isBad: true }, { holdMinutes: 0, clearMinutes: 0 })).toEqual({
    standing: { phase: 'firing', since: at },
    turns: [{ kind: 'fired', at }],
  })
})

const answer = (state: 'amber' | 'failed' | 'green' | 'red' | 'unknown', value?: number, asked?: number) => ({
  state,
  ...(value === undefined ? {} : { value }),
  ...(asked === undefined ? {} : { asked }),
})

test('a condition is about figures, shares and states; what nobody knows is neither good nor bad', () => {
  expect(readCondition('value > 10')(answer('red', 12))).toBe(true)
  expect(readCondition('value > 10')(answer('green', 3))).toBe(false)
  expect(readCondition('share >= 0.05')(answer('amber', 6, 100))).toBe(true)
  expect(readCondition('share >= 0.05')(answer('amber', 0, 0))).toBe(undefined)
  expect(readCondition('value > 10')(answer('unknown'))).toBe(undefined)
  expect(readCondition('state == "red"')(answer('failed'))).toBe(undefined)
  expect(readCondition('state == "failed"')(answer('failed'))).toBe(true)
})

test.each([
  ['value >', 'ALERT_CONDITION_INVALID'],
  ['value', 'ALERT_CONDITION_INVALID'],
  ['price > 3', 'ALERT_CONDITION_INVALID'],
  ['state.matches("(a+)+$")', 'ALERT_CONDITION_INVALID'],
  [`value > ${'1 + '.repeat(200)}1`, 'ALERT_CONDITION_INVALID'],
  ['[1,2,3,4,5,6,7,8,9,10,11].all(x, x > 0)', 'ALERT_CONDITION_INVALID'],
])('a condition that cannot be used is refused: %.40s', (text, code) => {
  expect(() => readCondition(text)).toThrow(expect.objectContaining({ code }))
})

test('the past is judged like the present: when it would have fired, how long, and for how long nobody could say', () => {
  const sample = (at: number, state: 'green' | 'red' | 'unknown', value?: number) => ({
    ...{ tenant: 'main', check: 'c', at: at * minute, state },
    ...(value === undefined ? {} : { value }),
  })
  const rule = { condition: readCondition('state == "red"'), patience }
  const tested = backTest(
    [
      sample(0, 'green', 0),
      sample(10, 'red', 60),
      sample(12, 'green', 1),
      sample(20, 'red', 70),
      sample(32, 'green', 2),
      sample(47, 'unknown'),
    ],
    rule,
    { from: 0, until: 60 * minute },
  )
  expect(tested).toEqual({
    firings: [{ from: 25 * minute, until: 42 * minute, value: 70 }],
    ...{ judgedSeconds: 3600, unknownSeconds: 780 },
  })
})

test('a firing that lasts has no end, and silence between two answers is not judged', () => {
  const sample = { tenant: 'main', check: 'c', at: 0, state: 'red', value: 9 } as const
  const rule = { condition: readCondition('value > 5'), patience }
  expect(backTest([sample], rule, { from: 0, until: 60 * minute })).toEqual({
    firings: [{ from: 5 * minute, value: 9 }],
    ...{ judgedSeconds: 3600, unknownSeconds: 2400 },
  })
})
