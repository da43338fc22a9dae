import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import type { Backbone } from '../../backbone/backbone.ts'
import type { Retired } from '../../backbone/retention.ts'
import type { FlowNode } from '../../flow/node.ts'
import { processRows } from '../../views/processes.ts'
import { taskRows } from '../../views/tasks.ts'
import { transmissionRows } from '../../views/transmissions.ts'
import type { Network } from '../network/network.ts'
import { defineQuietGauge } from '../partner/quiet.ts'
import {
  defineExpectationGauge,
  defineGauges,
  defineRetentionGauges,
  defineTransmissionGauge,
  defineWorkGauges,
} from './instruments.ts'

/** Everything that is measured when somebody asks for metrics. */
export function defineHubGauges(hub: {
  readonly registry: Registry
  readonly backbone: Backbone
  readonly node: FlowNode
  readonly pool: Pool
  /** What the last upkeep of this instance found. */
  readonly retired: () => Retired | undefined
  readonly partners: () => Network['partners']
  readonly now: () => number
}): void {
  const { registry, backbone, node, pool, now } = hub
  defineGauges(registry, backbone, node)
  defineRetentionGauges(registry, hub.retired)
  defineTransmissionGauge(registry, transmissionRows(pool))
  defineWorkGauges(registry, { tasks: taskRows(pool), processes: processRows(pool), now })
  defineExpectationGauge(registry, backbone, now)
  defineQuietGauge(registry, { partners: hub.partners, intake: backbone.stores.intake, now })
}
