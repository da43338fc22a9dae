import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../../base/instant.ts'
import { isTimeZone } from '../../base/time-zone.ts'

/** When somebody works. */
export interface Calendar {
  /** IANA name. */
  readonly timeZone: string
  /** By day of the week, 1 for Monday to 7 for Sunday: the hours of that day, the earlier first. A day that is not there is closed. */
  readonly hours: Readonly<Record<string, readonly Hours[]>>
  /** Days on which nobody works, `YYYY-MM-DD`. */
  readonly holidays: readonly string[]
}

/** Local times of day, `HH:MM`. `until` is later than `from`; `24:00` is midnight. */
export interface Hours {
  readonly from: string
  readonly until: string
}

const usualHours: readonly Hours[] = [{ from: '08:00', until: '17:00' }]

/** Monday to Friday, 8 to 17 o'clock UTC. */
export const usualCalendar: Calendar = {
  timeZone: 'UTC',
  hours: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, usualHours])),
  holidays: [],
}

/** Minutes of business time that a usual day has. */
export const usualDay = 9 * 60

/** Days that are looked at: whoever works an hour a week has business time, and a wait of ten years is none. */
const daysMax = 3660
/** A calendar in which nobody works for so many days on end has no business time. */
const closedDaysMax = 400

/**
 * The instant after so many minutes of business time. A day that a change of the clock shortens has less of it. Undefined when there is no
 * such instant, or when calendar or instant cannot be read.
 */
export function addBusinessMinutes(from: Instant, minutes: number, calendar: Calendar): Instant | undefined {
  try {
    const { timeZone, hours, holidays } = calendar
    const start = Temporal.Instant.from(from)
    const closed = new Set(holidays)
    let day = start.toZonedDateTimeISO(timeZone).toPlainDate()
    let left = minutes * 60_000
    let idle = 0
    for (let looked = 0; looked < daysMax && idle < closedDaysMax; looked++, day = day.add({ days: 1 })) {
      idle++
      if (closed.has(day.toString())) continue
      for (const { from: opening, until } of hours[day.dayOfWeek] ?? []) {
        const begins = Math.max(millisecondsAt(day, opening, timeZone), start.epochMilliseconds)
        const closes = millisecondsAt(day, until, timeZone)
        if (begins >= closes) continue
        if (begins + left <= closes) return Temporal.Instant.fromEpochMilliseconds(begins + left).toString()
        left -= closes - begins
        idle = 0
      }
    }
    return undefined
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

function millisecondsAt(day: Temporal.PlainDate, time: string, timeZone: string): number {
  const [on, at] = time === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, time]
  return on.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
const holidaysMax = 400
const hoursMax = 10

/** A calendar as people write it. */
export interface WrittenCalendar {
  readonly timeZone: string
  /** By name of the day: `08:00-12:00, 13:00-17:00`. */
  readonly hours: Readonly<Record<string, unknown>>
  readonly holidays: readonly string[]
}

/** Reads what people write. Throws an Error whose sentence says what does not fit. */
export function readWrittenCalendar({ timeZone, hours, holidays }: WrittenCalendar): Calendar {
  if (!isTimeZone(timeZone)) throw new Error(`timeZone: there is no time zone ${timeZone}`)
  const unknown = Object.keys(hours).find((name) => !weekdays.some((one) => one === name))
  if (unknown !== undefined) throw new Error(`hours: ${unknown} is no day; days are ${weekdays.join(', ')}`)
  const wrong = holidays.find((one) => !isDate(one))
  if (wrong !== undefined) throw new Error(`holidays: ${wrong} is no date like 2026-12-25`)
  if (holidays.length > holidaysMax) throw new Error(`holidays: at most ${holidaysMax}`)
  const read = weekdays.flatMap((name, index): [string, readonly Hours[]][] =>
    hours[name] === undefined ? [] : [[`${index + 1}`, readHours(name, hours[name])]],
  )
  if (read.length === 0) throw new Error('hours: at least one day must have some')
  return { timeZone, hours: Object.fromEntries(read), holidays: [...new Set(holidays)].toSorted() }
}

function readHours(day: string, written: unknown): readonly Hours[] {
  const all = (typeof written === 'string' ? written.split(',') : []).map((one): Hours => {
    const [, from = '', until = ''] = /^\s*(\d\d:\d\d)\s*-\s*(\d\d:\d\d)\s*$/.exec(one) ?? []
    return { from, until }
  })
  const isFit = ({ from, until }: Hours, index: number): boolean =>
    isTime(from) && (isTime(until) || until === '24:00') && from < until && (all[index - 1]?.until ?? '') <= from
  if (all.length === 0 || all.length > hoursMax || !all.every(isFit))
    throw new Error(`hours: ${day} is no text like 08:00-12:00, 13:00-17:00`)
  return all
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && readsAs(() => Temporal.PlainDate.from(text, { overflow: 'reject' }))
}

function readsAs(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return false
    throw error
  }
}

/**
 * The calendar of a policy: `days`, `from` and `until` where all days have the same hours. What it does not say is as usual.
 */
export function readCalendar(set: unknown): Calendar {
  if (typeof set !== 'object' || set === null) return usualCalendar
  const {
    days,
    from = '08:00',
    until = '17:00',
    ...rest
  } = set as Partial<Calendar> & {
    readonly days?: readonly number[]
    readonly from?: string
    readonly until?: string
  }
  const isPlain = days !== undefined || 'from' in set || 'until' in set
  const plain = Object.fromEntries((days ?? [1, 2, 3, 4, 5]).map((day) => [day, [{ from, until }]]))
  return { ...usualCalendar, ...(isPlain ? { hours: plain } : {}), ...rest }
}
