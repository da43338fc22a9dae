import { randomUUID } from 'node:crypto'
import { systemClock, systemRandom } from '../src/app/ports.ts'
import { postgresBackbone } from '../src/backbone/postgres/postgres.ts'
import { connectors } from '../src/connectors/all.ts'
import { openConnection } from '../src/flow/connection.ts'
import { Dispatcher } from '../src/flow/dispatch/dispatch.ts'
import { postingTimes } from '../src/flow/dispatch/verdict.ts'
import type { FlowSignals } from '../src/flow/ports.ts'
import { flowDefaults, Workplace } from '../src/flow/workplace.ts'
import { benchDatabase } from './database.ts'

/** P14: ERP postings to a target in the same process: claim, intent, send, confirm, each durable; order per key kept. */
export async function ledger(count = 10_000): Promise<Record<string, number>> {
  const { seconds, order } = await drained({ count, keys: 400, requestsPerSecond: 1_000_000, concurrent: 200 })
  return { perSecond: Math.round(count / seconds), orderViolations: order }
}

/**
 * Month-end: everybody posts at once to an ERP that allows so many requests a second and takes its time for each; order per key kept.
 * The allowance is a bucket: what is allowed for a second is there at once and is not counted, so that the busiest second may see two.
 */
export async function monthEnd(count = 3000, allowedPerSecond = 100): Promise<Record<string, number>> {
  const burst = { count, keys: 300, requestsPerSecond: allowedPerSecond, concurrent: 50, answerMs: 40 }
  const { seconds, order, at } = await drained(burst)
  const perSecond = (count - allowedPerSecond) / seconds
  const busiest = at.reduce((most, from, index) => {
    const within = at.slice(index).findIndex((one) => one >= from + 1000)
    return Math.max(most, within < 0 ? at.length - index : within)
  }, 0)
  return {
    postings: count,
    allowedPerSecond,
    drainedPerSecond: Math.round(perSecond * 10) / 10,
    percentOfAllowed: Math.round((perSecond / allowedPerSecond) * 1000) / 10,
    mostInAnySecond: busiest,
    orderViolations: order,
  }
}

interface Burst {
  readonly count: number
  readonly keys: number
  readonly requestsPerSecond: number
  readonly concurrent: number
  /** How long the target takes for each; absent: no time. */
  readonly answerMs?: number
}

/** Postings that all wait at once, until the last one is booked. */
async function drained({ count, keys, requestsPerSecond, concurrent, answerMs = 0 }: Burst): Promise<{
  readonly seconds: number
  readonly order: number
  /** When each left, ms. */
  readonly at: readonly number[]
}> {
  const database = await benchDatabase()
  const backbone = await postgresBackbone({ url: database.url, partitions: 8 })
  const erp = openConnection(
    {
      id: 'erp',
      tenant: 'main',
      connector: 'generic-erp',
      settings: { url: 'https://erp.example.com' },
      requestsPerSecond,
      concurrent,
    },
    { connectors, partitions: 8 },
  )
  const connections = new Map([[erp.id, erp]])
  const place = new Workplace({
    backbone,
    clock: systemClock,
    random: systemRandom,
    signals: silent,
    node: randomUUID(),
    settings: flowDefaults,
    connections: () => connections,
    routes: () => [],
    subscribers: () => [],
    disable: async () => {},
  })
  let order = 0
  const last = new Map<string, number>()
  let applied = 0
  const at: number[] = []
  const send = async ({ body }: { body?: Uint8Array }) => {
    const { header } = JSON.parse(new TextDecoder().decode(body)) as { header: { key: string; n: number } }
    if ((last.get(header.key) ?? -1) > header.n) order++
    last.set(header.key, header.n)
    at.push(performance.now())
    if (answerMs > 0) await systemClock.sleep(answerMs)
    applied++
    return {
      outcome: 'answer' as const,
      wire: true as const,
      status: 201,
      headers: {},
      body: new TextEncoder().encode(`{"documentNumber":"D${applied}"}`),
    }
  }
  const dispatcher = new Dispatcher(
    place,
    { outbound: { send }, signer: { sign: () => '' }, clock: systemClock, sessions: place.sessions },
    postingTimes,
  )
  for (let from = 0; from < count; from += 500) {
    const effects = Array.from({ length: 500 }, (_, index) => {
      const n = from + index
      const key = `item:${n % keys}`
      return {
        id: `eff_${n}`,
        tenant: 'main',
        naturalKey: `adjust_inventory:erp:${n}`,
        target: 'erp',
        key,
        command: 'adjust_inventory',
        externalReference: `R${n}`,
        payload: JSON.stringify({ key, n, lines: [] }),
        lane: 'realtime' as const,
        priority: 5,
        causation: 'bench',
        correlation: 'stk_bench',
        trace: '0'.repeat(32),
      }
    })
    await backbone.commit({ effects })
  }
  const start = performance.now()
  while (applied < count) if (!(await dispatcher.round())) await systemClock.sleep(1)
  while (dispatcher.inFlight > 0) await systemClock.sleep(1)
  const seconds = (performance.now() - start) / 1000
  await backbone.close()
  await database.stop()
  return { seconds, order, at }
}

const silent = new Proxy({}, { get: () => () => {} }) as FlowSignals
