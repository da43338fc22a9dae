import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
const many = 20_000
const patience = { timeout: 20_000 }
let hub: HubProcess
let visitor: Visitor

/** Shipments that only the list knows, as if as many had come. */
const fill = `INSERT INTO view_shipment (id, tenant, version, status, carrier, tracking_number, exceptions, updated_at, gaps)
  SELECT 'shp_' || lpad(n::text, 26, '0'), 'main', 1, (ARRAY['in_transit', 'delivered', 'booked'])[1 + n % 3], 'carrier-' || n % 7,
         CASE WHEN n = 77 THEN '=1+1' ELSE 'PN' || lpad(n::text, 6, '0') END, '{}', '2026-01-01'::timestamptz + n * interval '1 second', '{}'
    FROM generate_series(1, ${many}) n`

describe.skipIf(noBrowser !== undefined)('every list', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    const database = new pg.Client({ connectionString: hub.databaseUrl })
    await database.connect()
    await database.query(fill)
    await database.end()
    for (const n of [1, 2, 3]) await sendSigned(hub, `{"broken": ${n}`)
    await eventually(
      async () => (await hub.call('GET', '/v1/parked')).json() as { data: unknown[] },
      ({ data }) => data.length === 3,
    )
    visitor = await Visitor.arrive(hub.url)
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
  const heads = (): Promise<string[]> => visitor.page.getByRole('columnheader').allTextContents()

  test('shows the columns that somebody wants, in their order, by keyboard; the address keeps them', async () => {
    const { page } = visitor
    await page.goto('/shipments')
    await page.getByRole('link', { name: 'PN020000' }).waitFor()
    expect(await heads()).toEqual(['Tracking number', 'Status', 'Carrier', 'Exceptions', 'Expected', 'Changed'])
    await page.getByRole('button', { name: 'Columns' }).press('Enter')
    const chooser = page.getByRole('dialog', { name: 'Columns' })
    await chooser.getByRole('checkbox', { name: 'Expected' }).press('Space')
    await chooser.getByRole('button', { name: 'Move Carrier forward' }).press('Enter')
    await expect.poll(heads, patience).toEqual(['Tracking number', 'Carrier', 'Status', 'Exceptions', 'Changed'])
    await whole()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Compact' }).press('Enter')
    await page.reload()
    await expect.poll(heads, patience).toEqual(['Tracking number', 'Carrier', 'Status', 'Exceptions', 'Changed'])
    expect(await page.getByRole('button', { name: 'Compact' }).getAttribute('aria-pressed')).toBe('true')
  })

  test('keeps a view under a name; another screen of it, and it is back; the filter is part of it', async () => {
    const { page } = visitor
    await page.getByRole('combobox', { name: 'Carrier' }).fill('carrier-3')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Views' }).press('Enter')
    const views = page.getByRole('dialog', { name: 'Views' })
    await views.getByLabel('Name of this view').fill('Third carrier')
    await page.keyboard.press('Enter')
    await views.getByText('Kept.').waitFor()
    await whole()
    await page.goto('/shipments')
    await page.getByRole('link', { name: 'PN020000' }).waitFor()
    await page.getByRole('button', { name: 'Views' }).press('Enter')
    await views.getByRole('link', { name: 'Third carrier' }).press('Enter')
    await expect.poll(heads, patience).toEqual(['Tracking number', 'Carrier', 'Status', 'Exceptions', 'Changed'])
    expect(await page.getByRole('combobox', { name: 'Carrier' }).inputValue()).toBe('carrier-3')
  })

  test('is written as a file by the hub: every row that fits the filter, nothing that a spreadsheet would calculate', async () => {
    const { page } = visitor
    await page.goto('/shipments?carrier=carrier-0')
    await page.getByRole('button', { name: 'Save as CSV' }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).press('Enter'),
    ])
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines.length - 1).toBe(Math.floor(many / 7))
    expect(lines.filter((line) => line.includes('1+1'))).toEqual([expect.stringContaining(",'=1+1,")])
    await page.getByText(`The file has ${Math.floor(many / 7).toLocaleString('en')} rows.`).waitFor()
  })

  test('is put in an order by the hub, all of it; a column that the hub cannot sort by is no button', async () => {
    const { page } = visitor
    await page.goto('/shipments')
    await page.getByRole('link', { name: 'PN020000' }).waitFor()
    const buttons = page.getByRole('columnheader').getByRole('button')
    expect(await buttons.allTextContents()).toEqual(['Expected', 'Changed'])
    const changed = page.getByRole('columnheader').getByRole('button', { name: 'Changed' })
    await changed.press('Enter')
    await page.getByRole('link', { name: 'PN000001' }).waitFor()
    const head = page.getByRole('columnheader', { name: 'Changed' })
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await page.reload()
    await page.getByRole('link', { name: 'PN000001' }).waitFor()
    await changed.press('Enter')
    await page.getByRole('link', { name: 'PN020000' }).waitFor()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await whole()
    await page.goto('/shipments?sort=tracking')
    await page.getByText('the list is too long to be sorted by this column').waitFor()
    await whole()
  })

  test('that is here as a whole is sorted by any column', async () => {
    const { page } = visitor
    await page.goto('/parked')
    const rows = page.getByRole('table', { name: 'Parked' }).locator('tbody').getByRole('link')
    await rows.nth(2).waitFor()
    await page.getByRole('columnheader').getByRole('button', { name: 'Message', exact: true }).press('Enter')
    const ids = await rows.allTextContents()
    expect(ids).toEqual(ids.toSorted())
    await page.getByRole('columnheader').getByRole('button', { name: 'Message', exact: true }).press('Enter')
    await expect.poll(() => rows.allTextContents(), patience).toEqual(ids.toReversed())
  })

  test('proposes what the hub knows, and shows what the address asks for though nobody knows it', async () => {
    const { page } = visitor
    await page.goto('/shipments?status=nothing-like-it&carrier=carrier-8')
    // The hub says which there are: an empty list would look as if no shipment had it.
    await page.getByRole('alert').getByText('out_for_delivery').waitFor()
    const status = page.getByRole('combobox', { name: 'Status' })
    expect(await status.inputValue()).toBe('nothing-like-it')
    await status.selectOption('')
    await page.getByText('Nothing fits these filters.').waitFor()
    expect(await page.getByRole('combobox', { name: 'Carrier' }).inputValue()).toBe('carrier-8')
    await whole()
    await page.getByRole('combobox', { name: 'Carrier' }).fill('')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'PN020000' }).waitFor()
    const proposed = page.locator('datalist option')
    await expect
      .poll(() => proposed.evaluateAll((all) => all.map((one) => one.getAttribute('value'))), patience)
      .toEqual(Array.from({ length: 7 }, (_, n) => `carrier-${n}`))
    await status.selectOption('booked')
    await page.getByText('Nothing fits these filters.').waitFor({ state: 'hidden' })
  })

  test('stays quick with 20,000 rows', async () => {
    const { page } = visitor
    // Nobody scrolls that far while a test waits: the hub's own rows come as one page.
    const rows: unknown[] = []
    for (let query = '?limit=200'; query !== ''; ) {
      const { data, page: of } = (await hub.call('GET', `/v1/shipments${query}`)).json() as {
        data: unknown[]
        page: { next: string | null }
      }
      rows.push(...data)
      query = of.next === null ? '' : `?limit=200&cursor=${of.next}`
    }
    await page.route('**/v1/shipments?*', (route) => route.fulfill({ json: { data: rows, page: { next: null } } }))
    await page.goto('/shipments')
    await page.getByText('20,000 rows').waitFor()
    expect(await page.locator('tbody tr').count()).toBeLessThan(80)
    const table = page.getByRole('table', { name: 'Shipments' })
    expect(await table.getAttribute('aria-rowcount')).toBe(String(many + 1))
    await page.getByRole('columnheader').getByRole('button', { name: 'Tracking number' }).press('Enter')
    await page.getByRole('link', { name: '=1+1' }).waitFor()
    await page.getByRole('region', { name: 'Shipments' }).press('End')
    await expect.poll(() => page.locator('a:focus').textContent(), patience).toBe('PN020000')
    await whole()
    await page.unroute('**/v1/shipments?*')
  })

  test('goes through its rows from anywhere, selects them, and does one thing to all of them', async () => {
    const { page } = visitor
    await page.goto('/parked')
    const rows = page.getByRole('table', { name: 'Parked' })
    await rows.getByRole('row').nth(3).waitFor()
    await rows.getByRole('link').first().focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 rows selected').first().waitFor()
    await whole()
    await page.getByRole('button', { name: 'Skip for good (2)' }).press('Enter')
    await page.getByLabel('Why').fill('Sent by mistake')
    await page.getByRole('dialog').getByRole('button', { name: 'Skip for good' }).press('Enter')
    await expect.poll(() => rows.getByRole('row').count(), patience).toBe(2)
    const { data } = (await hub.call('GET', '/v1/parked')).json() as { data: unknown[] }
    expect(data).toHaveLength(1)
  })

  test('says what it cannot show, and why: nothing that fits, a refusal, a hub that is gone', async () => {
    const { page } = visitor
    await page.goto('/shipments?carrier=nobody')
    await page.getByText('Nothing fits these filters.').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter')
    await page.getByRole('link', { name: 'PN020000' }).waitFor()
    await page.route('**/v1/shipments*', (route) => route.abort())
    await page.getByRole('combobox', { name: 'Status' }).selectOption('delivered')
    await page.getByRole('alert').waitFor({ timeout: 20_000 })
    expect(await visitor.obstacles()).toEqual([])
    await page.unroute('**/v1/shipments*')
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).press('Enter')
    await page
      .getByRole('link', { name: 'PN019999' })
      .or(page.getByRole('link', { name: 'PN019998' }))
      .first()
      .waitFor()
  })
})
