import { expect, test } from 'vitest'
import { memoryBackbone } from '../../backbone/memory/memory.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Person } from '../../registry/people.ts'
import type { Gateway } from '../gateway.ts'
import { checkCode } from './sign-in.ts'

const minute = 60_000
let now = Date.parse('2026-04-10T12:00:00Z')

/** Somebody with a second factor, of whose codes none fits. */
function entered() {
  const { stores } = memoryBackbone({ partitions: 1, now: () => now })
  const gateway = {
    backbone: { stores },
    entrance: {
      people: { tellRefused: async () => {} },
      secondFactors: { useRecovery: async () => false, secret: async () => undefined },
    },
    now: () => now,
  } as unknown as Gateway
  const person = { id: 'usr_1', secondFactorAt: 1 } as Person
  return async (address: string): Promise<string> => {
    try {
      await checkCode(gateway, person, { code: '123456', address, trace: '' })
      return 'came in'
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      return error.code
    }
  }
}

test('whoever guesses codes from many places has to wait all the same', async () => {
  const attempt = entered()
  const answers: string[] = []
  for (let place = 0; place < 25; place++) answers.push(await attempt(`203.0.113.${place}`))
  expect(answers.filter((one) => one === 'SECOND_FACTOR_REFUSED')).toHaveLength(20)
  expect(answers.slice(20)).toEqual(Array.from({ length: 5 }, () => 'SIGN_IN_TOO_OFTEN'))
  now += 6 * minute
  expect([await attempt('203.0.113.90'), await attempt('203.0.113.91')]).toEqual([
    'SECOND_FACTOR_REFUSED',
    'SIGN_IN_TOO_OFTEN',
  ])
})

test('addresses of one network of IPv6 are one place', async () => {
  const attempt = entered()
  const answers: string[] = []
  for (let host = 1; host <= 6; host++) answers.push(await attempt(`2001:db8:1:2::${host}`))
  expect(answers.at(-1)).toBe('SIGN_IN_TOO_OFTEN')
  expect(await attempt('2001:db8:1:3::1')).toBe('SECOND_FACTOR_REFUSED')
})
