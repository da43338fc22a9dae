/**
 * The table of everything that can go wrong: one row per code. `flow` says what the engine does; documentation and problem
 * pages are generated from it, and a test compares them in both directions.
 */
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

function defineErrors<const T extends Readonly<Record<string, ErrorRow>>>(rows: T): T {
  return rows
}

export const errors = defineErrors({
  AUTHENTICATION_REQUIRED: {
    title: 'No valid key',
    message: () => 'The request carries no valid API key.',
    flow: 'refuse',
    status: 401,
    hint: 'Send a key as "Authorization: Bearer <key>"; create one with "interline key create".',
  },
  INTERNAL: {
    title: 'Fault of the hub',
    message: ({ trace }) => `The hub failed to answer; the trace id is ${trace}.`,
    flow: 'bug',
    status: 500,
    hint: 'Look for the trace id in the log and report it; the request may be repeated.',
  },
  JSON_MALFORMED: {
    title: 'Not JSON',
    message: ({ position, found }) => `Expected a JSON document; at byte ${position}: ${found}.`,
    flow: 'park',
    status: 400,
    hint: 'Compare the stored bytes with what the sender meant; edit and release, or ask the sender to send it again.',
  },
  JSON_TOO_DEEP: {
    title: 'JSON nested too deeply',
    message: ({ depth }) => `The document is nested deeper than ${depth} levels.`,
    flow: 'park',
    status: 422,
    hint: 'Documents of known senders are flat; find out whether this is an attack before raising the limit.',
  },
})

export type ErrorCode = keyof typeof errors

/** A failure with a code from the table. The engine obeys `errors[code].flow`; the cause is kept for the log of the place that threw. */
export class InterlineError extends Error {
  readonly code: ErrorCode
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: ErrorCode, values: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(errors[code].message(values), cause === undefined ? undefined : { cause })
    this.name = 'InterlineError'
    this.code = code
    this.values = values
  }
}
