import { pino } from 'pino'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Backbone } from '../../backbone/backbone.ts'
import type { Retired } from '../../backbone/retention.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { ProcessRows } from '../../views/processes.ts'
import type { TaskRows } from '../../views/tasks.ts'
import type { TransmissionRows } from '../../views/transmissions.ts'
import { createSignals } from '../../watch/emission.ts'
import { defineGauge, type Signals } from '../../watch/signals.ts'

/** Log and metrics of one process. */
export interface Instruments {
  readonly signals: Signals
  readonly registry: Registry
}

/** Log and metrics of this process. */
export function instruments(options: { readonly logLevel: string; readonly version: string }): Instruments {
  const registry = new Registry()
  // Without the collectors whose names the Prometheus linter refuses.
  collectDefaultMetrics({ register: registry })
  for (const name of ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'])
    registry.removeSingleMetric(name)
  new Gauge({
    name: 'interline_build_info',
    help: 'What runs here.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: options.version, node: process.version }, 1)
  const log = pino(
    { level: options.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'msg' },
    pino.destination({ dest: 2, sync: false }),
  )
  return { signals: createSignals({ log, registry }), registry }
}

/** Gauges that look at the backbone when somebody scrapes. */
export function defineGauges(registry: Registry, backbone: Backbone, node: FlowNode): void {
  defineGauge(registry, {
    name: 'interline_unaccounted_messages',
    help: 'Inputs that are in no state. Must be 0.',
    read: async () => [{ value: (await backbone.accounting()).unaccounted }],
  })
  defineGauge(registry, {
    name: 'interline_lag_messages',
    help: 'Rows that a stage has not worked on yet.',
    labels: ['stage', 'partition'],
    read: async () => {
      const heads = await backbone.heads()
      const rows = (stage: string, ends: readonly number[], at: readonly { readonly committed: number }[]) =>
        ends.map((end, partition) => ({
          labels: { stage, partition: String(partition) },
          value: Math.max(0, end - (at[partition]?.committed ?? -1)),
        }))
      return [
        ...rows('translate', heads.inbox, node.place.translate),
        ...rows('advance', heads.facts, node.place.advance),
      ]
    },
  })
  defineGauge(registry, {
    name: 'interline_effects_pending',
    help: 'Effects that are not settled.',
    labels: ['target', 'command', 'state'],
    read: async () =>
      (await backbone.ledger.counts())
        .filter(({ state }) => state !== 'applied' && state !== 'cancelled')
        .map(({ target, command, state, count }) => ({ labels: { target, command, state }, value: count })),
  })
  defineGauge(registry, {
    name: 'interline_circuit_state',
    help: 'Breaker of a target: 0 closed, 0.5 half-open, 1 open.',
    labels: ['target'],
    read: async () =>
      [...node.dispatcher.targets].map(([target, { breaker }]) => ({
        labels: { target },
        value: breaker.state === 'closed' ? 0 : breaker.state === 'open' ? 1 : 0.5,
      })),
  })
  defineGauge(registry, {
    name: 'interline_queue_depth',
    help: 'Inputs accepted and not yet durable.',
    labels: ['stage'],
    read: async () => [{ labels: { stage: 'intake' }, value: node.intake.waiting }],
  })
}

/** What retention holds, as the last upkeep of this instance saw it; nothing where another instance does it. */
export function defineRetentionGauges(registry: Registry, last: () => Retired | undefined): void {
  defineGauge(registry, {
    name: 'interline_retention_held_days',
    help: 'Days that were kept long enough and are still needed by somebody.',
    labels: ['kind'],
    read: async () => {
      const retired = last()
      if (retired === undefined) return []
      return (['messages', 'facts', 'identities'] as const).map((kind) => ({
        labels: { kind },
        value: retired.held.filter((one) => one.kind === kind).length,
      }))
    },
  })
  defineGauge(registry, {
    name: 'interline_retention_oldest_timestamp_seconds',
    help: 'Begin of the oldest day that is kept.',
    labels: ['kind'],
    read: async () =>
      Object.entries(last()?.oldest ?? {}).map(([kind, day]) => ({
        labels: { kind },
        value: Date.parse(`${day}T00:00:00Z`) / 1000,
      })),
  })
}

/** Documents to partners that wait for something; the status `overdue` is the one for an alarm. */
export function defineTransmissionGauge(registry: Registry, transmissions: Pick<TransmissionRows, 'open'>): void {
  defineGauge(registry, {
    name: 'interline_edi_transmissions_open',
    help: 'Documents to EDI partners that are not acknowledged: sent, overdue, rejected, unwritable; or unanswered by their business.',
    labels: ['connection', 'status'],
    read: async () =>
      (await transmissions.open()).map(({ connection, status, count }) => ({
        labels: { connection, status },
        value: count,
      })),
  })
}

/** What people have to decide, and what is carried through over many systems: over all tenants. */
export function defineWorkGauges(
  registry: Registry,
  {
    tasks,
    processes,
    now,
  }: {
    readonly tasks: Pick<TaskRows, 'ages'>
    readonly processes: Pick<ProcessRows, 'states'>
    readonly now: () => number
  },
): void {
  defineGauge(registry, {
    name: 'interline_tasks_open',
    help: 'Questions that people have to decide, by role and by how long they are open: under an hour, under a day, under a week, older.',
    labels: ['role', 'age'],
    read: async () => (await tasks.ages()).map(({ role, age, open }) => ({ labels: { role, age }, value: open })),
  })
  defineGauge(registry, {
    name: 'interline_tasks_overdue',
    help: 'Open questions that were not decided in time.',
    labels: ['role'],
    read: async () => {
      const byRole = Map.groupBy(await tasks.ages(), ({ role }) => role)
      const sum = (rows: readonly { readonly overdue: number }[]): number =>
        rows.reduce((total, { overdue }) => total + overdue, 0)
      return [...byRole].map(([role, rows]) => ({ labels: { role }, value: sum(rows) }))
    },
  })
  defineGauge(registry, {
    name: 'interline_process_instances',
    help: 'Processes under way, by state of their branch main.',
    labels: ['process', 'state'],
    read: async () =>
      (await processes.states()).map(({ process, state, count }) => ({ labels: { process, state }, value: count })),
  })
  defineGauge(registry, {
    name: 'interline_process_instances_overdue',
    help: 'Processes under way that wait for something which should have happened by now.',
    labels: ['process'],
    read: async () => {
      const byProcess = Map.groupBy(await processes.states(new Date(now()).toISOString()), ({ process }) => process)
      const sum = (rows: readonly { readonly overdue: number }[]): number =>
        rows.reduce((total, { overdue }) => total + overdue, 0)
      return [...byProcess].map(([process, rows]) => ({ labels: { process }, value: sum(rows) }))
    },
  })
}

/** Expectations whose time is over and that nobody has said so of: more than a few for a moment mean that timers are not looked at. */
export function defineExpectationGauge(
  registry: Registry,
  backbone: Pick<Backbone, 'dueTimers' | 'partitions'>,
  now: () => number,
): void {
  defineGauge(registry, {
    name: 'interline_expectations_overdue',
    help: `Timers that are due and have not gone off, up to ${dueMost} a partition. What was missed is counted in interline_timers_fired_total.`,
    read: async () => {
      const partitions = Array.from({ length: backbone.partitions }, (_, one) => one)
      const due = await Promise.all(partitions.map((one) => backbone.dueTimers(one, now(), dueMost)))
      return [{ value: due.flat().length }]
    },
  })
}

const dueMost = 1000
