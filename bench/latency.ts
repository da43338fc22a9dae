import { startBenchHub } from './hub.ts'
import type { LoadResult } from './load.ts'
import { run, warmUpEvents } from './p05.ts'
import { bareServer } from './peer-node.ts'
import { trackerWebhooks } from './webhooks.ts'

const perSecond = 500

/**
 * P6: open loop; the clock of a request starts when it was due. A bare node:http answers the same requests before and after: what it
 * takes is the machine, not the hub. `starvedPercent` is how long the hub waited for a core.
 */
export async function latency(): Promise<Record<string, number>> {
  const bareBefore = await bare()
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
      requests: trackerWebhooks(warmUpEvents, { shipments: 1000, secret: 'bench', start: 10_000_000 }),
    })
    const before = hub.starved()
    const { latencies, seconds } = await ask(hub.port)
    const starvedPercent = Math.round(((hub.starved() - before) / seconds) * 100)
    const bareAfter = await bare()
    const bareAt = (share: number): number => Math.max(at(bareBefore.latencies, share), at(bareAfter.latencies, share))
    return {
      p50Milliseconds: at(latencies, 0.5),
      p99Milliseconds: at(latencies, 0.99),
      maxMilliseconds: at(latencies, 0.9999),
      starvedPercent,
      bareP50Milliseconds: bareAt(0.5),
      bareP99Milliseconds: bareAt(0.99),
    }
  } finally {
    await hub.stop()
  }
}

async function bare(): Promise<LoadResult> {
  const server = await bareServer()
  try {
    return await ask(server.port)
  } finally {
    server.stop()
  }
}

function ask(port: number): Promise<LoadResult> {
  const requests = trackerWebhooks(5000, { shipments: 1000, secret: 'bench' })
  return run({ host: '127.0.0.1', port, connections: 64, perSecond, requests })
}

function at(latencies: Float64Array, share: number): number {
  return Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 10) / 10
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await latency())}\n`)
