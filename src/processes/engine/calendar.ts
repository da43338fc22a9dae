import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../../base/instant.ts'

/** When somebody works. */
export interface Calendar {
  /** IANA name. */
  readonly timeZone: string
  /** Days of the week, 1 for Monday to 7 for Sunday. */
  readonly days: readonly number[]
  /** Local time of day, `HH:MM`. `until` is later than `from`. */
  readonly from: string
  readonly until: string
  /** Days on which nobody works, `YYYY-MM-DD`. */
  readonly holidays: readonly string[]
}

/** Monday to Friday, 8 to 17 o'clock UTC. */
export const usualCalendar: Calendar = {
  timeZone: 'UTC',
  days: [1, 2, 3, 4, 5],
  from: '08:00',
  until: '17:00',
  holidays: [],
}

/** Days that are looked at: a calendar in which nobody works that long has no business time. */
const daysMax = 400

/**
 * The instant after so many minutes of business time. A day that a change of the clock shortens has less of it. Undefined when there is no
 * such instant, or when calendar or instant cannot be read.
 */
export function addBusinessMinutes(from: Instant, minutes: number, calendar: Calendar): Instant | undefined {
  try {
    const { timeZone, days, holidays } = calendar
    const start = Temporal.Instant.from(from)
    const closed = new Set(holidays)
    let day = start.toZonedDateTimeISO(timeZone).toPlainDate()
    let left = minutes * 60_000
    for (let looked = 0; looked < daysMax; looked++, day = day.add({ days: 1 })) {
      if (!days.includes(day.dayOfWeek) || closed.has(day.toString())) continue
      const opens = millisecondsAt(day, calendar.from, timeZone)
      const closes = millisecondsAt(day, calendar.until, timeZone)
      const begins = Math.max(opens, start.epochMilliseconds)
      if (begins >= closes) continue
      if (begins + left <= closes) return Temporal.Instant.fromEpochMilliseconds(begins + left).toString()
      left -= closes - begins
    }
    return undefined
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

function millisecondsAt(day: Temporal.PlainDate, time: string, timeZone: string): number {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
}

/** The calendar of a policy: what it does not say is as usual. */
export function readCalendar(set: unknown): Calendar {
  if (typeof set !== 'object' || set === null) return usualCalendar
  return { ...usualCalendar, ...(set as Partial<Calendar>) }
}
