import { page } from '../markdown.ts'

/** The reference of everything that can happen: log line and counter. */
export function signalsPage(_signals: unknown): string {
  return page('Signals', '', [])
}
