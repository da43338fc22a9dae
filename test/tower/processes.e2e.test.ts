import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReceiver } from '../gateway/receiver.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 120_000
const open = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
let hub: HubProcess
let books: Awaited<ReturnType<typeof startReceiver>>
let visitor: Visitor
let isWilling = false

interface Row {
  readonly id: string
  readonly key: string
  readonly state: string
  readonly stuck?: { readonly by: string; readonly since: string }
}

describe.skipIf(noBrowser !== undefined)('processes in the control tower', { timeout }, () => {
  beforeAll(async () => {
    const made = { status: 201, body: { documentNumber: '80001', status: 'posted' } }
    books = await startReceiver(({ path }) =>
      path.includes('delivery') && !isWilling ? { status: 422, body: { messages: ['Unknown plant.'] } } : made,
    )
    hub = await HubProcess.start({
      network: {
        connections: [
          { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: books.url }, ...open },
          { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
        ],
        processes: [
          {
            process: 'order-to-ship',
            tenant: 'main',
            policy: { orchestratedBy: 'hub', deliveryCreatedBy: 'hub' },
          },
        ],
        routes: [{ command: 'create_delivery', target: 'erp', tenant: 'main' }],
      },
    })
    visitor = await Visitor.arrive(hub.url)
    visitor.page.setDefaultTimeout(10_000)
    const stock = [{ line: '1', sku: 'TEA-1', location: 'DC1', status: 'available', quantity: '9', uom: 'C62' }]
    await tell('wms', 'snapshot', { document: 'SN-1', complete: true, locations: ['DC1'], lines: stock })
    await eventually(
      async () => (await hub.call('GET', '/v1/availability?sku=TEA-1')).text,
      (text) => text.includes('"9"'),
    )
    await order('SO-EARLY', 'COFFEE-9')
    await order('SO-TWICE', 'COFFEE-9', 'COFFEE-8')
    await order('SO-STUCK', 'TEA-1')
    await eventually(
      () => rows('stuck=true'),
      (found) => found.length === 1,
    )
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
    await books.stop()
  })

  let told = 0
  const tell = async (connection: string, type: string, data: object): Promise<void> => {
    const event = { eventId: `e-${told++}`, type, occurredAt: '2026-04-01T11:00:00Z', data }
    expect((await hub.call('POST', `/v1/inbound/${connection}`, { json: event })).status).toBe(202)
  }
  /** Two lines of the same number cannot be shipped. */
  const order = (orderNumber: string, ...skus: readonly string[]): Promise<void> =>
    tell('erp', 'order.created', { orderNumber, lines: skus.map((sku) => ({ lineNo: '1', sku, quantity: '2' })) })
  const rows = async (query: string): Promise<readonly Row[]> =>
    ((await hub.call('GET', `/v1/processes/instances?${query}`)).json() as { data: readonly Row[] }).data

  test('those that are stuck come first, and say since when and by what', async () => {
    const [first, ...others] = await rows('')
    expect(first).toMatchObject({ key: 'SO-STUCK', stuck: { by: 'refused create-delivery' } })
    expect(others.map(({ stuck }) => stuck)).toEqual([undefined, undefined])
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Processes' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Processes' }).waitFor()
    const row = page.locator('tbody tr[data-index="0"]')
    await row.getByText('refused create delivery').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await row.getByRole('link', { name: 'SO-STUCK' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'order to ship SO-STUCK' }).waitFor()
    await page.getByText('It does not go on by itself since', { exact: false }).waitFor()
  })

  test('the page draws the statechart with the state of now, and says the same as a list by keyboard', async () => {
    const { page } = visitor
    const chart = page.getByRole('img', { name: 'States of main' })
    await chart.waitFor()
    expect(await chart.locator('.graph-node').count()).toBeGreaterThan(10)
    expect(await chart.locator('.graph-node[data-marked]').allTextContents()).toEqual(['releasing● Now'])
    expect(await chart.locator('.graph-edge[data-strong]').count()).toBe(2)
    const section = page.locator('section', { hasText: 'States of main' }).first()
    await section.getByText('The same as a list').focus()
    await page.keyboard.press('Enter')
    const now = section.locator('tr[aria-current="step"]')
    await now.locator('.status', { hasText: 'releasing' }).waitFor()
    expect(await section.getByRole('row').count()).toBe((await chart.locator('.graph-node').count()) + 1)
    await page.getByRole('table', { name: 'Timers' }).getByText('waiting').first().waitFor()
    await page.getByText('validating → allocating').waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('what was refused is tried again where it stands, and the process goes on', async () => {
    const { page } = visitor
    await page.getByText('Unknown plant.').first().waitFor()
    isWilling = true
    await page.getByLabel('Why it is tried again').focus()
    await page.keyboard.type('The plant is there now.')
    await page.keyboard.press('Enter')
    await eventually(
      () => rows('key=SO-STUCK'),
      ([row]) => row?.stuck === undefined,
    )
    await page.reload()
    await page.locator('.status', { hasText: 'applied' }).first().waitFor()
    await page.getByText('resolve refusal').first().waitFor()
    expect(await page.getByText('It does not go on by itself since', { exact: false }).count()).toBe(0)
  })

  test('a question is taken and decided in place', async () => {
    const { page } = visitor
    const [row] = await rows('key=SO-TWICE')
    await page.goto(`/processes/${row?.id}`)
    const question = page.getByRole('article', { name: /Order SO-TWICE cannot be shipped as it is/ })
    await question.getByRole('button', { name: 'Take it' }).press('Enter')
    await question.getByText('Taken by Ada Berg').waitFor()
    await question.getByRole('button', { name: 'Give it back' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await question.getByRole('button', { name: 'Reject it', exact: true }).press('Enter')
    await question.getByRole('textbox', { name: 'Reason' }).fill('It is a double.')
    await question.getByRole('button', { name: 'Decide: Reject it' }).press('Enter')
    await eventually(
      () => rows('key=SO-TWICE&over=all'),
      ([found]) => found?.state === 'rejected',
    )
  })

  test('an engineer calls one off with a reason; what is not possible says why', async () => {
    const { page } = visitor
    const [row] = await rows('key=SO-EARLY')
    await page.goto(`/processes/${row?.id}`)
    await page.getByText('it goes by the newest version already').waitFor()
    await page.getByRole('textbox', { name: 'Why', exact: true }).focus()
    await page.keyboard.type('The customer called.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('It is on its way', { exact: false }).waitFor()
    await eventually(
      () => rows('key=SO-EARLY&over=all'),
      ([found]) => found?.state === 'cancelled',
    )
    const audit = (await hub.call('GET', '/v1/audit?kind=process')).json() as { data: readonly object[] }
    expect(audit.data[0]).toMatchObject({ change: 'decide', name: row?.id, reason: 'The customer called.' })
    expect(visitor.faults).toEqual([])
  })
})
