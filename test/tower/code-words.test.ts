import { describe, expect, test } from 'vitest'
import { checks } from '../../src/watch/checks/all.ts'
import { readTree } from '../../tools/source-tree.ts'
import { codeWords } from '../../web/src/words/codes.ts'

/** Words of the sources: a code is written down somewhere, as a value or as a member. */
const written = new Set(readTree(['src']).flatMap(({ text }) => text.match(/\w+/g) ?? []))

describe.each(Object.entries(codeWords))('codes in the language %s', (_language, words) => {
  test('exist: a word for a code that is gone would never be read', () => {
    const unknown = Object.keys(words).filter((code) => !code.split(/\W/).every((part) => written.has(part)))
    expect(unknown).toEqual([])
  })
})

test('a code that does not exist would be found out', () => {
  expect(written.has('conjured_status')).toBe(false)
})

test('every unit of a business check has a word', () => {
  const named = readTree(['web/src/parts/unit-name.ts'])
    .map(({ text }) => text)
    .join()
  const units = new Set(checks.map(({ unit }) => unit).filter((unit) => unit !== 'seconds'))
  expect([...units].filter((unit) => !new RegExp(`^    ${unit}: `, 'm').test(named))).toEqual([])
})
