import { type Instant, readInstant, writeInstant } from '../../../base/instant.ts'
import { readEventTime } from '../../../model/event-time.ts'
import type { EventTime, PlannedWindow } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { readMoment, type Zoned } from './moment.ts'

const dayMs = 86_400_000

/** G62: 37 and 53 are the earliest, 38 and 54 the latest; 69, 70 and whatever else is scheduled is both. */
export function windowOf(stop: Reading, agreed: Zoned): PlannedWindow | undefined {
  const all = stop.at('windows').each((one) => ({
    qualifier: one.at('qualifier').optionalText() ?? '',
    at: readMoment(one.at('at'), agreed, one.at('zone').optionalText()),
  }))
  const of = (...qualifiers: string[]): EventTime | undefined =>
    all.find(({ qualifier }) => qualifiers.includes(qualifier))?.at
  const from = of('37', '53', '69', '10', '68', '70', '02')
  const to = of('38', '54')
  if (from === undefined && to === undefined) return undefined
  const zones = new Set([from, to].flatMap((told) => (told === undefined ? [] : [zoneOf(told, agreed)])))
  const [tz] = zones
  return stated({
    from: from === undefined ? undefined : startOf(from, agreed),
    to: to === undefined ? undefined : endOf(to, agreed),
    tz: zones.size === 1 ? tz : undefined,
  })
}

/** The first moment after what is meant: a day without a time ends when the day does, where it is agreed to be. */
export function endOf(told: EventTime, agreed: Zoned): Instant {
  if (told.precision !== 'date') return told.at
  const next = writeInstant((readInstant(`${dayOf(told)}T00:00:00Z`) ?? 0) + dayMs)
  return startOfDay(next.slice(0, 10), agreed) ?? told.at
}

function startOf(told: EventTime, agreed: Zoned): Instant {
  return told.precision === 'date' ? (startOfDay(dayOf(told), agreed) ?? told.at) : told.at
}

function startOfDay(day: string, { timeZone }: Zoned): Instant | undefined {
  return readEventTime(day, timeZone === '' ? {} : { tz: timeZone })?.at
}

function dayOf({ at, local }: EventTime): string {
  return (local ?? at).slice(0, 10)
}

/** Undefined where nobody said it; an offset alone is said with the instant. */
function zoneOf({ at, precision, tz, offsetKnown }: EventTime, { timeZone }: Zoned): string | undefined {
  if (precision === 'date') return timeZone === '' ? undefined : timeZone
  return offsetKnown && at.endsWith('Z') ? 'UTC' : tz
}
