import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 120_000
let hub: HubProcess
let visitor: Visitor

describe.skipIf(noBrowser !== undefined)('replays and the time machine in the control tower', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    visitor = await Visitor.arrive(hub.url, { zone: 'America/New_York' })
    for (let number = 0; number < 60; number++) await sendSigned(hub, trackerEvent(`seen-${number}`))
    await sendSigned(hub, trackerEvent('later', { number: 'PNseen-0', at: '2026-03-03T08:00:00Z', message: 'Arrived' }))
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('a replay is looked at first, started with a reason, paused, resumed and cancelled, by keyboard alone', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Replays and jobs' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Replays and jobs' }).waitFor()
    await page.getByText('Nothing here.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByLabel('Connection').focus()
    await page.keyboard.type('carrier')
    const pace = page.getByLabel('Most messages a second')
    await pace.focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await page.getByText('61 messages would be translated again. Nothing would leave.', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('Why').focus()
    await page.keyboard.type('a better map')
    await page.keyboard.press('Enter')
    const bar = page.locator('tr', { hasText: 'a better map' }).getByRole('progressbar')
    await bar.waitFor()
    await page.getByRole('button', { name: 'Pause: carrier' }).press('Enter')
    await page.getByRole('button', { name: 'Go on: carrier' }).waitFor()
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100)
    expect(await bar.getAttribute('aria-valuetext')).toMatch(/^\d+ of \d+, 0 failed/)
    expect(await visitor.obstacles()).toEqual([])
    await page.reload()
    await page.getByRole('button', { name: 'Go on: carrier' }).press('Enter')
    await page.getByRole('button', { name: 'Cancel: carrier' }).press('Enter')
    await page.locator('.status', { hasText: 'cancelled' }).waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('a moment that somebody chooses counts in the zone that the page shows', async () => {
    const { page } = visitor
    const asked = async (): Promise<string> => {
      await page.goto('/jobs')
      const request = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/v1/replays'))
      await page.getByLabel('Connection').fill('carrier')
      await page.getByLabel('Received since').fill('2026-04-01T10:00')
      await page.keyboard.press('Enter')
      return ((await request).postDataJSON() as { since: string }).since
    }
    expect(await asked()).toBe('2026-04-01T14:00:00.000Z')
    await page.evaluate(() => localStorage.setItem('interline.zone', 'UTC'))
    expect(await asked()).toBe('2026-04-01T10:00:00.000Z')
    await page.evaluate(() => localStorage.removeItem('interline.zone'))
  })

  test('a shipment is shown at any moment, and the moment is a link', async () => {
    const { page } = visitor
    await page.goto('/shipments?reference=PNseen-0')
    await page.getByRole('link', { name: 'PNseen-0' }).click()
    const slider = page.getByRole('slider')
    await slider.focus()
    expect(await slider.getAttribute('aria-valuetext')).toBe('now')
    await page.keyboard.press('Home')
    const link = page.getByRole('link', { name: 'Link to this moment' })
    await link.waitFor()
    const section = page.locator('section', { has: slider })
    await section.getByText('in transit').waitFor()
    expect(new URL(page.url()).searchParams.get('knownAt')).toMatch(/^2\d{3}-/)
    await page.getByLabel('What counts').selectOption('asOf')
    await page.waitForURL(/asOf=/)
    await page.goto(String(await link.getAttribute('href')))
    await page.getByRole('link', { name: 'Link to this moment' }).waitFor()
    expect(await page.getByLabel('What counts').inputValue()).toBe('asOf')
    await page.goto(page.url().replace(/asOf=[^&]*/, 'knownAt=2020-01-01T00:00:00Z'))
    await page.getByText('Nothing was known by then.').waitFor()
    // An address that says no moment shows the shipment as it is now.
    await page.goto(page.url().replace(/knownAt=[^&]*/, 'knownAt=yesterday'))
    await page.getByRole('slider').waitFor()
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toBe('now')
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })
})
