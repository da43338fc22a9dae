import { isDecimal } from '../../base/decimal.ts'
import { readInstant } from '../../base/instant.ts'
import { isTimeZone } from '../../base/time-zone.ts'

/** Whom a text is written for. */
export interface Reader {
  /** BCP 47; one that nobody knows is taken for `en`. */
  readonly locale: string
  /** IANA. */
  readonly timeZone: string
}

/** How a value may be written. `day` is a calendar date, which has no time zone. */
export const formatNames = ['text', 'date', 'time', 'day', 'number'] as const
/** How a value is written: what stands behind the bar of a placeholder, `{{placedAt|date}}`. */
export type FormatName = (typeof formatNames)[number]

/** A value in the words of the reader. What is no instant or number is written as it is: unknown is never guessed. */
export function format(value: string, as: FormatName, { locale, timeZone }: Reader): string {
  if (as === 'number') return isDecimal(value) ? numbers(locale).format(value as `${number}`) : value
  if (as === 'text') return value
  const calendarDay = /^\d{4}-\d\d-\d\d$/.test(value)
  const ms = readInstant(calendarDay ? `${value}T00:00:00Z` : value)
  if (ms === undefined) return value
  const zone = calendarDay || as === 'day' ? 'UTC' : timeZone
  return instants(locale, zone, as !== 'time' || calendarDay ? 'date' : 'time').format(ms)
}

/** What of a language tag is known here; `en` where nothing is. */
export function knownLocale(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale])[0] ?? 'en'
  } catch {
    // No language tag at all.
    return 'en'
  }
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const instantFormats = new Map<string, Intl.DateTimeFormat>()
/** Languages and time zones at work at once; making a format takes a thousand times as long as using it. */
const formatsMost = 500

function numbers(locale: string): Intl.NumberFormat {
  return kept(numberFormats, locale, () => new Intl.NumberFormat(knownLocale(locale), { maximumFractionDigits: 20 }))
}

function instants(locale: string, timeZone: string, as: 'date' | 'time'): Intl.DateTimeFormat {
  return kept(instantFormats, `${locale} ${timeZone} ${as}`, () => {
    const language = knownLocale(locale)
    // Without a country Americans would be meant, who write the month first.
    const tag = language === 'en' ? 'en-GB' : language
    const parts = as === 'date' ? { dateStyle: 'long' as const } : { timeStyle: 'short' as const }
    return new Intl.DateTimeFormat(tag, { ...parts, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' })
  })
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const known = all.get(key)
  if (known !== undefined) return known
  if (all.size >= formatsMost) all.clear()
  const made = make()
  all.set(key, made)
  return made
}
