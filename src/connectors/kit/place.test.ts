import { expect, test } from 'vitest'
import { peek, peekText } from './peek.ts'
import { placeOf } from './place.ts'

test('a country is written in two letters, whatever the source writes', () => {
  expect(placeOf({ country: 'us' })).toEqual({ country: 'US' })
  expect(placeOf({ country: 'DEU', city: 'Ulm' })).toEqual({ country: 'DE', city: 'Ulm' })
})

test('a country that is none is kept as words, not guessed and not lost', () => {
  expect(placeOf({ country: 'Great Britain' })).toEqual({ name: 'Great Britain' })
  expect(placeOf({ country: 'XX', city: 'Nowhere' })).toEqual({ name: 'XX', city: 'Nowhere' })
  expect(placeOf({ country: 'toString', name: 'Hall 4' })).toEqual({ name: 'Hall 4' })
})

test('a place of which nothing was said is no place', () => {
  expect(placeOf({})).toBeUndefined()
  expect(placeOf({ city: undefined, country: undefined })).toBeUndefined()
})

test('a key is only what can be one: looking for it never fails', () => {
  const document = { a: { b: 'key', long: 'x'.repeat(201), nul: 'x\u0000', empty: '', list: ['first'] } }
  expect(peekText(document, 'a', 'b')).toBe('key')
  expect(peekText(document, 'a', 'list', '0')).toBe('first')
  for (const name of ['long', 'nul', 'empty', 'list', 'toString', 'missing'])
    expect(peekText(document, 'a', name)).toBeUndefined()
  for (const value of [undefined, null, 'text', 7, true]) expect(peek(value, 'length')).toBeUndefined()
})
