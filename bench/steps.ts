import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findDefinition } from '../src/flow/advance/aggregate.ts'
import type { Fact } from '../src/model/fact.ts'
import { evolveProcess } from '../src/processes/engine/evolve.ts'
import type { Instance } from '../src/processes/engine/instance.ts'
import { startBenchHub } from './hub.ts'
import { type LoadResult, post } from './load.ts'
import { run, warmUpEvents } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** More than the goal: what is offered at the very rate of the goal can never be taken faster than that. */
const stepsPerSecond = 320
const warmUpSteps = 1500
const eventsPerSecond = 500

/**
 * P16: steps of a process beside other traffic. A step is a warehouse's confirmation that goods have left, from the request to the goods
 * issue that the ERP has booked: the delivery moves on, a posting is owed, sent and confirmed, each durably. The ERP books at once.
 * `restoreMoveSaveMicros` is the pure part of a process: read the instance, remember a fact, take two steps, say and time what follows, write it.
 */
export async function steps(seconds = Number(process.env['BENCH_SECONDS'] ?? 10)): Promise<Record<string, number>> {
  const erp = await startErp()
  const network = {
    connections: [
      { id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } },
      { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
      {
        id: 'erp',
        tenant: 'main',
        connector: 'generic-erp',
        settings: { url: `http://127.0.0.1:${erp.port}` },
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
        requestsPerSecond: 100_000,
        concurrent: 64,
      },
    ],
    routes: [{ command: 'post_goods_issue', target: 'erp', tenant: 'main' }],
  }
  const hub = await startBenchHub({ network })
  try {
    const load = { host: '127.0.0.1', port: hub.port, connections: 64 }
    const webhooks = (count: number, start: number): Uint8Array[] =>
      trackerWebhooks(count, { shipments: 1000, secret: 'bench', start })
    await run({ ...load, perSecond: 0, requests: webhooks(warmUpEvents, 10_000_000) })
    await run({ ...load, perSecond: 0, requests: confirmations(hub.key, { from: 1_000_000, count: warmUpSteps }) })
    await erp.booked(warmUpSteps)
    const count = stepsPerSecond * seconds
    const start = performance.now()
    const [events, confirmed] = await Promise.all([
      run({ ...load, perSecond: eventsPerSecond, requests: webhooks(eventsPerSecond * seconds, 0) }),
      run({ ...load, perSecond: stepsPerSecond, requests: confirmations(hub.key, { from: 0, count }) }),
    ])
    await erp.booked(warmUpSteps + count)
    const took = (performance.now() - start) / 1000
    return {
      steps: count,
      stepsPerSecond: Math.round(count / took),
      confirmationsRefused: confirmed.refused,
      confirmationP99Milliseconds: at(confirmed, 0.99),
      postingsTwice: erp.twice(),
      eventsPerSecond: Math.round(events.answered / events.seconds),
      eventsRefused: events.refused,
      restoreMoveSaveMicros: restoreMoveSave(),
    }
  } finally {
    await hub.stop()
    erp.stop()
  }
}

function confirmations(key: string, { from, count }: { readonly from: number; readonly count: number }): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index
    const data = {
      deliveryNumber: String(80_000_000 + n),
      orderNumber: `SO-${n}`,
      location: 'DC1',
      carrier: 'UPS',
      packages: [{ trackingNumber: `1Z${String(n).padStart(12, '0')}`, weightGrams: '1250' }],
      lines: [{ line: '10', sku: `ITEM-${n % 200}`, quantity: '1', uom: 'EA' }],
    }
    const event = { eventId: `c${n}`, type: 'shipment.confirmed', occurredAt: '2026-03-02T06:00:00Z', data }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return post('/v1/inbound/wms', headers, Buffer.from(JSON.stringify(event)))
  })
}

interface Erp {
  readonly port: number
  /** Resolves when so many documents are booked. */
  booked(count: number): Promise<void>
  /** Documents whose reference was booked before. */
  twice(): number
  stop(): void
}

async function startErp(): Promise<Erp> {
  const references = new Set<string>()
  let documents = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (request.method !== 'POST') return answer(200, { documents: [] })
      const { externalReference } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { externalReference: string }
      references.add(externalReference)
      answer(201, { documentNumber: `D${++documents}` })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    booked: async (count) => {
      for (const until = performance.now() + 120_000; references.size < count; ) {
        if (performance.now() > until) throw new Error(`${references.size} of ${count} documents were booked`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    twice: () => documents - references.size,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Processor time of one restore, step and save of a process, µs: a carrier declines, and the load is offered to the next one. */
function restoreMoveSave(turns = 20_000): number {
  const evolve = evolveProcess(findDefinition)
  const [first, second] = [declined(0, 'ACME'), declined(1, 'BOREAS')]
  const stored = JSON.stringify(evolve(undefined, first).state)
  let characters = 0
  const once = (): void => {
    const { state, facts, timers } = evolve(JSON.parse(stored) as Instance, second)
    if (facts.length < 2 || timers.length === 0) throw new Error('the process did not move')
    characters += JSON.stringify(state).length
  }
  for (let turn = 0; turn < turns / 4; turn++) once()
  const before = process.threadCpuUsage()
  for (let turn = 0; turn < turns; turn++) once()
  const { user, system } = process.threadCpuUsage(before)
  if (characters === 0) throw new Error('nothing was saved')
  return Math.round(((user + system) / turns) * 10) / 10
}

function declined(n: number, carrier: string): Fact {
  const at = `2026-03-02T10:0${n}:00.000Z`
  const references = [{ scheme: 'delivery', value: '80000001' }]
  const told = {
    ...{ type: 'shipment.tender_declined', id: `msg_0-${n}.0.declined`, subject: 'shp_bench', at, source: 'tms' },
    data: { references, carrier, pickup: '2026-03-03T10:00:00Z' },
  }
  const routingGuide = ['ACME', 'BOREAS', 'CIRRUS'].map((one) => ({ carrier: one, cost: '100.00' }))
  const data = { process: 'carrier-reassignment', key: 'shp_bench', told, policy: { routingGuide } }
  return {
    ...{ id: `${told.id}.t0`, type: 'process.fact_reported', subject: 'prc_bench', tenant: 'main', recordedAt: at },
    ...{ occurredAt: at, source: 'hub:advance', causation: told.id, correlation: 'shp_bench', trace: '0'.repeat(32) },
    data,
  }
}

function at({ latencies }: LoadResult, share: number): number {
  return Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 10) / 10
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await steps())}\n`)
