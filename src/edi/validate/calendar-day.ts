import { digitsAt, packText } from '../bytes/text.ts'
import { packedAt, rangeOf, type Segment } from '../read/segment.ts'
import { daysIn } from './value.ts'

/** Formats (2379) that begin with CCYYMMDD: nearly all there are. */
const wholeYears: ReadonlySet<number> = new Set(['102', '203', '204'].map(packText))

/**
 * Whether a DTM of EDIFACT says a day that is in no calendar. Only what its format says is judged: what is not as long as that is of another
 * format, and what is no digits is for people.
 */
export function isInNoCalendar(segment: Segment): boolean {
  const format = packedAt(segment, 1, 3)
  if (!wholeYears.has(format)) return false
  const range = rangeOf(segment, 1, 2)
  if (range === undefined) return false
  const [start, end] = range
  const length = end - start
  if (length !== 8 && length !== 12 && length !== 14) return false
  const { bytes } = segment
  const year = digitsAt(bytes, start, start + 4)
  const month = digitsAt(bytes, start + 4, start + 6)
  const day = digitsAt(bytes, start + 6, start + 8)
  if (year < 0 || month < 0 || day < 0) return false
  return month < 1 || month > 12 || day < 1 || day > daysIn(year, month)
}
