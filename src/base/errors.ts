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
  BATCH_TOO_LARGE: {
    title: 'Too many items',
    message: ({ items, itemsMax }) => `The batch has ${items} or more items; ${itemsMax} are the limit.`,
    flow: 'refuse',
    status: 413,
    hint: 'Send smaller batches.',
  },
  BEHIND_PARKED: {
    title: 'Waits behind a parked message',
    message: () => 'An earlier message of the same key is parked.',
    flow: 'park',
    status: 409,
    hint: 'Release, edit or skip the first parked message of the key; this one follows by itself.',
  },
  BODY_MALFORMED: {
    title: 'Body not readable',
    message: ({ problem }) => `The body cannot be read: ${problem}.`,
    flow: 'refuse',
    status: 400,
    hint: 'Send JSON in UTF-8 with Content-Type: application/json.',
  },
  BODY_TOO_LARGE: {
    title: 'Body too large',
    message: ({ bytesMax }) => `The body is larger than ${bytesMax} bytes.`,
    flow: 'refuse',
    status: 413,
    hint: 'Split the document, or raise the limit of the connection below the hard limit.',
  },
  CLOUDEVENT_INVALID: {
    title: 'Not a CloudEvent',
    message: ({ problem }) => `The body is declared as a CloudEvent, but ${problem}.`,
    flow: 'park',
    status: 422,
    hint: 'Compare with CloudEvents 1.0, structured mode; send plain JSON with its own content type if it is not one.',
  },
  CLOUDEVENT_MODE_UNKNOWN: {
    title: 'CloudEvents mode not known',
    message: ({ type }) => `The content type ${type} is no CloudEvents mode that is read here.`,
    flow: 'refuse',
    status: 415,
    hint: 'Use binary mode, application/cloudevents+json or application/cloudevents-batch+json.',
  },
  CODING_UNSUPPORTED: {
    title: 'Content coding not supported',
    message: ({ coding }) => `The content coding ${coding} is not read; identity and gzip are.`,
    flow: 'refuse',
    status: 415,
    hint: 'Send the body plain or with Content-Encoding: gzip.',
  },
  CONNECTION_UNKNOWN: {
    title: 'No such connection',
    message: ({ connection }) => `There is no connection ${connection} that accepts input.`,
    flow: 'park',
    status: 404,
    hint: 'Check the name in the URL against the declared connections; the request was not stored.',
  },
  CONTENT_INVALID: {
    title: 'Content does not fit',
    message: ({ place, expected, found }) => `At ${place}: expected ${expected}, found ${found}.`,
    flow: 'park',
    status: 422,
    hint: 'Compare with the documentation of the sender; edit and release, or extend the map and replay.',
  },
  CSV_MALFORMED: {
    title: 'CSV not readable',
    message: ({ row, found }) => `Row ${row}: ${found}.`,
    flow: 'park',
    status: 422,
    hint: 'Compare the row with the header and the declared dialect; correct it and release.',
  },
  CSV_TOO_LARGE: {
    title: 'CSV past a limit',
    message: ({ what, most }) => `The file has more than ${most} ${what}.`,
    flow: 'park',
    status: 422,
    hint: 'Split the file.',
  },
  CURSOR_INVALID: {
    title: 'Cursor of another query',
    message: () => 'The cursor does not belong to this query.',
    flow: 'refuse',
    status: 400,
    hint: 'Start again without a cursor and keep the filters while paging.',
  },
  DATABASE_BINARIES_MISSING: {
    title: 'Embedded PostgreSQL is not installed',
    message: ({ package: name }) => `The package ${name} with the PostgreSQL binaries is missing.`,
    flow: 'refuse',
    status: 500,
    hint: 'Install again without --omit=optional, or set INTERLINE_DATABASE_URL to a PostgreSQL of your own (15 or newer).',
  },
  DATABASE_FAULT: {
    title: 'The database refused a statement',
    message: ({ state }) => `The database refused a statement with SQLSTATE ${state}.`,
    flow: 'bug',
    status: 500,
    hint: 'The schema and the release do not fit together, or this is our fault: compare versions and report it.',
  },
  DATABASE_FULL: {
    title: 'The database has no room',
    message: () => 'The disk of the database is full; nothing was stored.',
    flow: 'retry',
    status: 503,
    hint: 'Free space on the volume of the database; what was answered with 202 is safe.',
  },
  DATABASE_NEWER: {
    title: 'The database belongs to a newer release',
    message: ({ migrations }) => `The database has migrations that this release does not know: ${migrations}.`,
    flow: 'refuse',
    status: 500,
    hint: 'Start the newer release again; this one cannot read what it may have written.',
  },
  DATABASE_NOT_STARTED: {
    title: 'Embedded PostgreSQL did not start',
    message: ({ detail }) => `The embedded PostgreSQL did not start: ${detail}`,
    flow: 'retry',
    status: 503,
    hint: 'Read postgres.log in the data directory; free disk space or end the process that holds the data, then start again.',
  },
  DATABASE_NOT_STOPPED: {
    title: 'Embedded PostgreSQL did not stop',
    message: ({ pid }) => `The PostgreSQL process ${pid} did not end, not even when killed.`,
    flow: 'retry',
    status: 500,
    hint: 'Look for a hanging disk; the data is safe, the next start recovers it.',
  },
  DATABASE_PARTITIONS: {
    title: 'Another number of partitions',
    message: ({ stored, wanted }) => `The database was made for ${stored} partitions, the settings say ${wanted}.`,
    flow: 'refuse',
    status: 500,
    hint: 'Set the number back: it decides where every message is and cannot change.',
  },
  DATABASE_PASSWORD_LOST: {
    title: 'Password of the embedded database is gone',
    message: ({ path }) => `The data exists, but the password file ${path} does not.`,
    flow: 'refuse',
    status: 500,
    hint: 'Restore the file from a backup of the data directory; it was written together with the data.',
  },
  DATABASE_PATH_CLOSED: {
    title: 'Database may not enter a folder',
    message: ({ user, path }) => `The database runs as ${user}, who may not pass through ${path}.`,
    flow: 'refuse',
    status: 500,
    hint: 'Allow passing with "chmod o+x" on that folder, move the hub elsewhere, or start it as an ordinary user.',
  },
  DATABASE_TOO_OLD: {
    title: 'PostgreSQL is too old',
    message: ({ found }) => `The server is PostgreSQL ${found}; the hub needs 15 or newer.`,
    flow: 'refuse',
    status: 500,
    hint: 'Use a newer server, or leave the database URL out: the hub brings one along.',
  },
  DATABASE_UNAVAILABLE: {
    title: 'The database does not answer',
    message: ({ state }) => `The database does not answer (${state}); nothing was changed.`,
    flow: 'retry',
    status: 503,
    hint: 'Check that PostgreSQL runs and takes connections; the hub goes on by itself when it does.',
  },
  DATABASE_UNSAFE: {
    title: 'Database would lose data',
    message: ({ name, value }) =>
      `PostgreSQL runs with ${name}=${value}; a power cut would lose what was acknowledged.`,
    flow: 'refuse',
    status: 500,
    hint: 'Remove the parameter from the server, the database and the role; the hub does not run without durability.',
  },
  DATABASE_USER_MISSING: {
    title: 'No user to run the database',
    message: ({ uid }) =>
      `PostgreSQL refuses root, and the machine has no user ${uid === 0 ? 'besides it' : `with id ${uid}, who owns the data`}.`,
    flow: 'refuse',
    status: 500,
    hint: 'Start the hub as an ordinary user, or create the user that owns the data.',
  },
  DATABASE_VERSION: {
    title: 'Data of another PostgreSQL version',
    message: ({ found, expected }) => `The data belongs to PostgreSQL ${found}; this hub brings ${expected}.`,
    flow: 'refuse',
    status: 500,
    hint: 'Start the release that wrote the data, or move the data with a dump into a PostgreSQL of your own.',
  },
  DATA_DIRECTORY_CLOSED: {
    title: 'Data directory of another user',
    message: ({ directory, reason }) => `The data directory ${directory} cannot be used by this user (${reason}).`,
    flow: 'refuse',
    status: 500,
    hint: 'Start the hub as the user who made the folder, change its owner, or set INTERLINE_DATA_DIRECTORY to another one.',
  },
  DATA_DIRECTORY_LOCKED: {
    title: 'Another hub runs here',
    message: ({ directory, holder }) => `The data directory ${directory} is in use by process ${holder}.`,
    flow: 'refuse',
    status: 500,
    hint: 'Stop the other hub, or give this one its own INTERLINE_DATA_DIRECTORY and INTERLINE_PORT.',
  },
  DECISION_NOT_ALLOWED: {
    title: 'Decision not allowed now',
    message: ({ state }) => `This cannot be done in the state ${state}.`,
    flow: 'refuse',
    status: 409,
    hint: 'Read the object again; somebody or the hub has moved it on.',
  },
  DISK_LOW: {
    title: 'Disk nearly full',
    message: () => 'The volume of the database is below its watermark; nothing new is taken.',
    flow: 'retry',
    status: 503,
    hint: 'Free space, or delete the ballast file in the data directory; intake opens by itself.',
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
  HUB_UNREACHABLE: {
    title: 'No answer from the hub',
    message: ({ url, detail }) => `The hub at ${url} does not answer (${detail}).`,
    flow: 'retry',
    status: 503,
    hint: 'Start it with "npm start", or say where it is with INTERLINE_HUB_URL.',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    title: 'Idempotency-Key required',
    message: () => 'The request has effects and carries no Idempotency-Key.',
    flow: 'refuse',
    status: 400,
    hint: 'Send a header Idempotency-Key with a value of your own, and the same one when you repeat the request.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    title: 'Idempotency-Key of another request',
    message: () => 'The key was used for another request.',
    flow: 'refuse',
    status: 422,
    hint: 'Use a new key for a new request.',
  },
  IDEMPOTENCY_KEY_RUNNING: {
    title: 'First request still running',
    message: () => 'The first request with this key is still running.',
    flow: 'retry',
    status: 409,
    hint: 'Repeat the request in a few seconds with the same key.',
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
  IDENTITY_REUSED: {
    title: 'Same identity, other content',
    message: ({ message }) => `The identity of this message is that of ${message}, but its bytes differ.`,
    flow: 'park',
    status: 409,
    hint: 'Compare both messages; release this one if it is a correction, skip it if the first is right.',
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
  JSON_TOO_LARGE: {
    title: 'JSON past a limit',
    message: ({ what, most }) => `The document has more than ${most} ${what}.`,
    flow: 'park',
    status: 422,
    hint: 'Find out whether the sender means it; split the document, or raise the limit of the connection.',
  },
  KEY_MISSING: {
    title: 'No key to ask with',
    message: ({ path }) => `There is neither INTERLINE_KEY nor the file ${path}.`,
    flow: 'refuse',
    status: 401,
    hint: 'Set INTERLINE_KEY or INTERLINE_KEY_FILE, or run the command in the folder where the hub was started.',
  },
  MAP_FAILED: {
    title: 'Fault of a map',
    message: ({ mapping }) => `The map ${mapping} failed on this message.`,
    flow: 'bug',
    status: 500,
    hint: 'Report it with the raw message; after the fix, replay by cause MAP_FAILED.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'Method not allowed',
    message: ({ method, allowed }) => `${method} is not offered here; ${allowed} is.`,
    flow: 'refuse',
    status: 405,
    hint: 'Use the method named in Allow.',
  },
  NETWORK_INVALID: {
    title: 'Network declaration not valid',
    message: ({ path, problems }) => `${path}: ${problems}`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct every problem that is listed; nothing was started.',
  },
  NOT_FOUND: {
    title: 'Not found',
    message: ({ what }) => `There is no ${what} here.`,
    flow: 'refuse',
    status: 404,
    hint: 'Check the identifier; objects of other tenants are not shown.',
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
  QUOTA_EXCEEDED: {
    title: 'Quota exceeded',
    message: ({ policy, seconds }) => `The quota ${policy} is used up for ${seconds} seconds.`,
    flow: 'retry',
    status: 429,
    hint: 'Wait for the time in Retry-After; ask for a higher quota if this happens in normal use.',
  },
  REQUEST_INVALID: {
    title: 'Request not valid',
    message: ({ count, first }) => `${count} violations; the first: ${first}`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct the members named in errors.',
  },
  SCOPE_MISSING: {
    title: 'Key lacks a scope',
    message: ({ scope }) => `The key does not have the scope ${scope}.`,
    flow: 'refuse',
    status: 403,
    hint: 'Create a key with that scope, or use one that has it.',
  },
  SETTINGS_INVALID: {
    title: 'Settings are not valid',
    message: ({ problems }) => `The settings are not valid:\n${problems}`,
    flow: 'refuse',
    status: 500,
    hint: 'Correct the variables or the file named; "interline config check" validates without starting.',
  },
  SIGNATURE_INVALID: {
    title: 'Signature does not fit',
    message: ({ problem }) => `The signature was not accepted: ${problem}.`,
    flow: 'refuse',
    status: 401,
    hint: 'Compare the secret of the connection with that of the sender; check that nothing between them changes the body.',
  },
  SIMULATION_NOT_RUNNING: {
    title: 'Simulated network is not running',
    message: ({ path }) => `There is no simulated network: ${path} does not exist.`,
    flow: 'refuse',
    status: 503,
    hint: 'Start hub and simulated network together with "npm start".',
  },
  TEXT_UNSTORABLE: {
    title: 'Character that cannot be stored',
    message: ({ place }) => `The text at ${place} holds NUL or half of a surrogate pair.`,
    flow: 'park',
    status: 422,
    hint: 'Ask the sender to mend its encoding; the raw bytes are kept.',
  },
  USAGE_INVALID: {
    title: 'Command is not understood',
    message: ({ problem }) => `${problem}`,
    flow: 'refuse',
    status: 400,
    hint: 'See "interline --help" for commands and options.',
  },
  VERSION_REQUIRED: {
    title: 'If-Match required',
    message: () => 'The request changes a resource without saying which version it saw.',
    flow: 'refuse',
    status: 428,
    hint: 'Send the ETag that you read in If-Match.',
  },
  VERSION_STALE: {
    title: 'Changed meanwhile',
    message: ({ version }) => `The current version is ${version}.`,
    flow: 'refuse',
    status: 412,
    hint: 'Read the resource again, decide again, and send its new ETag in If-Match.',
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
