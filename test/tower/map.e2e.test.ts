import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
const patience = { timeout: 20_000 }
const secret = 'road-secret'
const network = {
  connections: [
    {
      id: 'road',
      tenant: 'main',
      connector: 'generic-carrier',
      settings: { carrier: 'roadline', signature: 'hmac', webhookSecret: secret, unknownShipments: 'create' },
    },
  ],
}
let hub: HubProcess
let visitor: Visitor
let sent = 0

async function scan(trackingNumber: string, code: string, place: object): Promise<void> {
  const at = new Date(Date.now() - 60_000 + sent++).toISOString()
  const body = JSON.stringify({
    eventId: `map-${sent}`,
    type: 'scan',
    occurredAt: at,
    data: { trackingNumber, code, place },
  })
  const digest = createHmac('sha256', secret).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-signature': `sha256=${digest}` }
  expect((await hub.call('POST', '/v1/inbound/road', { body, headers })).status).toBe(202)
}

const hamburg = { city: 'Hamburg', country: 'DE', geo: { lat: 53.54, lon: 9.98 } }
const munich = { city: 'Munich', country: 'DE', geo: { lat: 48.14, lon: 11.58 } }
const lyon = { city: 'Lyon', country: 'FR', geo: { lat: 45.76, lon: 4.84 } }

/** What the dots say together: a shipment is in one of them. */
async function dots(): Promise<{ readonly kind: string; readonly count: number }[]> {
  const found = await visitor.page.locator('.map-dot').all()
  return Promise.all(
    found.map(async (one) => ({
      kind: (await one.getAttribute('data-kind')) ?? '',
      count: Number(await one.getAttribute('data-count')),
    })),
  )
}
const drawn = async (): Promise<number> => (await dots()).reduce((sum, { count }) => sum + count, 0)

describe.skipIf(noBrowser !== undefined)('the map', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    visitor = await Visitor.arrive(hub.url, { draws: 'maps' })
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })
  const whole = async (): Promise<void> => {
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  }

  test('says that nothing is under way; what comes is on it by itself', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Map' }).press('Enter')
    await page.getByText('No shipment is under way.').waitFor()
    await page.locator('.map canvas').waitFor()
    await whole()
    await scan('RL-1', 'picked_up', hamburg)
    await page.locator('.map-dot').waitFor(patience)
    expect(await dots()).toEqual([{ kind: 'moving', count: 1 }])
  })

  test('shows every shipment once, by what it needs; who has no position is beside it in words', async () => {
    const { page } = visitor
    await scan('RL-2', 'out_for_delivery', munich)
    await scan('RL-3', 'damaged', lyon)
    await scan('RL-4', 'departed_facility', { city: 'Nowhere', country: 'DE' })
    await scan('RL-5', 'delivered', munich)
    await eventually(
      async () => (await hub.call('GET', '/v1/shipments')).json() as { data: unknown[] },
      ({ data }) => data.length === 5,
    )
    await page.reload()
    await page.getByText('3 shipments on the map, 1 without a position').waitFor(patience)
    const each = ['door', 'moving', 'trouble'].map((kind) => ({ kind, count: 1 }))
    await expect
      .poll(async () => (await dots()).sort((one, other) => (one.kind < other.kind ? -1 : 1)), patience)
      .toEqual(each)
    const row = page.getByRole('row', { name: 'RL-4' })
    expect(await row.textContent()).toContain('Nowhere, DE')
    expect(await row.textContent()).toContain('not known')
    expect(await page.getByRole('link', { name: 'RL-5' }).count()).toBe(0)
    await whole()
  })

  test('is filtered by the address as the list is, and both lead to the shipment', async () => {
    const { page } = visitor
    await page.goto('/map?status=out_for_delivery')
    await expect.poll(dots, patience).toEqual([{ kind: 'door', count: 1 }])
    await page.locator('.map-dot a').click()
    await page.waitForURL(/\/shipments\/shp_/)
    await page.goto('/map?reference=RL-3')
    await page.getByRole('region', { name: 'Open shipments and where they are' }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/shipments\/shp_/)
    await page.goto('/map?carrier=nobody')
    await page.getByText('Nothing fits these filters.').waitFor()
    await whole()
  })

  test('joins what is close from afar, parts it from near, and names what is in one place', async () => {
    const { page } = visitor
    await scan('RL-6', 'picked_up', hamburg)
    await page.goto('/map')
    await expect.poll(drawn, patience).toBe(4)
    const fromFurther = async (): Promise<number> => {
      await page.getByRole('button', { name: 'Further' }).press('Enter')
      return (await dots()).length
    }
    await expect.poll(fromFurther, patience).toBeLessThan(3)
    expect(await drawn()).toBe(4)
    await page.getByRole('button', { name: 'Show all' }).press('Enter')
    const pair = page.getByRole('button', { name: '2 shipments near Hamburg, DE' })
    await pair.click()
    const here = page.getByRole('region', { name: 'In one place' })
    await here.getByRole('link', { name: 'RL-1' }).waitFor()
    expect(await here.getByRole('link').allTextContents()).toEqual(['RL-6', 'RL-1'])
    await whole()
  })

  test('is read in the dark, and in German', async () => {
    const { page } = visitor
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate("localStorage.setItem('interline.language', 'de')")
    await page.reload()
    await page.getByText('4 Sendungen auf der Karte, 1 ohne Position').waitFor(patience)
    await expect.poll(drawn, patience).toBe(4)
    await whole()
    await page.evaluate("localStorage.removeItem('interline.language')")
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('says what it may not show, and that it is old when the hub is gone', async () => {
    const { page } = visitor
    const address = '**/v1/shipments/positions*'
    await visitor.refuse(address, 'shipments:read')
    await page.goto('/map')
    await page.getByText('shipments:read is missing.').waitFor(patience)
    await page.unroute(address)
    await page.goto('/map')
    await expect.poll(drawn, patience).toBe(4)
    await page.route(address, (route) => route.abort())
    await page.mouse.move(600, 5)
    await scan('RL-7', 'picked_up', lyon)
    await page
      .getByText('silent', { exact: false })
      .or(page.locator('.notice[data-tone=warn]'))
      .first()
      .waitFor(patience)
    expect(await drawn()).toBe(4)
    expect(await visitor.obstacles()).toEqual([])
  })

  test('where a browser draws no maps the page says so, and the list has everything', async () => {
    const plain = await Visitor.arrive(hub.url, { draws: 'no maps' })
    try {
      await plain.page.context().addCookies(await visitor.cookies())
      await plain.page.goto('/map')
      await plain.page.getByText('WebGL is missing', { exact: false }).waitFor(patience)
      await plain.page.getByRole('link', { name: 'RL-1' }).waitFor()
      expect(await plain.obstacles()).toEqual([])
      expect(plain.faults).toEqual([])
    } finally {
      await plain.close()
    }
  })
})
