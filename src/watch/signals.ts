import type { Logger } from 'pino'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

type Level = 'debug' | 'info' | 'warn' | 'error'

interface Signal {
  readonly level: Level
  readonly about: string
  readonly metric?: { readonly name: string; readonly labels: readonly string[]; readonly count?: string }
}

/** Everything that can happen and is worth counting or logging. One function each; ids and codes only, never a payload or a name. */
export const signals = {
  attemptEnded: {
    level: 'debug',
    about: 'An attempt at an effect ended.',
    metric: { name: 'interline_delivery_attempts_total', labels: ['target', 'outcome'] },
  },
  breakerChanged: { level: 'warn', about: 'The breaker of a target opened or closed.' },
  duplicatePosting: {
    level: 'error',
    about: 'A target holds two documents for one effect.',
    metric: { name: 'interline_duplicate_postings_total', labels: ['target'] },
  },
  effectSettled: {
    level: 'debug',
    about: 'An effect reached a state in which the hub does nothing more by itself.',
    metric: { name: 'interline_effects_total', labels: ['target', 'command', 'outcome'] },
  },
  factsAppended: {
    level: 'debug',
    about: 'Facts were appended to the log.',
    metric: { name: 'interline_facts_total', labels: [], count: 'count' },
  },
  fenced: {
    level: 'warn',
    about: 'A step or an outcome was refused because somebody else owns it now.',
    metric: { name: 'interline_fenced_total', labels: ['consumer'] },
  },
  gapFound: {
    level: 'error',
    about: 'A log partition has a hole; its reader stopped.',
    metric: { name: 'interline_log_gaps_total', labels: [] },
  },
  hubStarted: { level: 'info', about: 'The hub is ready.' },
  hubStopped: { level: 'info', about: 'The hub has stopped.' },
  keyChanged: { level: 'info', about: 'An API key was created or revoked.' },
  loopFailed: {
    level: 'error',
    about: 'A round of a loop failed; it goes on after a pause.',
    metric: { name: 'interline_loop_failures_total', labels: ['loop'] },
  },
  messageAccepted: {
    level: 'debug',
    about: 'An input is durable.',
    metric: { name: 'interline_ingest_accepted_total', labels: ['connection'], count: 'count' },
  },
  messageConflict: {
    level: 'warn',
    about: 'An identity came again with other bytes.',
    metric: { name: 'interline_ingest_conflicts_total', labels: ['connection'] },
  },
  messageDuplicate: {
    level: 'debug',
    about: 'An input came again.',
    metric: { name: 'interline_ingest_duplicates_total', labels: ['connection'] },
  },
  messageParked: {
    level: 'warn',
    about: 'A message waits for a person, its parent, or behind another.',
    metric: { name: 'interline_parked_total', labels: ['connection', 'reason'] },
  },
  messageRefused: {
    level: 'warn',
    about: 'A request was refused at the door.',
    metric: { name: 'interline_ingest_refused_total', labels: ['connection', 'code'] },
  },
  messageReleased: {
    level: 'info',
    about: 'A parked message was tried again.',
    metric: { name: 'interline_released_total', labels: ['connection', 'outcome'] },
  },
  messagesTranslated: {
    level: 'debug',
    about: 'Messages were translated.',
    metric: { name: 'interline_translated_total', labels: ['outcome'], count: 'count' },
  },
  outcomeUnknown: {
    level: 'warn',
    about: 'The database did not say what became of a step.',
    metric: { name: 'interline_outcomes_unknown_total', labels: ['place'] },
  },
  replayFinished: { level: 'info', about: 'A replay ended.' },
  retryScheduled: {
    level: 'debug',
    about: 'An effect will be tried again.',
    metric: { name: 'interline_retries_total', labels: ['target'] },
  },
  timerFired: {
    level: 'debug',
    about: 'Something expected did not happen in time.',
    metric: { name: 'interline_timers_fired_total', labels: ['name'] },
  },
  unknownCode: {
    level: 'warn',
    about: 'A code is in no table.',
    metric: { name: 'interline_unknown_codes_total', labels: ['connection', 'table'] },
  },
  webhookDelivered: {
    level: 'debug',
    about: 'A subscriber took an event.',
    metric: { name: 'interline_webhooks_total', labels: ['subscription'] },
  },
  webhookDisabled: {
    level: 'warn',
    about: 'A subscription was disabled.',
    metric: { name: 'interline_webhooks_disabled_total', labels: [] },
  },
  webhookFailed: {
    level: 'info',
    about: 'A subscriber did not take an event; it is retried from the ledger.',
    metric: { name: 'interline_webhook_failures_total', labels: ['subscription'] },
  },
} as const satisfies Readonly<Record<string, Signal>>

export type SignalName = keyof typeof signals
type Values = Readonly<Record<string, string | number | undefined>>
export type Signals = { readonly [K in SignalName]: (values: Values) => void } & {
  stageTook: (values: { stage: string; lane: string; seconds: number }) => void
}

/** Makes the functions: each logs at its level and counts. A label that takes more than a thousand values becomes `other`. */
export function createSignals(options: { readonly log: Logger; readonly registry: Registry }): Signals {
  const made = Object.fromEntries(Object.entries(signals).map(([name, signal]) => [name, emit(name, signal, options)]))
  const stages = new Histogram({
    name: 'interline_processing_duration_seconds',
    help: 'How long a stage took.',
    labelNames: ['stage', 'lane'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [options.registry],
  })
  return { ...made, stageTook: ({ stage, lane, seconds }) => stages.observe({ stage, lane }, seconds) } as Signals
}

/** Gauges whose value is asked for when somebody scrapes. */
export function defineGauge(
  registry: Registry,
  gauge: {
    readonly name: string
    readonly help: string
    readonly labels?: readonly string[]
    readonly read: () => Promise<readonly { readonly labels?: Record<string, string>; readonly value: number }[]>
  },
): void {
  const made = new Gauge({
    name: gauge.name,
    help: gauge.help,
    labelNames: [...(gauge.labels ?? [])],
    registers: [registry],
    async collect() {
      const rows = await gauge.read()
      made.reset()
      for (const { labels, value } of rows) made.set(labels ?? {}, value)
    },
  })
}

const valuesMax = 1000

function emit(
  name: string,
  signal: Signal,
  { log, registry }: { readonly log: Logger; readonly registry: Registry },
): (values: Values) => void {
  const { metric } = signal
  const counter =
    metric === undefined
      ? undefined
      : new Counter({ name: metric.name, help: signal.about, labelNames: [...metric.labels], registers: [registry] })
  const seen = new Map((metric?.labels ?? []).map((label) => [label, new Set<string>()]))
  const bounded = (label: string, value: string | number | undefined): string => {
    const text = String(value ?? 'none')
    const known = seen.get(label)
    if (known === undefined || known.has(text)) return text
    if (known.size >= valuesMax) return 'other'
    known.add(text)
    return text
  }
  return (values) => {
    counter?.inc(
      Object.fromEntries((metric?.labels ?? []).map((label) => [label, bounded(label, values[label])])),
      metric?.count === undefined ? 1 : Number(values[metric.count] ?? 1),
    )
    if (log.isLevelEnabled(signal.level)) log[signal.level]({ event: name, ...values }, signal.about)
  }
}
