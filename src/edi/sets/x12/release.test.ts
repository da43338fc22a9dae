import { describe, expect, test } from 'vitest'
import { readSets, x12File } from '../../../../test/edi/sets.ts'
import { nearestRelease } from './release.ts'

test.each([
  ['004010', '004010'],
  ['004030', '005010'],
  ['005010', '005010'],
  ['008020', '005010'],
  ['003060', undefined],
  ['999999', undefined],
  ['4010', undefined],
])('a release is read by the next later one, or by the last: %s', (version, expected) => {
  expect(nearestRelease(version, ['004010', '005010'])).toBe(expected)
})

describe('a set of a release that has no grammar here', () => {
  const verdicts = (version: string): readonly string[] =>
    readSets(
      x12File(
        version,
        `
    ST*850*0001
    BEG*00*SA*PO-9**20260302
    N9*ZZ*TERMS
    MTX**OURS
    PO1*1*12*EA***SK*MUG-BLUE`,
      ),
    )[0]?.report.verdicts.map(({ code, severity }) => `${severity} ${code}`) ?? []

  test('is read, and that is told', () => {
    expect(verdicts('004030')).toEqual(['warn set.directory_near'])
    expect(verdicts('004030VICS')).toEqual(['warn set.directory_near'])
    expect(verdicts('006010')).toEqual(['warn set.directory_near'])
    expect(verdicts('005010')).toEqual([])
  })
})
