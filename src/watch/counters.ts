import { Counter, type Registry } from 'prom-client'
import { isCode } from './withheld.ts'

/** Everything that is counted. The sum over all labels makes sense; labels are codes of bounded sets. */
export const counters = {
  interline_as2_failures_total: { help: 'Messages by AS2 that could not be taken when they came.', labels: ['code'] },
  interline_as2_receipt_failures_total: {
    help: 'Attempts to deliver an asynchronous receipt that failed.',
    labels: ['connection', 'code'],
  },
  interline_as2_receipts_ignored_total: {
    help: 'Receipts of partners that prove nothing.',
    labels: ['connection', 'code'],
  },
  interline_as2_received_total: {
    help: 'Messages by AS2, by what became of them.',
    labels: ['connection', 'outcome'],
  },
  interline_as2_sent_total: {
    help: 'Documents sent by AS2, by what the receipt said.',
    labels: ['connection', 'outcome'],
  },
  interline_audit_checkpoints_total: {
    help: 'Signed heads of the audit log, by whether they left the hub.',
    labels: ['outcome'],
  },
  interline_audit_kept_total: {
    help: 'Old rows of the audit log that were not trimmed, by the reason; once in each round and tenant.',
    labels: ['code'],
  },
  interline_break_glass_total: { help: 'Sign-ins with a password that is for emergencies.', labels: [] },
  interline_delivery_attempts_total: {
    help: 'Attempts to tell another system something, by how they ended.',
    labels: ['kind', 'target', 'outcome'],
  },
  interline_duplicate_postings_total: { help: 'Effects for which a target holds two documents.', labels: ['target'] },
  interline_edi_transmissions_total: {
    help: 'Documents to EDI partners, by what became of them.',
    labels: ['connection', 'outcome'],
  },
  interline_effects_total: {
    help: 'Effects that reached a state in which the hub does nothing more by itself.',
    labels: ['target', 'command', 'outcome'],
  },
  interline_facts_total: { help: 'Facts appended to the log.', labels: [] },
  interline_fenced_total: {
    help: 'Steps and outcomes refused because somebody else owned the work by then.',
    labels: ['consumer', 'partition'],
  },
  interline_files_total: {
    help: 'Files by what became of them when they were picked up.',
    labels: ['connection', 'outcome'],
  },
  interline_identity_refusals_total: {
    help: 'Sign-ins by identity providers that did not lead in.',
    labels: ['provider', 'code'],
  },
  interline_http_connections_refused_total: {
    help: 'Connections to the HTTP and HTTPS interface that were turned away because too many were open.',
    labels: [],
  },
  interline_ingest_bytes_total: { help: 'Bytes of bodies that are durable.', labels: ['connection'] },
  interline_ingest_events_total: {
    help: 'Inputs by what became of them at the door.',
    labels: ['connection', 'outcome'],
  },
  interline_log_gaps_total: { help: 'Holes found in a partition of the log. Must be 0.', labels: [] },
  interline_loop_failures_total: { help: 'Rounds of a loop that failed.', labels: ['loop'] },
  interline_mailbox_files_total: {
    help: 'Files that partners put in or fetched.',
    labels: ['connection', 'direction'],
  },
  interline_mailbox_refusals_total: { help: 'Logins to mailboxes that were refused.', labels: ['reason'] },
  interline_outcomes_unknown_total: { help: 'Answers of the database that were lost.', labels: ['place'] },
  interline_parked_total: { help: 'Messages parked.', labels: ['connection', 'reason'] },
  interline_polls_total: {
    help: 'Questions to carriers about shipments without news, by what they came to.',
    labels: ['connection', 'outcome'],
  },
  interline_pick_up_failures_total: {
    help: 'Looks into a folder that failed as a whole.',
    labels: ['connection', 'reason'],
  },
  interline_released_total: {
    help: 'Parked messages tried again, by what became of them.',
    labels: ['connection', 'outcome'],
  },
  interline_retired_total: {
    help: 'What retention removed: days of messages and facts, quarters of identities, rows of the others.',
    labels: ['kind'],
  },
  interline_retries_total: { help: 'Effects that will be tried again.', labels: ['target', 'reason'] },
  interline_sse_cut_total: { help: 'Listeners of the live stream that were cut off.', labels: ['reason'] },
  interline_timers_fired_total: { help: 'Expectations that were not met in time.', labels: ['process'] },
  interline_translated_total: { help: 'Messages translated, by outcome.', labels: ['outcome'] },
  interline_unknown_codes_total: { help: 'Codes that are in no table.', labels: ['connection', 'table'] },
  interline_webhooks_disabled_total: { help: 'Subscriptions disabled by the hub.', labels: [] },
} as const satisfies Readonly<Record<string, { readonly help: string; readonly labels: readonly string[] }>>

/** Name of a counter, as Prometheus scrapes it. */
export type CounterName = keyof typeof counters

/** The counters of one registry. A label that takes more than a thousand values counts the further ones as `other`. */
export class Counters {
  readonly #made: ReadonlyMap<string, BoundedCounter>

  constructor(registry: Registry) {
    this.#made = new Map(
      Object.entries(counters).map(([name, { help, labels }]) => [
        name,
        new BoundedCounter({ name, help, labels, registry }),
      ]),
    )
  }

  count(name: CounterName, labels: Readonly<Record<string, unknown>>, by: number): void {
    this.#made.get(name)?.count(labels, by)
  }
}

const valuesMost = 1000

class BoundedCounter {
  readonly #counter: Counter
  readonly #seen: ReadonlyMap<string, Set<string>>

  constructor({
    labels,
    registry,
    ...named
  }: {
    readonly name: string
    readonly help: string
    readonly labels: readonly string[]
    readonly registry: Registry
  }) {
    this.#counter = new Counter({ ...named, labelNames: [...labels], registers: [registry] })
    this.#seen = new Map(labels.map((label) => [label, new Set()]))
  }

  count(values: Readonly<Record<string, unknown>>, by: number): void {
    const labels: Record<string, string> = {}
    for (const [label, seen] of this.#seen) labels[label] = bounded(seen, values[label])
    this.#counter.inc(labels, by)
  }
}

function bounded(seen: Set<string>, value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : 'none'
  if (seen.has(text)) return text
  if (seen.size >= valuesMost || !isCode(text)) return 'other'
  seen.add(text)
  return text
}
