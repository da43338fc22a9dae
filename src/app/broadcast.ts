import type { Pool } from 'pg'
import type { Backbone } from '../backbone/backbone.ts'
import type { FlowNode } from '../flow/node.ts'
import { Bell } from '../flow/ports.ts'
import { Broadcast } from '../gateway/stream/broadcast.ts'
import { readPulses } from '../views/pulse.ts'
import { defineGauge } from '../watch/signals.ts'
import type { Settings } from './settings/settings.ts'
import type { Instruments } from './watching/instruments.ts'

interface BroadcastParts {
  readonly node: FlowNode
  readonly backbone: Backbone
  readonly pool: Pool
  readonly settings: Settings
  readonly instruments: Instruments
}

/** The live stream of this instance: one look at the log for all who listen here. */
export function openBroadcast({ node, backbone, pool, settings, instruments }: BroadcastParts): Broadcast {
  const bell = new Bell()
  const broadcast = new Broadcast({
    partitions: backbone.partitions,
    viewed: async () => {
      const cursors = await backbone.stores.cursors.load('views')
      const offsets = new Map(cursors.map(({ partition, offset }) => [partition, offset]))
      return Array.from({ length: backbone.partitions }, (_, partition) => offsets.get(partition) ?? -1)
    },
    read: async (partition, after, limit) =>
      node.place.factTails[partition]?.after(after, limit, 'stream') ?? backbone.readLog(partition, after, limit),
    pulses: () => readPulses(pool),
    limits: { clients: settings.streamClients, perPrincipal: settings.streamClientsPerPrincipal },
    bell,
    mono: () => performance.now(),
  })
  node.run('stream', () => broadcast.round(), roundMilliseconds, bell)
  defineGauge(instruments.registry, {
    name: 'interline_sse_clients',
    help: 'Live streams that are open at this instance.',
    read: async () => [{ value: broadcast.clients }],
  })
  return broadcast
}

/** People see two pictures a second; lists lag by half of it anyway. */
const roundMilliseconds = 500
