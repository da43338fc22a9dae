import { createHash, randomUUID } from 'node:crypto'
import { systemClock, systemRandom } from '../src/app/ports.ts'
import { postgresBackbone } from '../src/backbone/postgres/postgres.ts'
import { type Connector, defineConnector } from '../src/connectors/kit/connector.ts'
import { openConnection } from '../src/flow/connection.ts'
import { postingTimes } from '../src/flow/dispatch/verdict.ts'
import { FlowNode } from '../src/flow/node.ts'
import type { FlowSignals } from '../src/flow/ports.ts'
import { flowDefaults } from '../src/flow/workplace.ts'
import { benchDatabase } from './database.ts'

/** The cheapest map that does something: one status report about one order. */
const cheap = defineConnector({
  id: 'cheap',
  label: 'Cheap',
  kind: 'shop',
  about: 'For measuring the engine.',
  certification: 'draft',
  settings: {},
  inbound: {
    verify: () => ({ scheme: 'api-key' }),
    identify: (document) => ({ identity: (document.content as { id: string }).id }),
    mapping: 'cheap/1',
    format: 'json',
    translate: (document) => {
      const { order, revision, note } = document.content as { order: string; revision: string; note: string }
      return {
        assertions: [
          {
            type: 'order.reported',
            about: {
              entity: 'order',
              references: [{ scheme: 'order', issuer: 'shop', value: order }],
              unknown: 'create',
            },
            data: { status: 'received', revision: Number(revision), object: { note } },
          },
        ],
      }
    },
  },
})

/** Events before the first that counts, as in P5: what the compiler does in the first seconds is not what an event costs. */
const warmUp = 100_000

/** P1 and P3: the engine without HTTP: dedupe, raw archive, map, correlation, fold, state and offset, durable. */
export async function engine(lane: 'inline' | 'staged', events = 100_000): Promise<Record<string, number>> {
  const database = await benchDatabase()
  const backbone = await postgresBackbone({ url: database.url, partitions: 8 })
  const connection = openConnection(
    { id: 'cheap', tenant: 'main', connector: 'cheap', settings: {}, inline: lane === 'inline' },
    { connectors: [cheap as unknown as Connector], partitions: 8 },
  )
  const connections = new Map([[connection.id, connection]])
  const node = new FlowNode({
    roles: new Set(['translate', 'advance']),
    ports: {
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
    },
    exchange: {
      outbound: { send: () => Promise.reject(new Error('nothing goes out')) },
      signer: { sign: () => '' },
    },
    times: postingTimes,
    hash: (body) => createHash('sha256').update(body).digest('hex'),
    spawn: (_name, loop) => {
      loop().catch(() => {})
    },
  })
  await node.start()
  const bodies = Array.from({ length: warmUp + events }, (_, n) =>
    Buffer.from(
      JSON.stringify({
        id: `e${n}`,
        order: `O${n % 20_000}`,
        revision: String(Math.floor(n / 20_000) + 1),
        note: 'x'.repeat(400),
      }),
    ),
  )
  const offer = async (from: number, to: number): Promise<void> => {
    let next = from
    const sender = async (): Promise<void> => {
      for (let n = next++; n < to; n = next++)
        await node.intake.accept({
          connection,
          body: bodies[n] ?? Buffer.alloc(0),
          contentType: 'application/json',
          headers: {},
          trace: '0'.repeat(32),
        })
    }
    await Promise.all(Array.from({ length: 2000 }, sender))
  }
  await offer(0, warmUp)
  const cpu = process.cpuUsage()
  const start = performance.now()
  await offer(warmUp, warmUp + events)
  while ((await behind(backbone)) > 0) await systemClock.sleep(20)
  const seconds = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  await node.stop(2000)
  await backbone.close()
  await database.stop()
  return {
    perSecond: Math.round(events / seconds),
    nodeMicrosPerEvent: Math.round((used.user + used.system) / events),
  }
}

async function behind(backbone: Awaited<ReturnType<typeof postgresBackbone>>): Promise<number> {
  const { facts, inbox } = await backbone.heads()
  const rows = await Promise.all([
    ...facts.map(async (head, partition) => head - (await backbone.position('advance', partition)).offset),
    ...inbox.map(async (head, partition) => head - (await backbone.position('translate', partition)).offset),
  ])
  return rows.reduce((sum, one) => sum + Math.max(0, one), 0)
}

const silent = new Proxy({}, { get: () => () => {} }) as FlowSignals
