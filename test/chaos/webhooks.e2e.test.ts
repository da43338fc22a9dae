import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { postgresBackbone } from '../../src/backbone/postgres/postgres.ts'
import { type Fact, isReport } from '../../src/model/fact.ts'
import type { ScanKind } from '../../src/sandbox/journey.ts'
import { trackerEvent } from '../../src/sandbox/tracker.ts'
import { verifyWebhook } from '../../src/transports/signature.ts'
import { network, sendSigned } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'
import { Stream } from '../simulation/random.ts'

const environment = {
  INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8',
  INTERLINE_LEASE_SECONDS: '3',
  INTERLINE_LOG_LEVEL: 'error',
}

interface Taken {
  readonly id: string
  readonly subject: string
  readonly sequence: string
  readonly body: string
}

/** A subscriber that says no now and then, does not answer, or takes an event and loses the answer. What it took is its own record. */
class Receiver {
  readonly taken: Taken[] = []
  readonly problems: string[] = []
  failing = false
  /** Answers that it never gave although it took the event. */
  lost = 0
  secret = ''
  url = ''
  readonly #tries = new Map<string, number>()
  readonly #stream = new Stream(1, 'receiver')

  static async start(): Promise<Receiver> {
    const receiver = new Receiver()
    const server = createServer((request, response) => {
      text(request)
        .then((body) => {
          const single = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
          const status = receiver.#take(Object.fromEntries(single), body)
          if (status === undefined) request.socket.destroy()
          else response.writeHead(status).end()
        })
        .catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`
    onTestFinished(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    return receiver
  }

  #take(headers: Readonly<Record<string, string>>, body: string): number | undefined {
    const id = headers['webhook-id'] ?? ''
    const signed = { headers, body: new TextEncoder().encode(body), nowSeconds: Math.floor(Date.now() / 1000) }
    if (verifyWebhook(signed, this.secret) !== 'ok') this.problems.push(`${id} is not signed by us`)
    const tries = (this.#tries.get(id) ?? 0) + 1
    this.#tries.set(id, tries)
    // Once only for each: the second retry would come after minutes.
    const dice = this.failing && tries === 1 ? this.#stream.next() : 1
    if (dice < 0.04) return 500
    const { subject, sequence } = JSON.parse(body) as { subject: string; sequence: string }
    this.taken.push({ id, subject, sequence, body })
    if (dice >= 0.08) return 204
    this.lost++
    return undefined
  }

  /** Events in the order in which they were taken first. */
  firsts(): readonly Taken[] {
    const known = new Set<string>()
    return this.taken.filter(({ id }) => {
      const isFirst = !known.has(id)
      known.add(id)
      return isFirst
    })
  }
}

const journey: readonly ScanKind[] = ['label', 'pickup', 'departure', 'arrival', 'outForDelivery', 'delivered']
const parcels = 8

/** Eight parcels travel at once, scan by scan; then the next eight. */
function scanned(n: number): string {
  const [round, parcel, scan] = [
    Math.floor(n / (parcels * journey.length)),
    n % parcels,
    Math.floor(n / parcels) % journey.length,
  ]
  const from = Date.parse('2026-03-02T00:00:00Z') + round * 3_600_000
  const scans = journey.slice(0, scan + 1).map((kind, at) => ({ kind, atMs: from + at * 600_000, city: 'Leipzig' }))
  const trackingNumber = `PN${round}-${parcel}`
  const event = trackerEvent({ eventId: `w${n}`, carrier: 'ParcelNorth', trackingNumber, scans })
  return JSON.stringify(event).replaceAll('"mode":"test"', '"mode":"production"')
}

/** Every fact that the subscriber is owed, as the log has it. */
async function owed(databaseUrl: string): Promise<readonly Fact[]> {
  const backbone = await postgresBackbone({ url: databaseUrl, partitions: 8 })
  try {
    const facts: Fact[] = []
    for (let partition = 0; partition < backbone.partitions; partition++) {
      for (let after = -1; ; ) {
        const rows = await backbone.readLog(partition, after, 1000)
        if (rows.length === 0) break
        after = rows.at(-1)?.offset ?? after
        facts.push(...rows.map(({ fact }) => fact))
      }
    }
    return facts.filter(({ type }) => type.startsWith('shipment.') && !isReport(type))
  } finally {
    await backbone.close()
  }
}

test('a subscription outlives every kill -9 of the hub: each fact arrives, in order per object, and is repeated only as itself', {
  timeout: 240_000,
}, async () => {
  const databaseUrl = await testDatabase()
  const receiver = await Receiver.start()
  const first = await HubProcess.start({ network, databaseUrl, environment })
  const { key } = first
  let hub = first
  onTestFinished(() => hub.stop())
  const made = await hub.call('POST', '/v1/subscriptions', {
    json: { url: receiver.url, types: ['shipment.*'] },
    headers: { 'idempotency-key': 'webhooks' },
  })
  receiver.secret = (made.json() as { secret: string }).secret

  let sent = 0
  const send = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const body = scanned(sent++)
      // As a carrier does: again until it is acknowledged.
      for (;;) {
        const status = await sendSigned(hub, body).then(
          ({ status: one }) => one,
          () => 0,
        )
        if (status === 202) break
        await sleep(100)
      }
    }
  }
  const arrived = async (): Promise<number> =>
    eventually(
      async () => receiver.firsts().length - (await owed(databaseUrl)).length,
      (missing) => missing === 0,
    )

  // While nothing breaks, each fact is told exactly once.
  await send(60)
  expect(await arrived()).toBe(0)
  expect(receiver.taken).toHaveLength(receiver.firsts().length)
  const calm = receiver.taken.length
  expect(calm).toBeGreaterThan(60)

  receiver.failing = true
  for (let kills = 0; kills < 3; kills++) {
    await send(60)
    // In the middle of it: acknowledged a moment ago, delivered or not.
    await hub.die()
    hub = await HubProcess.start({ network, databaseUrl, environment, key })
  }
  receiver.failing = false
  await send(20)
  for (let tries = 0; tries < 20 && (await arrived()) !== 0; tries++) await sleep(1000)

  const facts = await owed(databaseUrl)
  expect(receiver.problems).toEqual([])
  expect(
    receiver
      .firsts()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(facts.map(({ id }) => id).toSorted())
  for (const own of Map.groupBy(receiver.firsts(), ({ subject }) => subject).values())
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map(({ sequence }) => sequence).toSorted())
  // What was told again is the same event: byte for byte, under the same id.
  for (const own of Map.groupBy(receiver.taken, ({ id }) => id).values())
    expect(new Set(own.map(({ body }) => body)).size).toBe(1)
  const repeated = receiver.taken.length - receiver.firsts().length
  process.stdout.write(`webhooks: ${facts.length} facts, ${receiver.lost} answers lost, ${repeated} repeated\n`)
  expect(receiver.lost).toBeGreaterThan(0)
  // An answer that was lost, and what was under way at each kill; never everything once more.
  expect(repeated).toBeLessThan(facts.length / 2)
})
