import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
let hub: HubProcess
let visitor: Visitor
let erp: Server

const movement = (id: string, data: object) => ({
  ...{ eventId: id, type: 'movement', occurredAt: '2026-04-12T10:00:00Z' },
  data: { movement: 'receipt', to: { location: 'N-1' }, document: { kind: 'receipt', id }, ...data },
})

async function receive(connection: string, json: object): Promise<void> {
  expect((await hub.call('POST', `/v1/inbound/${connection}`, { json })).status).toBe(202)
}

/** The other books: three lamps less, and nothing of what nobody has told them about. */
function startErp(): Promise<Server> {
  const server = createServer((request, response) => {
    const isStock = request.url?.startsWith('/stock') === true
    response.writeHead(isStock ? 200 : 404, { 'content-type': 'application/json' })
    const stock = [{ sku: 'LAMP', location: 'N-1', quantity: '4', uom: 'EA' }]
    response.end(isStock ? JSON.stringify({ takenAt: new Date().toISOString(), stock }) : '{}')
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe.skipIf(noBrowser !== undefined)('what is true, and what others call it', { timeout }, () => {
  beforeAll(async () => {
    erp = await startErp()
    const { port } = erp.address() as AddressInfo
    const reach = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'], allowedPorts: [port] }
    hub = await HubProcess.start({
      network: {
        connections: [
          {
            id: 'erp',
            tenant: 'main',
            connector: 'generic-erp',
            settings: { url: `http://127.0.0.1:${port}` },
            ...reach,
          },
          {
            ...{ id: 'depot', tenant: 'main', connector: 'generic-wms', settings: {} },
            codes: { unknown: 'park', kinds: ['uom'] },
          },
        ],
      },
    })
    await receive('depot', movement('R-1', { sku: 'LAMP', quantity: '7', uom: 'EA' }))
    await eventually(
      async () => (await hub.call('GET', '/v1/inventory/balances?sku=LAMP')).json() as { data: unknown[] },
      ({ data }) => data.length === 1,
    )
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
    erp.close()
  })

  test('a comparison begins by keyboard, says what differs and why, and shows the lines behind our figure', async () => {
    const { page } = visitor
    await page.goto('/reconciliations')
    await page.getByText('No stock was compared yet.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByLabel('Compare the stock of the connection').focus()
    await page.keyboard.type('nobody')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Compare the stock of the connection').fill('erp')
    await page.keyboard.press('Enter')
    const row = page.getByRole('row', { name: /erp.*done/ })
    await row.waitFor({ timeout: 30_000 })
    await row.getByRole('link').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Stock of erp' }).waitFor()
    const open = page.getByRole('button', { name: 'Look into LAMP at N-1' })
    await open.waitFor()
    expect(await page.getByRole('table', { name: 'Differences' }).textContent()).toContain('3')
    expect(await visitor.obstacles()).toEqual([])
    await open.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Why they differ').waitFor()
    await dialog.getByRole('table', { name: 'Lines of the ledger, newest first' }).getByText('receipt').waitFor()
    expect(await dialog.getByRole('link', { name: /^msg_/ }).count()).toBe(1)
    expect(await visitor.obstacles()).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(visitor.faults).toEqual([])
  })

  test('the filter is in the address, and finds nothing where nothing is', async () => {
    const { page } = visitor
    await page.getByLabel('Item', { exact: true }).fill('NONE')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing fits these filters.').waitFor()
    expect(new URL(page.url()).searchParams.get('sku')).toBe('NONE')
  })

  test('a code that holds a message up is translated, and what waited goes on', async () => {
    const { page } = visitor
    await page.goto('/master-data')
    await page.getByText('Every code is known: nothing waits.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await receive('depot', movement('R-2', { sku: 'VASE', quantity: '2', uom: 'CRATE' }))
    await eventually(
      async () => (await hub.call('GET', '/v1/unknown-codes')).json() as { data: { task?: string }[] },
      ({ data }) => data[0]?.task !== undefined,
    )
    await page.reload()
    await page.getByRole('row', { name: /CRATE unit|CRATE uom/ }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    const field = page.getByLabel('It means our (CRATE)')
    await field.focus()
    await field.fill('C62')
    await page.keyboard.press('Enter')
    await page.getByText('CRATE is translated. What waited for it goes on, in its order.').waitFor()
    const balances = await eventually(
      async () => (await hub.call('GET', '/v1/inventory/balances?sku=VASE')).json() as { data: { onHand: string }[] },
      ({ data }) => data.length === 1,
    )
    expect(balances.data).toMatchObject([{ onHand: '2' }])
    expect((await hub.call('GET', '/v1/unknown-codes')).json()).toEqual({ data: [], truncated: false })
  })

  test('a file is seen before it is written: what would become of each row, and then what became of it', async () => {
    const { page } = visitor
    await page.getByLabel('Kind').selectOption('items')
    await page.getByText('There are no rows of this kind').waitFor()
    const rows = page.getByLabel('Rows to import')
    await rows.fill('sku,baseUom,description\nLAMP,C62,"A lamp, <b>bright</b>"\nVASE,,\n')
    await page.getByRole('button', { name: 'Preview' }).press('Enter')
    await page.getByText('1 new, 0 changed, 0 as they are, 1 refused').waitFor()
    expect((await hub.call('GET', '/v1/master-data/items')).json()).toMatchObject({ data: [] })
    await page.getByRole('button', { name: 'Write 1 row' }).press('Enter')
    await page.getByText('Written: 1 new, 0 changed.').waitFor()
    await page.getByText('A lamp, <b>bright</b>').waitFor()
    expect((await hub.call('GET', '/v1/master-data/items/LAMP')).json()).toMatchObject({ version: 1 })
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('both fit a small screen in the longest words', async () => {
    const { page } = visitor
    await page.setViewportSize({ width: 360, height: 740 })
    await page.evaluate(() => localStorage.setItem('interline.language', 'de'))
    for (const [path, title] of [
      ['/reconciliations', 'Abgleich'],
      ['/master-data', 'Stammdaten'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    }
    expect(await visitor.obstacles()).toEqual([])
  })
})
