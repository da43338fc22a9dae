import { performance } from 'node:perf_hooks'
import { systemClock } from '../src/app/ports.ts'
import { postgresBackbone } from '../src/backbone/postgres/postgres.ts'
import { connectors } from '../src/connectors/all.ts'
import { openConnection } from '../src/flow/connection.ts'
import { postingTimes } from '../src/flow/dispatch/verdict.ts'
import { FlowNode } from '../src/flow/node.ts'
import { partitionOf } from '../src/flow/partition.ts'
import type { FlowSignals } from '../src/flow/ports.ts'
import { StockComparer } from '../src/flow/stock/stock-comparison.ts'
import { flowDefaults } from '../src/flow/workplace.ts'
import { emptyStock, type StockState, stockKey } from '../src/model/stock/state.ts'
import { stockSubject } from '../src/model/stock/subject.ts'
import { benchDatabase } from './database.ts'

const cellsPerItem = 5
const pageLines = 1000
const differing = 100

/**
 * The stock of a warehouse against that of an ERP: states read from PostgreSQL, the list of the ERP page by page over the real reader,
 * one cell of a hundred planted wrong. `npm run bench`'s figure is for 100,000 cells; peak resident memory is that of this process.
 */
export async function stockComparison(cells = 100_000): Promise<Record<string, number>> {
  const items = Math.ceil(cells / cellsPerItem)
  const database = await benchDatabase()
  const backbone = await postgresBackbone({ url: database.url, partitions: 8 })
  const connection = openConnection(
    { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'http://erp.example' }, allowHttp: true },
    { connectors, partitions: 8 },
  )
  const skus = Array.from({ length: items }, (_, n) => `ITEM-${String(n).padStart(7, '0')}`)
  try {
    for (let from = 0; from < items; from += 2000)
      await backbone.commit({ states: skus.slice(from, from + 2000).map(storedState) })
    const node = new FlowNode({
      roles: new Set(['gateway']),
      ports: {
        backbone,
        clock: systemClock,
        random: { next: Math.random },
        signals: new Proxy({}, { get: () => () => {} }) as FlowSignals,
        node: 'bench',
        settings: flowDefaults,
        connections: () => new Map([['erp', connection]]),
        routes: () => [],
        subscribers: () => [],
        disable: async () => {},
      },
      exchange: {
        outbound: { send: async () => ({ outcome: 'not_sent', wire: false, code: '' }) },
        signer: { sign: () => '' },
      },
      times: postingTimes,
      hash: () => '',
      spawn: () => {},
    })
    let found = 0
    const comparer = new StockComparer({
      place: node.place,
      exchange: {
        outbound: { send: async ({ url }) => page(skus, Number(new URL(url).searchParams.get('cursor') ?? 0)) },
        signer: { sign: () => '' },
      },
      intake: { accept: async () => ({ outcome: 'accepted', id: 'msg' }) },
      store: {
        save: async () => {},
        add: async (_, differences) => {
          found += differences.length
        },
      },
      items: async (_tenant, { after, limit }) => {
        const from = after === '' ? 0 : Number(after.slice(5)) + 1
        return skus.slice(from, from + limit)
      },
      doubles: () => new Map(),
    })
    const cpu = process.cpuUsage()
    const database0 = database.cpu()
    const from = performance.now()
    const ended = await (await comparer.begin('erp')).done
    const seconds = (performance.now() - from) / 1000
    const used = process.cpuUsage(cpu)
    if (ended.state !== 'done') throw new Error(ended.problem)
    return {
      cells,
      differences: found,
      planted: Math.ceil(cells / differing),
      seconds: Math.round(seconds * 100) / 100,
      nodeSeconds: Math.round((used.user + used.system) / 1e4) / 100,
      postgresSeconds: Math.round((database.cpu() - database0) * 100) / 100,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    }
  } finally {
    await backbone.close()
    await database.stop()
  }

  function storedState(sku: string) {
    const subject = stockSubject('main', sku)
    return {
      subject,
      tenant: 'main',
      version: 1,
      body: JSON.stringify(stateOf(sku)),
      partition: partitionOf(subject, 8),
    }
  }
}

/** Twenty movements of late in each item, so that a state is as long as in a warehouse that works. */
function stateOf(sku: string): StockState {
  const keys = Array.from({ length: cellsPerItem }, (_, n) => stockKey({ location: `W${n}`, status: 'available' }))
  return {
    ...emptyStock,
    sku,
    balances: Object.fromEntries(keys.map((key) => [key, '100'])),
    window: Array.from({ length: 20 }, (_, n) => ({
      id: `wms/doc/${sku}-${n}//`,
      type: 'receipt',
      at: 1_772_000_000_000 + n * 60_000,
      postings: [[keys[n % cellsPerItem] ?? '', '5']] as const,
      account: 'supplier' as const,
      quantity: '5',
    })),
    asOf: 1_772_002_000_000,
  }
}

function page(skus: readonly string[], cursor: number) {
  const lines = skus.length * cellsPerItem
  const stock = Array.from({ length: Math.min(pageLines, lines - cursor) }, (_, n) => {
    const at = cursor + n
    const sku = skus[Math.floor(at / cellsPerItem)] ?? ''
    const quantity = at % differing === 0 ? '97' : '100'
    return { sku, location: `W${at % cellsPerItem}`, status: 'available', quantity, uom: 'EA' }
  })
  const next = cursor + pageLines < lines ? { next: String(cursor + pageLines) } : {}
  const body = new TextEncoder().encode(JSON.stringify({ takenAt: '2026-03-02T12:00:00Z', stock, ...next }))
  return { outcome: 'answer', wire: true, status: 200, headers: {}, body } as const
}

if (import.meta.main)
  process.stdout.write(`${JSON.stringify(await stockComparison(Number(process.argv[2] ?? 100_000)))}\n`)
