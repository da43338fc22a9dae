import { Worker } from 'node:worker_threads'
import { bulkRows } from './bulk-rows.ts'
import { type BenchHub, startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** Rows of each import. */
const rows = 20_000

/**
 * What live messages notice of an import: the p95 of carrier webhooks at 100 per second, alone (before and after) and while 20,000 items come in
 * pieces of 1,000, or 20,000 rows of stock as a file in the bulk lane. And what the import takes meanwhile until all of it can be read: CPU of a
 * row without what the webhooks beside it take, and how many webhooks that is, which no other load on the machine changes much.
 */
export async function bulkImport(): Promise<Record<string, number>> {
  const hub = await startBenchHub({
    network: {
      connections: [
        { id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } },
        { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
      ],
    },
  })
  let start = 0
  const neighbour = async (count: number): Promise<Neighbour> => {
    const requests = trackerWebhooks(count, { shipments: 500, secret: 'bench', start })
    start += count
    const before = cpuOf(hub)
    const { latencies } = await run({ host: '127.0.0.1', port: hub.port, connections: 16, perSecond: 100, requests })
    return { latencies: [...latencies], cpuMicros: cpuOf(hub) - before }
  }
  try {
    await neighbour(500)
    const alone = [await neighbour(1000)]
    const beside: Record<string, Imported> = {}
    for (const kind of Object.keys(bulkRows)) {
      beside[kind] = await imported(hub, kind, neighbour)
      alone.push(await neighbour(500))
    }
    const all = alone.flatMap(({ latencies }) => latencies)
    const aloneP95 = p95(all)
    const liveMicros = alone.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / all.length
    const figures = Object.entries(beside).flatMap(([kind, { latencies, cpuMicros, seconds }]): [string, number][] => {
      const rowMicros = (cpuMicros - latencies.length * liveMicros) / rows
      return [
        [`${kind}P95Ratio`, round(p95(latencies) / aloneP95)],
        [`${kind}RowsPerSecond`, Math.round(rows / seconds)],
        [`${kind}CpuMicrosPerRow`, Math.round(rowMicros)],
        [`${kind}RowsForTheCpuOfAWebhook`, round(liveMicros / rowMicros)],
      ]
    })
    return {
      rows,
      aloneP95Milliseconds: round(aloneP95),
      webhookCpuMicros: Math.round(liveMicros),
      ...Object.fromEntries(figures),
    }
  } finally {
    await hub.stop()
  }
}

/** Webhooks beside something, or alone: what each took, and the CPU of the hub and its database meanwhile. */
interface Neighbour {
  readonly latencies: readonly number[]
  readonly cpuMicros: number
}

interface Imported extends Neighbour {
  readonly seconds: number
}

/** One import from a thread of its own, and webhooks as long as it lasts. Throws when it is not over in ten minutes. */
async function imported(
  hub: BenchHub,
  kind: string,
  neighbour: (count: number) => Promise<Neighbour>,
): Promise<Imported> {
  const before = cpuOf(hub)
  const begun = performance.now()
  const importer = new Worker(new URL('./bulk-rows.ts', import.meta.url), {
    workerData: { kind, rows, url: hub.url, key: hub.key },
  })
  let isOver = false
  const over = new Promise<void>((resolve, reject) => {
    importer.once('message', () => resolve())
    importer.once('error', reject)
  }).finally(() => {
    isOver = true
  })
  const latencies: number[] = []
  while (!isOver) {
    if (performance.now() - begun > importMsMost) throw new Error(`the import of ${kind} does not end`)
    latencies.push(...(await neighbour(200)).latencies)
  }
  await over
  return { latencies, cpuMicros: cpuOf(hub) - before, seconds: (performance.now() - begun) / 1000 }
}

const importMsMost = 600_000

function cpuOf(hub: BenchHub): number {
  const { node, postgres } = hub.cpu()
  return (node + postgres) * 1e6
}

function p95(unsorted: readonly number[]): number {
  const latencies = unsorted.toSorted((a, b) => a - b)
  return latencies[Math.floor(latencies.length * 0.95)] ?? 0
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await bulkImport())}\n`)
