import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 120_000
const patience = { timeout: 30_000 }
let hub: HubProcess
let visitor: Visitor

/** Lines are drawn, and not in the document: what is written at their axes is kept aside. */
const notesWhatIsDrawn = `globalThis.written = []
const draw = CanvasRenderingContext2D.prototype.fillText
CanvasRenderingContext2D.prototype.fillText = function fillText(text, ...place) {
  globalThis.written.push(text)
  draw.call(this, text, ...place)
}`

const alert = (n: number): object => ({
  ...{ id: `alr_${n}`, rule: 'rul_1', name: `Rule ${n}`, check: 'messages-unaccounted', severity: 'warning' },
  ...{ state: 'firing', firedAt: '2026-04-01T10:00:00Z', value: 1, told: 0 },
})

describe.skipIf(noBrowser !== undefined)('what is shown is what is so', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network: { connections: [] } })
    const asked = await hub.call('POST', '/v1/tasks', {
      json: {
        ...{ name: 'weigh-again', role: 'finance', question: 'How heavy is it?' },
        evidence: { weight: 1234.56789, share: 0.00001234, price: '12.500' },
        decisions: [{ name: 'yes', label: 'Yes', consequence: 'It is billed.' }],
      },
    })
    expect(asked.status).toBe(201)
    visitor = await Visitor.arrive(hub.url, { zone: 'America/New_York' })
    await visitor.page.addInitScript({ content: notesWhatIsDrawn })
    await signIn(visitor, hub.directory)
    await visitor.page.evaluate(() => localStorage.setItem('interline.language', 'de'))
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('numbers have all their decimals, and nothing that could be taken for one', async () => {
    const { page } = visitor
    await page.goto('/tasks')
    await page.getByRole('link', { name: 'How heavy is it?' }).click()
    const known = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Was bekannt ist' }) })
    await known.locator('dd').first().waitFor()
    expect(await known.locator('dd').allTextContents()).toEqual(
      expect.arrayContaining(['1234.56789', '0.00001234', '12.500']),
    )
  })

  test('a line has its times in the zone that somebody chose, written as in the language', async () => {
    const { page } = visitor
    const hours = Array.from({ length: 24 }, (_, hour) => new Date(Date.UTC(2026, 3, 1, hour)).toISOString())
    const data = hours.map((at) => ({ at, value: 1, state: 'green' }))
    await page.route('**/v1/checks/*/history', (route) => route.fulfill({ json: { data } }))
    const labels = async (): Promise<readonly string[]> => {
      await page.goto('/checks/messages-unaccounted')
      await page.locator('.uplot canvas').waitFor()
      return page.evaluate<string[]>('globalThis.written')
    }
    expect(await labels()).toEqual(expect.arrayContaining(['31.03.']))
    await page.evaluate(() => localStorage.setItem('interline.zone', 'UTC'))
    const inUtc = await labels()
    expect(inUtc).toEqual(expect.arrayContaining(['01.04.']))
    expect(inUtc).not.toEqual(expect.arrayContaining(['31.03.']))
    await page.evaluate(() => localStorage.removeItem('interline.zone'))
    await page.unroute('**/v1/checks/*/history')
  })

  test('a list of which nobody tells says what is new behind rows that are held, and does not move them', async () => {
    const { page } = visitor
    let alerts = [alert(1), alert(2)]
    await page.route('**/v1/alerts?*', (route) => route.fulfill({ json: { data: alerts, page: { next: null } } }))
    await page.goto('/alerts')
    const rows = page.locator('.board').first().locator('tbody tr[data-index]')
    await rows.nth(1).hover()
    const before = await rows.allTextContents()
    alerts = [alert(3), alert(2)]
    const pill = page.getByRole('button', { name: '2 neu' })
    await pill.waitFor(patience)
    expect(await rows.allTextContents()).toEqual(before)
    expect(await visitor.obstacles()).toEqual([])
    // Without the pointer: on its way there it leaves the rows, which may go on by themselves before it arrives.
    await pill.dispatchEvent('click')
    await page.getByRole('link', { name: 'Rule 3' }).waitFor()
    expect(await page.getByRole('link', { name: 'Rule 1' }).count()).toBe(0)
    await pill.waitFor({ state: 'hidden' })
    await page.unroute('**/v1/alerts?*')
  })

  test('a time of today says its day as soon as today is yesterday', async () => {
    const { page } = visitor
    // New York, a quarter of an hour before midnight.
    await page.clock.install({ time: new Date('2026-04-02T03:45:00Z') })
    const late = { id: 'msg_0-7', connection: 'shop', receivedAt: '2026-04-02T03:40:00Z', status: 'applied', facts: [] }
    const more = { lane: 'bulk', identity: '7', contentType: 'text/plain', charset: 'utf-8', bytes: 1, sha256: '' }
    await page.route('**/v1/messages/msg_0-7', (route) => route.fulfill({ json: { ...late, ...more } }))
    // Nothing of this page is read again by itself.
    await page.goto('/messages/msg_0-7')
    const time = page.locator('main time').first()
    await expect.poll(() => time.textContent(), patience).toBe('23:40')
    await page.clock.runFor('20:00')
    await expect.poll(() => time.textContent(), patience).toBe('01.04.2026, 23:40')
    expect(visitor.faults).toEqual([])
  })
})
