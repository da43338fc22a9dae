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
