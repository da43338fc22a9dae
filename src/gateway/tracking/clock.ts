import { filled, languages, type TrackingLanguage } from './language.ts'
import type { ShownEvent } from './shown-event.ts'
import type { Story } from './story.ts'

const day = { weekday: 'long', day: 'numeric', month: 'long' } as const
const hour = { hour: '2-digit', minute: '2-digit' } as const

/** When a scan happened, as the clock said there; it is named where that was not told. */
export function scanTime({ instant, isDay, clock }: ShownEvent['at'], language: TrackingLanguage): string {
  // The digits as they stand: shown as if they were UTC, they stay what they are.
  const wall = new Date(`${instant.slice(0, 19)}Z`)
  const format = new Intl.DateTimeFormat(language, { ...day, ...(isDay ? {} : hour), timeZone: 'UTC' })
  const { atPlace, utc, asWritten } = languages[language].words.page
  if (isDay) return format.format(wall)
  return `${format.format(wall)} (${{ place: atPlace, utc, unsaid: asWritten }[clock]})`
}

/** An instant in a zone that is named. */
export function zonedTime(at: number, language: TrackingLanguage, timeZone: string): string {
  return `${new Intl.DateTimeFormat(language, { ...day, ...hour, timeZone }).format(at)} (${timeZone})`
}

/** When the parcel is expected, in words. */
export function expectedTime(
  expected: NonNullable<Story['expected']>,
  language: TrackingLanguage,
  timeZone: string,
): string {
  const { page } = languages[language].words
  const date = (at: number): string => new Intl.DateTimeFormat(language, { ...day, timeZone }).format(at)
  const time = (at: number): string => new Intl.DateTimeFormat(language, { ...hour, timeZone }).format(at)
  if ('at' in expected)
    return `${filled(page.expectedAround, { date: date(expected.at), time: time(expected.at) })} (${timeZone})`
  const [from, to] = [expected.from, expected.to].map((one) => (one === undefined ? undefined : Date.parse(one)))
  if (from !== undefined && to !== undefined && date(from) === date(to))
    return `${filled(page.between, { date: date(from), from: time(from), to: time(to) })} (${timeZone})`
  if (from !== undefined && to !== undefined) return `${date(from)} – ${date(to)}`
  if (to !== undefined) return `${filled(page.by, { date: date(to), to: time(to) })} (${timeZone})`
  return `${filled(page.from, { date: date(from ?? 0), from: time(from ?? 0) })} (${timeZone})`
}
