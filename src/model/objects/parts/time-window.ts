import { Type } from 'typebox'
import { instant } from '../../fields/instant.ts'
import { part } from '../../fields/record.ts'
import { timeZone } from '../../fields/time-zone.ts'

/** A span of time: its start belongs to it, its end does not. */
export function timeWindow(meaning: string) {
  return part('time_window', meaning, {
    from: Type.Optional(instant('First moment of it, RFC 3339. Absent: open towards the past.')),
    to: Type.Optional(instant('First moment after it, RFC 3339. Absent: open towards the future.')),
    tz: Type.Optional(
      timeZone('Zone of the place that it is meant for, IANA: its days are counted there. Absent: not known.'),
    ),
  })
}
