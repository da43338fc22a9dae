import { afterEach, describe, expect, test } from 'vitest'
import type { NotificationRule, NotificationSettings } from '../../src/processes/notification/settings.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

const minute = 60_000
const hour = 60 * minute

let hub: SmallHub
afterEach(async () => {
  expect(hub.failures).toEqual([])
  await hub.stop()
})

const usual: NotificationRule = {
  ...{ name: 'customers', channel: 'post-office', audience: 'customer', locale: 'en', timeZone: 'Europe/Berlin' },
  ...{ perDay: 20, digestMinutes: 0, etaMinutes: 60, etaStableMinutes: 15, unaddressed: false },
  ...{ parties: ['sold_to', 'ship_to'], recipients: [], roles: new Set() },
  events: new Set([
    ...['order_accepted', 'shipment_picked_up', 'shipment_out_for_delivery', 'shipment_delivered'],
    ...['shipment_not_delivered', 'shipment_eta_changed', 'notify_party'],
  ]),
}
const staff: NotificationRule = {
  ...usual,
  ...{ name: 'desk', audience: 'staff', channel: 'room', unaddressed: true },
  events: new Set(['task_opened', 'task_overdue', 'posting_refused', 'posting_parked', 'shipment_exception_opened']),
}

/** A mail server, a chat, and how often what was told where. */
async function start(
  rules: readonly NotificationRule[] = [usual],
  options: { readonly mail?: () => HttpResult; readonly wording?: NotificationSettings['wording'] } = {},
): Promise<void> {
  hub = await SmallHub.start({
    connections: [
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      { id: 'wms', connector: 'generic-wms', settings: {} },
      { id: 'carrier', connector: 'generic-carrier', settings: { carrier: 'parcelnorth' } },
      { id: 'post-office', connector: 'mail', settings: { host: 'smtp.shop.example', from: 'orders@shop.example' } },
      {
        id: 'messages',
        connector: 'message-webhook',
        settings: { url: 'https://messages.example/in', secrets: ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3'] },
      },
      { id: 'room', connector: 'chat', settings: { webhookUrl: 'https://chat.example/hooks/1' } },
    ],
    notifications: { rules, wording: options.wording ?? new Map() },
    answer: ({ url }) => (url.startsWith('smtp') ? (options.mail?.() ?? answered(200)) : answered(200)),
  })
}

function answered(status: number, body: object = {}): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) }
}

interface SentMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly language: string
}

function mails(): readonly SentMail[] {
  return hub.sent
    .filter(({ request }) => request.url.startsWith('smtp'))
    .map(({ request }) => JSON.parse(new TextDecoder().decode(request.body)) as SentMail)
}

const subjects = (): readonly string[] => mails().map(({ subject }) => subject)
const chats = (): readonly string[] =>
  hub.sent
    .filter(({ request }) => request.url.startsWith('https://chat'))
    .map(({ request }) => (JSON.parse(new TextDecoder().decode(request.body)) as { text: string }).text)

let said = 0
async function say(
  connection: string,
  type: string,
  data: object,
  at = new Date(hub.time.now).toISOString(),
): Promise<void> {
  await hub.receive(connection, { eventId: `e${++said}`, type, occurredAt: at, data })
}

const customer = { role: 'sold_to', contact: { email: 'ada@customer.example', name: 'Ada', language: 'de' } }
const ordered = (type = 'order.accepted', parties: readonly object[] = [customer]): Promise<void> =>
  say('erp', type, { orderNumber: 'SO-1', parties })
const shipped = (): Promise<void> =>
  say('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: '80000001', orderNumber: 'SO-1', location: 'OUT', carrier: 'parcelnorth' },
    packages: [{ trackingNumber: 'PN1' }],
    lines: [{ line: '10', sku: 'LAMP', quantity: '1', uom: 'EA' }],
  })
const scanned = (code: string, more: object = {}): Promise<void> =>
  say('carrier', 'scan', { trackingNumber: 'PN1', code, ...more })

async function facts(type: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 100_000)))
  return logs.flat().flatMap(({ fact }) => (fact.type === type ? [fact.data as Readonly<Record<string, unknown>>] : []))
}

describe('a customer', () => {
  test('is told what happens to his order, in his language, each thing once however often it is said', async () => {
    await start()
    await ordered()
    await shipped()
    for (const code of ['picked_up', 'picked_up', 'out_for_delivery', 'delivered', 'delivered']) await scanned(code)
    await hub.pass(hour)
    expect(mails().map(({ to, language }) => `${to} ${language}`)).toEqual(Array(4).fill('ada@customer.example de'))
    expect(subjects()).toEqual([
      'Wir haben Ihre Bestellung SO-1',
      'Ihre Bestellung SO-1 ist unterwegs',
      'Ihre Bestellung SO-1 kommt heute',
      'Ihre Bestellung SO-1 ist zugestellt',
    ])
    expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(4)
  })

  test('whose order comes last is told what was said before', async () => {
    await start()
    await shipped()
    await scanned('picked_up')
    await hub.pass(hour)
    expect(mails()).toEqual([])
    await ordered('order.created')
    await hub.pass(minute)
    expect(subjects()).toEqual(['Ihre Bestellung SO-1 ist unterwegs'])
  })

  test('is told once of what was gathered for a digest', async () => {
    await start([{ ...usual, digestMinutes: 120 }])
    await ordered()
    await shipped()
    await hub.pass(hour)
    expect(mails()).toEqual([])
    await hub.pass(2 * hour)
    expect(mails()).toHaveLength(1)
  })

  test('is not written to about what happened long ago', async () => {
    await start()
    await ordered()
    await shipped()
    const before = mails().length
    await say('carrier', 'scan', { trackingNumber: 'PN1', code: 'delivered' }, '2026-04-01T10:00:00Z')
    await hub.pass(hour)
    expect(mails()).toHaveLength(before)
    expect(await facts('notification.held_back')).toMatchObject([{ event: 'shipment_delivered', reason: 'stale' }])
  })

  test('whose address nobody has is written to once and never again', async () => {
    const nobody = { stage: 'recipient', code: 550, enhanced: '5.1.1' }
    await start([usual], { mail: () => answered(404, nobody) })
    await ordered()
    await shipped()
    await scanned('picked_up')
    await hub.pass(hour)
    expect(mails()).toHaveLength(1)
    expect(await facts('recipient.suppressed')).toMatchObject([
      { channel: 'post-office', reason: 'bounced', by: 'hub' },
    ])
    expect(await facts('notification.held_back')).toMatchObject([{ reason: 'suppressed' }])
  })

  test('whose mails come back later is written to no more, until a person says so', async () => {
    await start()
    await ordered()
    await hub.pass(minute)
    const bounced = (address: string) =>
      hub.receive('post-office', {
        ...{ eventId: `b${++said}`, type: 'mail.bounced' },
        data: { address, status: '5.1.1' },
      })
    await bounced('Ada@Customer.example')
    await bounced('nobody@customer.example')
    expect(await facts('recipient.suppressed')).toEqual([
      { channel: 'post-office', reason: 'bounced', by: 'post-office', said: '5.1.1' },
    ])
    await shipped()
    await scanned('picked_up')
    await hub.pass(hour)
    expect(mails()).toHaveLength(1)
    expect(await facts('notification.held_back')).toMatchObject([{ reason: 'suppressed' }])
  })

  test('is written to again when the server is busy, and not when nobody knows whether it took the mail', async () => {
    const answers: HttpResult[] = [
      answered(503, { code: 451 }),
      answered(200),
      { outcome: 'no_answer', wire: true, code: 'CLOSED' },
    ]
    await start([usual], { mail: () => answers.shift() ?? answered(200) })
    await ordered()
    await hub.pass(hour)
    expect(mails()).toHaveLength(2)
    expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(1)
    await shipped()
    await scanned('picked_up')
    await hub.pass(2 * hour)
    expect(mails()).toHaveLength(3)
    // It holds up nothing else.
    await scanned('out_for_delivery')
    await hub.pass(hour)
    expect(mails()).toHaveLength(4)
  })
})

describe('a system of the tenant that delivers messages', () => {
  test('gets those of each order apart, signed with nothing but their own id, and no address', async () => {
    await start([{ ...usual, channel: 'messages', unaddressed: true, perDay: 1 }])
    for (const orderNumber of ['SO-1', 'SO-2']) await say('erp', 'order.accepted', { orderNumber, parties: [customer] })
    await hub.pass(minute)
    const bodies = hub.sent
      .filter(({ request }) => request.url.startsWith('https://messages'))
      .map(
        ({ request }) => JSON.parse(new TextDecoder().decode(request.body)) as { about: object[]; recipient: string },
      )
    expect(bodies.map(({ about }) => about)).toMatchObject([[{ number: 'SO-1' }], [{ number: 'SO-2' }]])
    expect(new Set(bodies.map(({ recipient }) => recipient)).size).toBe(2)
    expect(JSON.stringify(bodies)).not.toContain('ada@customer.example')
  })
})

describe('expected times', () => {
  const eta = (at: string): Promise<void> => scanned('in_transit', { estimatedDelivery: at })
  // A shipment itself says a new time at most every quarter of an hour.
  const only = { ...usual, etaStableMinutes: 30, events: new Set(['shipment_eta_changed']) }

  test('are told when they moved far enough and stay, the newest alone', async () => {
    await start([only])
    await ordered()
    await shipped()
    await eta('2026-04-14T10:00:00Z')
    await hub.pass(hour)
    expect(mails()).toHaveLength(1)
    await eta('2026-04-14T14:00:00Z')
    await hub.pass(16 * minute)
    await eta('2026-04-14T18:00:00Z')
    await hub.pass(hour)
    expect(mails()).toHaveLength(2)
    expect(mails()[1]?.text).toContain('20:00')
    await eta('2026-04-14T18:40:00Z')
    await hub.pass(2 * hour)
    expect(mails()).toHaveLength(2)
  })

  test('that come back before they are told are not told', async () => {
    await start([only])
    await ordered()
    await shipped()
    await eta('2026-04-14T10:00:00Z')
    await hub.pass(hour)
    await eta('2026-04-14T16:00:00Z')
    await hub.pass(16 * minute)
    await eta('2026-04-14T10:05:00Z')
    await hub.pass(2 * hour)
    expect(mails()).toHaveLength(1)
    expect(await facts('notification.held_back')).toMatchObject([{ reason: 'too_small' }])
  })
})

describe('colleagues', () => {
  test('hear of tasks and of trouble in their room, and only of what they asked for', async () => {
    await start([usual, staff])
    await ordered()
    await shipped()
    await scanned('damaged')
    await hub.pass(hour)
    expect(chats()).toEqual([expect.stringContaining('Trouble with shipment 80000001: damaged')])
    expect(chats().some((text) => text.includes('ada@customer.example'))).toBe(false)
  })
})
