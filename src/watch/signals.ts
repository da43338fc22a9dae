import { accessSignals } from './access-signals.ts'
import type { Signal } from './signal.ts'

export { defineGauge } from './gauge.ts'

/** Everything that can happen and is worth counting or logging, one function each. */
export const signals = {
  ...accessSignals,
  auditCheckpointed: {
    level: 'debug',
    about: 'Signed heads of the audit log left the hub.',
    fields: { count: 'number' },
    metric: { name: 'interline_audit_checkpoints_total', fixed: { outcome: 'sent' } },
  },
  auditCheckpointFailed: {
    level: 'error',
    about: 'Signed heads of the audit log could not be written or posted; tried again with the next.',
    fields: { code: 'code' },
    metric: { name: 'interline_audit_checkpoints_total', fixed: { outcome: 'failed' } },
  },
  auditKept: {
    level: 'error',
    about:
      'Old rows of the audit log were not trimmed: the chain is not whole there, or no signed head left the hub before.',
    fields: { code: 'code' },
    metric: { name: 'interline_audit_kept_total' },
  },
  as2CertificateExpires: {
    level: 'warn',
    about: 'The last certificate for a use by AS2 expires soon, or has; exchange it with the partner.',
    fields: { connection: 'code', use: 'code', days: 'number' },
  },
  as2Confirmed: {
    level: 'info',
    about: 'A receipt of the partner confirms a document that was sent by AS2.',
    fields: { connection: 'code' },
    metric: { name: 'interline_as2_sent_total', fixed: { outcome: 'confirmed' } },
  },
  as2Failed: {
    level: 'error',
    about: 'A message by AS2 could not be taken now; the partner was asked to try again.',
    fields: { code: 'code' },
    metric: { name: 'interline_as2_failures_total' },
  },
  as2DoorRenewed: {
    level: 'info',
    about: 'The door for AS2 shows a new certificate to those who connect from now on.',
    fields: { days: 'number' },
  },
  as2DoorUnrenewed: {
    level: 'error',
    about:
      'The file with the certificate of the door for AS2 cannot be used any more; the door goes on with what it had.',
    fields: { code: 'code' },
  },
  as2Opened: {
    level: 'info',
    about: 'The door for AS2 is open.',
    fields: { port: 'number', count: 'number' },
  },
  as2ReceiptFailed: {
    level: 'warn',
    about: 'An asynchronous receipt could not be delivered; it is tried again.',
    fields: { connection: 'code', code: 'code' },
    metric: { name: 'interline_as2_receipt_failures_total' },
  },
  as2ReceiptIgnored: {
    level: 'warn',
    about: 'A receipt of a partner proves nothing: not signed, not by the partner, or for nothing that was sent.',
    fields: { connection: 'code', code: 'code' },
    metric: { name: 'interline_as2_receipts_ignored_total' },
  },
  as2Received: {
    level: 'info',
    about: 'A document came by AS2; its bytes are durable.',
    fields: { connection: 'code', outcome: 'code' },
    metric: { name: 'interline_as2_received_total' },
  },
  as2Refused: {
    level: 'warn',
    about: 'A message by AS2 was refused; nothing of it is processed.',
    fields: { connection: 'code', code: 'code' },
    metric: { name: 'interline_as2_received_total', fixed: { outcome: 'refused' } },
  },
  as2Repeated: {
    level: 'info',
    about: 'A partner repeated a message by AS2 and got the receipt of the first time.',
    fields: { connection: 'code' },
    metric: { name: 'interline_as2_received_total', fixed: { outcome: 'repeated' } },
  },
  as2SentRefused: {
    level: 'error',
    about: 'The partner refused a document that was sent by AS2, or received another one than was sent.',
    fields: { connection: 'code', reason: 'code' },
    metric: { name: 'interline_as2_sent_total', fixed: { outcome: 'refused' } },
  },
  as2Unsafe: {
    level: 'error',
    about: 'The door for AS2 stays closed: this OpenSSL tells attackers whether a key decrypts. Use 3.2 or newer.',
    fields: { version: 'code' },
  },
  attemptEnded: {
    level: 'debug',
    about: 'An attempt at an effect ended.',
    fields: { target: 'code', command: 'code', outcome: 'code', effect: 'code' },
    metric: { name: 'interline_delivery_attempts_total', fixed: { kind: 'effect' } },
  },
  breakerChanged: {
    level: 'warn',
    about: 'The breaker of a target opened or closed.',
    fields: { target: 'code', state: 'code' },
  },
  connectionsTurnedAway: {
    level: 'warn',
    about: 'As many connections were open as may be; others were turned away in the last second.',
    fields: { count: 'number' },
    metric: { name: 'interline_http_connections_refused_total', by: 'count' },
  },
  duplicatePosting: {
    level: 'error',
    about: 'A target holds two documents for one effect.',
    fields: { target: 'code', effect: 'code' },
    metric: { name: 'interline_duplicate_postings_total' },
  },
  effectSettled: {
    level: 'debug',
    about: 'An effect reached a state in which the hub does nothing more by itself.',
    fields: { target: 'code', command: 'code', outcome: 'code', effect: 'code', reason: 'code' },
    metric: { name: 'interline_effects_total' },
  },
  factsAppended: {
    level: 'debug',
    about: 'Facts were appended to the log.',
    fields: { count: 'number' },
    metric: { name: 'interline_facts_total', by: 'count' },
  },
  fenced: {
    level: 'warn',
    about: 'A step or an outcome was refused because somebody else owns it now.',
    fields: { consumer: 'code', partition: 'number' },
    metric: { name: 'interline_fenced_total' },
  },
  fileFailed: {
    level: 'warn',
    about: 'A file could not be handled this time; it stays where it is.',
    fields: { connection: 'code', reason: 'code' },
    metric: { name: 'interline_files_total', fixed: { outcome: 'failed' } },
  },
  fileRefused: {
    level: 'warn',
    about: 'A file can never be taken; it lies in the folder refused.',
    fields: { connection: 'code', reason: 'code' },
    metric: { name: 'interline_files_total', fixed: { outcome: 'refused' } },
  },
  filesPickedUp: {
    level: 'info',
    about: 'Files were picked up; their bytes are durable.',
    fields: { connection: 'code', count: 'number' },
    metric: { name: 'interline_files_total', fixed: { outcome: 'taken' }, by: 'count' },
  },
  gapFound: {
    level: 'error',
    about: 'A log partition has a hole; its reader stopped.',
    fields: { partition: 'number', detail: 'text' },
    metric: { name: 'interline_log_gaps_total' },
  },
  hubStarted: { level: 'info', about: 'The hub is ready.', fields: { version: 'code' } },
  hubStopped: { level: 'info', about: 'The hub has stopped.', fields: { version: 'code' } },
  loopFailed: {
    level: 'error',
    about: 'A round of a loop failed; it goes on after a pause.',
    fields: { loop: 'code', code: 'text' },
    metric: { name: 'interline_loop_failures_total' },
  },
  mailboxMoved: {
    level: 'info',
    about: 'A partner has put a file into its mailbox, or has fetched one.',
    fields: { connection: 'code', direction: 'code' },
    metric: { name: 'interline_mailbox_files_total' },
  },
  mailboxOpened: { level: 'info', about: 'A partner logged in to its mailbox.', fields: { connection: 'code' } },
  mailboxRefused: {
    level: 'warn',
    about: 'Somebody was not let in to the mailboxes.',
    fields: { reason: 'code' },
    metric: { name: 'interline_mailbox_refusals_total' },
  },
  mailboxesOpened: {
    level: 'info',
    about: 'The SFTP server for mailboxes is open; partners compare the fingerprint of its key.',
    fields: { port: 'number', hostKey: 'code', count: 'number' },
  },
  messageAccepted: {
    level: 'debug',
    about: 'An input is durable.',
    fields: { connection: 'code', count: 'number', bytes: 'number' },
    metric: { name: 'interline_ingest_events_total', fixed: { outcome: 'accepted' }, by: 'count' },
    also: { name: 'interline_ingest_bytes_total', by: 'bytes' },
  },
  messageConflict: {
    level: 'warn',
    about: 'An identity came again with other bytes.',
    fields: { connection: 'code', message: 'code' },
    metric: { name: 'interline_ingest_events_total', fixed: { outcome: 'conflict' } },
  },
  messageDuplicate: {
    level: 'debug',
    about: 'An input came again.',
    fields: { connection: 'code' },
    metric: { name: 'interline_ingest_events_total', fixed: { outcome: 'duplicate' } },
  },
  messageParked: {
    level: 'warn',
    about: 'A message waits for a person, its parent, or behind another.',
    fields: { connection: 'code', reason: 'code', message: 'code' },
    metric: { name: 'interline_parked_total' },
  },
  messageRefused: {
    level: 'warn',
    about: 'A request was refused at the door.',
    fields: { connection: 'code', code: 'code' },
    metric: { name: 'interline_ingest_events_total', fixed: { outcome: 'refused' } },
  },
  messageReleased: {
    level: 'info',
    about: 'A parked message was tried again.',
    fields: { connection: 'code', message: 'code', outcome: 'code' },
    metric: { name: 'interline_released_total' },
  },
  messagesTranslated: {
    level: 'debug',
    about: 'Messages were translated.',
    fields: { outcome: 'code', count: 'number' },
    metric: { name: 'interline_translated_total', by: 'count' },
  },
  networkApplied: {
    level: 'info',
    about: 'This instance works with a changed network.',
    fields: { revision: 'number', count: 'number' },
  },
  networkRefused: {
    level: 'error',
    about:
      'The network was changed, and this instance cannot use it: it goes on with the one before. A secret may be missing here.',
    fields: { revision: 'number', code: 'code', count: 'number' },
  },
  oracleViolated: {
    level: 'error',
    about: 'A promise is broken: the oracle found something that must not be.',
    fields: { check: 'code', subject: 'code', detail: 'text' },
  },
  outcomeUnknown: {
    level: 'warn',
    about: 'The database did not say what became of a step.',
    fields: { place: 'code' },
    metric: { name: 'interline_outcomes_unknown_total' },
  },
  pickUpFailed: {
    level: 'warn',
    about: 'A folder could not be looked at; it is tried again later.',
    fields: { connection: 'code', reason: 'code' },
    metric: { name: 'interline_pick_up_failures_total' },
  },
  polled: {
    level: 'debug',
    about: 'A carrier was asked about a shipment without news.',
    fields: { connection: 'code', outcome: 'code' },
    metric: { name: 'interline_polls_total' },
  },
  replayFinished: { level: 'info', about: 'A replay ended.', fields: { replay: 'code', outcome: 'code' } },
  retryScheduled: {
    level: 'debug',
    about: 'An effect will be tried again.',
    fields: { target: 'code', reason: 'code' },
    metric: { name: 'interline_retries_total' },
  },
  retired: {
    level: 'info',
    about: 'What was kept long enough is gone: days of messages or facts, quarters of identities, rows of the others.',
    fields: { kind: 'code', count: 'number' },
    metric: { name: 'interline_retired_total', by: 'count' },
  },
  secretsSealed: { level: 'info', about: 'Secrets were sealed, or sealed anew.', fields: { count: 'number' } },
  streamCut: {
    level: 'info',
    about:
      'A listener of the live stream took too long to read and was cut off; it goes on where it was when it comes back.',
    fields: { reason: 'code' },
    metric: { name: 'interline_sse_cut_total' },
  },
  timerFired: {
    level: 'debug',
    about: 'Something expected did not happen in time.',
    fields: { name: 'code' },
    metric: { name: 'interline_timers_fired_total', from: { process: 'name' } },
  },
  transmissionChanged: {
    level: 'info',
    about:
      'A document to an EDI partner went its way: issued, acknowledged, rejected, overdue, mismatched, unmatched, unwritable.',
    fields: { connection: 'code', outcome: 'code', transmission: 'code' },
    metric: { name: 'interline_edi_transmissions_total' },
  },
  unknownCode: {
    level: 'warn',
    about: 'A code is in no table.',
    fields: { connection: 'code', table: 'code', code: 'code' },
    metric: { name: 'interline_unknown_codes_total' },
  },
  webhookDelivered: {
    level: 'debug',
    about: 'A subscriber took an event.',
    fields: { subscription: 'code' },
    metric: {
      name: 'interline_delivery_attempts_total',
      fixed: { kind: 'webhook', outcome: 'applied' },
      from: { target: 'subscription' },
    },
  },
  webhookDisabled: {
    level: 'warn',
    about: 'A subscription was disabled.',
    fields: { subscription: 'code', reason: 'code' },
    metric: { name: 'interline_webhooks_disabled_total' },
  },
  webhookFailed: {
    level: 'info',
    about: 'A subscriber did not take an event; it is retried from the ledger.',
    fields: { subscription: 'code', reason: 'code' },
    metric: {
      name: 'interline_delivery_attempts_total',
      fixed: { kind: 'webhook', outcome: 'failed' },
      from: { target: 'subscription' },
    },
  },
} as const satisfies Readonly<Record<string, Signal>>

/** Name of a signal, which is `event` in its line of the log. */
export type SignalName = keyof typeof signals

type Values<F> = { readonly [K in keyof F]?: (F[K] extends 'number' ? number : string) | undefined }

/** One function for each thing that can happen, which takes the fields of its declaration and no others; `stageTook` is only measured. */
export type Signals = { readonly [K in SignalName]: (values: Values<(typeof signals)[K]['fields']>) => void } & {
  readonly stageTook: (values: { readonly stage: string; readonly lane: string; readonly seconds: number }) => void
}
