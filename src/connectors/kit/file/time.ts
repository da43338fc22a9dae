import { readEventTime } from '../../../model/event-time.ts'
import type { EventTime } from '../../../model/report.ts'
import type { Reading } from '../reading.ts'

/** A time of a file; a local one is in the zone of the warehouse. */
export function timeIn(told: Reading, timeZone: string): EventTime {
  const found = readEventTime(told.text(40), timeZone === '' ? {} : { tz: timeZone })
  if (found === undefined) throw told.wrong('a time')
  return found
}
