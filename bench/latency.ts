import { startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** P6: open loop; the clock of a request starts when it was due. */
export async function latency(): Promise<Record<string, number>> {
  const hub = await startBenchHub({
    network: {
      connections: [{ id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } }],
    },
  })
  try {
    await run({
      host: '127.0.0.1',
      port: hub.port,
      connections: 64,
      perSecond: 0,
      requests: trackerWebhooks(10_000, { shipments: 1000, secret: 'bench', start: 10_000_000 }),
    })
    const { latencies } = await run({
      host: '127.0.0.1',
      port: hub.port,
      connections: 64,
      perSecond: 500,
      requests: trackerWebhooks(5000, { shipments: 1000, secret: 'bench' }),
    })
    const at = (share: number): number => Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 10) / 10
    return { p50Milliseconds: at(0.5), p99Milliseconds: at(0.99), maxMilliseconds: at(0.9999) }
  } finally {
    await hub.stop()
  }
}
