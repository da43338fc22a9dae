import { Worker } from 'node:worker_threads'
import { startBenchHub } from './hub.ts'
import type { Load, LoadResult } from './load.ts'
import { storage } from './storage.ts'
import { trackerWebhooks } from './webhooks.ts'

/** Events before the first that counts. A hub runs for months: what its compiler does in the first seconds is not what an event costs. */
export const warmUpEvents = 20_000

/** P5, the real thing: signed carrier webhooks, validated, mapped, correlated, folded, with views and timers. P9: what they weigh. */
export async function p05(count = 40_000): Promise<Record<string, number>> {
  const hub = await startBenchHub({
    network: {
      connections: [{ id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } }],
    },
  })
  try {
    const shipments = Math.floor(count / 5)
    await run({
      host: '127.0.0.1',
      port: hub.port,
      connections: 256,
      perSecond: 0,
      requests: trackerWebhooks(warmUpEvents, { shipments: 4000, secret: 'bench', start: 10_000_000 }),
    })
    const stored = await storage(hub)
    const before = hub.cpu()
    const result = await run({
      host: '127.0.0.1',
      port: hub.port,
      connections: 256,
      perSecond: 0,
      requests: trackerWebhooks(count, { shipments, secret: 'bench' }),
    })
    const after = hub.cpu()
    const grown = await storage(hub)
    const percentile = (share: number): number => result.latencies[Math.floor(result.latencies.length * share)] ?? 0
    return {
      perSecond: Math.round(result.answered / result.seconds),
      refused: result.refused,
      cpuMicrosPerEvent: Math.round(((after.node - before.node + after.postgres - before.postgres) * 1e6) / count),
      nodeMicros: Math.round(((after.node - before.node) * 1e6) / count),
      postgresMicros: Math.round(((after.postgres - before.postgres) * 1e6) / count),
      p50Milliseconds: Math.round(percentile(0.5) * 10) / 10,
      p99Milliseconds: Math.round(percentile(0.99) * 10) / 10,
      walBytesPerEvent: Math.round((grown.wal - stored.wal) / count),
      diskBytesPerEvent: Math.round((grown.disk - stored.disk) / count),
      rssMegabytes: Math.round(hub.rss() / 1024 / 1024),
    }
  } finally {
    await hub.stop()
  }
}

export function run(load: Load): Promise<LoadResult> {
  const { promise, resolve, reject } = Promise.withResolvers<LoadResult>()
  const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData: load })
  worker.once('message', resolve)
  worker.once('error', reject)
  return promise
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await p05(Number(process.argv[2] ?? 40_000)))}\n`)
