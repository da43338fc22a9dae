import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonElements } from './json-elements.ts'

const texts = (bytes: Uint8Array): string[] => jsonElements(bytes).map((one) => Buffer.from(one).toString())

test('each element keeps the bytes that the sender wrote', () => {
  const bytes = Buffer.from(' [ {"weight": 1.10, "text": "a,]}\\"b"} ,[1,[2]],\n"x" , 12345678901234567890 ] ')
  expect(texts(bytes)).toEqual(['{"weight": 1.10, "text": "a,]}\\"b"}', '[1,[2]]', '"x"', '12345678901234567890'])
})

test('an empty array has no elements', () => {
  expect(texts(Buffer.from('[]'))).toEqual([])
  expect(texts(Buffer.from(' [ \n ] '))).toEqual([])
})

test('every array comes apart into what it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (values, indent) => {
      const parts = texts(Buffer.from(JSON.stringify(values, null, indent)))
      expect(parts.map((part) => JSON.parse(part) as unknown)).toEqual(JSON.parse(JSON.stringify(values)))
    }),
  )
})
