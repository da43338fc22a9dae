import { expect, test } from 'vitest'
import { fingerprintOf, isPublicKey, makeKeyPair } from './keys.ts'

test('every new key can be read, both halves of it', () => {
  for (let made = 0; made < 1000; made++) {
    const { privateKey, publicKey } = makeKeyPair()
    expect(isPublicKey(publicKey)).toBe(true)
    expect(fingerprintOf(privateKey)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
  }
})

test.each(['', 'ssh-ed25519', 'ssh-ed25519 AAAA', 'not a key'])('%j is no public key', (line) => {
  expect(isPublicKey(line)).toBe(false)
})

test('a private key is no public one', () => {
  expect(isPublicKey(makeKeyPair().privateKey)).toBe(false)
})
