import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 90_000
let hub: HubProcess
let visitor: Visitor

describe.skipIf(noBrowser !== undefined)('contracts', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start()
    await hub.call('POST', '/v1/subscriptions', {
      json: { url: 'https://shop.example/hook', types: ['shipment.*'] },
      headers: { 'idempotency-key': 'tower' },
    })
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('are found by keyboard, with who would notice, and deprecated with a reason', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Contracts', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Contracts' }).waitFor()
    await page.getByLabel('Name or meaning').fill('event:shipment.delivered')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search=/)
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('link', { name: 'shipment.delivered', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'shipment.delivered' }).waitFor()
    await page.getByRole('table', { name: 'Who would notice' }).getByText('shop.example').waitFor()
    await page.getByText('The first that is known here.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByLabel('Ends on').fill('2031-01-31T12:00')
    await page.getByLabel('Successor').fill('event:shipment.status_changed')
    await page.getByLabel('Reason, for the audit log').fill('one event is enough')
    await page.keyboard.press('Enter')
    await page.getByText('Decided.').waitFor()
    await page.getByRole('link', { name: 'event:shipment.status_changed' }).waitFor()
    await page.getByText('one event is enough').first().waitFor()
    const { state } = (await hub.call('GET', '/v1/contracts/event%3Ashipment.delivered')).json() as { state: string }
    expect(state).toBe('deprecated')
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('refuse what cannot be, in the words of the hub', async () => {
    const { page } = visitor
    await page.getByLabel('Successor').fill('event:nothing')
    await page.getByLabel('Reason, for the audit log').fill('a mistake')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('there is no contract event:nothing').waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('are decided on as they are seen: whoever was faster is not overwritten', async () => {
    const { page } = visitor
    const path = '/v1/contracts/event%3Ashipment.delivered'
    const read = async () => (await hub.call('GET', path)).json() as { decision: number; owner: string }
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'shipment.delivered' }).waitFor()
    // From here on the page sees nothing new.
    await page.route(`**${path}`, (route) =>
      route.request().method() === 'GET' ? route.fulfill({ status: 429, json: {} }) : route.continue(),
    )
    const headers = { 'if-match': `"v${(await read()).decision}"` }
    const faster = await hub.call('PATCH', path, { json: { owner: 'the faster one', reason: 'was faster' }, headers })
    expect(faster.status).toBe(200)
    await page.getByLabel('Reason, for the audit log').fill('was slower')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Changed meanwhile').waitFor()
    expect(await read()).toMatchObject({ owner: 'the faster one' })
    await page.unroute(`**${path}`)
  })

  test('the catalogue shows by keyboard what a service offers, and leads to its contracts', async () => {
    const { page } = visitor
    await page.goto('/catalogue')
    await page.getByRole('button', { name: 'Show what Inventory offers' }).focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('table', { name: 'What it offers' })
      .getByRole('link', { name: 'readAvailability' })
      .first()
      .waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('link', { name: 'readAvailability', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'readAvailability' }).waitFor()
    expect(visitor.faults.filter((one) => !one.includes('422'))).toEqual([])
  })
})
