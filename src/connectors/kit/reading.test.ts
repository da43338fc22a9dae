import { describe, expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import { readJson } from '../../base/json.ts'
import { Reading } from './reading.ts'

function read(text: string): Reading {
  return new Reading(readJson(new TextEncoder().encode(text)))
}

function failure(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof InterlineError) return `${error.code} ${error.message}`
    throw error
  }
  throw new Error('was accepted')
}

describe('what must be there', () => {
  test('is read from any depth, numbers as their text', () => {
    const lines = read('{"order":{"lines":[{"sku":"A-1"},{"sku":12.50}]}}')
    expect(
      lines
        .at('order')
        .at('lines')
        .list()
        .map((line) => line.at('sku').text()),
    ).toEqual(['A-1', '12.50'])
  })

  test('is asked for with its place, and without what stood there instead', () => {
    const document = read('{"order":{"lines":[{"sku":{"secret":"x"}}],"note":"private","none":null}}')
    const order = document.at('order')
    const [line = order] = order.at('lines').list()
    expect(failure(() => line.at('sku').text())).toBe(
      'CONTENT_INVALID At order.lines[0].sku: expected text, found an object.',
    )
    expect(failure(() => order.at('none').text())).toContain('At order.none: expected text, found nothing')
    expect(failure(() => order.at('note').decimal())).toContain('expected a number, found text of 7 characters')
    expect(failure(() => order.at('note').list())).toContain('expected a list, found text of 7 characters')
    expect(failure(() => document.at('order').at('lines').object())).toContain('expected an object, found a list of 1')
    expect(failure(() => new Reading(7).object())).toContain('At the document: expected an object')
  })

  test('is never reached through a prototype', () => {
    expect(new Reading({}).at('constructor').present).toBe(false)
    expect(new Reading({}).has('toString')).toBe(false)
  })
})

describe('limits', () => {
  test('end texts, lists and numbers', () => {
    expect(read('"abc"').text(3)).toBe('abc')
    expect(failure(() => read('"abcd"').text(3))).toContain('at most 3 characters')
    expect(read('[1,2]').list(2)).toHaveLength(2)
    expect(failure(() => read('[1,2,3]').list(2))).toContain('at most 2 items')
    expect(failure(() => read('9007199254740993').whole())).toContain('expected a whole number')
    expect(failure(() => read('1.5').whole())).toContain('expected a whole number')
  })

  test('cut words for people instead of refusing them, and never through a character', () => {
    expect(read('"abcd"').excerpt(4)).toBe('abcd')
    expect(read('"abcde"').excerpt(4)).toBe('abc…')
    expect(read('"ab🚚cd"').excerpt(4)).toBe('ab…')
  })
})

describe('what may be missing', () => {
  test('is absent when it is null or empty', () => {
    const document = read('{"a":null,"b":""}')
    for (const name of ['a', 'b', 'c']) {
      expect(document.at(name).optionalText()).toBeUndefined()
      expect(document.at(name).optionalTime()).toBeUndefined()
      expect(document.at(name).each((item) => item)).toEqual([])
    }
  })

  test('is wrong, not absent, when it is there and cannot be read', () => {
    expect(failure(() => read('"soon"').optionalTime())).toContain('expected a time')
    expect(failure(() => read('"many"').optionalDecimal())).toContain('expected a number')
  })
})

test('text that no database takes is refused with its place', () => {
  expect(failure(() => read('{"a":"x\\u0000"}').at('a').text())).toContain('TEXT_UNSTORABLE The text at a holds NUL')
  expect(failure(() => read('{"a":"x\\ud800"}').at('a').excerpt())).toContain('TEXT_UNSTORABLE')
})
