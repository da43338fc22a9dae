import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 90_000
const email = 'ottilie@quillfeather.example'
const network = { connections: [{ id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } }] }
let hub: HubProcess
let visitor: Visitor

describe.skipIf(noBrowser !== undefined)('the data of a person', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    const shipTo = {
      name: 'Ottilie Quillfeather',
      street: 'Marmalade Lane 7',
      email,
      city: 'Ulm',
      postalCode: '89073',
      country: 'DE',
    }
    const lines = [{ lineNo: '1', sku: 'MUG', quantity: '1', uom: 'EA' }]
    const data = { orderNumber: 'SO-1', customer: 'C-1', lines, shipTo }
    const json = { eventId: 'order-1', type: 'order.created', occurredAt: '2026-04-02T11:00:00Z', data }
    await hub.call('POST', '/v1/inbound/erp', { json })
    await eventually(
      async () => (await hub.call('GET', '/v1/orders?reference=SO-1')).text,
      (text) => text.includes('ord_'),
      30_000,
    )
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('is looked at, written to a file and erased by keyboard, and the list says so', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'A person’s data' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'A person’s data' }).waitFor()
    await page.getByText('Nobody was erased so far.').waitFor()
    await page.getByLabel('E-mail address').fill(email)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'What an erasure would do' }).waitFor()
    expect(await page.getByText('Marmalade Lane 7').count()).toBe(1)
    expect(await visitor.obstacles()).toEqual([])
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export everything as a file' }).focus()
    await page.keyboard.press('Enter')
    expect(readFileSync(await (await saved).path(), 'utf8')).toContain(email)
    const anyway = page.getByLabel('Erase all the same')
    if ((await anyway.count()) > 0) await anyway.check()
    await page.getByLabel('Why, without names').fill('Request 12')
    await page.getByRole('button', { name: 'Erase', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Erase for good: \d+ rows/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('The erasure is under way.').waitFor()
    await page.getByRole('cell', { name: 'Request 12' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
    await eventually(
      async () => (await hub.call('GET', '/v1/privacy/erasures')).text,
      (text) => text.includes('"done"'),
      40_000,
    )
    const again = await hub.call('POST', '/v1/privacy/exports', { json: { person: { email } } })
    expect(again.status).toBe(404)
  })

  test('says that nobody like this is known, also by name and postal code', async () => {
    const { page } = visitor
    await page.goto(`${hub.url}/privacy`)
    await page.getByLabel('Find by').selectOption('name')
    await page.getByRole('textbox', { name: 'Name' }).fill('Barnaby Thistle')
    await page.getByLabel('Postal code').fill('10115')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('There is no person like this here.')
    expect(await visitor.obstacles()).toEqual([])
  })
})
