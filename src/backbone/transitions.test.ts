import { expect, test } from 'vitest'
import { assertTransition, decidedState, isHeld, isTerminal, transitions } from './transitions.ts'

test('nothing leaves a settled state, and nothing else is a dead end', () => {
  for (const [state, next] of Object.entries(transitions))
    expect(next.length === 0).toBe(state === 'applied' || state === 'cancelled')
  expect(isTerminal('applied') && isTerminal('cancelled') && !isTerminal('refused')).toBe(true)
  expect(isHeld('refused') && isHeld('parked') && !isHeld('unknown')).toBe(true)
})

test('what may be on its way is never cancelled', () => {
  for (const from of ['sending', 'unknown', 'awaiting'] as const) {
    expect(() => assertTransition(from, 'cancelled')).toThrow(`from ${from} to cancelled`)
    expect(decidedState('cancel', from, false)).toBeUndefined()
  }
})

test('a release goes through a look at the target when an attempt is in doubt', () => {
  expect(decidedState('release', 'parked', true)).toBe('unknown')
  expect(decidedState('edit', 'refused', false)).toBe('queued')
  expect(decidedState('release', 'queued', false)).toBeUndefined()
  expect(decidedState('applied', 'unknown', true)).toBe('applied')
})
