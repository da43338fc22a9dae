import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 120_000
let hub: HubProcess
let visitor: Visitor
let invoice = ''

const euros = (amount: string) => ({ amount, currency: 'EUR' })

describe.skipIf(noBrowser !== undefined)('a clerk of the freight audit', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({
      network: {
        connections: [
          { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
        ],
      },
    })
    const told = await hub.call('POST', '/v1/inbound/erp', {
      json: {
        ...{ eventId: 'F-1', type: 'freight_invoice.received', occurredAt: '2026-04-01T10:00:00Z' },
        data: {
          ...{ invoiceNumber: 'FI-7', carrier: 'haul', shipment: '80000001', total: euros('101.00') },
          ...{ dueDate: '2031-12-13', lines: [{ line: '1', charges: [{ code: 'freight', amount: euros('101.00') }] }] },
        },
      },
    })
    expect(told.status).toBe(202)
    const { data } = await eventually(
      async () =>
        (await hub.call('GET', '/v1/freight-invoices')).json() as { readonly data: readonly { readonly id: string }[] },
      (page) => page.data.length === 1,
    )
    invoice = data[0]?.id ?? ''
    // East of Greenwich the end of a day in UTC is on the next one.
    visitor = await Visitor.arrive(hub.url, { zone: 'Europe/Berlin' })
    await signIn(visitor, hub.directory)
    await visitor.page.evaluate(() => localStorage.setItem('interline.language', 'de'))
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('sees whose invoice it is and on which day it is due, in any zone', async () => {
    const { page } = visitor
    await page.goto('/freight-invoices')
    const row = page.getByRole('row', { name: /FI-7/ })
    await row.waitFor()
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('Frachtführer')]),
    )
    expect(await row.textContent()).toMatch(/haul.*13\.12\.2031/)
    expect(await row.textContent()).not.toContain('14.12.2031')
    await page.goto(`/freight-invoices/${invoice}`)
    await page
      .getByRole('definition')
      .filter({ hasText: /^13\.12\.2031$/ })
      .waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('decides by evidence that is in words of his language, and knows a load by its number', async () => {
    const { page } = visitor
    const asked = await hub.call('POST', '/v1/tasks', {
      json: {
        ...{ name: 'variance', role: 'freight-audit', question: 'What of FI-7?' },
        evidence: {
          proofs: ['delivered', 'pod'],
          match: { accrued: '100', variancePct: '1', outcome: 'over', byCharge: [{ code: 'fuel', isWithin: false }] },
          accruals: {
            dlv_4pg95ce0tppx3dhk2vk6jmet3g: { number: '80000001', charges: [{ code: 'FUE_X', amount: '3' }] },
          },
        },
        decisions: [{ name: 'yes', label: 'Yes', consequence: 'It is paid.' }],
      },
    })
    expect(asked.status).toBe(201)
    await page.goto('/tasks')
    await page.getByRole('link', { name: 'What of FI-7?' }).click()
    const known = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Was bekannt ist' }) })
    await known.getByText('zugestellt, Ablieferbeleg').waitFor()
    for (const word of ['Vergleich', 'Zurückgestellt', 'Abweichung in %', 'zu viel', 'Treibstoff', 'FUE_X', '80000001'])
      await known
        .getByText(new RegExp(`^${word.replace('%', '\\%')}$`, 'i'))
        .first()
        .waitFor()
    expect(await known.locator('.part-name').allTextContents()).not.toContainEqual(expect.stringContaining('4pg95'))
    expect(await visitor.obstacles()).toEqual([])
  })

  test('reads in his language why he is refused something, and what to do', async () => {
    const { page } = visitor
    await page.goto('/checks/of-nothing')
    const alert = page.getByRole('alert')
    await alert.getByText('Nicht gefunden', { exact: true }).waitFor()
    await alert.getByText('Das gibt es hier nicht: eine Prüfung mit dieser Kennung.').waitFor()
    await alert.getByText('Prüfen Sie die Kennung; Objekte anderer Mandanten werden nicht gezeigt.').waitFor()
  })

  test('tells its windows apart: each says what it is the page of', async () => {
    const { page } = visitor
    await page.goto(`/freight-invoices/${invoice}`)
    await page.getByRole('heading', { level: 1, name: 'FI-7' }).waitFor()
    expect(await page.title()).toBe('FI-7 · Frachtrechnung · Interline')
  })

  test('and a partner, who is not told how it stands in the books, finds no empty mark for that', async () => {
    const { page } = visitor
    await page.goto(`/freight-invoices/${invoice}`)
    const books = page.getByRole('term').filter({ hasText: 'In den Büchern' })
    await books.waitFor()
    await page.route(`**/v1/freight-invoices/${invoice}`, async (route) => {
      const { posting: _, ...rest } = (await (await route.fetch()).json()) as { readonly posting: unknown }
      await route.fulfill({ json: rest })
    })
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'FI-7' }).waitFor()
    expect(await books.count()).toBe(0)
    await page.unroute(`**/v1/freight-invoices/${invoice}`)
    expect(visitor.faults).toEqual([])
  })
})
