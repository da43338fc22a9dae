import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sealingWith } from './sealing.ts'

const key = randomBytes(32)

test('what is sealed opens at its place, and reads like noise', () => {
  const sealed = sealingWith(key).seal('four green trams', 'person/usr_1')
  expect(sealed).not.toContain('trams')
  expect(sealingWith(key).open(sealed, 'person/usr_1')).toBe('four green trams')
  expect(sealingWith(key).seal('four green trams', 'person/usr_1')).not.toBe(sealed)
})

test('it opens at no other place, with no other key, and not when a byte of it was changed', () => {
  const sealing = sealingWith(key)
  const sealed = sealing.seal('four green trams', 'person/usr_1')
  expect(sealing.open(sealed, 'person/usr_2')).toBeUndefined()
  expect(sealingWith(randomBytes(32)).open(sealed, 'person/usr_1')).toBeUndefined()
  for (let at = 0; at < sealed.length; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'Q' : 'A'}${sealed.slice(at + 1)}`
    // The last character holds bits that belong to no byte.
    if (at < sealed.length - 1) expect(sealing.open(changed, 'person/usr_1')).toBeUndefined()
  }
  for (const broken of ['', 'v1', 'v1..', sealed.slice(0, -20)])
    expect(sealing.open(broken, 'person/usr_1')).toBeUndefined()
})

test('a short key is refused', () => {
  expect(() => sealingWith(randomBytes(16))).toThrow('32 bytes')
})
