import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyNameOf, openText, sealText } from './sealed-text.ts'

const key = { name: 'dk_1', bytes: randomBytes(32) }

test('what is sealed opens at its place, and reads like noise', () => {
  const sealed = sealText(key, 'four green trams', 'person/usr_1')
  expect(sealed).not.toContain('trams')
  expect(keyNameOf(sealed)).toBe('dk_1')
  expect(openText(key, sealed, 'person/usr_1')).toBe('four green trams')
  expect(sealText(key, 'four green trams', 'person/usr_1')).not.toBe(sealed)
})

test('it opens at no other place, with no other key, and not when a byte of it was changed', () => {
  const sealed = sealText(key, 'four green trams', 'person/usr_1')
  expect(openText(key, sealed, 'person/usr_2')).toBeUndefined()
  expect(openText({ name: 'dk_1', bytes: randomBytes(32) }, sealed, 'person/usr_1')).toBeUndefined()
  expect(openText({ ...key, name: 'dk_2' }, sealed, 'person/usr_1')).toBeUndefined()
  const from = sealed.indexOf('.')
  // The last character holds bits that belong to no byte.
  for (let at = from; at < sealed.length - 1; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'Q' : 'A'}${sealed.slice(at + 1)}`
    expect(openText(key, changed, 'person/usr_1')).toBeUndefined()
  }
  for (const broken of ['', 'v2', 'v2..', sealed.slice(0, -20)])
    expect(openText(key, broken, 'person/usr_1')).toBeUndefined()
})

test('a text that nobody sealed has no key', () => {
  for (const text of ['', '{"a":"v2.x.y.z"}', 'v2.', 'whsec_abc', 'v3.a.b.c']) expect(keyNameOf(text)).toBeUndefined()
})
