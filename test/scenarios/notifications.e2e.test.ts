import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'

const received: { readonly to: string; readonly text: string }[] = []
let hub: HubProcess
let server: SMTPServer

beforeAll(async () => {
  server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] },
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('gone') ? Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      text(stream).then(
        (words) => {
          received.push({ to: session.envelope.rcptTo[0]?.address ?? '', text: words })
          done(null)
        },
        (error: unknown) => done(error as Error),
      )
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => listening.once('listening', resolve))
  const { port } = listening.address() as AddressInfo
  const settings = { host: '127.0.0.1', port, security: 'none', from: 'orders@shop.example' }
  const reach = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
  hub = await HubProcess.start({
    network: {
      connections: [
        { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
        { id: 'post-office', tenant: 'main', connector: 'mail', settings, ...reach },
      ],
      notifications: [
        {
          name: 'customers',
          audience: 'customer',
          events: ['order_accepted', 'order_cancelled'],
          target: 'post-office',
        },
      ],
    },
  })
})
afterAll(async () => {
  await hub.stop()
  await new Promise<void>((resolve) => server.close(resolve))
})

interface Row {
  readonly event: string
  readonly status: string
  readonly reason?: string
}

const rows = async (number: string): Promise<readonly Row[]> =>
  ((await hub.call('GET', `/v1/notifications?number=${number}`)).json() as { data: readonly Row[] }).data

async function say(type: string, orderNumber: string, email: string): Promise<void> {
  const parties = [{ role: 'sold_to', contact: { email, language: 'de' } }]
  const json = {
    eventId: `${type} ${orderNumber}`,
    type,
    occurredAt: new Date().toISOString(),
    data: { orderNumber, parties },
  }
  expect((await hub.call('POST', '/v1/inbound/erp', { json })).status).toBe(202)
}

test('a customer gets one mail for one event, however often it is reported, and it is listed as told', async () => {
  await say('order.accepted', 'SO-1', 'ada@customer.example')
  await say('order.accepted', 'SO-1', 'ada@customer.example')
  await eventually(
    () => rows('SO-1'),
    (found) => found.some(({ status }) => status === 'told'),
  )
  expect(received.map(({ to }) => to)).toEqual(['ada@customer.example'])
  expect(received[0]?.text).toMatch(/^Message-ID: <IL[0-9A-Z]{26}@shop\.example>\r$/m)
  expect(received[0]?.text).toContain('Subject: Wir haben Ihre Bestellung SO-1')
  expect(await rows('SO-1')).toMatchObject([{ event: 'order_accepted', status: 'told' }])
})

test('an address that nobody has is suppressed; neither log nor lists nor figures hold it', async () => {
  await say('order.accepted', 'SO-2', 'gone@customer.example')
  await eventually(
    () => rows('SO-2'),
    (found) => found.some(({ status }) => status === 'refused'),
  )
  await say('order.cancelled', 'SO-2', 'gone@customer.example')
  const all = await eventually(
    () => rows('SO-2'),
    (found) => found.length === 2,
  )
  expect(all).toMatchObject([
    { event: 'order_cancelled', status: 'held_back', reason: 'suppressed' },
    { status: 'refused' },
  ])
  const suppressed = (await hub.call('GET', '/v1/notifications/suppressions')).text
  expect(suppressed).toContain('bounced')
  for (const shown of [suppressed, JSON.stringify(all), hub.log, (await hub.call('GET', '/metrics')).text])
    expect(shown).not.toMatch(/customer\.example/)
})
