import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { administratorToken, TwoCompanies } from '../gateway/matrix/two-companies.ts'
import { eventually } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'

const timeout = 120_000
const patience = { timeout: 30_000 }
let hub: TwoCompanies
let visitor: Visitor
const email = 'ada@example.com'
const password = 'four green trams at dawn'

describe.skipIf(noBrowser !== undefined)('without a pointer', { timeout }, () => {
  beforeAll(async () => {
    hub = await TwoCompanies.start()
    await hub.fill()
    const golden = join(root, 'src/connectors/generic-wms/golden/inbound/cycle-count.in.json')
    const counted: unknown = JSON.parse(readFileSync(golden, 'utf8'))
    expect((await hub.ask('theirs', 'POST', '/v1/inbound/main-wms', counted)).status).toBe(202)
    const { body } = await request(`${hub.url}/v1/people`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${administratorToken}`,
        'content-type': 'application/json',
        'idempotency-key': '"ada"',
      },
      body: JSON.stringify({ email, name: 'Ada Berg', roles: ['administrator'] }),
    })
    const { link } = (await body.json()) as { link: string }
    visitor = await Visitor.arrive(hub.url)
    visitor.page.setDefaultTimeout(30_000)
    await visitor.page.addInitScript(
      'addEventListener("pointerdown", () => { sessionStorage.setItem("pointer", "yes") }, true)',
    )
    await visitor.page.goto(link)
    await visitor.page.getByLabel('Password').fill(password)
    await visitor.page.keyboard.press('Enter')
    await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  }, timeout)
  afterAll(async () => {
    await visitor?.close()
    await hub?.stop()
  })

  const open = async (name: string): Promise<void> => {
    const { page } = visitor
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).press('Enter')
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    await visitor.settled()
  }
  const whole = async (): Promise<void> => {
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
    expect(await visitor.page.evaluate('sessionStorage.getItem("pointer")')).toBeNull()
  }

  test.each([
    ...['Shipments', 'Orders', 'Deliveries', 'Receipts', 'Returns', 'Appointments', 'Invoices', 'Freight invoices'],
    ...['Postings', 'Processes'],
  ])('a row of %s is found in the menu, chosen with j and opened with Enter', async (name) => {
    const { page } = visitor
    await open(name)
    const list = new URL(page.url()).pathname
    await page.getByRole('region', { name }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).pathname, patience).toMatch(new RegExp(`^${list}/.+`))
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await visitor.settled()
    expect(await page.getByRole('alert').count()).toBe(0)
    await whole()
  })

  test('any number leads with Ctrl K to whatever has it', async () => {
    const { page } = visitor
    await page.keyboard.press('Control+k')
    await page.keyboard.type('SO-VERMILION')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Messages and what they led to' }).waitFor()
    await whole()
    await page.getByRole('link', { name: /^ord_/ }).first().press('Enter')
    await page.getByRole('heading', { level: 1, name: 'SO-VERMILION' }).waitFor()
  })

  test('a shipment is shown as it was at another moment with the arrows', async () => {
    const { page } = visitor
    await open('Shipments')
    await page.getByRole('link', { name: '1ZVERMILION' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: '1ZVERMILION' }).waitFor()
    await page.getByRole('slider').press('ArrowLeft')
    await expect.poll(() => new URL(page.url()).searchParams.has('knownAt'), patience).toBe(true)
    await visitor.settled()
    await whole()
    await page.getByRole('slider').press('ArrowRight')
    await expect.poll(() => new URL(page.url()).searchParams.has('knownAt'), patience).toBe(false)
  })

  test('the map is filtered, and a shipment of it opened, in the table beside it', async () => {
    const { page } = visitor
    await open('Map')
    await page.getByRole('combobox', { name: 'Carrier' }).focus()
    await page.keyboard.type('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing fits these filters.').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter')
    await page.getByRole('link', { name: '1ZVERMILION' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: '1ZVERMILION' }).waitFor()
    await visitor.settled()
    await whole()
  })

  test('stock is found by its item with the key for filters, and what is not there is said', async () => {
    const { page } = visitor
    await open('Inventory')
    const { data } = JSON.parse(
      await eventually(
        async () => (await hub.ask('theirs', 'GET', '/v1/inventory/balances')).text,
        (text) => text.includes('"sku"'),
      ),
    ) as { data: { sku: string }[] }
    const sku = data[0]?.sku ?? ''
    await page.keyboard.press('/')
    await page.keyboard.type(sku)
    await page.keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).searchParams.get('sku'), patience).toBe(sku)
    await page.getByRole('table', { name: 'Inventory' }).getByText(sku).first().waitFor()
    await whole()
    await page.keyboard.press('Escape')
    await page.getByLabel('Item').fill('nothing-like-it')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing fits these filters.').waitFor()
  })

  test('somebody is invited, and the link is shown', async () => {
    const { page } = visitor
    await open('People')
    await page.getByLabel('E-mail address').focus()
    await page.keyboard.type('grace@example.com')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Grace Hill')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('/welcome#').waitFor()
    const row = page.getByRole('row').filter({ hasText: 'grace@example.com' })
    // The access ends with a reason, and only after a second question.
    await row.getByRole('button', { name: 'End access' }).press('Enter')
    await row.getByLabel('Reason').focus()
    await page.keyboard.type('Invited by mistake')
    await page.keyboard.press('Tab')
    await row.getByText('invited').waitFor()
    await page.keyboard.press('Enter')
    await row.getByText('disabled').waitFor()
    await whole()
  })

  test('who signs out comes back in', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Sign out' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.getByLabel('E-mail address').focus()
    await page.keyboard.type(email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await whole()
  })
})
