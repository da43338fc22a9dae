import type { Registry } from 'prom-client'
import type { CheckAnswer, CheckStore } from './check-store.ts'
import { type Check, labelsOf, metricOf } from './checks/check.ts'
import { defineGauge } from './gauge.ts'

/** Whoever scrapes reads some thirty gauges at once: one question to the database is enough. */
const sameMs = 2000

/** A gauge for each check, and how all of them stand. An unknown answer has no value: it is not zero. */
export function defineCheckGauges(
  registry: Registry,
  {
    checks,
    store,
    now,
  }: { readonly checks: readonly Check[]; readonly store: Pick<CheckStore, 'latest'>; readonly now: () => number },
): void {
  let known: { readonly at: number; readonly answers: Promise<readonly CheckAnswer[]> } | undefined
  const latest = (): Promise<readonly CheckAnswer[]> => {
    if (known === undefined || now() - known.at >= sameMs) known = { at: now(), answers: store.latest() }
    return known.answers
  }
  const all = new Map(checks.map((check) => [check.id, check]))
  for (const check of checks) {
    const labels = labelsOf(check)
    defineGauge(registry, {
      name: metricOf(check),
      help: `${check.question} Unknown: ${check.unknown}`,
      labels: ['tenant', ...labels],
      read: async () => (await latest()).filter((one) => one.check === check.id).flatMap((one) => rowsOf(one, labels)),
    })
  }
  defineGauge(registry, {
    name: 'interline_check_state',
    help: 'How a business check stands by the thresholds of its tenant: 0 green, 1 amber, 2 red. Absent while the answer is unknown.',
    labels: ['tenant', 'check'],
    read: async () =>
      (await latest()).flatMap(({ tenant, check, state }) => {
        const value = ['green', 'amber', 'red'].indexOf(state)
        return value < 0 || !all.has(check) ? [] : [{ labels: { tenant, check }, value }]
      }),
  })
  defineGauge(registry, {
    name: 'interline_check_answered_timestamp_seconds',
    help: 'When a business check was answered last.',
    labels: ['check'],
    read: async () =>
      [...Map.groupBy(await latest(), ({ check }) => check)]
        .filter(([check]) => all.has(check))
        .map(([check, answers]) => ({ labels: { check }, value: Math.max(...answers.map(({ at }) => at)) / 1000 })),
  })
}

function rowsOf(
  { tenant, value, breakdown }: CheckAnswer,
  labels: readonly string[],
): readonly { readonly labels: Record<string, string>; readonly value: number }[] {
  if (value === undefined) return []
  if (labels.length === 0 || breakdown.length === 0)
    return [{ labels: { tenant, ...Object.fromEntries(labels.map((name) => [name, ''])) }, value }]
  return breakdown.map((one) => ({ labels: { tenant, ...one.labels }, value: one.value }))
}
