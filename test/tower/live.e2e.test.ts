import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 120_000
let hub: HubProcess
let visitor: Visitor
let sent = 0

async function send(count: number): Promise<void> {
  for (let number = 0; number < count; number++)
    expect((await sendSigned(hub, trackerEvent(`tower-${sent++}`))).status).toBe(202)
}

const streams = (): Promise<number> => hub.counter('interline_sse_clients')
const visible = (): Promise<string[]> => visitor.page.locator('.board tbody tr[data-index] a').allTextContents()
/** Where no list is. */
const away = (): Promise<void> => visitor.page.mouse.move(600, 5)

describe.skipIf(noBrowser !== undefined)('the control tower, live', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    visitor = await Visitor.arrive(hub.url)
    await send(3)
    await signIn(visitor, hub.directory)
    await away()
    await visitor.page.getByRole('navigation').getByRole('link', { name: 'Shipments' }).click()
    await away()
    await visitor.page.getByRole('region', { name: 'Shipments' }).waitFor()
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('rows come by themselves while nothing holds them, long before anybody would look again', async () => {
    await eventually(streams, (open) => open === 1)
    await send(1)
    await visitor.page.getByRole('link', { name: 'PNtower-3' }).waitFor({ timeout: 5000 })
  })

  test('rows stay where they are under the pointer; a pill says how many wait, and shows them', async () => {
    const { page } = visitor
    await page.locator('.board tbody tr').first().hover()
    const before = await visible()
    await send(2)
    const pill = page.getByRole('button', { name: '2 new' })
    await pill.waitFor({ timeout: 5000 })
    expect(await visible()).toEqual(before)
    expect(await visitor.obstacles()).toEqual([])
    await pill.click()
    await page.getByRole('link', { name: 'PNtower-5' }).waitFor({ timeout: 5000 })
    await pill.waitFor({ state: 'hidden' })
  })

  test('j, k, arrows, Home and End go through the rows, Enter opens one, and following pauses meanwhile', async () => {
    const { page } = visitor
    await away()
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent')
    const rows = await visible()
    await page.getByRole('region', { name: 'Shipments' }).focus()
    for (const [key, row] of [
      ...[
        ['j', 0],
        ['j', 1],
        ['ArrowDown', 2],
        ['k', 1],
        ['End', rows.length - 1],
        ['Home', 0],
        ['j', 1],
      ],
    ] as const) {
      await page.keyboard.press(String(key))
      await eventually(focused, (text) => text === rows[Number(row)], 2000)
      expect(await focused()).toBe(rows[Number(row)])
    }
    await send(1)
    await page.getByRole('button', { name: '1 new' }).waitFor({ timeout: 5000 })
    expect(await visible()).toEqual(rows)
    // One row at a time is in the way of the tab key.
    expect(await page.locator('.board tbody a[tabindex="0"]').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'PNtower-6' }).waitFor({ timeout: 5000 })
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.closest(".filters") !== null')).toBe(true)
    await page.getByRole('region', { name: 'Shipments' }).focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('region', { name: 'Shipments' }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2 }).first().waitFor()
  })

  test('the page of one shipment changes when the shipment does', async () => {
    const { page } = visitor
    await page.goto('/shipments?reference=PNtower-0')
    await page.getByRole('link', { name: 'PNtower-0' }).click()
    await page.getByRole('heading', { level: 1, name: 'PNtower-0' }).waitFor()
    const delivered = JSON.parse(trackerEvent('later', { number: 'PNtower-0', at: '2026-03-03T08:00:00Z' })) as {
      result: { status: string; tracking_details: { status: string; status_detail: string }[] }
    }
    delivered.result.status = 'delivered'
    delivered.result.tracking_details[0] = {
      ...delivered.result.tracking_details[0],
      ...{ status: 'delivered', status_detail: 'arrived_at_destination' },
    }
    await sendSigned(hub, JSON.stringify(delivered))
    await page.locator('main .status', { hasText: 'delivered' }).first().waitFor({ timeout: 8000 })
  })

  test('a second window listens through the first, and takes over when that is closed', async () => {
    await visitor.page.goto('/shipments')
    const second = await visitor.page.context().newPage()
    await second.goto('/shipments')
    await second.getByRole('region', { name: 'Shipments' }).waitFor()
    await eventually(streams, (open) => open === 1)
    await send(1)
    await second.getByRole('link', { name: 'PNtower-7' }).waitFor({ timeout: 5000 })
    expect(await streams()).toBe(1)
    await visitor.page.goto('about:blank')
    await send(1)
    await second.getByRole('link', { name: 'PNtower-8' }).waitFor({ timeout: 15_000 })
    expect(await eventually(streams, (open) => open === 1)).toBe(1)
    await second.close()
  })

  test('silence is said, and the page looks by itself until the hub is heard again', async () => {
    const { page } = visitor
    await page.clock.install()
    await page.route('**/v1/stream**', (route) => route.abort())
    await page.goto('/shipments')
    await page.getByRole('region', { name: 'Shipments' }).waitFor()
    await away()
    const banner = page.getByText('The hub has not answered since', { exact: false })
    expect(await banner.count()).toBe(0)
    await page.clock.runFor(31_000)
    await banner.waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await send(1)
    const listed = (): Promise<string> => hub.call('GET', '/v1/shipments').then(({ text }) => text)
    await eventually(listed, (text) => text.includes('PNtower-9'))
    await page.clock.runFor(16_000)
    await page.getByRole('link', { name: 'PNtower-9' }).waitFor({ timeout: 5000 })
    await page.unroute('**/v1/stream**')
    await page.clock.runFor(10_000)
    await page.clock.resume()
    await banner.waitFor({ state: 'hidden', timeout: 10_000 })
    visitor.faults.splice(0, visitor.faults.length, ...visitor.faults.filter((fault) => !/ERR_FAILED/.test(fault)))
    expect(visitor.faults).toEqual([])
  })
})
