import { type Instant, readInstant, writeInstant } from '../../../base/instant.ts'
import { readEventTime } from '../../../model/event-time.ts'
import type { EventTime, PlannedWindow } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { readMoment, type Zoned } from './moment.ts'

const dayMs = 86_400_000

/** What is done at a stop decides which of its dates are about it. */
export type StopType = 'pickup' | 'delivery' | 'other'

/** G62-01 of a beginning, the best first: explicit bounds, what is scheduled, what was asked for. */
const pickupDates = ['37', '69', '10'] as const
const deliveryDates = ['53', '70', '68', '02'] as const
const beginnings: Readonly<Record<StopType, readonly string[]>> = {
  pickup: [...pickupDates, ...deliveryDates],
  delivery: [...deliveryDates, ...pickupDates],
  other: ['37', '53', '69', '10', '68', '70', '02'],
}
/** G62-01 of an end. */
const endings: Readonly<Record<StopType, readonly string[]>> = {
  pickup: ['38', '54'],
  delivery: ['54', '38'],
  other: ['38', '54'],
}
/** G62-03, element 176: many say with the time which end of the window it is, under one and the same date. */
const latestTimes: ReadonlySet<string> = new Set(['K', 'L', 'LP', 'LD'])

/** G62: 37 and 53 are the earliest, 38 and 54 the latest; another date is what the kind of its time says it is. */
export function windowOf(stop: Reading, agreed: Zoned, type: StopType = 'other'): PlannedWindow | undefined {
  const all = stop.at('windows').each((one) => ({
    qualifier: one.at('qualifier').optionalText() ?? '',
    isLatest: latestTimes.has(one.at('timeQualifier').optionalText() ?? ''),
    at: readMoment(one.at('at'), agreed, one.at('zone').optionalText()),
  }))
  const find = (qualifiers: readonly string[], isLatest: boolean | undefined): EventTime | undefined => {
    const found = qualifiers.map((qualifier) =>
      all.find((one) => one.qualifier === qualifier && (isLatest === undefined || one.isLatest === isLatest)),
    )
    return found.find((one) => one !== undefined)?.at
  }
  const bounds = ['37', '53']
  const others = beginnings[type].filter((one) => !bounds.includes(one))
  const from =
    find(
      beginnings[type].filter((one) => bounds.includes(one)),
      undefined,
    ) ?? find(others, false)
  const to = find(endings[type], undefined) ?? find(others, true)
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
