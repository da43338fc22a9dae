import { describe, expect, test } from 'vitest'
import { edifactFile, readSets, x12File } from '../../../test/edi/sets.ts'

function told(bytes: Uint8Array): string[] {
  return readSets(bytes)
    .flatMap(({ report }) => report.verdicts)
    .map(({ code, severity, segmentTag, segmentNumber }) => `${severity} ${code} ${segmentTag}#${segmentNumber}`)
}

const notice = (...dates: readonly string[]): Uint8Array =>
  edifactFile(['UNH+1+DESADV:D:96A:UN', 'BGM+351+DA-1+9', ...dates.map((date) => `DTM+${date}`)].join('\n'))

describe('a date of zeros', () => {
  test.each(['00000000:102', '000000000000:203', '00000000:203', '00000000000000:204'])(
    'is none: a warning, and it is neither before nor after another one: %s',
    (none) => {
      expect(told(notice('11:20260301:102', `17:${none}`))).toEqual(['warn element.no_date DTM#4'])
      expect(told(notice(`11:${none}`, '17:20260301:102'))).toEqual(['warn element.no_date DTM#3'])
    },
  )

  test.each(['000000001200:203', '00001301:102', '20260000:102'])('with other digits is in no calendar: %s', (date) => {
    expect(told(notice(`11:${date}`))).toEqual(['reject element.bad_date DTM#3'])
  })

  test('is refused in X12, whose grammar knows dates', () => {
    const status = (day: string): string =>
      `ST*214*0001\nB10*PRO-1*LOAD-77*HAUL\nLX*1\nAT7*X3*NS***${day}*0815*LT\nMS1*AKRON*OH*US`
    expect(told(x12File('004010', status('20260302')))).toEqual([])
    expect(told(x12File('004010', status('00000000')))).toEqual(['reject element.bad_date AT7#4'])
  })
})
