import { expect, test } from 'vitest'
import { InterlineError } from './errors.ts'
import { failureCode } from './failure-code.ts'

test.each([
  [new InterlineError('HUB_BUSY'), 'HUB_BUSY'],
  [Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }), '57014'],
  [new Error('timeout exceeded when trying to connect'), 'Error: timeout exceeded when trying to connect'],
  [new TypeError('x'.repeat(500)), `TypeError: ${'x'.repeat(189)}`],
  ['no error at all', 'INTERNAL'],
])('a failure is told by what says most of it', (error, said) => {
  expect(failureCode(error)).toBe(said)
})
