import type { Registry } from 'prom-client'
import type { Backbone } from '../../backbone/backbone.ts'
import type { FlowNode } from '../../flow/node.ts'
import { Oracle } from '../../watch/oracle.ts'
import { defineGauge, type Signals } from '../../watch/signals.ts'

/** Looks every minute whether the promises hold, and counts those that do not. */
export function startOracle(
  node: FlowNode,
  backbone: Backbone,
  { registry, signals }: { readonly registry: Registry; readonly signals: Pick<Signals, 'oracleViolated'> },
): Oracle {
  const oracle = new Oracle({ backbone, now: () => Date.now(), report: signals.oracleViolated })
  defineOracleGauge(registry, oracle)
  node.run('oracle', async () => (await oracle.round(), false), 60_000)
  return oracle
}

/** What the oracle found last, also the promises that hold. */
export function defineOracleGauge(registry: Registry, oracle: Pick<Oracle, 'counts'>): void {
  defineGauge(registry, {
    name: 'interline_oracle_violations',
    help: 'Promises that are broken. Must be 0.',
    labels: ['check'],
    read: async () => oracle.counts(),
  })
}
