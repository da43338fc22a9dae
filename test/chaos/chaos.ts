import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Backbone } from '../../src/backbone/backbone.ts'
import type { EffectState } from '../../src/backbone/ledger.ts'
import { postgresBackbone } from '../../src/backbone/postgres/postgres.ts'
import { startTestServer, type TestServer } from '../postgres/server.ts'
import { Stream } from '../simulation/random.ts'
import { ChaosErp } from './erp.ts'
import { FaultInjector, type Victims } from './faults.ts'
import { chaosTimes, HubProcess } from './hub-process.ts'
import { type Judgement, judge } from './judge.ts'
import { type ChaosOptions, planFaults, type WireName } from './plan.ts'
import { unitsSent, Warehouse, type Witness } from './senders.ts'
import { FaultWire } from './wire.ts'

export interface ChaosResult extends Judgement {
  /** Faults that took place, by kind. */
  readonly faults: Readonly<Record<string, number>>
  /** Postings whose sender was left without a clear answer by the ERP itself. */
  readonly doubtful: number
  /** Hubs that ended although nobody ended them. */
  readonly crashes: readonly string[]
  /** Parked postings that a person looked at and released. */
  readonly released: number
  readonly answers: Readonly<Record<string, number>>
  readonly silenceSeconds: number
  /** From the first message to the last acknowledgement, and from there until everything was settled. */
  readonly sendingSeconds: number
  readonly settlingSeconds: number
}

const partitions = 8
/** Minutes that the clocks of the two machines are ahead of the database's: nobody keeps them in step. */
const clocks = [4, -7]

/** Two real hubs on one real PostgreSQL, an ERP that is not idempotent, senders that repeat, and everything that can break between them. */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<ChaosResult> {
  await using world = await openWorld(options)
  const { hubs, erp } = world
  const injector = new FaultInjector(world, say)
  const warehouse = new Warehouse(hubs, world.key, new Stream(options.seed, 'senders'))
  const telling = setInterval(() => {
    const faults = Object.values(injector.done).reduce((sum, count) => sum + count, 0)
    say(`${warehouse.count} acknowledged, ${erp.documents.length} booked, ${faults} faults`)
  }, 10_000)
  try {
    const started = performance.now()
    const injecting = injector.run(planFaults(options, new Stream(options.seed, 'plan')))
    const items = itemsOf(options)
    const perSecond = options.events / options.seconds
    const witness = await warehouse.send({ messages: options.events, items, senders: 64, perSecond })
    const sent = performance.now()
    await injecting
    const judged = await settleAndJudge(world, { witness, items }, say)
    return {
      ...judged,
      faults: injector.done,
      doubtful: erp.doubtful,
      crashes: hubs.flatMap(({ crashes }) => crashes),
      answers: witness.answers,
      silenceSeconds: Math.round(witness.silenceMs / 100) / 10,
      sendingSeconds: Math.round((sent - started) / 1000),
      settlingSeconds: Math.round((performance.now() - sent) / 1000),
    }
  } finally {
    clearInterval(telling)
  }
}

interface World extends Victims, AsyncDisposable {
  readonly key: string
}

async function openWorld({ seed, lostReply, lookUpFails }: ChaosOptions): Promise<World> {
  await using stack = new AsyncDisposableStack()
  // As an operator would set it: enough room, nothing that makes a commit less durable.
  const server = await startTestServer({ settings: ['max_wal_size=2GB'] })
  stack.defer(() => server.stop())
  const erp = await ChaosErp.open(new Stream(seed, 'erp'), {
    failBefore: 0.01,
    lostReply,
    late: 0.01,
    lateMs: (chaosTimes.processingSeconds - 1) * 1000,
    spoilt: 0.01,
    lookUpFails,
  })
  stack.defer(() => erp.close())
  const wires: Record<WireName, FaultWire>[] = []
  const hubs: HubProcess[] = []
  for (let index = 0; index < 2; index++) {
    const database = await FaultWire.open({ host: '127.0.0.1', port: Number(new URL(server.url).port) })
    const toErp = await FaultWire.open({ host: '127.0.0.1', port: erp.port })
    for (const wire of [database, toErp]) stack.defer(() => wire.close())
    wires.push({ database, erp: toErp })
    const hub = new HubProcess({
      databaseUrl: server.url.replace(/:\d+\//, `:${database.port}/`),
      erpUrl: `http://127.0.0.1:${toErp.port}`,
      clockMinutes: clocks[index] ?? 0,
    })
    stack.defer(() => hub.stop())
    hubs.push(hub)
    await hub.start(1)
  }
  const key = hubs.map((hub) => hub.key).find((one) => one !== undefined)
  if (key === undefined) throw new Error('no hub has a key')
  const open = stack.move()
  return { hubs, server, wires, erp, key, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

/** Enough postings in each queue to see order, few enough that doubts about one after the other do not take hours. */
function itemsOf({ events }: ChaosOptions): number {
  return Math.round(events / (events < 10_000 ? 5 : 20))
}

async function settleAndJudge(
  { server, erp, hubs }: World,
  sent: { readonly witness: Witness; readonly items: number },
  say: (line: string) => void,
): Promise<Judgement & { released: number }> {
  const backbone = await postgresBackbone({ url: server.url, partitions })
  try {
    const released = await settle(backbone, say)
    // Nothing moves any more: what is read now is one state.
    for (const hub of hubs) await hub.kill()
    const judged = await judge({
      backbone,
      witness: sent.witness,
      documents: erp.documents,
      effects: await everyEffect(server),
      units: unitsSent(sent.witness.acknowledged.size, sent.items),
    })
    return { ...judged, released }
  } finally {
    await backbone.close()
  }
}

const settleRounds = 600

/** Until everything is folded and posted. A person looks at what is parked, every two seconds, and lets it go on. */
async function settle(backbone: Backbone, say: (line: string) => void): Promise<number> {
  let released = 0
  for (let round = 0; round < settleRounds; round++) {
    await sleep(1000)
    const { pending } = await backbone.accounting()
    const { facts } = await backbone.heads()
    const behind = await Promise.all(
      facts.map(async (head, partition) => head - (await backbone.position('advance', partition)).offset),
    )
    const counts = await backbone.ledger.counts()
    const isOpen = ({ state }: { readonly state: EffectState }): boolean => state !== 'applied'
    if (pending === 0 && behind.every((rows) => rows === 0) && !counts.some(isOpen)) return released
    if (round % 10 === 9)
      say(
        `open: ${counts
          .filter(isOpen)
          .map(({ state, count }) => `${count} ${state}`)
          .join(', ')}; ${pending} pending`,
      )
    if (round % 2 === 0) released += await release(backbone)
  }
  return released
}

async function release(backbone: Backbone): Promise<number> {
  const parked = await backbone.ledger.effects({ state: ['parked', 'refused'], limit: 500 })
  for (const { id } of parked)
    await backbone.ledger.decide({ effect: id, action: 'release', reason: 'looked at it', by: 'operator' })
  return parked.length
}

async function everyEffect(server: TestServer): Promise<Parameters<typeof judge>[0]['effects']> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    const { rows } = await client.query<{
      natural_key: string
      external_reference: string
      state: EffectState
      reason: string | null
    }>('SELECT natural_key, external_reference, state, reason FROM effect')
    return rows.map(({ natural_key: naturalKey, external_reference: externalReference, state, reason }) => ({
      naturalKey,
      externalReference,
      state,
      ...(reason === null ? {} : { reason }),
    }))
  } finally {
    await client.end()
  }
}
