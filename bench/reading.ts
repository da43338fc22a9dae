import { startBenchHub } from './hub.ts'
import { get, type LoadResult, post } from './load.ts'
import { run, warmUpEvents } from './p05.ts'
import { bareServer } from './peer-node.ts'
import { trackerWebhooks } from './webhooks.ts'

const shipments = 1000
const items = 200
const perSecond = 1000

/**
 * P15: people and shops who read while carriers write: available to promise and a shipment, each half of the reads, beside as many signed
 * webhooks. Open loop: the clock of a request starts when it was due. `alone…` and the CPU per read are of the same reads without the
 * webhooks, `flatOut…` without a pause between them, `bare…` of a node:http that answers two bytes to the same requests at the same rate: a
 * core that sleeps between two requests takes several times as long for each. `starvedSeconds` says how long the hub could have run and
 * other work had the cores, which no figure by the clock survives.
 */
export async function reading(seconds = Number(process.env['BENCH_SECONDS'] ?? 10)): Promise<Record<string, number>> {
  const hub = await startBenchHub({
    network: {
      connections: [
        { id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } },
        { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
      ],
    },
  })
  try {
    const host = '127.0.0.1'
    const { port, key } = hub
    const warm = { host, port, connections: 64, perSecond: 0 }
    await run({ ...warm, requests: trackerWebhooks(warmUpEvents, { shipments, secret: 'bench', start: 10_000_000 }) })
    const stock = await run({ ...warm, requests: receipts(key) })
    const ids = await shipmentIds(hub.url, key)
    const reads = Array.from({ length: perSecond * seconds }, (_, n) =>
      get(
        n % 2 === 0
          ? `/v1/inventory/availability?sku=${item(n % items)}`
          : `/v1/shipments/${ids[(n >> 1) % ids.length] ?? ''}`,
        { authorization: `Bearer ${key}` },
      ),
    )
    const ask = (): Promise<LoadResult> => run({ host, port, connections: 64, perSecond, requests: reads })
    const perRead = (used: number): number => Math.round((used * 1e6) / reads.length)
    await run({ ...warm, requests: reads })
    const cold = hub.cpu()
    await run({ ...warm, requests: reads })
    const before = hub.cpu()
    const alone = await ask()
    const after = hub.cpu()
    const bare = await askBare(reads)
    const webhooks = trackerWebhooks(perSecond * seconds, { shipments: perSecond, secret: 'bench' })
    const [read, written] = await Promise.all([
      ask(),
      run({ host, port, connections: 64, perSecond, requests: webhooks }),
    ])
    return {
      stockRefused: stock.refused,
      readsPerSecond: Math.round(read.answered / read.seconds),
      readsRefused: read.refused,
      p50Milliseconds: at(read, 0.5),
      p99Milliseconds: at(read, 0.99),
      aloneP99Milliseconds: at(alone, 0.99),
      aloneP50Milliseconds: at(alone, 0.5),
      bareP99Milliseconds: at(bare, 0.99),
      flatOutNodeMicrosPerRead: perRead(before.node - cold.node),
      nodeMicrosPerRead: perRead(after.node - before.node),
      postgresMicrosPerRead: perRead(after.postgres - before.postgres),
      starvedSeconds: Math.round(hub.starved() * 10) / 10,
      eventsPerSecond: Math.round(written.answered / written.seconds),
      eventsRefused: written.refused,
      eventP99Milliseconds: at(written, 0.99),
    }
  } finally {
    await hub.stop()
  }
}

async function askBare(requests: readonly Uint8Array[]): Promise<LoadResult> {
  const bare = await bareServer()
  try {
    return await run({ host: '127.0.0.1', port: bare.port, connections: 64, perSecond, requests })
  } finally {
    bare.stop()
  }
}

function item(n: number): string {
  return `ITEM-${n}`
}

function receipts(key: string): Uint8Array[] {
  return Array.from({ length: items }, (_, n) => {
    const data = {
      movement: 'receipt',
      sku: item(n),
      quantity: '100',
      uom: 'EA',
      to: { location: 'DC1', status: 'available' },
      document: { kind: 'receipt', id: `R${n}`, line: '1' },
    }
    const event = { eventId: `r${n}`, type: 'movement', occurredAt: '2026-03-02T06:00:00Z', data }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return post('/v1/inbound/wms', headers, Buffer.from(JSON.stringify(event)))
  })
}

/** A hundred shipments of the list. */
export async function shipmentIds(url: string, key: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${key}` }
  for (let tries = 0; tries < 100; tries++) {
    const list = (await (await fetch(`${url}/v1/shipments?limit=100`, { headers })).json()) as {
      data: { id: string }[]
    }
    if (list.data.length === 100) return list.data.map(({ id }) => id)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the shipments never came to the list')
}

/** Milliseconds within which this share was answered. */
export function at({ latencies }: LoadResult, share: number): number {
  return Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 10) / 10
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await reading())}\n`)
