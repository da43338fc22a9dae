import type { Logger } from 'pino'
import { Histogram, type Registry } from 'prom-client'
import { Counters } from './counters.ts'
import { LogPace } from './log-pace.ts'
import type { Count, Signal } from './signal.ts'
import { type Signals, signals } from './signals.ts'
import { loggable } from './withheld.ts'

/** Makes the functions: each counts, and logs at its level what its declaration allows. */
export function createSignals(options: { readonly log: Logger; readonly registry: Registry }): Signals {
  const made = { log: options.log, counters: new Counters(options.registry), pace: new LogPace(linesMost, nextSecond) }
  const stages = new Histogram({
    name: 'interline_processing_duration_seconds',
    help: 'How long a stage took.',
    labelNames: ['stage', 'lane'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [options.registry],
  })
  return {
    ...Object.fromEntries(Object.entries(signals).map(([name, signal]) => [name, emit(name, signal, made)])),
    stageTook: ({ stage, lane, seconds }) => stages.observe({ stage, lane }, seconds),
  } as Signals
}

function emit(
  event: string,
  signal: Signal,
  { log, counters, pace }: { readonly log: Logger; readonly counters: Counters; readonly pace: LogPace },
): (values: Readonly<Record<string, unknown>>) => void {
  const { level, about, fields } = signal
  const counts = [signal.metric, signal.also].filter((one) => one !== undefined)
  return (values) => {
    for (const one of counts)
      counters.count(one.name, labelsOf(one, values), one.by === undefined ? 1 : Number(values[one.by] ?? 1))
    if (!log.isLevelEnabled(level)) return
    // Whoever looks so closely wants all of it.
    if (
      level !== 'debug' &&
      !pace.take(`${event}|${Object.values(ofWhom(values)).join()}`, (unwritten) =>
        log[level]({ event, ...ofWhom(values), unwritten }, unwrittenAbout),
      )
    )
      return
    const line: Record<string, string | number | undefined> = { event }
    for (const [field, kind] of Object.entries(fields)) line[field] = loggable(kind, values[field])
    log[level](line, about)
  }
}

/** Who is loud must not hide the others. */
function ofWhom(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string | number | undefined>> {
  const name = ['connection', 'subscription', 'target'].find((one) => values[one] !== undefined)
  return name === undefined ? {} : { [name]: loggable('code', values[name]) }
}

/** Lines of one signal about the same system in a second. */
const linesMost = 50
const unwrittenAbout = 'So many more of these happened within a second; the metrics have counted them.'

function nextSecond(work: () => void): void {
  setTimeout(work, 1000).unref()
}

function labelsOf(
  { fixed, from }: Count,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (fixed === undefined && from === undefined) return values
  const labels: Record<string, unknown> = { ...values, ...fixed }
  for (const label in from) labels[label] = values[from[label] ?? '']
  return labels
}
