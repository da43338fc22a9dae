import type { signals } from '../../src/watch/signals.ts'
import { code, page, table } from '../markdown.ts'

/** What the page says of one thing that can happen. */
export type DeclaredSignal = (typeof signals)[keyof typeof signals]

/** The reference of everything that can happen: one log line, one counter. */
export function signalsPage(declared: Readonly<Record<string, DeclaredSignal>>): string {
  const rows = Object.entries(declared).map(([name, signal]) => [
    code(name),
    signal.level,
    signal.about,
    'metric' in signal ? code(signal.metric.name) : '',
  ])
  return page(
    'Signals',
    'Each thing that can happen is one signal: a log line whose `event` is its name, and mostly a counter. Lines carry ids and codes, never a payload, a name or a secret.',
    [table(['event', 'level', 'meaning', 'counter'], rows)],
  )
}
