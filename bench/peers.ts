import { door } from './door.ts'
import { bullMq, natsJetStream, rabbitMq } from './peers/brokers.ts'
import { type PeerFigures, PeerMissing } from './peers/peer.ts'
import { dbos, graphileWorker, pgBoss } from './peers/postgres-queues.ts'

const others: Readonly<Record<string, () => Promise<PeerFigures>>> = {
  'graphile-worker': graphileWorker,
  'pg-boss': pgBoss,
  BullMQ: bullMq,
  'NATS JetStream': natsJetStream,
  'RabbitMQ quorum': rabbitMq,
  DBOS: dbos,
}

/**
 * P10: what one durable job per event costs elsewhere, and what a whole event costs here (taken over HTTP, stored, translated,
 * correlated, folded), in one run. A peer that is not installed is left out and named.
 */
export async function peers(): Promise<Record<string, number>> {
  const own = await door({ perPost: 1, count: 10_000 })
  const figures: Record<string, number> = {
    'Interline with HTTP, CPU µs': own.cpuMicrosPerEvent,
    'Interline with HTTP, events/s': own.perSecond,
  }
  for (const [name, measure] of Object.entries(others)) {
    try {
      const { perSecond, cpuMicrosPerEvent } = await measure()
      figures[`${name}, CPU µs`] = cpuMicrosPerEvent
      figures[`${name}, jobs/s`] = perSecond
      figures[`${name}, times the CPU`] = Math.round((cpuMicrosPerEvent / own.cpuMicrosPerEvent) * 10) / 10
    } catch (error) {
      if (!(error instanceof PeerMissing)) throw error
      process.stdout.write(`skipped: ${error.message}\n`)
    }
  }
  return figures
}
