import { expect, test } from 'vitest'
import { originOf } from './origin.ts'

test('the message of a fact is found in its id, or in what caused it', () => {
  expect(originOf({ id: 'msg_3-41.0', causation: 'msg_3-41' })).toEqual({ partition: 3, offset: 41 })
  expect(originOf({ id: 'msg_3-41.0.delivered.pod', causation: 'msg_3-41.0.delivered' })).toEqual({
    partition: 3,
    offset: 41,
  })
  expect(originOf({ id: 'eff_1.1.applied', causation: 'msg_0-7.2' })).toEqual({ partition: 0, offset: 7 })
})

test('what time made has no message', () => {
  expect(originOf({ id: 'tmr_1', causation: 'tmr_1' })).toBeUndefined()
  expect(originOf({ id: 'msg_x', causation: 'msg_1-2x' })).toBeUndefined()
})
