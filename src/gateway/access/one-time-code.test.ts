import { expect, test } from 'vitest'
import { codeAt, provisioningUri, stepOf, toBase32 } from './one-time-code.ts'

const secret = toBase32(Buffer.from('12345678901234567890'))

// RFC 6238, appendix B, the last six digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i seconds the code is %s', (seconds, code) => {
  expect(codeAt(Math.floor(seconds / 30), secret)).toBe(code)
  expect(stepOf(code, secret, seconds * 1000)).toBe(Math.floor(seconds / 30))
})

test('a code counts for the 30 seconds before and after its own, and no longer', () => {
  const at = (seconds: number): number | undefined => stepOf('005924', secret, (1_234_567_890 + seconds) * 1000)
  expect([at(-30), at(0), at(30)]).toEqual(Array(3).fill(Math.floor(1_234_567_890 / 30)))
  expect([at(-61), at(61)]).toEqual([undefined, undefined])
})

test('anything else is no code', () => {
  for (const text of ['', '5924', '0059240', '00592x', ' 005924', '٠٠٥٩٢٤'])
    expect(stepOf(text, secret, 1_234_567_890_000)).toBeUndefined()
})

test('base32 is that of the standard, and an app can read the link', () => {
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  expect(provisioningUri('MZXW6', { email: 'bo lind@example.com', issuer: 'Interline' })).toBe(
    'otpauth://totp/Interline:bo%20lind%40example.com?secret=MZXW6&issuer=Interline&algorithm=SHA1&digits=6&period=30',
  )
})
