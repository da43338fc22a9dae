import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
const question = 'Lamps arrived with broken glass. What is billed?'
const missing = 'The warehouse of delivery D-1 of order O-1 did not find 2 C62 BOLT. What becomes of the rest?'
let hub: HubProcess
let visitor: Visitor

describe.skipIf(noBrowser !== undefined)('what only people can decide', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network: { connections: [] } })
    const asked = await hub.call('POST', '/v1/tasks', {
      json: {
        name: 'broken-goods',
        role: 'finance',
        question,
        evidence: {
          delivery: 'D-1',
          deliveredAt: '2026-04-12T10:00:00Z',
          freight: { amount: '12.50', currency: 'EUR' },
          lines: [{ sku: 'LAMP', quantity: '3', condition: 'broken' }],
        },
        decisions: [
          {
            ...{ name: 'bill_part', label: 'A part of it', consequence: 'That much is billed.' },
            fields: [
              { name: 'billed', label: 'What is billed', kind: 'amount' },
              { name: 'claim', label: 'Who pays', kind: 'choice', values: ['carrier', 'none'], isOptional: true },
              { name: 'until', label: 'Until', kind: 'day', isOptional: true },
            ],
          },
          { name: 'nothing', label: 'Nothing', consequence: 'No invoice is made.', reasonRequired: true },
        ],
      },
      headers: { 'idempotency-key': 'broken-goods-1' },
    })
    expect(asked.status).toBe(201)
    const short = { way: 'substitute', line: '10', item: 'LONG', quantity: '1', uom: 'C62', location: 'DC1', free: '5' }
    const other = {
      ...short,
      way: 'other_node',
      item: 'BOLT',
      quantity: '2',
      location: 'DC2',
      free: '6',
      agreed: 'yes',
    }
    const options = [{ ...short, agreed: 'nobody has said', price: 'not known' }, other]
    const offered = await hub.call('POST', '/v1/tasks', {
      json: {
        ...{ name: 'short-pick', role: 'order-desk', question: missing, evidence: { options } },
        decisions: [
          {
            ...{ name: 'other_node', label: 'Ship from another place', consequence: 'It is held there.' },
            fields: [{ name: 'location', label: 'From which place', kind: 'text', isOptional: true }],
          },
        ],
      },
      headers: { 'idempotency-key': 'short-pick-1' },
    })
    expect(offered.status).toBe(201)
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('is shown in words: names, instants, amounts and lines, with the data behind', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).press('Enter')
    await page.getByRole('link', { name: question }).press('Enter')
    await page.getByRole('heading', { level: 1, name: question }).waitFor()
    const known = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What is known' }) })
    expect(await known.locator('dd').allTextContents()).toContain('12.50 EUR')
    expect(await known.locator('time').getAttribute('datetime')).toBe('2026-04-12T10:00:00Z')
    expect(await known.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual(['LAMP', '3', 'broken'])
    expect(await visitor.obstacles()).toEqual([])
  })

  test('shows what could be shipped instead with the stock of each, in both languages', async () => {
    const { page } = visitor
    const back = page.url()
    await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).press('Enter')
    await page.getByRole('link', { name: missing }).press('Enter')
    const rows = (title: string) =>
      page
        .getByRole('region', { name: title })
        .or(page.locator('section').filter({ has: page.getByRole('heading', { name: title, level: 2 }) }))
        .first()
        .getByRole('row')
    const cells = async (title: string, at: number) => await rows(title).nth(at).getByRole('cell').allTextContents()
    await rows('What could be shipped instead').nth(2).waitFor()
    expect(await cells('What could be shipped instead', 1)).toEqual([
      ...['substitute', '10', 'LONG', '1 C62', 'DC1', '5', 'nobody has said', 'not known'],
    ])
    expect((await cells('What could be shipped instead', 2)).slice(0, 6)).toEqual([
      ...['other node', '10', 'BOLT', '2 C62', 'DC2', '6'],
    ])
    expect(await visitor.obstacles()).toEqual([])
    await page.evaluate(() => localStorage.setItem('interline.language', 'de'))
    await page.reload()
    await rows('Was stattdessen versandt werden könnte').nth(2).waitFor()
    // What the hub asks, and what can be decided, is said in German too.
    const asked = 'Das Lager von Lieferung D-1 zu Auftrag O-1 fand 2 C62 BOLT nicht. Was wird aus dem Rest?'
    await page.getByRole('heading', { level: 1, name: asked }).waitFor()
    await page.getByRole('button', { name: 'Von einem anderen Ort liefern' }).waitFor()
    expect((await cells('Was stattdessen versandt werden könnte', 2)).slice(0, 1)).toEqual(['anderer Ort'])
    await page.evaluate(() => localStorage.setItem('interline.language', 'en'))
    await page.goto(back)
    await page.getByRole('heading', { level: 1, name: question }).waitFor()
  })

  test('is taken and written down at by keyboard', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'I take it' }).press('Enter')
    await page.getByText('Taken by').waitFor()
    await page.getByRole('textbox', { name: 'Note' }).focus()
    await page.keyboard.type('The driver sent pictures.')
    await page.getByRole('button', { name: 'Write it down' }).press('Enter')
    await page.getByRole('listitem').filter({ hasText: 'The driver sent pictures.' }).waitFor()
  })

  test('that a colleague has taken says whose it is, and is not given back for them', async () => {
    const { page } = visitor
    const own = page.url()
    const asked = { name: 'count-again', role: 'warehouse', question: 'How many are there?' }
    const decisions = [{ name: 'ten', label: 'Ten', consequence: 'Ten are written down.' }]
    const { id } = (await hub.call('POST', '/v1/tasks', { json: { ...asked, decisions } })).json() as { id: string }
    const take = { json: { assignee: 'Bo Lind', by: 'Bo Lind' } }
    await eventually(
      () => hub.call('POST', `/v1/tasks/${id}/assign`, take),
      ({ status }) => status === 202,
    )
    // Ada as everybody who may decide and is no administrator.
    await page.route('**/v1/session', async (route) => {
      const who = (await (await route.fetch()).json()) as object
      await route.fulfill({ json: { ...who, scopes: ['tasks:read', 'tasks:decide'] } })
    })
    await page.goto(`/tasks/${id}`)
    await page.getByText('Bo Lind has taken this.').waitFor()
    await page.getByRole('button', { name: 'Ten' }).waitFor()
    expect(await page.getByRole('button', { name: /Give it back|I take it|Take it from/ }).count()).toBe(0)
    expect(await visitor.obstacles()).toEqual([])
    await page.unroute('**/v1/session')
    await page.reload()
    await page.getByRole('button', { name: 'Take it from Bo Lind' }).press('Enter')
    await page.getByRole('button', { name: 'Give it back' }).waitFor({ timeout: 20_000 })
    await page.goto(own)
    await page.getByRole('heading', { level: 1, name: question }).waitFor()
  })

  test('that a colleague takes in the same moment names the colleague to whoever was second', async () => {
    const { page } = visitor
    const own = page.url()
    const asked = { name: 'count-again', role: 'warehouse', question: 'How many are left?' }
    const decisions = [{ name: 'ten', label: 'Ten', consequence: 'Ten are written down.' }]
    const { id } = (await hub.call('POST', '/v1/tasks', { json: { ...asked, decisions } })).json() as { id: string }
    // The page does not hear of the colleague before the button is pressed, and the hub keeps to whoever was first.
    let isPressed = false
    await page.route(`**/v1/tasks/${id}`, async (route) => {
      const task = (await (await route.fetch()).json()) as object
      await route.fulfill({ json: isPressed ? { ...task, assignee: 'Bo Lind' } : task })
    })
    await page.route(`**/v1/tasks/${id}/assign`, async (route) => {
      isPressed = true
      const problem = { title: 'Somebody else has it', status: 409, code: 'TASK_TAKEN', detail: '', nextAction: '' }
      await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await eventually(
      () => hub.call('GET', `/v1/tasks/${id}`),
      ({ status }) => status === 200,
    )
    await page.goto(`/tasks/${id}`)
    await page.getByRole('button', { name: 'I take it' }).press('Enter')
    await page.getByRole('alert').filter({ hasText: 'Bo Lind was first' }).waitFor()
    await page.getByRole('button', { name: 'Take it from Bo Lind' }).waitFor()
    expect(await page.getByText('Somebody else has it').count()).toBe(0)
    await page.unroute(`**/v1/tasks/${id}`)
    await page.unroute(`**/v1/tasks/${id}/assign`)
    await page.goto(own)
    await page.getByRole('heading', { level: 1, name: question }).waitFor()
  })

  test('is decided by keyboard with what belongs to it, in the form that it has to have', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'A part of it', exact: true }).press('Enter')
    await page.getByLabel('What is billed').focus()
    await page.keyboard.type('12,5')
    await page.keyboard.press('Enter')
    await page.locator('input:invalid').waitFor()
    await page.getByLabel('What is billed').fill('12.5')
    await page.getByLabel('Who pays').selectOption('carrier')
    await page.getByLabel('Until').fill('2026-05-01')
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'Decide: A part of it' }).press('Enter')
    await page.getByText('Closed with bill part').waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const task = (await hub.call('GET', `/v1/tasks/${id}`)).json() as { outcome: unknown }
    expect(task.outcome).toMatchObject({ data: { billed: '12.5', claim: 'carrier', until: '2026-05-01' } })
    expect(visitor.faults).toEqual([])
  })
})
