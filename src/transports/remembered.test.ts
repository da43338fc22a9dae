import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

test('what belongs to a text is made once, also when it is nothing', () => {
  const asked: string[] = []
  const lengthOf = remembered((text) => {
    asked.push(text)
    return text === '' ? undefined : text.length
  })
  expect([lengthOf('ab'), lengthOf(''), lengthOf('abc'), lengthOf('ab'), lengthOf('')]).toEqual([
    2,
    undefined,
    3,
    2,
    undefined,
  ])
  expect(asked).toEqual(['ab', '', 'abc'])
})

test('what failed is tried again', () => {
  let tries = 0
  const once = remembered(() => {
    tries++
    if (tries === 1) throw new Error('not yet')
    return tries
  })
  expect(() => once('a')).toThrow('not yet')
  expect(once('a')).toBe(2)
})

test('texts without end do not fill the memory', () => {
  let made = 0
  const counted = remembered(() => ++made)
  for (let n = 0; n < 1000; n++) counted(String(n))
  expect(counted('0')).toBe(1)
  counted('one more')
  expect(counted('0')).toBe(1002)
})
