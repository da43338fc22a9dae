import { Temporal } from 'temporal-polyfill'
import { readDate, readInstant, writeInstant } from '../base/instant.ts'
import type { EventTime } from './report.ts'

const localShape = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?$/

/**
 * Reads a time as carriers write it, with the precision that it was told with. A date stays a date; a local time without zone is
 * taken as UTC, says so (`offsetKnown: false`) and keeps what was written. Undefined when it is no time at all.
 */
export function readEventTime(text: string, options: { readonly tz?: string } = {}): EventTime | undefined {
  const trimmed = text.trim()
  if (options.tz === undefined) {
    const plain = readMinute(trimmed)
    if (plain !== undefined) return plain
  }
  if (readInstant(trimmed) !== undefined) return { at: trimmed, precision: precisionOf(trimmed), offsetKnown: true }
  const match = localShape.exec(trimmed)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction] = match
  if (readDate({ year: Number(year), month: Number(month), day: Number(day) }) === undefined) return undefined
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return undefined
  const precision =
    hour === undefined ? 'date' : fraction !== undefined ? 'millisecond' : second !== undefined ? 'second' : 'minute'
  const { tz } = options
  if (tz !== undefined) return inZone(trimmed, tz, precision)
  const at = asUtc(trimmed)
  return at === undefined ? undefined : { at, precision, local: trimmed, offsetKnown: false }
}

/** `2026-03-01T08:15` without a zone, as most documents have it: nothing has to be searched in it. */
function readMinute(text: string): EventTime | undefined {
  if (text.length !== 16 || text[10] !== 'T' || text[13] !== ':' || text[4] !== '-' || text[7] !== '-') return undefined
  const year = digitsIn(text, 0, 4)
  const month = digitsIn(text, 5, 7)
  const day = digitsIn(text, 8, 10)
  const hour = digitsIn(text, 11, 13)
  const minute = digitsIn(text, 14, 16)
  if (year < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return undefined
  if (readDate({ year, month, day }) === undefined) return undefined
  return { at: `${text}:00.000Z`, precision: 'minute', local: text, offsetKnown: false }
}

/** -1 where there is anything else. */
function digitsIn(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/**
 * Where an event stands in time, ms since 1970. Depends on the event alone, so that the order is total: a date stands for its start,
 * or for its end when the event ends the shipment.
 */
export function sortAt(time: Pick<EventTime, 'at' | 'precision'>, ends: boolean): number {
  const start = readInstant(time.at) ?? 0
  return time.precision === 'date' && ends ? start + lastOfDay : start
}

/** From the start of a day to its last millisecond. */
export const lastOfDay = 86_399_999

function precisionOf(text: string): EventTime['precision'] {
  if (text.includes('.') || text.includes(',')) return 'millisecond'
  return text.length > 16 && text[16] === ':' ? 'second' : 'minute'
}

function asUtc(local: string): string | undefined {
  const time = local.length === 10 ? `${local}T00:00:00Z` : `${local.replace(' ', 'T')}Z`
  const ms = readInstant(time)
  return ms === undefined ? undefined : writeInstant(ms)
}

/** A local time that does not exist moves forward, one that exists twice is the first; both are flagged. */
function inZone(local: string, tz: string, precision: EventTime['precision']): EventTime | undefined {
  try {
    const plain = Temporal.PlainDateTime.from(local.length === 10 ? `${local}T00:00` : local.replace(' ', 'T'))
    const earlier = plain.toZonedDateTime(tz, { disambiguation: 'earlier' })
    const later = plain.toZonedDateTime(tz, { disambiguation: 'later' })
    const exists = earlier.toPlainDateTime().equals(plain)
    const at = writeInstant((exists ? earlier : later).epochMilliseconds)
    const clock = !exists ? 'gap' : earlier.equals(later) ? undefined : 'overlap'
    return { at, precision, local, tz, offsetKnown: false, ...(clock === undefined ? {} : { clockChange: clock }) }
  } catch {
    return undefined
  }
}
