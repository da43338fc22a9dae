import { type Instant, readInstant, writeInstant } from '../../../base/instant.ts'
import { readEventTime } from '../../../model/event-time.ts'
import type { EventTime } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import type { Naming } from './naming.ts'

/** X12 element 623: zones that change with the season by name, the others by their offset. */
const zones: Readonly<Record<string, string>> = {
  AT: 'America/Anchorage',
  CT: 'America/Chicago',
  ET: 'America/New_York',
  HT: 'Pacific/Honolulu',
  MT: 'America/Denver',
  NT: 'America/St_Johns',
  PT: 'America/Los_Angeles',
  TT: 'America/Halifax',
}
/** Local time, of wherever it is. */
const localZone = 'LT'
/** A is Alaska; the Atlantic is T. */
const offsets: Readonly<Record<string, string>> = {
  '25': '-02:30',
  '26': '-03:30',
  '27': '+05:30',
  '28': '+09:30',
  '29': '+10:30',
  AD: '-08:00',
  AS: '-09:00',
  CD: '-05:00',
  CS: '-06:00',
  ED: '-04:00',
  ES: '-05:00',
  GM: 'Z',
  HD: '-09:00',
  HS: '-10:00',
  MD: '-06:00',
  MS: '-07:00',
  ND: '-02:30',
  NS: '-03:30',
  PD: '-07:00',
  PS: '-08:00',
  TD: '-03:00',
  TS: '-04:00',
  UT: 'Z',
}

/** What was agreed of times without a zone; empty: nothing. */
export type Zoned = Pick<Naming, 'timeZone'>

/**
 * A time of a document with the zone that stands beside it, else the one that was agreed. A date stays a date, a zone that nobody knows
 * leaves it local.
 */
export function readMoment(at: Reading, { timeZone }: Zoned, zone?: string): EventTime | undefined {
  const text = at.optionalText(40)
  if (text === undefined) return undefined
  const isDate = text.length === 10
  const offset = zone === undefined || isDate ? undefined : (offsets[zone] ?? hours(zone))
  const agreed = isDate || timeZone === '' ? undefined : timeZone
  const tz = zone === undefined || zone === localZone ? agreed : zones[zone]
  const found = readEventTime(`${text}${offset ?? ''}`, tz === undefined ? {} : { tz })
  if (found === undefined) throw at.wrong('a time')
  return found
}

/** The same as an instant; a date is its beginning, and what names no zone that is known is taken as UTC. */
export function readMomentAsInstant(at: Reading, agreed: Zoned, zone?: string): Instant | undefined {
  const instant = readInstant(readMoment(at, agreed, zone)?.at ?? '')
  return instant === undefined ? undefined : writeInstant(instant)
}

/** 01 to 12 are hours east of UTC; from 13, which is twelve west of it, to 24, which is one. */
function hours(zone: string): string | undefined {
  if (!/^(0[1-9]|1\d|2[0-4])$/.test(zone)) return undefined
  const east = Number(zone)
  const offset = east <= 12 ? east : east - 25
  return `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`
}

/** The first of these dates (DTM) that a part of a document has, by their qualifiers; undefined where it has none of them. */
export function dateIn(holder: Reading, qualifiers: readonly string[], agreed: Zoned): EventTime | undefined {
  const dates = holder.at('dates').optionalList() ?? []
  for (const qualifier of qualifiers) {
    const one = dates.find((date) => date.at('qualifier').optionalText() === qualifier)
    const at = one === undefined ? undefined : readMoment(one.at('at'), agreed, one.at('zone').optionalText())
    if (at !== undefined) return at
  }
  return undefined
}

/** The date with one of the qualifiers, else the one of the document. Throws CONTENT_INVALID without either. */
export function whenOf(root: Reading, qualifiers: readonly string[], agreed: Zoned): EventTime {
  const at = dateIn(root, qualifiers, agreed) ?? readMoment(root.at('date'), agreed)
  if (at === undefined) throw root.at('date').wrong('a date')
  return at
}

/** The same in words: a day stays a day, a time whose zone is known is an instant, another one stays as it was told. */
export function saidIn(holder: Reading, qualifiers: readonly string[], agreed: Zoned): string | undefined {
  const found = dateIn(holder, qualifiers, agreed)
  if (found === undefined) return undefined
  const { at, local, precision, tz, offsetKnown } = found
  if (precision === 'date') return (local ?? at).slice(0, 10)
  return offsetKnown || tz !== undefined ? at : (local ?? at)
}
