import { Worker } from 'node:worker_threads'
import { bulkRows } from './bulk-rows.ts'
import { startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** Rows of each import. */
const rows = 100_000

/**
 * What live messages notice of an import: the p95 of carrier webhooks at 100 per second, alone and while 100,000 items come in pieces of
 * 1,000, or 100,000 rows of stock as a file in the bulk lane; and what the import takes meanwhile.
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
  const neighbour = async (count: number): Promise<readonly number[]> => {
    const requests = trackerWebhooks(count, { shipments: 500, secret: 'bench', start })
    start += count
    const { latencies } = await run({ host: '127.0.0.1', port: hub.port, connections: 16, perSecond: 100, requests })
    return [...latencies]
  }
  try {
    await neighbour(500)
    const alone = p95(await neighbour(1000))
    const figures: Record<string, number> = { rows, aloneP95Milliseconds: round(alone) }
    for (const kind of Object.keys(bulkRows)) {
      const before = hub.cpu()
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
      while (!isOver) latencies.push(...(await neighbour(200)))
      await over
      const after = hub.cpu()
      const seconds = (performance.now() - begun) / 1000
      figures[`${kind}P95Ratio`] = round(p95(latencies.toSorted((a, b) => a - b)) / alone)
      figures[`${kind}RowsPerSecond`] = Math.round(rows / seconds)
      figures[`${kind}CpuMicrosPerRow`] = Math.round(
        ((after.node - before.node + after.postgres - before.postgres) * 1e6) / rows,
      )
    }
    return figures
  } finally {
    await hub.stop()
  }
}

function p95(latencies: readonly number[]): number {
  return latencies[Math.floor(latencies.length * 0.95)] ?? 0
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await bulkImport())}\n`)
