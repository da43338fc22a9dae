import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type BenchHub, startBenchHub } from './hub.ts'
import type { Heard, Listeners } from './listeners.ts'
import { get, type LoadResult } from './load.ts'
import { run } from './p05.ts'
import { at, shipmentIds } from './reading.ts'
import { trackerWebhooks } from './webhooks.ts'

const users = 200
const screens = 1000
const shipments = 5000
const eventsPerSecond = 1000

/**
 * People at their screens while carriers write: 1,000 live streams, 200 people who each ask for a list or for one shipment once a second,
 * beside 1,000 signed webhooks per second. Open loop. `alone…` is the same without the webhooks.
 */
export async function consoles(seconds = Number(process.env['BENCH_SECONDS'] ?? 15)): Promise<Record<string, number>> {
  const hub = await startBenchHub({
    network: {
      connections: [{ id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } }],
    },
    environment: { INTERLINE_STREAM_CLIENTS_PER_PRINCIPAL: String(screens) },
  })
  try {
    const to = { host: '127.0.0.1', port: hub.port }
    const seen = trackerWebhooks(20_000, { shipments, secret: 'bench', start: 10_000_000 })
    await run({ ...to, connections: 64, perSecond: 0, requests: seen })
    const ids = await shipmentIds(hub.url, hub.key)
    const { stop } = await open({ ...to, path: '/v1/stream?detail=changes', key: hub.key, count: screens })
    const alone = await ask(hub, ids, seconds)
    const webhooks = trackerWebhooks(eventsPerSecond * seconds, { shipments, secret: 'bench' })
    const before = hub.cpu()
    const starved = hub.starved()
    const [read, written] = await Promise.all([
      ask(hub, ids, seconds),
      run({ ...to, connections: 64, perSecond: eventsPerSecond, requests: webhooks }),
    ])
    const after = hub.cpu()
    const starvedSeconds = hub.starved() - starved
    const heard = await stop()
    return {
      streams: heard.open,
      streamsCut: heard.closed,
      streamEvents: heard.events,
      streamMegabytes: Math.round(heard.bytes / 1e6),
      readsRefused: read.lists.refused + read.details.refused,
      listP50Milliseconds: at(read.lists, 0.5),
      listP99Milliseconds: at(read.lists, 0.99),
      detailP50Milliseconds: at(read.details, 0.5),
      detailP99Milliseconds: at(read.details, 0.99),
      aloneListP99Milliseconds: at(alone.lists, 0.99),
      aloneDetailP99Milliseconds: at(alone.details, 0.99),
      eventsPerSecond: Math.round(written.answered / written.seconds),
      eventsRefused: written.refused,
      eventP99Milliseconds: at(written, 0.99),
      coresOfNode: Math.round(((after.node - before.node) / seconds) * 100) / 100,
      coresOfPostgres: Math.round(((after.postgres - before.postgres) / seconds) * 100) / 100,
      starvedPercent: Math.round((starvedSeconds / seconds) * 100),
      rssMegabytes: Math.round(hub.rss() / 1024 / 1024),
    }
  } finally {
    await hub.stop()
  }
}

/** Half of the people look at lists, half at one shipment. */
async function ask(
  hub: BenchHub,
  ids: readonly string[],
  seconds: number,
): Promise<{ readonly lists: LoadResult; readonly details: LoadResult }> {
  const half = users / 2
  const load = { host: '127.0.0.1', port: hub.port, connections: half, perSecond: half }
  const headers = { authorization: `Bearer ${hub.key}` }
  const views = ['?limit=50', '?limit=50&status=in_transit', '?limit=50&carrier=USPS']
  const times = Array.from({ length: half * seconds }, (_, n) => n)
  const [lists, details] = await Promise.all([
    run({ ...load, requests: times.map((n) => get(`/v1/shipments${views[n % views.length]}`, headers)) }),
    run({ ...load, requests: times.map((n) => get(`/v1/shipments/${ids[n % ids.length]}`, headers)) }),
  ])
  return { lists, details }
}

async function open(listeners: Listeners): Promise<{ readonly stop: () => Promise<Heard> }> {
  const worker = new Worker(new URL('./listeners.ts', import.meta.url), { workerData: listeners })
  await once(worker, 'message')
  return {
    stop: async () => {
      worker.postMessage('stop')
      const [heard] = (await once(worker, 'message')) as [Heard]
      return heard
    },
  }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await consoles())}\n`)
