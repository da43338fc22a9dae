import { digitsAt, packText } from '../bytes/text.ts'
import { packedAt, rangeOf, type Segment } from '../read/segment.ts'
import { daysIn } from './value.ts'

/** Formats (2379) that begin with CCYYMMDD: nearly all there are. */
const wholeYears: ReadonlySet<number> = new Set(['102', '203', '204'].map(packText))

/**
 * What is wrong with the day that a DTM of EDIFACT says: it is in no calendar, or all of it is zeros, with which SAP fills a date that it does
 * not have. Only what its format says is judged: what is not as long as that is of another format, and what is no digits is for people.
 */
export function calendarProblem(segment: Segment): 'element.bad_date' | 'element.no_date' | undefined {
  const format = packedAt(segment, 1, 3)
  if (!wholeYears.has(format)) return undefined
  const range = rangeOf(segment, 1, 2)
  if (range === undefined) return undefined
  const [start, end] = range
  const length = end - start
  if (length !== 8 && length !== 12 && length !== 14) return undefined
  const { bytes } = segment
  const year = digitsAt(bytes, start, start + 4)
  const month = digitsAt(bytes, start + 4, start + 6)
  const day = digitsAt(bytes, start + 6, start + 8)
  if (year < 0 || month < 0 || day < 0) return undefined
  if (month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)) return undefined
  return digitsAt(bytes, start, end) === 0 ? 'element.no_date' : 'element.bad_date'
}
