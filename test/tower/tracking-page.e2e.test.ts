import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { SMTPServer } from 'smtp-server'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'

const number = 'PN900800700'
const nasty = '<script>alert()</script>"\'><img src=x onerror=alert()>'
const mails: string[] = []
let hub: HubProcess
let mailServer: SMTPServer
let shipment = ''
let link = ''

beforeAll(async () => {
  mailServer = await startMailServer()
  const { port } = mailServer.server.address() as AddressInfo
  const reach = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
  const settings = { host: '127.0.0.1', port, security: 'none', from: 'parcels@shop.example' }
  hub = await HubProcess.start({
    // Visitors come from many places, or they would all have to wait for each other.
    environment: { INTERLINE_TRUSTED_PROXIES: '127.0.0.1' },
    network: {
      connections: [
        { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
        { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
        { id: 'carrier', tenant: 'main', connector: 'generic-carrier', settings: { carrier: 'parcelnorth' } },
        { id: 'post-office', tenant: 'main', connector: 'mail', settings, ...reach },
      ],
      trackingPages: [
        {
          ...{ name: 'example-shop', title: 'Example Shop', accent: '#7a1f5c', timeZone: 'Europe/Brussels' },
          ...{ help: 'mailto:help@shop.example', channel: 'post-office' },
          actions: ['parcelnorth redirect https://parcelnorth.example/redirect?number={number}'],
        },
      ],
    },
  })
  await tell('erp', 'shipment.tendered', {
    deliveryNumber: '80004711',
    carrier: 'parcelnorth',
    shipTo: { city: 'Ghent', postalCode: '9000', country: 'BE' },
    stops: [{ type: 'pickup' }, { type: 'delivery', planned: { to: '2027-04-02T16:00:00+02:00' } }],
  })
  await tell('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: '80004711', location: 'NORTH', carrier: 'parcelnorth' },
    packages: [{ sscc: '006141410000000012', trackingNumber: number }],
    lines: [{ line: '10', sku: 'LAMP-A', quantity: '1', uom: 'EA' }],
  })
  const scans: readonly (readonly [string, string, string])[] = [
    ['picked_up', '10:00', 'Antwerp'],
    ['arrived_at_facility', '14:00', nasty],
    ['departed_facility', '19:30', 'Antwerp'],
    ['arrived_at_destination_facility', '22:15', 'Ghent'],
  ]
  for (const [code, hour, city] of scans) await scan(code, `2026-11-20T${hour}:00+01:00`, city)
  const found = await eventually(
    async () => (await hub.call('GET', `/v1/shipments?reference=${number}`)).json() as { data: { id: string }[] },
    ({ data }) => data.length === 1,
  )
  shipment = found.data[0]?.id ?? ''
  await eventually(
    async () => (await hub.call('GET', `/v1/shipments/${shipment}`)).json() as { events: unknown[] },
    ({ events }) => events.length >= scans.length,
  )
  link = await makeLink()
}, 60_000)
afterAll(async () => {
  await hub.stop()
  await new Promise<void>((resolve) => mailServer.close(resolve))
})

describe('a link to a parcel', () => {
  test('is made by whoever may, shown once, listed without what it holds, and ends when it is revoked', async () => {
    const made = await hub.call('POST', `/v1/shipments/${shipment}/tracking-links`, { json: { days: 1 } })
    expect(made.status).toBe(201)
    const { id, link: whole } = made.json() as { id: string; link: string }
    const token = whole.split('/track/')[1] ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(24)
    expect((await page(`/track/${token}`)).status).toBe(200)
    const listed = await hub.call('GET', `/v1/shipments/${shipment}/tracking-links`)
    expect(listed.text).not.toContain(token)
    expect(listed.json()).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ id, state: 'active' })]) as unknown,
    })
    expect((await hub.call('DELETE', `/v1/shipments/${shipment}/tracking-links/${id}`)).status).toBe(204)
    expect((await page(`/track/${token}`)).status).toBe(404)
    expect((await hub.call('DELETE', `/v1/shipments/${shipment}/tracking-links/trl_none`)).status).toBe(404)
    expect((await hub.call('POST', '/v1/shipments/shp_none/tracking-links', { json: {} })).status).toBe(404)
    const audit = (await hub.call('GET', '/v1/audit')).text
    expect(audit).toContain('tracking-link')
    expect(audit).not.toContain(token)
  })

  test('needs the right to share', async () => {
    const key = await hub.call('POST', '/v1/keys', {
      json: { name: 'reader', scopes: ['shipments:read'] },
      headers: { 'idempotency-key': 'reader' },
    })
    const headers = { authorization: `Bearer ${(key.json() as { key: string }).key}` }
    const refused = await hub.call('POST', `/v1/shipments/${shipment}/tracking-links`, { json: {}, headers })
    expect(refused.json()).toMatchObject({ status: 403, code: 'SCOPE_MISSING' })
  })

  test('leads to a page that nothing keeps, finds, frames or runs in, of at most 10 KB and without a script', async () => {
    const { headers, body, status } = await page(link)
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(headers['x-robots-tag']).toContain('noindex')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|script-src/)
    expect(body).not.toMatch(/<script|javascript:|<[^>]*\son\w+=/i)
    expect(gzipSync(body).length).toBeLessThan(10_000)
    expect(body).toContain('https://schema.org/ParcelDelivery')
    expect(body).toContain('#7a1f5c')
  })

  test('speaks the language that is asked for', async () => {
    expect((await page(link, { 'accept-language': 'de-AT,de;q=0.9' })).body).toContain('Unterwegs')
    expect((await page(`${link}?lang=fr`, { 'accept-language': 'de' })).body).toContain('En route')
    expect((await page(link, { 'accept-language': 'ja' })).body).toContain('On its way')
  })
})

describe('number and postcode', () => {
  test('lead to a link of one’s own; wrong ones are all answered alike, and never at once', async () => {
    const found = await lookUp(number.toLowerCase(), ' 90 00 ')
    expect(found.status).toBe(303)
    expect(String(found.headers['location'])).toMatch(/^\/track\/[\w-]{32}\?lang=en$/)
    expect((await page(String(found.headers['location']))).body).toContain(number)
    const answers = []
    for (const [no, code] of [
      [number, '9001'],
      ['PN000', '9000'],
      ['80004711', '9000'],
      ['', ''],
    ] as const) {
      const began = performance.now()
      const { status, body } = await lookUp(no, code)
      expect(performance.now() - began).toBeGreaterThanOrEqual(399)
      answers.push(`${status} ${body.replaceAll(/nonce="[^"]+"/g, '')}`)
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^404 /)
  })

  test('are tried ten times by one visitor, who is known behind our proxy; from others nothing is held back', async () => {
    const tried = await guesses((tries) => ({ no: `PN${tries}`, from: `2001:db8:0:1::${tries}` }))
    expect(tried.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 404))
    expect(tried.at(-1)).toBe(429)
    expect((await lookUp('PN1', '9000', '2001:db8:0:2::1')).status).toBe(404)
  })

  test('cannot be guessed: after ten tries at a number nobody is answered, from wherever and however it is written', async () => {
    const spellings = [number, ` ${number}`, 'PN 900 800 700', 'pn-900800700']
    const tried = await guesses((tries) => ({ no: spellings[tries % 4] ?? '', from: `203.0.113.${tries}` }))
    expect(tried.at(-1)).toBe(429)
    const last = await lookUp(number, '9000', '198.51.100.1')
    expect(last.status).toBe(429)
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    const link404 = await page(`/track/${randomBytes(24).toString('base64url')}`)
    expect(link404.status).toBe(404)
    expect((await page(link)).status).toBe(200)
  })

  test('need a form: JSON and large bodies are refused', async () => {
    expect((await hub.call('POST', '/track', { json: { number } })).json()).toMatchObject({
      code: 'CONTENT_TYPE_UNSUPPORTED',
    })
    expect((await form('/track', { number: 'x'.repeat(5000) })).status).toBe(413)
  })
})

describe('followers', () => {
  test('are asked first, told what changes once they agree, and forgotten when they have had enough', async () => {
    const same = await Promise.all([
      form(link, { email: 'ada@customer.example' }),
      form(link, { email: 'not an address' }),
    ])
    expect(same.map(({ status }) => status)).toEqual([200, 200])
    const asked = await eventually(
      async () => mails[0] ?? '',
      (mail) => mail !== '',
    )
    expect(asked).toContain(number)
    const own = /\/track\/follow\/[\w-]{32}/.exec(asked.replaceAll('=\r\n', ''))?.[0] ?? ''
    expect((await page(own)).body).toContain('Yes, write to me')
    await scan('out_for_delivery', '2026-11-21T08:00:00+01:00', 'Ghent')
    await status('out_for_delivery')
    expect((await form(own, { wish: 'confirm' })).body).toContain('We write to you')
    await scan('delivered', '2026-11-21T11:05:00+01:00', 'Ghent')
    const told = await eventually(
      async () => mails[1] ?? '',
      (mail) => mail !== '',
    )
    expect(told).toMatch(/Subject: Parcel PN900800700: Delivered/)
    expect((await page(own)).body).toContain('Write no more')
    expect((await form(own, { wish: 'stop' })).body).toContain('no more')
    expect((await page(own)).status).toBe(404)
    expect(mails).toHaveLength(2)
    expect(hub.log).not.toContain('customer.example')
  }, 60_000)
})

describe.skipIf(noBrowser !== undefined)('in a browser', { timeout: 60_000 }, () => {
  let visitor: Visitor
  let scripted: Visitor
  beforeAll(async () => {
    visitor = await Visitor.arrive(hub.url, { scripts: false })
    scripted = await Visitor.arrive(hub.url)
  }, 60_000)
  afterAll(async () => {
    await visitor.close()
    await scripted.close()
  })

  test('the page needs no script: three scans are seen, the rest opens by keyboard, and stored markup is text', async () => {
    const { page: tab } = visitor
    await tab.goto(link)
    await tab.getByRole('heading', { level: 1, name: 'Delivered' }).waitFor()
    expect(await tab.getByText('Delivered on').textContent()).toContain('local time there')
    await tab.getByText('Out for delivery', { exact: true }).first().waitFor()
    expect(await tab.getByText('Left a depot').isVisible()).toBe(false)
    await tab.locator('summary').focus()
    await tab.keyboard.press('Enter')
    await tab.getByText('Left a depot').waitFor()
    await tab.getByText('<script>').first().waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('nothing keeps anybody out, on a phone or a desk, in the longest language', async () => {
    const { page: tab } = scripted
    for (const width of [320, 768, 1440])
      for (const path of [`${link}?lang=de`, '/track?shop=example-shop&lang=fr', '/track/nowhere?lang=es']) {
        await tab.setViewportSize({ width, height: 700 })
        await tab.goto(path)
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        if (width === 320) expect(await scripted.obstacles()).toEqual([])
      }
    expect(scripted.faults).toEqual([])
  })

  test('on paper all scans are there, and nothing to press', async () => {
    const { page: tab } = visitor
    await tab.goto(link)
    await tab.emulateMedia({ media: 'print' })
    expect(await tab.getByText('Left a depot').isVisible()).toBe(true)
    expect(await tab.locator('form').count()).toBe(0)
    expect(await tab.getByRole('navigation').isVisible()).toBe(false)
    await tab.emulateMedia({ media: 'screen' })
  })
})

async function makeLink(): Promise<string> {
  const made = await hub.call('POST', `/v1/shipments/${shipment}/tracking-links`, { json: {} })
  return (made.json() as { link: string }).link.replace(/^https?:\/\/[^/]+/, '')
}

async function tell(
  connection: string,
  type: string,
  data: object,
  occurredAt = '2026-11-19T08:00:00+01:00',
): Promise<void> {
  const json = { eventId: `${type} ${occurredAt}`, type, occurredAt, data }
  expect((await hub.call('POST', `/v1/inbound/${connection}`, { json })).status).toBe(202)
}

function scan(code: string, at: string, city: string): Promise<void> {
  const data = { trackingNumber: number, code, text: 'Signed by J. Peeters', place: { city, country: 'BE' } }
  return tell('carrier', 'scan', data, at)
}

async function status(wanted: string): Promise<void> {
  await eventually(
    async () => (await hub.call('GET', `/v1/shipments/${shipment}`)).json() as { status: string },
    (one) => one.status === wanted,
  )
}

interface SeenPage {
  readonly status: number
  readonly headers: HubAnswer['headers']
  readonly body: string
}

async function page(path: string, headers: Record<string, string> = {}): Promise<SeenPage> {
  const { statusCode, headers: said, body } = await request(`${hub.url}${path}`, { headers })
  return { status: statusCode, headers: said, body: await body.text() }
}

async function form(path: string, fields: Record<string, string>, from = '127.0.0.1'): Promise<SeenPage> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from }
  const body = new URLSearchParams({ lang: 'en', ...fields }).toString()
  const {
    statusCode,
    headers: said,
    body: answer,
  } = await request(`${hub.url}${path}`, { method: 'POST', headers, body })
  return { status: statusCode, headers: said, body: await answer.text() }
}

function lookUp(no: string, postcode: string, from?: string): Promise<SeenPage> {
  return form('/track', { number: no, postcode, shop: 'example-shop' }, from)
}

/** What becomes of eleven tries with a wrong postcode, one after the other. */
async function guesses(tryOf: (tries: number) => { readonly no: string; readonly from: string }): Promise<number[]> {
  const statuses: number[] = []
  for (let tries = 1; tries <= 11; tries++) {
    const { no, from } = tryOf(tries)
    statuses.push((await lookUp(no, '1000', from)).status)
  }
  return statuses
}

async function startMailServer(): Promise<SMTPServer> {
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] },
    onData: (stream, _session, done) => {
      text(stream).then(
        (words) => {
          mails.push(words)
          done(null)
        },
        (error: unknown) => done(error as Error),
      )
    },
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.server.once('listening', resolve))
  return server
}
