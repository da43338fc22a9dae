import type { Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 90_000
const patience = { timeout: 10_000 }
let hub: HubProcess
let visitor: Visitor
let sent = 0

/** Something happens to a shipment: the live stream tells of it. */
async function happen(): Promise<void> {
  expect((await sendSigned(hub, trackerEvent(`work-${sent++}`))).status).toBe(202)
}

function shipment(name: string): object {
  const at = '2026-03-02T18:40:00.000Z'
  return { id: `shp_${name}`, version: 1, status: 'in_transit', trackingNumber: name, exceptions: [], updatedAt: at }
}

function message(name: string, connection: string): object {
  return {
    ...{ id: `msg_${name}`, connection, receivedAt: '2026-03-02T18:40:00.000Z', status: 'applied', subjects: [] },
    ...{ names: {}, identity: name, bytes: 10, contentType: 'application/json', traceId: 'abc' },
  }
}

const json = (route: Route, body: object): Promise<void> => route.fulfill({ json: body })
const slowly = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const from = (name: string, count: number): readonly string[] => Array.from({ length: count }, (_, n) => `${name}${n}`)

describe.skipIf(noBrowser !== undefined)('a list in front of which somebody works', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterEach(() => visitor.page.unrouteAll({ behavior: 'ignoreErrors' }))
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  const scroll = (to: string): Promise<unknown> =>
    visitor.page.evaluate(`{ const board = document.querySelector('.board'); board.scrollTo(0, ${to}) }`)

  test('goes on by itself after rows vanished under the hand that held them', async () => {
    const { page } = visitor
    let others = ['other']
    await page.clock.install()
    await page.route(/\/v1\/messages\?/, (route) => {
      const isOther = route.request().url().includes('connection=other')
      const rows = isOther
        ? others.map((one) => message(one, 'other'))
        : from('first', 60).map((one) => message(one, 'a'))
      return json(route, { data: rows, page: { next: null } })
    })
    await page.goto('/messages')
    await page.getByRole('link', { name: 'msg_first0', exact: true }).waitFor()
    await scroll('600')
    await page.getByLabel('Connection').fill('other')
    await page.getByLabel('Connection').press('Enter')
    await page.getByRole('link', { name: 'msg_other', exact: true }).waitFor()
    others = ['fresh', 'other']
    await page.clock.runFor(16_000)
    await page.getByRole('link', { name: 'msg_fresh' }).waitFor(patience)
    await page.clock.resume()
  })

  test('shows what waited behind the pill to whoever has scrolled beyond the first page', async () => {
    const { page } = visitor
    let first = from('PNa', 200)
    await page.route(/\/v1\/shipments\?/, async (route) => {
      const isSecond = route.request().url().includes('cursor=')
      await slowly(isSecond ? 50 : 400)
      const rows = isSecond ? from('PNb', 200) : first
      await json(route, { data: rows.map(shipment), page: { next: isSecond ? null : 'second' } })
    })
    await page.goto('/shipments')
    await page.getByRole('region', { name: 'Shipments' }).waitFor()
    await scroll('board.scrollHeight')
    await page.getByText('400 rows', { exact: false }).waitFor(patience)
    await scroll('board.scrollHeight')
    await eventually(
      () => hub.counter('interline_sse_clients'),
      (open) => open === 1,
    )
    first = ['PNnew', ...first]
    await happen()
    await page.getByRole('button', { name: '1 new' }).click(patience)
    await scroll('0')
    await page.getByRole('link', { name: 'PNnew' }).waitFor(patience)
  })

  test('keeps up while things happen faster than the hub answers', async () => {
    const { page } = visitor
    let asked = 0
    await page.route(/\/v1\/shipments\?/, async (route) => {
      const number = asked++
      await slowly(1500)
      await json(route, { data: [shipment(`PNasked${number}`)], page: { next: null } })
    })
    await page.goto('/shipments')
    await page.mouse.move(600, 5)
    await page.getByRole('link', { name: 'PNasked0' }).waitFor(patience)
    const busy = new AbortController()
    const happening = (async () => {
      while (!busy.signal.aborted) {
        await happen()
        await slowly(300)
      }
    })()
    try {
      await page.getByRole('link', { name: 'PNasked0' }).waitFor({ state: 'hidden', timeout: 8000 })
    } finally {
      busy.abort()
      await happening
    }
  })

  test('asks again for further rows that did not come', async () => {
    const { page } = visitor
    let isAway = true
    await page.route(/\/v1\/shipments\?/, async (route) => {
      const isSecond = route.request().url().includes('cursor=')
      if (isSecond && isAway) await route.fulfill({ status: 503, body: 'away' })
      else {
        const rows = isSecond ? ['PNlast'] : from('PNa', 40)
        await json(route, { data: rows.map(shipment), page: { next: isSecond ? null : 'second' } })
      }
    })
    await page.goto('/shipments')
    await page.getByRole('link', { name: 'PNa0', exact: true }).waitFor(patience)
    await page
      .getByText('HTTP_503')
      .or(page.getByText('answered with 503', { exact: false }))
      .waitFor(patience)
    isAway = false
    await page.getByRole('button', { name: 'Try again' }).click(patience)
    await page.getByText('41 rows', { exact: false }).waitFor(patience)
  })

  test('is not what it was a moment ago for whoever comes back to it', async () => {
    const { page } = visitor
    let name = 'PNbefore'
    await page.route(/\/v1\/shipments\?/, (route) => json(route, { data: [shipment(name)], page: { next: null } }))
    await page.goto('/tasks')
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor()
    await eventually(
      () => hub.counter('interline_sse_clients'),
      (open) => open === 1,
    )
    const menu = page.getByRole('navigation')
    await menu.getByRole('link', { name: 'Shipments' }).click()
    await page.getByRole('link', { name: 'PNbefore' }).waitFor(patience)
    await menu.getByRole('link', { name: 'Tasks' }).click()
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor()
    name = 'PNafter'
    const renewed = page.waitForResponse(/\/v1\/overview|\/v1\/tasks/, { timeout: 2000 }).catch(() => undefined)
    await happen()
    await renewed
    await menu.getByRole('link', { name: 'Shipments' }).click()
    await page.getByRole('link', { name: 'PNafter' }).waitFor({ timeout: 4000 })
  })

  test('learns what happened before the stream could be opened', async () => {
    const { page } = visitor
    let name = 'PNbefore'
    await page.route(/\/v1\/shipments\?/, (route) => json(route, { data: [shipment(name)], page: { next: null } }))
    await page.route('**/v1/stream**', (route) => route.abort())
    await page.goto('/shipments')
    await page.mouse.move(600, 5)
    await page.getByRole('link', { name: 'PNbefore' }).waitFor(patience)
    name = 'PNafter'
    await page.unroute('**/v1/stream**')
    // A hub that is busy refuses the first attempt; the next one comes 15 to 45 s later.
    await page.getByRole('link', { name: 'PNafter' }).waitFor({ timeout: 60_000 })
  })
})
