import { Worker } from 'node:worker_threads'
import { badRequests } from './bad-requests.ts'
import { startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** What a sender who means well notices of others who do not: its p95 at 100 per second, alone and beside each kind of bad input. */
export async function badInput(): Promise<Record<string, number>> {
  const hub = await startBenchHub({
    network: {
      connections: [{ id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } }],
    },
  })
  let start = 0
  const neighbour = async (count: number): Promise<number> => {
    const requests = trackerWebhooks(count, { shipments: 500, secret: 'bench', start })
    start += count
    const { latencies } = await run({ host: '127.0.0.1', port: hub.port, connections: 16, perSecond: 100, requests })
    return latencies[Math.floor(latencies.length * 0.95)] ?? 0
  }
  try {
    await neighbour(300)
    const alone = await neighbour(600)
    const figures: Record<string, number> = { aloneP95Milliseconds: round(alone) }
    for (const kind of Object.keys(badRequests)) {
      const attack = new Worker(new URL('./bad-requests.ts', import.meta.url), { workerData: { kind, port: hub.port } })
      const during = await neighbour(600)
      await attack.terminate()
      figures[`${kind}P95Ratio`] = round(during / alone)
    }
    return figures
  } finally {
    await hub.stop()
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await badInput())}\n`)
