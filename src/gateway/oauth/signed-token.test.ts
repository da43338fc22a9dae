import { expect, test } from 'vitest'
import { tokenHead } from './signed-token.ts'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const head = { alg: 'ES256', kid: 'one' }
const claims = { iss: 'https://hub.example' }

test('a token says who wants to have signed it', () => {
  expect(tokenHead(`${part(head)}.${part(claims)}.AAAA`)).toEqual({
    algorithm: 'ES256',
    keyId: 'one',
    issuer: 'https://hub.example',
  })
})

test.each([
  ['four parts', `${part(head)}.${part(claims)}.AAAA.AAAA`],
  ['no signature', `${part(head)}.${part(claims)}.`],
  ['padding', `${part(head)}.${part(claims)}.AAA=`],
  ['bits that mean nothing', `${part(head)}.${part(claims)}.AAB`],
  ['a space', `${part(head)}.${part(claims)}. AAAA`],
  ['no key', `${part({ alg: 'ES256' })}.${part(claims)}.AAAA`],
  ['a key that is no text', `${part({ ...head, kid: 1 })}.${part(claims)}.AAAA`],
  ['an extension', `${part({ ...head, crit: ['exp'] })}.${part(claims)}.AAAA`],
  ['a body that is not encoded', `${part({ ...head, b64: false })}.${part(claims)}.AAAA`],
  ['no issuer', `${part(head)}.${part({})}.AAAA`],
  ['a list', `${part([])}.${part(claims)}.AAAA`],
  ['no JSON', `AAAA.${part(claims)}.AAAA`],
  ['more than 8 KiB', `${part(head)}.${part({ ...claims, x: 'x'.repeat(8192) })}.AAAA`],
])('%s is not looked at', (_about, token) => {
  expect(tokenHead(token)).toBeUndefined()
})
