import { expect, test } from 'vitest'
import { rejectsImplicitly } from '../transports/as2/self-test.ts'
import { as2 } from './examination.ts'

test('this machine may receive by AS2; where OpenSSL is too old, the examination says why and what to do', () => {
  expect(as2(rejectsImplicitly(), process.versions.openssl)).toMatchObject({ verdict: 'ok' })
  expect(as2(false, '3.0.0')).toMatchObject({ verdict: 'warning', fix: expect.stringContaining('3.2') })
})
