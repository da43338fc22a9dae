import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
let hub: HubProcess
let visitor: Visitor
let customer: Server
let id = ''

/** A customer who cannot take anything at the moment. */
function startCustomer(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(503).end()
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe.skipIf(noBrowser !== undefined)('who is told by webhook', { timeout }, () => {
  beforeAll(async () => {
    customer = await startCustomer()
    hub = await HubProcess.start({ network, environment: { INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8' } })
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
    customer.close()
  })

  test('nobody yet: the list says so; then what could not be delivered is seen with its attempts', async () => {
    const { page } = visitor
    await page.goto('/subscriptions')
    await page.getByRole('heading', { level: 1, name: 'Subscriptions' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    const { port } = customer.address() as AddressInfo
    const json = { url: `http://127.0.0.1:${port}/hook`, types: ['shipment.*'] }
    const made = await hub.call('POST', '/v1/subscriptions', { json, headers: { 'idempotency-key': 'one' } })
    id = (made.json() as { id: string }).id
    await sendSigned(hub, trackerEvent('told'))
    await eventually(
      async () => (await hub.call('GET', `/v1/effects?target=subscription:${id}`)).json() as { data: unknown[] },
      ({ data }) => data.length > 0,
    )
    await page.reload()
    await page.getByRole('link', { name: json.url }).press('Enter')
    await page
      .getByRole('link', { name: /^deliver:/ })
      .first()
      .waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('it is paused and goes on, gets a new secret that is shown once, and what failed is asked for again, by keyboard', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Pause' }).press('Enter')
    await page.getByText('nothing is lost').waitFor()
    expect((await hub.call('GET', `/v1/subscriptions/${id}`)).json()).toMatchObject({ state: 'paused' })
    await page.getByRole('button', { name: 'Go on' }).press('Enter')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.getByRole('button', { name: 'New secret' }).press('Enter')
    await page.getByText(/^whsec_/).waitFor()
    await page.getByLabel('Deliver again what failed since').fill('2026-01-01T00:00')
    await page.keyboard.press('Enter')
    await page.getByText(/are tried again/).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('what somebody else has changed meanwhile is not overwritten: the page says so, and shows it', async () => {
    const { page } = visitor
    // The page does not look again by itself while somebody reads it.
    await page.route(`**/v1/subscriptions/${id}`, async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue()
      const { headers } = await hub.call('GET', `/v1/subscriptions/${id}`)
      const json = { types: ['shipment.delivered'] }
      const changed = await hub.call('PATCH', `/v1/subscriptions/${id}`, {
        json,
        headers: { 'if-match': String(headers['etag']) },
      })
      expect(changed.status).toBe(200)
      return route.continue()
    })
    await page.getByRole('button', { name: 'Pause' }).press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByText('shipment.delivered').waitFor()
    expect((await hub.call('GET', `/v1/subscriptions/${id}`)).json()).toMatchObject({ state: 'active' })
    await page.unroute(`**/v1/subscriptions/${id}`)
    await page.getByRole('button', { name: 'Pause' }).press('Enter')
    await page.getByText('nothing is lost').waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('fits a small screen in the longest words, with buttons that are read whole', async () => {
    const { page } = visitor
    await page.setViewportSize({ width: 360, height: 740 })
    await page.evaluate(() => localStorage.setItem('interline.language', 'de'))
    await page.goto(`/subscriptions/${id}`)
    const again = page.getByRole('button', { name: /^Noch einmal zustellen/ })
    await again.waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    const label = again.locator('.mantine-Button-label')
    expect(
      await label.evaluate((one: { scrollWidth: number; clientWidth: number }) => one.scrollWidth - one.clientWidth),
    ).toBeLessThanOrEqual(1)
    expect(await visitor.obstacles()).toEqual([])
  })
})
