/** What the engine does when this goes wrong, and what callers and people are told; `status` is that of HTTP. */
export interface ErrorRow {
  readonly title: string
  /** For people; the values come from the place where it happened. Never a payload, a name or a secret. */
  readonly message: (values: Readonly<Record<string, string | number>>) => string
  /**
   * retry: again by schedule, same reference · refuse: answered and recorded, never tried again ·
   * park: this input waits for a person, the rest goes on · bug: parked, alarm, our fault.
   */
  readonly flow: 'retry' | 'refuse' | 'park' | 'bug'
  readonly status: number
  /** The next action of whoever reads it. */
  readonly hint: string
}

/** Keeps the codes as types: a code that no table has does not compile. */
export function defineErrors<const T extends Readonly<Record<string, ErrorRow>>>(rows: T): T {
  return rows
}
