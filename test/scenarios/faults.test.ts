import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Effect } from '../../src/backbone/ledger.ts'
import { Projector } from '../../src/flow/advance/project.ts'
import { registerWebhook } from '../../src/flow/intake/webhook-registration.ts'
import { type Happening, plausibleDay } from '../../src/sandbox/day.ts'
import { faultNames } from '../../src/sandbox/faults.ts'
import { SandboxHub } from './sandbox-hub.ts'

/** Before the clock of the hub, so that nothing lies in the future. */
const day = plausibleDay('quiet-day', 3, '2026-04-09')
const minute = 60_000

let sandbox: SandboxHub
beforeEach(async () => {
  sandbox = await SandboxHub.start()
})
afterEach(async () => {
  expect(sandbox.hub.failures).toEqual([])
  await sandbox.stop()
})

/** What is told about some deliveries, in the order of the day. */
function told(count: number, carrier: string): { happenings: Happening[]; deliveries: string[] } {
  const text = (one: Happening): string => JSON.stringify(one.body)
  const confirmed = day
    .map(
      ({ body }) =>
        body as {
          type?: string
          data?: {
            deliveryNumber: string
            orderNumber: string
            carrier: string
            packages: { trackingNumber: string }[]
          }
        },
    )
    .flatMap(({ type, data }) => (type === 'shipment.confirmed' && data?.carrier === carrier ? [data] : []))
    .filter(({ packages }) =>
      packages.every(({ trackingNumber }) =>
        day.some((one) => text(one).includes(trackingNumber) && text(one).includes('J. Doe')),
      ),
    )
    .slice(0, count)
  const numbers = confirmed.flatMap(({ deliveryNumber, orderNumber, packages }) => [
    deliveryNumber,
    orderNumber,
    ...packages.map(({ trackingNumber }) => trackingNumber),
  ])
  return {
    happenings: day.filter((one) => numbers.some((number) => text(one).includes(`"${number}"`))),
    deliveries: confirmed.map(({ deliveryNumber }) => deliveryNumber),
  }
}

const parcels = told(3, 'parcelnorth')
const issue = `post_goods_issue:erp:${parcels.deliveries[0]}`

async function drained(): Promise<void> {
  for (let minutes = 0; minutes < 120; minutes++) {
    const { applied: _, ...open } = await sandbox.effects()
    if (Object.keys(open).length === 0) return
    await sandbox.hub.pass(minute)
  }
}

/** Webhooks are tried less and less often. */
async function delivered(): Promise<void> {
  for (let hours = 0; hours < 48; hours++) {
    if ((await sandbox.hub.backbone.ledger.openKeys('subscription:1')).size === 0) return
    await sandbox.hub.pass(60 * minute)
  }
}

describe('while the ERP', () => {
  test.each([
    ['outage', 'is away'],
    ['unavailable', 'is in maintenance (503)'],
    ['throttle', 'has had enough (429)'],
    ['locked', 'has the document open elsewhere (423)'],
  ])('%s: %s, everything waits in order, and afterwards it is booked once', async (fault) => {
    sandbox.faults.set({ [`erp.${fault}`]: 'on' })
    await sandbox.tell(parcels.happenings)
    expect(await sandbox.effect(issue)).toMatchObject({ state: 'queued' })
    expect(sandbox.erp.documents).toEqual([])
    sandbox.faults.set({ [`erp.${fault}`]: 'off' })
    await drained()
    expect(await sandbox.effects()).toEqual({ applied: sandbox.erp.documents.length })
    expect(sandbox.erp.doubles).toBe(0)
    const kinds = sandbox.erp.documents
      .filter(({ header }) => header.deliveryNumber === parcels.deliveries[0])
      .map(({ kind }) => kind)
    expect(kinds.indexOf('goods_issue')).toBeLessThan(kinds.indexOf('invoice_release'))
  })

  test('latency: answers late, nothing is told twice', async () => {
    sandbox.faults.set({ 'erp.latency': 'on' })
    await sandbox.tell(parcels.happenings)
    await drained()
    expect(await sandbox.effects()).toEqual({ applied: sandbox.erp.documents.length })
    expect(sandbox.erp.doubles).toBe(0)
  })

  test('periodClosed: says no, a person is shown its words and the delivery waits', async () => {
    sandbox.faults.set({ 'erp.periodClosed': 'on' })
    await sandbox.tell(parcels.happenings)
    await sandbox.hub.pass(minute)
    expect(await sandbox.effect(issue)).toMatchObject({ state: 'refused', reason: 'the period is closed' })
    sandbox.faults.set({ 'erp.periodClosed': 'off' })
    await sandbox.hub.pass(10 * minute)
    expect(await sandbox.effect(issue)).toMatchObject({ state: 'refused' })
    expect(await sandbox.effect(`release_invoice:erp:${parcels.deliveries[0]}`)).toMatchObject({ state: 'queued' })
  })

  test.each([
    ['lostReply', 'does the work and loses the answer'],
    ['truncated', 'does the work and cuts the answer off'],
    ['late', 'gives up waiting (504) and does the work later'],
  ])('%s: %s, it is looked up and never repeated blindly', async (fault) => {
    sandbox.faults.set({ [`erp.${fault}`]: 'on' })
    await sandbox.tell(parcels.happenings)
    expect(await sandbox.effect(issue)).toMatchObject({ state: 'unknown' })
    const attempts = sandbox.hub.sent.filter(
      ({ request }) => request.method === 'POST' && request.url.includes('goods_issue'),
    )
    expect(attempts).toHaveLength(parcels.deliveries.length)
    await drained()
    expect(await sandbox.effects()).toEqual({ applied: sandbox.erp.documents.length })
    expect(sandbox.erp).toMatchObject({ doubles: 0, repeats: 0 })
    expect((await sandbox.effect(issue))?.document).toMatch(/^\d+$/)
  })
})

describe('while the customer', () => {
  test.each(faultNames.customer)('%s: events wait, none is lost, none overtakes another', async (fault) => {
    sandbox.faults.set({ [`customer.${fault}`]: 'on' })
    await sandbox.tell(parcels.happenings)
    const heard = sandbox.customer.received
    if (fault !== 'latency' && fault !== 'lostReply') expect(heard).toBe(0)
    sandbox.faults.set({ [`customer.${fault}`]: 'off' })
    await delivered()
    expect(sandbox.customer.received).toBeGreaterThan(sandbox.shipments().length * 2)
    expect(sandbox.customer).toMatchObject({ inversions: 0, refused: 0 })
    expect([...(await sandbox.hub.backbone.ledger.openKeys('subscription:1'))]).toEqual([])
  })
})

describe.each(['parcelnorth', 'dhl', 'freightwest'])('while the scans of %s', (carrier) => {
  const journeys = told(3, carrier)

  /** Where the shipments stand without any fault. */
  async function undisturbed(): Promise<string[]> {
    const other = await SandboxHub.start()
    await other.tell(journeys.happenings)
    const found = standing(other)
    await other.stop()
    return found
  }

  function standing(of: SandboxHub): string[] {
    return of
      .shipments()
      .map(({ projection: { status, proofs, milestones, attempts } }) =>
        JSON.stringify({ status, proofs, attempts, milestones: Object.entries(milestones).map(String).toSorted() }),
      )
      .toSorted()
  }

  test.each(['duplicates', 'reorder'])('%s: the shipments stand where they would stand without', async (fault) => {
    sandbox.faults.set({ [`carriers.${fault}`]: 'on' })
    await sandbox.tell(journeys.happenings)
    expect(standing(sandbox)).toEqual(await undisturbed())
    expect(await sandbox.hub.backbone.accounting()).toMatchObject({ parked: 0, pending: 0, unaccounted: 0 })
  })

  test('unknownCodes: are kept and counted, move nothing, and the delivery is still seen', async () => {
    sandbox.faults.set({ 'carriers.unknownCodes': 'on' })
    await sandbox.tell(journeys.happenings)
    const found = sandbox.shipments()
    expect(found.every(({ projection }) => projection.status === 'delivered')).toBe(true)
    const raws = found.flatMap(({ events }) => events.filter(({ raw }) => raw.includes('quantum_leap')))
    expect(raws.length).toBeGreaterThan(0)
    expect(sandbox.hub.signalled.get('unknownCode')).toBeGreaterThan(0)
  })

  test('truncated: are parked one by one with the reason, and hold nobody else back', async () => {
    sandbox.faults.set({ 'carriers.truncated': 'on' })
    await sandbox.tell(journeys.happenings)
    const parked = await sandbox.hub.backbone.parked({ limit: 1000 })
    expect(parked.length).toBeGreaterThan(3)
    expect(new Set(parked.map(({ code }) => code))).toEqual(new Set(['JSON_MALFORMED']))
    expect(await sandbox.hub.backbone.accounting()).toMatchObject({ parked: parked.length, pending: 0, unaccounted: 0 })
    expect(await sandbox.effect(`post_goods_issue:erp:${journeys.deliveries[0]}`)).toMatchObject({ state: 'applied' })
  })
})

test('silent: a parcel carrier that does not call is asked, and its shipments arrive all the same', async () => {
  sandbox.faults.set({ 'carriers.silent': 'on' })
  const { node } = sandbox.hub
  const projector = new Projector(node.place, { apply: async () => {}, retell: async () => {} })
  node.run('views', () => projector.round(), 1000)
  await sandbox.tell(parcels.happenings)
  const statuses = (): Set<string> => new Set(sandbox.shipments().map(({ projection }) => projection.status))
  expect(statuses()).not.toContain('delivered')
  for (let hours = 0; hours < 6 && [...statuses()].some((one) => one !== 'delivered'); hours++)
    await sandbox.hub.pass(60 * minute)
  expect([...statuses()]).toEqual(['delivered'])
  expect(sandbox.hub.signalled.get('polled')).toBeGreaterThan(0)
})

describe('a webhook that a carrier is to be told', () => {
  const url = 'https://hub.example/v1/inbound/easypost'
  const register = async (at = url): Promise<Effect> => {
    const connection = sandbox.hub.connections.get('easypost')
    if (connection === undefined) throw new Error('the sandbox has no parcel carrier')
    return registerWebhook(sandbox.hub.node.place, { connection, url: at, trace: '0'.repeat(32) })
  }
  const settled = async (): Promise<string | undefined> => {
    for (let minutes = 0; minutes < 30 && (await register()).state !== 'applied'; minutes++)
      await sandbox.hub.pass(minute)
    return (await register()).documentReference
  }

  test('is registered once, however often it is asked for; another URL is another webhook', async () => {
    const asked = await Promise.all([register(), register(), register()])
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
    expect(asked[0]?.naturalKey).toBe(`register_webhook:easypost:${url}`)
    expect(await settled()).toBe('hook_1')
    await register()
    await sandbox.hub.pass(minute)
    expect(sandbox.easypost.webhooks.map((one) => one.url)).toEqual([url])
    await register(`${url}?second`)
    await sandbox.hub.pass(minute)
    expect(sandbox.easypost.webhooks).toHaveLength(2)
  })

  test.each(['unavailable', 'lostReply'] as const)('%s: is registered once in the end', async (fault) => {
    sandbox.faults.set({ [`easypost.${fault}`]: 'on' })
    await register()
    await sandbox.hub.pass(10_000)
    expect((await register()).state).not.toBe('applied')
    sandbox.faults.clear()
    expect(await settled()).toBe('hook_1')
    expect(sandbox.easypost.doubles).toBe(0)
  })

  test('is refused at once where the carrier offers no such thing', async () => {
    const connection = sandbox.hub.connections.get('wms')
    if (connection === undefined) throw new Error('the sandbox has no warehouse')
    const asked = registerWebhook(sandbox.hub.node.place, { connection, url, trace: '0'.repeat(32) })
    await expect(asked).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN' })
  })

  test('is not registered again when the ledger has forgotten how it was', async () => {
    await register()
    await settled()
    sandbox.hub.time.now += 401 * 1440 * minute
    await sandbox.hub.backbone.retire({
      effectsBefore: new Date(sandbox.hub.time.now - minute).toISOString().slice(0, 10),
      dryRun: false,
    })
    await expect(register()).rejects.toMatchObject({ code: 'WEBHOOK_REGISTERED' })
    await sandbox.hub.pass(20_000)
    expect(sandbox.easypost.webhooks).toHaveLength(1)
  })
})

describe.each(['warehouse', 'shop'] as const)('while what the %s tells', (peer) => {
  test.each(['duplicates', 'reorder'] as const)('%s: every delivery is issued and billed once', async (fault) => {
    sandbox.faults.set({ [`${peer}.${fault}`]: 'on' })
    await sandbox.tell(parcels.happenings)
    await drained()
    const releases = sandbox.erp.documents.filter(({ kind }) => kind === 'invoice_release')
    expect(releases.map(({ header }) => String(header.deliveryNumber)).toSorted()).toEqual(
      parcels.deliveries.toSorted(),
    )
    expect(sandbox.erp.doubles).toBe(0)
  })

  test('truncated: is parked with the reason, and accounted for', async () => {
    sandbox.faults.set({ [`${peer}.truncated`]: 'on' })
    await sandbox.tell(parcels.happenings)
    const parked = await sandbox.hub.backbone.parked({ limit: 1000 })
    expect(new Set(parked.map(({ code }) => code))).toEqual(new Set(['JSON_MALFORMED']))
    expect(await sandbox.hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  })
})

test('with all of it at once nothing is lost, nothing is booked twice, and what is left is for a person', async () => {
  const erp = {
    lostReply: '10%',
    late: '5%',
    throttle: '10%',
    unavailable: '10%',
    locked: '5%',
    truncated: '5%',
    outage: '20%',
  }
  const senders = ['carriers', 'shop', 'warehouse'].flatMap((peer) => [
    [`${peer}.duplicates`, '20%'],
    [`${peer}.reorder`, '20%'],
  ])
  sandbox.faults.set({
    ...Object.fromEntries(Object.entries(erp).map(([name, share]) => [`erp.${name}`, share])),
    ...Object.fromEntries(senders),
    'customer.lostReply': '20%',
    'customer.outage': '30%',
    'carriers.unknownCodes': '20%',
  })
  const many = told(25, 'parcelnorth')
  await sandbox.tell(many.happenings)
  for (const name of Object.keys(sandbox.faults.inForce)) sandbox.faults.set({ [name]: 'off' })
  await drained()
  await delivered()
  expect(sandbox.erp.doubles).toBe(0)
  const { applied = 0, parked = 0, ...open } = await sandbox.effects()
  expect(open).toEqual({})
  expect(sandbox.erp.documents.length).toBeGreaterThanOrEqual(applied)
  expect(sandbox.erp.documents.length).toBeLessThanOrEqual(applied + parked)
  expect(parked).toBeLessThan(applied / 10)
  expect(sandbox.customer.inversions).toBe(0)
  expect(await sandbox.hub.backbone.accounting()).toMatchObject({ parked: 0, pending: 0, unaccounted: 0 })
})
