import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 120_000
let hub: HubProcess
let visitor: Visitor

describe.skipIf(noBrowser !== undefined)('the flow in the control tower', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    visitor = await Visitor.arrive(hub.url)
    visitor.page.setDefaultTimeout(15_000)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('a connection is paused with a reason, keeps what comes, and goes on, by keyboard alone', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Flow' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Flow' }).waitFor()
    const graph = page.getByRole('img', { name: 'From systems through the hub to systems' })
    await graph.waitFor()
    expect(await graph.locator('.graph-node').allTextContents()).toContain('translatenothing waits')
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'Pause what comes in: carrier' }).press('Enter')
    await page.getByText('Nothing is lost', { exact: false }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.keyboard.type('They send nonsense.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Done: Pause what comes in, carrier.').waitFor()
    await page.getByText('They send nonsense.', { exact: false }).waitFor()
    expect((await sendSigned(hub, trackerEvent('held'))).status).toBe(202)
    await page.locator('.status', { hasText: '1 kept' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'Let in again: carrier' }).press('Enter')
    await page.keyboard.type('They mended it.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Pause what comes in: carrier' }).waitFor()
    const found = await eventually(
      async () => (await hub.call('GET', '/v1/shipments?reference=PNheld')).json() as { data: readonly object[] },
      ({ data }) => data.length === 1,
    )
    expect(found.data).toHaveLength(1)
    expect(visitor.faults).toEqual([])
  })

  test('a connection is drained by keyboard, says that nothing is left, and takes work again', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Drain: carrier', exact: true }).press('Enter')
    await page.getByText('It takes nothing new', { exact: false }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.keyboard.type('They move to another account.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Done: Drain, carrier.').waitFor()
    expect((await sendSigned(hub, trackerEvent('too late'))).status).toBe(503)
    await page.locator('.status', { hasText: 'drained' }).waitFor()
    await page.getByText('They move to another account.', { exact: false }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'End the drain: carrier' }).press('Enter')
    await page.keyboard.type('They stay.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Done: End the drain, carrier.').waitFor()
    await page.getByRole('button', { name: 'Drain: carrier', exact: true }).waitFor()
    expect((await sendSigned(hub, trackerEvent('in time'))).status).toBe(202)
    expect(visitor.faults).toEqual([])
  })
})
