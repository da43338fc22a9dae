import { Temporal } from 'temporal-polyfill'
import type { PeriodKind } from './sla.ts'

/** From the start on and before the end; milliseconds since 1970. */
export interface Period {
  readonly startsAt: number
  readonly endsAt: number
}

const one = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const

/** The day, week (from Monday on) or month in which an instant lies, by the calendar of a zone. */
export function periodOf(at: number, kind: PeriodKind, timeZone: string): Period {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  const first =
    kind === 'day' ? day : kind === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 })
  const begin = (date: Temporal.PlainDate): number => date.toZonedDateTime(timeZone).epochMilliseconds
  return { startsAt: begin(first), endsAt: begin(first.add(one[kind])) }
}

/** So many periods, the newest first; the first of them holds `at`. */
export function periodsUntil(at: number, kind: PeriodKind, timeZone: string, count: number): readonly Period[] {
  const found: Period[] = []
  for (let next = at; found.length < count; ) {
    const period = periodOf(next, kind, timeZone)
    found.push(period)
    next = period.startsAt - 1
  }
  return found
}
