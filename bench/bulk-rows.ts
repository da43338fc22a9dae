import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

interface Order {
  readonly kind: string
  readonly rows: number
  readonly url: string
  readonly key: string
}

const pieceRows = 1000
/** Items of the file that are looked for. */
const samples = 20

/** Imports that take their time. As a worker, does one of them and says when it is over. */
export const bulkRows: Readonly<Record<string, (order: Order) => Promise<void>>> = {
  items: async ({ rows, url, key }) => {
    for (let from = 0; from < rows; from += pieceRows) {
      const piece = Array.from({ length: Math.min(pieceRows, rows - from) }, (_, index) => ({
        ...{ sku: `BULK-${from + index}`, baseUom: 'C62', description: `Item ${from + index}` },
        uomConversions: [{ uom: 'XCS', numerator: '12', denominator: '1' }],
      }))
      await post(`${url}/v1/master-data/items/import`, {
        key,
        type: 'application/json',
        body: JSON.stringify({ rows: piece }),
      })
    }
  },
  stock: async ({ rows, url, key }) => {
    const lines = Array.from(
      { length: rows },
      (_, index) => `count,SKU-${index},W1,${(index % 100) + 1},C62,2026-04-01T00:00:00Z,BULK-1,${index + 1}`,
    )
    const head = 'counted,sku,location,quantity,uom,effective_at,document,line'
    await post(`${url}/v1/inbound/wms`, { key, type: 'text/csv', body: [head, ...lines, ''].join('\n') })
    // Understood it is long before: it is over when what lies in any part of the file can be read.
    const some = Array.from({ length: samples }, (_, at) => Math.floor((rows * (at + 1)) / (samples + 1)) + 1)
    const query = some.map((index) => `sku=SKU-${index}`).join('&')
    for (;;) {
      await sleep(500)
      const answer = await fetch(`${url}/v1/inventory/balances?limit=${samples}&${query}`, {
        headers: { authorization: `Bearer ${key}` },
      })
      const { data = [] } = (await answer.json()) as { readonly data?: readonly unknown[] }
      if (data.length === samples) return
    }
  },
}

async function post(
  url: string,
  { key, type, body }: { readonly key: string; readonly type: string; readonly body: string },
): Promise<void> {
  for (;;) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type, 'interline-lane': 'bulk' }
    const answer = await fetch(url, { method: 'POST', headers, body })
    if (answer.ok) return
    const text = await answer.text()
    if (answer.status !== 429 && answer.status !== 503)
      throw new Error(`${url}: ${answer.status} ${text.slice(0, 300)}`)
    await sleep(1000 * Number(answer.headers.get('retry-after') ?? 1))
  }
}

const order = workerData as Order | null
const work = bulkRows[order?.kind ?? '']
if (order !== null && work !== undefined) {
  await work(order)
  parentPort?.postMessage('done')
}
