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
  BEHIND_PARKED: {
    title: 'Waits behind a parked message',
    message: () => 'An earlier message of the same key is parked.',
    flow: 'park',
    status: 409,
    hint: 'Release, edit or skip the first parked message of the key; this one follows by itself.',
  },
  CLOUDEVENT_INVALID: {
    title: 'Not a CloudEvent',
    message: ({ problem }) => `The body is declared as a CloudEvent, but ${problem}.`,
    flow: 'park',
    status: 422,
    hint: 'Compare with CloudEvents 1.0, structured mode; send plain JSON with its own content type if it is not one.',
  },
  CONNECTION_UNKNOWN: {
    title: 'No such connection',
    message: ({ connection }) => `There is no connection ${connection} that accepts input.`,
    flow: 'park',
    status: 404,
    hint: 'Check the name in the URL against the declared connections; the request was not stored.',
  },
  HUB_BUSY: {
    title: 'Hub is at its limit',
    message: () => 'More is waiting than the hub can hold; nothing was stored.',
    flow: 'retry',
    status: 503,
    hint: 'Send it again after the time in Retry-After.',
  },
  HUB_STOPPING: {
    title: 'Hub is stopping',
    message: () => 'The hub is draining and takes nothing new.',
    flow: 'retry',
    status: 503,
    hint: 'Send it again in a few seconds; nothing was stored.',
  },
  HUB_UNCERTAIN: {
    title: 'Outcome not known',
    message: () => 'The database did not say whether the input was stored.',
    flow: 'retry',
    status: 503,
    hint: 'Send the same input again: if it was stored, the answer says so, and nothing is doubled.',
  },
  IDENTITY_AMBIGUOUS: {
    title: 'More than one object fits',
    message: ({ candidates }) => `The identifiers fit more than one object: ${candidates}.`,
    flow: 'park',
    status: 409,
    hint: 'Decide which object is meant; correct the identifier or end the validity of the old one, then release.',
  },
  IDENTITY_CONFLICT: {
    title: 'Identifiers of different objects',
    message: ({ candidates }) => `The identifiers point to different objects: ${candidates}.`,
    flow: 'park',
    status: 409,
    hint: 'Find out which identifier is wrong, or have the owner of the data confirm that the objects are one, then release.',
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
  MAP_FAILED: {
    title: 'Fault of a map',
    message: ({ mapping }) => `The map ${mapping} failed on this message.`,
    flow: 'bug',
    status: 500,
    hint: 'Report it with the raw message; after the fix, replay by cause MAP_FAILED.',
  },
  OPERATION_UNKNOWN: {
    title: 'Target cannot do this',
    message: ({ command, connector }) => `The connector ${connector} has no operation for ${command}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Route the command to a connection whose connector offers it.',
  },
  PARENT_UNKNOWN: {
    title: 'Object not known yet',
    message: () => 'No object with one of these identifiers is known yet.',
    flow: 'park',
    status: 409,
    hint: 'Nothing to do within the waiting time; after it, send or correct the message that creates the object.',
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

  get flow(): ErrorRow['flow'] {
    return errors[this.code].flow
  }
}
