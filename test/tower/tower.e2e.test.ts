import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { eventually, LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'

const password = 'four green trams at dawn'
const timeout = 120_000
let network: LivingNetwork
let visitor: Visitor

if (noBrowser !== undefined) process.stdout.write(`Skipped: the control tower in a browser. ${noBrowser}.\n`)

describe.skipIf(noBrowser !== undefined)('the control tower', { timeout }, () => {
  beforeAll(async () => {
    network = await LivingNetwork.start()
    visitor = await Visitor.arrive(network.url)
    // Something has been delivered, posted and decided.
    await eventually(
      () => network.get<{ data: readonly unknown[] }>('/v1/effects?state=applied&limit=5'),
      ({ data }) => data.length > 0,
    )
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await network.stop()
  })

  test('the first administrator follows the link of the terminal, by keyboard alone', async () => {
    const { page } = visitor
    await page.goto(readFileSync(join(network.directory, 'welcome.link'), 'utf8').trim())
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    for (const text of ['Ada Berg', 'ada@example.com', password]) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    const [cookie] = await visitor.cookies()
    expect(cookie).toMatchObject({ name: '__Host-interline', httpOnly: true, secure: true, sameSite: 'Lax' })
    await page.getByText('Every message is accounted for.').waitFor()
  })

  const screens = [
    ...[
      'Overview',
      'Exceptions',
      'Alerts',
      'SLAs',
      'Tasks',
      'Parked',
      'Messages',
      'Shipments',
      'Map',
      'Orders',
      'Deliveries',
      'Receipts',
      'Returns',
      'Appointments',
    ],
    ...[
      'Inventory',
      'Reconciliation',
      'Master data',
      'Subscriptions',
      'Invoices',
      'Freight invoices',
      'Postings',
      'Flow',
      'Processes',
      'Replays and jobs',
      'Partners',
      'People',
      'Access',
      'Contracts',
      'A person’s data',
      'Audit',
      'System',
    ],
  ]
  test.each(screens)('%s is reached from the menu, and nothing on it keeps anybody out', async (name) => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    await visitor.settled()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('the documentation has a picture of every screen of the menu', () => {
    const pictures = readFileSync(join(root, 'docs/screens/README.md'), 'utf8')
    expect(screens.filter((name) => !pictures.includes(`\n## ${name}\n`))).toEqual([])
  })

  test('the menu leads to every screen that has one', async () => {
    expect(await visitor.page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(
      expect.arrayContaining(screens),
    )
    expect(await visitor.page.getByRole('navigation').getByRole('link').count()).toBe(screens.length)
  })

  test.each(['Shipments', 'Orders', 'Deliveries', 'Postings', 'Processes'])(
    'a row of %s opens by keyboard, and its page is whole',
    async (name) => {
      const { page } = visitor
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
      const board = page.getByRole('region', { name })
      await board.focus()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      await visitor.settled()
      expect(await page.getByRole('alert').count()).toBe(0)
      expect(await visitor.obstacles()).toEqual([])
      expect(visitor.faults).toEqual([])
    },
  )

  test('a filter is in the address, so that a colleague sees the same', async () => {
    const { page } = visitor
    await page.goto('/effects?state=applied')
    const board = page.getByRole('table', { name: 'Postings' })
    await board.waitFor()
    const states = await board.locator('tbody tr td:nth-child(3)').allTextContents()
    expect(states.length).toBeGreaterThan(0)
    expect(states.every((state) => state.includes('applied'))).toBe(true)
    await page.getByLabel('System').fill('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing fits these filters.').waitFor()
    expect(new URL(page.url()).searchParams.get('target')).toBe('nobody')
  })

  test('any reference is found from everywhere with Ctrl K', async () => {
    const { page } = visitor
    const { data } = await network.get<{ data: { trackingNumber?: string }[] }>('/v1/shipments?limit=50')
    const number = data.find(({ trackingNumber }) => trackingNumber !== undefined)?.trackingNumber ?? ''
    await page.keyboard.press('Control+k')
    await page.keyboard.type(number)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Messages and what they led to' }).waitFor()
    expect(await page.locator('main').textContent()).toContain(number)
    await page.getByRole('link', { name: /^shp_/ }).first().click()
    await page.getByRole('heading', { level: 1, name: number }).waitFor()
  })

  test('who signs out sees nothing more, and comes back to where they were', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.goto('/parked?state=waiting')
    await page.getByLabel('E-mail address').fill('ada@example.com')
    await page.getByLabel('Password').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Parked' }).waitFor()
    expect(page.url()).toContain('state=waiting')
  })

  test('the longest words fit a small screen, too', async () => {
    const { page } = visitor
    await page.setViewportSize({ width: 360, height: 740 })
    await page.evaluate(() => localStorage.setItem('interline.language', 'de'))
    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: 'Überblick' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    const field = await page.getByRole('search').getByRole('textbox').first().boundingBox()
    expect(field?.width).toBeGreaterThan(180)
    for (const control of await page.locator('header').getByRole('button').all()) {
      const box = await control.boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
    }
    await page.getByRole('button', { name: 'Menü' }).press('Enter')
    await page.getByRole('button', { name: 'Abmelden' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('a page may load nothing from anywhere else, and scripts only as files of the hub', async () => {
    const { headers, body } = await request(`${network.url}/shipments`, { headers: { accept: 'text/html' } })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toContain('unsafe')
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? 'none'
    expect(await body.text()).toContain(nonce)
    const api = await request(`${network.url}/v1/nothing`, { headers: { accept: 'text/html' } })
    expect(api.statusCode).toBe(404)
    await api.body.dump()
    expect(visitor.faults).toEqual([])
  })
})
