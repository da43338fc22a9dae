import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Listening } from '../../../test/listening.ts'
import type { LoggedFact } from '../../backbone/step.ts'
import { Bell } from '../../flow/ports.ts'
import { Broadcast } from './broadcast.ts'
import { Follower } from './follower.ts'
import type { Topic } from './topics.ts'

const log: LoggedFact[][] = [[], []]
let [now, reads, cuts] = [0, 0, 0]
let isAllowed = true
let broadcast: Broadcast
let server: Server
let url = ''

/** Appends facts about shipments to a partition. */
function append(partition: number, count: number): void {
  const rows = log[partition] ?? []
  for (let offset = rows.length; count > 0; offset++, count--)
    rows.push({
      ...{ partition, offset },
      fact: {
        ...{
          id: `msg_${partition}-${offset}.0`,
          type: 'shipment.status_changed',
          subject: `shp_${partition}${offset}`,
        },
        ...{ tenant: 'main', recordedAt: '2026-03-02T18:40:00Z', source: 'carrier', data: {} },
        ...{ causation: '', correlation: '', trace: '' },
      },
    })
}

beforeEach(async () => {
  for (const rows of log) rows.length = 0
  ;[now, reads, cuts] = [0, 0, 0]
  isAllowed = true
  broadcast = new Broadcast({
    partitions: 2,
    viewed: async () => log.map((rows) => rows.length - 1),
    read: async (partition, after, limit) => {
      reads++
      return (log[partition] ?? []).slice(after + 1, after + 1 + limit)
    },
    pulses: async () => new Map(),
    limits: { clients: 1000, perPrincipal: 1000 },
    bell: new Bell(),
    mono: () => now,
  })
  server = createServer((request, response) => {
    response.writeHead(200).flushHeaders()
    const follower = new Follower({
      ...{ tenant: 'main', topics: new Set<Topic>(['shipments']), detail: 'facts', principal: 'key' },
      ...{ response, lastId: String(request.headers['last-event-id'] ?? '') },
      isAllowed: async () => isAllowed,
      bytesMost: 64 * 1024,
      cut: () => cuts++,
    })
    response.once('close', () => broadcast.leave(follower))
    broadcast.join(follower)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterEach(() => {
  broadcast.close()
  server.closeAllConnections()
  server.close()
})

describe('the broadcast', () => {
  test('reads the log once, however many listen, and not at all while nobody does', async () => {
    append(0, 5)
    expect(await broadcast.round()).toBe(false)
    const all = await Promise.all(Array.from({ length: 50 }, () => Listening.to(url)))
    await broadcast.round()
    append(0, 3)
    append(1, 2)
    await broadcast.round()
    for (const one of all) await one.until((heard) => heard.length === 5)
    expect(reads).toBe(2)
    expect(all[0]?.heard.map(({ data }) => data['fact'])).toEqual(
      ['0-5', '0-6', '0-7', '1-0', '1-1'].map((place) => `msg_${place}.0`),
    )
  })

  test('gives a herd that comes back what it missed out of a few reads, each fact once', async () => {
    append(0, 10)
    const first = await Listening.to(url)
    await broadcast.round()
    await first.until(() => first.lastId !== '')
    first.leave()
    while (broadcast.clients > 0) await sleep(5)
    await broadcast.round()
    append(0, 1500)
    append(1, 700)
    const herd = await Promise.all(Array.from({ length: 40 }, () => Listening.to(url, { lastId: first.lastId })))
    await broadcast.round()
    for (const one of herd) await one.until((heard) => heard.length === 2200)
    expect(new Set(herd.at(-1)?.heard.map(({ data }) => data['fact'])).size).toBe(2200)
    // What comes while they catch up and after it is told once, too.
    append(1, 1)
    await broadcast.round()
    for (const one of herd) await one.until((heard) => heard.at(-1)?.data['fact'] === 'msg_1-700.0')
    expect(herd.map(({ heard }) => heard.length)).toEqual(herd.map(() => 2201))
    expect(reads).toBeLessThan(12)
  })

  test('goes on from any single event, in the middle of a round, too', async () => {
    const all = await Listening.to(url)
    await broadcast.round()
    append(0, 4)
    append(1, 4)
    await broadcast.round()
    await all.until((heard) => heard.length === 8)
    for (const [index, { id }] of all.heard.entries()) {
      const later = await Listening.to(url, { lastId: id })
      await broadcast.round()
      await later.until(() => later.comments.length > 0)
      expect(later.heard.map(({ data }) => data)).toEqual(all.heard.slice(index + 1).map(({ data }) => data))
    }
  })

  test('sends those away who have missed too much to be told one by one', async () => {
    append(0, 1)
    const first = await Listening.to(url)
    await broadcast.round()
    await first.until(() => first.lastId !== '')
    append(0, 10_001)
    const late = await Listening.to(url, { lastId: first.lastId })
    await broadcast.round()
    await late.until((heard) => heard.length > 0)
    expect(late.heard[0]).toMatchObject({ event: 'reset', data: { reason: 'too_old' } })
  })

  test('cuts off who does not read, and lets them go on where they were', async () => {
    append(0, 1)
    const deaf = await Listening.to(url, { isDeaf: true })
    const keen = await Listening.to(url)
    await broadcast.round()
    for (let rounds = 0; cuts === 0 && rounds < 500; rounds++) {
      append(0, 500)
      await broadcast.round()
      await keen.until((heard) => heard.length === (log[0]?.length ?? 0) - 1)
    }
    expect(cuts).toBe(1)
    expect(keen.isOver).toBe(false)
    deaf.listen()
    await deaf.over()
    expect(deaf.heard.length).toBeLessThan(keen.heard.length)
    append(0, 5)
    await broadcast.round()
    expect(broadcast.clients).toBe(1)
  })

  test('greets everybody every 15 seconds, moves their place, and ends it for who may not listen any more', async () => {
    const one = await Listening.to(url)
    await broadcast.round()
    await one.until(() => one.comments.length === 1)
    now = 14_000
    await broadcast.round()
    now = 15_001
    await broadcast.round()
    await one.until(() => one.comments.length === 2)
    expect(one.comments).toEqual(['heartbeat', 'heartbeat'])
    expect(one.isOver).toBe(false)
    isAllowed = false
    now = 31_000
    await broadcast.round()
    await one.over()
    expect(broadcast.clients).toBe(0)
  })
})
