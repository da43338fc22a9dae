import { Temporal } from 'temporal-polyfill'

/** Calendar day of an instant where somebody lives: `2026-04-02`. */
export function localDay(ms: number, timeZone: string): string {
  return zoned(ms, timeZone).toPlainDate().toString()
}

/** When the next day begins there, ms. */
export function nextDay(ms: number, timeZone: string): number {
  return zoned(ms, timeZone).startOfDay().add({ days: 1 }).epochMilliseconds
}

/** The end of the quiet hours that the instant is in, ms; undefined outside of them. Half-open; over midnight where `from` is behind `to`. */
export function quietUntil(
  ms: number,
  { from, to }: { readonly from: number; readonly to: number },
  timeZone: string,
): number | undefined {
  if (from === to) return undefined
  const local = zoned(ms, timeZone)
  const minute = local.hour * 60 + local.minute
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to
  if (!isQuiet) return undefined
  const day = from > to && minute >= from ? local.add({ days: 1 }) : local
  const end = day.withPlainTime({ hour: Math.floor(to / 60) % 24, minute: to % 60 })
  // Where clocks go back within the quiet hours their end may lie before the instant.
  return Math.max(end.epochMilliseconds, ms + 1)
}

function zoned(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
}
