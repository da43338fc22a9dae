import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { flag } from '../../fields/flag.ts'
import { instant } from '../../fields/instant.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'
import { timeZone } from '../../fields/time-zone.ts'

/** When something happened, no more exact than it was told: a day stays a day. */
export function eventTime(meaning: string) {
  return part('event_time', meaning, {
    at: instant('Start of what is meant, RFC 3339: of a day its first moment, of a minute its first second.'),
    precision: code('How exact the source was.', {
      name: 'time_precision',
      values: {
        date: 'Some time on that day.',
        minute: 'Within that minute.',
        second: 'Within that second.',
        millisecond: 'To the thousandth of a second.',
      },
    }),
    local: Type.Optional(
      text('The time as the source wrote it. Absent: it came with its offset, and `at` says it all.', 60),
    ),
    tz: Type.Optional(
      timeZone(
        'Zone that the hub read the local time in, IANA. Absent: none was needed, or none is known and UTC was assumed.',
      ),
    ),
    offsetKnown: flag(
      'Whether the source said its offset from UTC. If not, `at` was computed from the zone or assumed to be UTC.',
    ),
    clockChange: Type.Optional(
      code('The local time fell into a change of the clock. Absent: it did not, or the offset was known.', {
        name: 'clock_change',
        values: {
          gap: 'The time does not exist; the next one that does was taken.',
          overlap: 'The time exists twice; the first was taken.',
        },
      }),
    ),
  })
}
