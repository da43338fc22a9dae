import type { ErrorRow } from '../../src/base/errors.ts'
import { code, page, table } from '../markdown.ts'

/** The reference of every error: what happened, what the hub does about it, what the reader does next. */
export function errorsPage(errors: Readonly<Record<string, ErrorRow>>): string {
  const rows = Object.entries(errors).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const sections = flows.map(({ flow, about }) => {
    const of = rows.filter(([, row]) => row.flow === flow)
    return `## ${flow}\n\n${about}\n\n${of.map(([name, row]) => section(name, row)).join('\n\n')}`
  })
  const overview = table(
    ['code', 'status', 'the hub'],
    rows.map(([name, row]) => [`[${name}](#${name.toLowerCase()})`, String(row.status), row.flow]),
  )
  return page(
    'Errors',
    'Every failure has a code that never changes. The code says what the hub does about it; the hint says what you do.',
    [overview, ...sections],
  )
}

function section(name: string, row: ErrorRow): string {
  return `### ${name}\n\n**${row.title}**, HTTP ${row.status}. ${code(row.message(placeholders))}\n\n${row.hint}`
}

/** Stands for whatever the place of the error fills in. */
const placeholders: Readonly<Record<string, string>> = new Proxy({}, { get: (_, name) => `{${String(name)}}` })

const flows: readonly { readonly flow: ErrorRow['flow']; readonly about: string }[] = [
  {
    flow: 'retry',
    about:
      'Tried again by schedule with the same reference. An outcome that is not known is looked up before anything is repeated.',
  },
  { flow: 'refuse', about: 'Answered and recorded, never tried again. The sender has to change something.' },
  { flow: 'park', about: 'This one message waits for a person; what is not behind it on the same key goes on.' },
  { flow: 'bug', about: 'Our fault. The input is parked, an alarm is raised, nothing is lost.' },
]
