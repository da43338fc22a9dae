import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateInterchange } from '../../src/edi/map/generate.ts'
import { chooseSet } from '../../src/edi/overlay/open.ts'
import { plausibleDay } from '../../src/sandbox/day.ts'
import { receiptOf, shippingAdviceOf, statusOf } from '../../src/sandbox/harbor-documents.ts'
import { trackerEvent } from '../../src/sandbox/tracker.ts'
import { ReplayedNetwork, type Told } from './replayed-network.ts'

/** INTERLINE_REPLAYED=100000 for the large one. */
const wanted = Number(process.env.INTERLINE_REPLAYED ?? 400)
const isLarge = wanted > 5000
const timeout = isLarge ? 7_200_000 : 600_000
const connections = ['shop', 'erp', 'wms', 'easypost', 'dhl', 'ltl', 'harbor'] as const
let network: ReplayedNetwork
let messages = 0

interface Job {
  readonly id: string
  readonly status: string
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly skipped: number
}
type Rows = readonly Readonly<Record<string, unknown>>[]

/** Days one after the other, until there are so many messages; one in a hundred is an interchange of the warehouse at the harbor. */
function everything(): readonly Told[] {
  const all: Told[] = []
  for (let day = 0; all.length < wanted * 0.99; day++) {
    const date = new Date(Date.now() - (40 - day) * 86_400_000).toISOString().slice(0, 10)
    all.push(...plausibleDay(isLarge ? 'peak-day' : 'edi-day', 100 + day, date))
  }
  all.length = Math.floor(Math.min(all.length, wanted * 0.99))
  return [...all, ...Array.from({ length: Math.ceil(wanted * 0.01) }, (_, index) => interchange(index))]
}

function interchange(index: number): Told {
  const delivery = Math.floor(index / 4)
  const at = new Date(Date.parse('2026-10-01T08:00:00Z') + index * 60_000).toISOString().slice(0, 16)
  const news = { number: `HD${delivery}`, at, lines: [{ sku: `HB-${delivery % 20}`, quantity: '3' }] }
  const pro = `HB${100_000 + delivery}`
  const [set, document] = [
    ['944', receiptOf({ ...news, number: `26100${delivery}` }, `HP${delivery}`)] as const,
    ['945', shippingAdviceOf(news, pro)] as const,
    ['214', statusOf(news, pro, 'AF')] as const,
    ['214', statusOf(news, pro, 'D1')] as const,
  ][index % 4] ?? ['214', {}]
  const { bytes } = generateInterchange(document, chooseSet([]), {
    ...{
      sender: { qualifier: 'ZZ', id: 'HARBOR', routing: '' },
      receiver: { qualifier: 'ZZ', id: 'MERIDIAN', routing: '' },
    },
    ...{ set, version: '004010', controlNumber: index + 1, isTest: false, lineEnd: '\n' },
    ...{ date: at.slice(0, 10).replaceAll('-', ''), time: at.slice(11).replace(':', '') },
  })
  return { connection: 'harbor', edi: bytes }
}

/** Everything that a replay must leave as it is. What came meanwhile is left out: it is of parcels with names of their own. */
async function standing(): Promise<{ balances: Rows; shipments: Rows; effects: Rows; orders: Rows }> {
  const [balances, shipments, effects, orders] = await Promise.all([
    network.rows('/v1/inventory/balances'),
    network.rows('/v1/shipments'),
    network.rows('/v1/effects'),
    network.rows('/v1/processes/instances'),
  ])
  return {
    balances,
    orders,
    shipments: shipments.filter((one) => !String(one['trackingNumber']).startsWith('LIVE')).toSorted(byId),
    effects: effects.map(({ id, state, naturalKey }) => ({ id, state, naturalKey })).toSorted(byId),
  }
}

const byId = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): number =>
  String(a['id']) < String(b['id']) ? -1 : 1

const jobs = async (): Promise<readonly Job[]> =>
  (await network.rows('/v1/jobs?kind=replay')) as unknown as readonly Job[]
const report = (what: string, figures: object): void =>
  void process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`)

/** A parcel whose scans come while others are replayed. */
function live(index: number): Told {
  const number = `LIVE${index}`
  const scans = [{ kind: 'departure' as const, atMs: Date.parse('2026-11-01T10:00:00Z') + index, city: 'Leipzig' }]
  return {
    connection: 'easypost',
    body: trackerEvent({ eventId: `live-${index}`, carrier: 'ParcelNorth', trackingNumber: number, scans }),
  }
}

describe('everything is replayed', { timeout }, () => {
  let before: Awaited<ReturnType<typeof standing>>

  beforeAll(async () => {
    network = await ReplayedNetwork.start()
    const all = everything()
    const from = performance.now()
    const slowestMs = await network.tell(all)
    const takenSeconds = (performance.now() - from) / 1000
    await network.quiet(timeout)
    const accounting = (await network.hub.call('GET', '/v1/accounting')).json() as {
      received: number
      unaccounted: number
    }
    messages = all.length
    before = await standing()
    const parked = await network.rows('/v1/parked')
    report('before', {
      ...{
        told: messages,
        received: accounting.received,
        unaccounted: accounting.unaccounted,
        takenSeconds,
        slowestMs,
      },
      ...{ documents: network.erp.documents.length, webhooks: network.told.size, answers: network.answers.length },
      ...{ balances: before.balances.length, shipments: before.shipments.length, effects: before.effects.length },
      ...{
        orders: before.orders.length,
        parked: parked.length,
        codes: [...new Set(parked.map((one) => one['code']))],
        peakMegabytes: network.takePeak(),
      },
    })
  }, timeout)
  afterAll(() => network.stop())

  test('looked at first: nothing would leave', async () => {
    for (const connection of connections) {
      const from = performance.now()
      const { code, out } = await network.run('replay', '--connection', connection, '--json')
      const said = JSON.parse(out) as Record<string, unknown>
      report(`dry run of ${connection}`, {
        ...said,
        samples: [],
        seconds: Math.round((performance.now() - from) / 1000),
        code,
      })
      expect.soft(said['newEffects'], connection).toBe(0)
      expect.soft(said['newFacts'], connection).toBe(0)
      network.notePeak()
    }
    report('dry runs', { peakMegabytes: network.takePeak() })
  })

  test('for real, with the hub killed twice: no document, no webhook and no answer more, and everything stands as it did', async () => {
    const [documents, told, answers] = [network.erp.documents.length, new Map(network.told), network.answers.length]
    for (const connection of connections) {
      const order = [
        'replay',
        '--connection',
        connection,
        '--yes',
        '--detach',
        '--per-second',
        isLarge ? '5000' : '100',
        '--reason',
        'proof',
      ]
      expect((await network.run(...order)).code).toBe(0)
    }
    // Somebody watches the last of them, over both restarts.
    const watching = network.run('job', 'watch', (await jobs())[0]?.id ?? '')
    const from = performance.now()
    let [kills, parcels, slowest] = [0, 0, 0]
    const seen: number[] = []
    for (;;) {
      const all = await jobs()
      const real = all.filter(({ id }) => id.startsWith('job_')).slice(0, connections.length)
      const looked = real.reduce((sum, { done, failed, skipped }) => sum + done + failed + skipped, 0)
      seen.push(real.reduce((sum, { done }) => sum + done, 0))
      network.notePeak()
      if (real.every(({ status }) => !['queued', 'running'].includes(status))) break
      slowest = Math.max(slowest, await network.tell([live(parcels++)], 1))
      if (kills < 2 && looked > ((kills + 1) * messages) / 3) {
        kills++
        await network.killAndStart()
      } else await sleep(isLarge ? 1000 : 50)
    }
    const replaySeconds = Math.round((performance.now() - from) / 1000)
    await network.quiet(timeout)
    const settledSeconds = Math.round((performance.now() - from) / 1000)
    const ended = (await jobs()).slice(0, connections.length)
    const accounting = (await network.hub.call('GET', '/v1/accounting')).json() as Record<string, unknown>
    report('replayed', {
      ...{ kills, parcels, slowestLiveMs: slowest, replaySeconds, settledSeconds, peakMegabytes: network.takePeak() },
      ended: ended.map(({ status, total, done, failed, skipped }) => ({ status, total, done, failed, skipped })),
      accounting,
    })
    const watched = await watching
    expect
      .soft(watched)
      .toMatchObject({ code: 0, error: expect.stringContaining('░'), out: expect.stringContaining('succeeded') })
    const audited = await network.rows('/v1/audit?kind=job')
    expect.soft(audited.filter(({ reason }) => reason === 'proof')).toHaveLength(connections.length)
    expect.soft(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect.soft(accounting['unaccounted']).toBe(0)
    expect.soft(network.erp.documents.length).toBe(documents)
    expect.soft(network.answers.length).toBe(answers)
    const after = await standing()
    expect.soft(after.effects).toEqual(before.effects)
    expect.soft(after.balances).toEqual(before.balances)
    expect.soft(after.orders).toEqual(before.orders)
    expect.soft(after.shipments).toEqual(before.shipments)
    // Nothing that was told before is told again, and what is new is about the parcels that came meanwhile.
    const again = [...network.told].filter(([id, times]) => (told.get(id) ?? times) !== times)
    expect.soft(again).toEqual([])
    report('webhooks', { before: told.size, after: network.told.size, parcels })
  })
})
