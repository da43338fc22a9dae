import type { Registry } from 'prom-client'
import { defineGauge } from '../gauge.ts'
import type { Sla } from './sla.ts'
import type { MeasuredPeriod, SlaStore } from './sla-store.ts'
import { type SlaStanding, standingOf } from './standing.ts'

/** Whoever scrapes reads all gauges at once: one question to the database is enough. */
const sameMs = 2000

/** How the running period of every SLA stands. What nobody knows has no value. */
export function defineSlaGauges(
  registry: Registry,
  {
    slas,
    store,
    now,
  }: {
    readonly slas: () => readonly Sla[]
    readonly store: Pick<SlaStore, 'latest'>
    readonly now: () => number
  },
): void {
  let asked: { readonly at: number; readonly found: Promise<readonly MeasuredPeriod[]> } | undefined
  const latest = async (): Promise<readonly MeasuredPeriod[]> => {
    if (asked === undefined || now() - asked.at >= sameMs) asked = { at: now(), found: store.latest() }
    const declared = new Set(slas().map(({ tenant, id }) => `${tenant} ${id}`))
    return (await asked.found).filter(({ tenant, sla, endsAt }) => declared.has(`${tenant} ${sla}`) && endsAt > now())
  }
  const define = (name: string, help: string, value: (standing: SlaStanding) => number | undefined): void =>
    defineGauge(registry, {
      name,
      help: `${help} Absent while nothing counts.`,
      labels: ['tenant', 'sla'],
      read: async () =>
        (await latest()).flatMap((one) => {
          const shown = value(standingOf(one, { ...one, target: one.promise.target, now: now() }))
          return shown === undefined ? [] : [{ labels: { tenant: one.tenant, sla: one.sla }, value: shown }]
        }),
    })
  define('interline_sla_attainment_ratio', 'Share within its time, in the running period of a service level.', (one) =>
    one.attainment === undefined ? undefined : one.attainment / 100,
  )
  define(
    'interline_sla_budget_used_ratio',
    'Share of the misses that the running period of a service level may have; from 1 on it is used up.',
    ({ budgetUsed }) => budgetUsed,
  )
  define(
    'interline_sla_burn_ratio',
    'Misses for each one that a service level allows, in its running period; above 1 it will be missed.',
    ({ burnRate }) => burnRate,
  )
}
