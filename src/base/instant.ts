/**
 * Instants without a clock: RFC 3339 text with an offset and milliseconds since 1970 UTC. Pure code gets the time from the fact,
 * so nothing here knows what time it is.
 */
export type Instant = string

/** Longer than any instant with white space before its offset that anybody writes. */
const textMost = 64

const shape = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d\d:?\d\d)$/

/** Milliseconds since 1970 UTC; undefined when the text is not an instant with an offset, or names a time that does not exist. */
export function readInstant(text: string): number | undefined {
  if (text.length === 24) {
    const plain = readOwn(text)
    if (plain !== undefined) return plain
  }
  if (text.length > textMost) return undefined
  const known = recent.get(text)
  if (known !== undefined || recent.has(text)) return known
  const instant = parse(text)
  if (recent.size >= recentMost) recent.clear()
  recent.set(text, instant)
  return instant
}

/** One scan is read at every stage from the map to the projection, and comes again with each message of its shipment. */
const recent = new Map<string, number | undefined>()
const recentMost = 4096

/** What `writeInstant` writes: nearly all instants there are. Undefined for anything else, and for what is no time. */
function readOwn(text: string): number | undefined {
  if (text[23] !== 'Z' || text[10] !== 'T' || text[4] !== '-' || text[7] !== '-') return undefined
  if (text[13] !== ':' || text[16] !== ':' || text[19] !== '.') return undefined
  const year = digits(text, 0, 4)
  if (Number.isNaN(year)) return undefined
  const days = readDate({ year, month: digits(text, 5, 7), day: digits(text, 8, 10) })
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  const second = digits(text, 17, 19)
  const ms = digits(text, 20, 23)
  // Anything but digits has made a number of its place that is no number.
  if (days === undefined || !(hour <= 23 && minute <= 59 && second <= 59 && ms <= 999)) return undefined
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + ms
}

/** NaN where there is anything else. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function parse(text: string): number | undefined {
  const match = shape.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '0', offset = 'Z'] = match
  const days = readDate({ year: Number(year), month: Number(month), day: Number(day) })
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
  const local = ((days * 24 + Number(hour)) * 60 + Number(minute)) * 60_000 + Math.min(Number(second), 59) * 1000 + ms
  const shift = readOffset(offset)
  return shift === undefined ? undefined : local - shift * 60_000
}

/** RFC 3339 in UTC with milliseconds: `2026-01-04T16:00:00.000Z`. */
export function writeInstant(ms: number): Instant {
  const days = Math.floor(ms / 86_400_000)
  const rest = ms - days * 86_400_000
  if (days !== lastDay) {
    const { year, month, day } = writeDate(days)
    lastDayText = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}T`
    lastDay = days
  }
  const second = Math.floor(rest / 1000)
  const minutes = `${minutesOfDay[Math.floor(second / 60)]}:${pad(second % 60)}`
  return `${lastDayText}${minutes}.${String(rest % 1000).padStart(3, '0')}Z`
}

/** Times that are written one after another are mostly of one day. */
let lastDay = Number.NaN
let lastDayText = ''

const minutesOfDay = Array.from({ length: 1440 }, (_, minute) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`)

/** Days since 1970-01-01 of a calendar date; undefined when there is no such day. (Howard Hinnant, "chrono-compatible algorithms".) */
export function readDate({ year, month, day }: { year: number; month: number; day: number }): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return undefined
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The calendar date of a day counted from 1970-01-01, negative before it. (Howard Hinnant, "chrono-compatible algorithms".) */
export function writeDate(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function readOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(-2))
  if (hours > 23 || minutes > 59) return undefined
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
