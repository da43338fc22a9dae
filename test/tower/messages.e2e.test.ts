import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
const idOf = (answer: HubAnswer): string => (answer.json() as { id: string }).id
let hub: HubProcess
let visitor: Visitor
let good = ''
const bad: string[] = []

describe.skipIf(noBrowser !== undefined)('messages, one and many', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    good = idOf(await sendSigned(hub, trackerEvent('seen')))
    for (const n of [1, 2]) bad.push(idOf(await sendSigned(hub, `{"id": "<script>alert()</script>", ${n}`)))
    await eventually(
      async () => (await hub.call('GET', '/v1/parked-groups')).json() as { data: { count: number }[] },
      ({ data }) => data[0]?.count === 2,
    )
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('a message shows its bytes, what they meant, and what it would do today before it does it', async () => {
    const { page } = visitor
    await page.goto(`/messages/${good}`)
    await page.getByRole('region', { name: 'As it came' }).getByText('PNseen').waitFor()
    await page.locator('summary').first().press('Enter')
    await page.getByRole('region', { name: /shipment identified/ }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'What would it do?' }).press('Enter')
    await page.getByText(/0 new facts, 0 postings that would leave/).waitFor()
    await page.getByRole('button', { name: 'Read it again now' }).press('Enter')
    await page.getByText('It was read again.').waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('whoever may not see raw messages is told whom to ask, and the hub keeps what they say', async () => {
    const order = { json: { name: 'viewer', scopes: ['messages:read'] }, headers: { 'idempotency-key': 'viewer' } }
    const { key } = (await hub.call('POST', '/v1/keys', order)).json() as { key: string }
    const answer = await hub.call('GET', `/v1/messages/${good}`, { headers: { authorization: `Bearer ${key}` } })
    const { facts } = answer.json() as { facts: { data?: unknown }[] }
    expect(facts.length).toBeGreaterThan(0)
    expect(facts.filter(({ data }) => data !== undefined)).toEqual([])
    expect(answer.text).not.toContain('ParcelNorth')
  })

  test('what waits is one line for a cause; nothing leaves before it is seen what that would do', async () => {
    const { page } = visitor
    await page.goto('/parked')
    const row = page.getByRole('table', { name: 'By cause' }).getByRole('row', { name: /JSON_MALFORMED/ })
    await row.waitFor()
    expect(await row.textContent()).toContain('not as a whole')
    expect(await visitor.obstacles()).toEqual([])
    await row.getByRole('button', { name: 'Release all: JSON_MALFORMED on carrier' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/messages would be read again/).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await dialog.getByRole('button', { name: 'Release them' }).press('Enter')
    await dialog.getByText(/^Done:/).waitFor()
    await page.keyboard.press('Escape')
    const again = await eventually(
      async () =>
        (await hub.call('GET', '/v1/parked-groups')).json() as {
          data: { count: number; lastRelease?: { by: string } }[]
        },
      ({ data }) => data[0]?.lastRelease !== undefined && data[0].count === 2,
    )
    expect(again.data).toMatchObject([{ count: 2, lastRelease: { by: 'Ada Berg' } }])
  })

  test('a copy is corrected in its place by keyboard; the original stays as it came', async () => {
    const { page } = visitor
    const [id = ''] = bad
    await page.goto(`/messages/${id}`)
    const body = page.getByLabel('Corrected document')
    await body.waitFor()
    expect(await body.inputValue()).toContain('<script>')
    await body.fill(trackerEvent('mended'))
    await page.getByLabel('Why').fill('The bracket was missing')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /^The corrected copy is msg_/ }).waitFor()
    const found = await eventually(
      async () => (await hub.call('GET', '/v1/shipments?reference=PNmended')).json() as { data: unknown[] },
      ({ data }) => data.length === 1,
    )
    expect(found.data).toHaveLength(1)
    expect((await hub.call('GET', `/v1/messages/${id}/raw`)).text).toContain('<script>')
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })
})
