import { document, type Fields, list, text } from '../../base/fields.ts'
import { definitions } from '../../processes/all.ts'
import { type Calendar, readWrittenCalendar } from '../../processes/engine/calendar.ts'
import type { Policy } from './process-manifest.ts'
import { addSentences, type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'
import { written } from './written.ts'

/** Keys of a calendar. */
export const calendarFields = {
  name: text(
    'Whose time it is, by the names that the pages of the processes list: `finance`, `warehouse`, `supplier`; `supplier/ACME` is that of one.',
    {
      example: 'finance',
    },
  ),
  tenant: text('Whose calendar; that of the tenant of whoever applies without it.', { default: '' }),
  timeZone: text('IANA name of the time zone.', { example: 'Europe/Berlin' }),
  hours: document(
    'By day of the week, monday to sunday, when somebody works: 08:00-12:00, 13:00-17:00. A day that is not there is closed.',
    {
      check: () => {},
    },
  ),
  holidays: list('Days on which nobody works: 2026-12-25.', { default: [] }),
} as const satisfies Fields

/** A calendar with whose it is. */
export interface DeclaredCalendar {
  readonly tenant: string
  readonly name: string
  readonly calendar: Calendar
}

/** Reads one calendar. Undefined, and a problem at its line, where it cannot be. */
export function readCalendarEntry(reading: Reading, { place, values, source }: Entry): DeclaredCalendar | undefined {
  const read = readFields(reading, calendarFields, values, place)
  if (read === undefined) return undefined
  const name = written(read['name'])
  if (!timesOf().has(name.split('/', 1)[0] ?? '')) {
    const known = [...timesOf()].toSorted().join(', ')
    reading.problems.add('MANIFEST_REFERENCE_UNKNOWN', place.at('name'), { what: 'time of', name, known })
    return undefined
  }
  try {
    const calendar = readWrittenCalendar({
      timeZone: written(read['timeZone']),
      hours: calendarFields.hours.parse(read['hours']) as Readonly<Record<string, unknown>>,
      holidays: calendarFields.holidays.parse(read['holidays'] ?? []),
    })
    return { tenant: written(read['tenant']) || source.tenant, name, calendar }
  } catch (error) {
    addSentences(reading, place, error)
    return undefined
  }
}

/** Whose times the processes count in. */
function timesOf(): ReadonlySet<string> {
  return new Set(definitions.flatMap(({ calendars = {} }) => Object.keys(calendars)))
}

/** A policy with the calendars of its tenant that the process counts in. */
export function withCalendars(
  { policy, tenant, process }: { readonly policy: Policy; readonly tenant: string; readonly process: string },
  declared: readonly DeclaredCalendar[],
): Policy {
  const { calendars = {} } = definitions.findLast(({ id }) => id === process) ?? {}
  const own = declared.filter(
    (one) => one.tenant === tenant && Object.hasOwn(calendars, one.name.split('/', 1)[0] ?? ''),
  )
  if (own.length === 0) return policy
  return { ...policy, calendars: Object.fromEntries(own.map(({ name, calendar }) => [name, calendar])) }
}
