import { hash } from 'node:crypto'
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

  test('all that arrived is listed by keyboard, the newest first; the filters are in the address', async () => {
    const { page } = visitor
    const [, newest = ''] = bad
    await page.goto('/')
    await page.getByRole('navigation').getByRole('link', { name: 'Messages', exact: true }).press('Enter')
    const table = page.getByRole('table', { name: 'Messages' })
    const links = table.getByRole('link', { name: /^msg_/ })
    await expect.poll(() => links.allTextContents(), { timeout: 20_000 }).toEqual([newest, bad[0], good])
    const row = table.getByRole('row', { name: new RegExp(`^${good}`) })
    for (const said of ['carrier', 'applied', 'PNseen']) await row.getByText(said).first().waitFor()
    await table
      .getByRole('row', { name: new RegExp(newest) })
      .getByText('JSON_MALFORMED')
      .waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('combobox', { name: 'State' }).selectOption('applied')
    await expect.poll(() => links.allTextContents(), { timeout: 20_000 }).toEqual([good])
    expect(new URL(page.url()).searchParams.get('state')).toBe('applied')
    await page.reload()
    await expect.poll(() => links.allTextContents(), { timeout: 20_000 }).toEqual([good])
    await page.getByRole('combobox', { name: 'Connection' }).fill('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing fits these filters.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.goto('/messages?receivedFrom=then')
    await page
      .getByRole('alert')
      .getByText(/RFC 3339/)
      .first()
      .waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.goto('/messages?state=applied')
    await links.first().press('Enter')
    await page.waitForURL(`**/messages/${good}`)
    await page.getByRole('heading', { level: 1, name: /Message msg_/ }).waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('where the hub has looked at enough it says how far it came, and goes on when asked', async () => {
    const { page } = visitor
    const at = '2026-04-01T10:00:00.000Z'
    // As if the hub held more of others than it looks at for one page.
    await page.route('**/v1/messages?*', async (route) => {
      if (route.request().url().includes('cursor=')) await route.continue({ url: `${hub.url}/v1/messages?limit=200` })
      else await route.fulfill({ json: { data: [], page: { next: 'c2', lookedBackTo: at } } })
    })
    await page.goto('/messages')
    await page.getByText(/Nothing that was received before this was looked at yet/).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'More' }).press('Enter')
    await page.getByRole('table', { name: 'Messages' }).getByRole('link', { name: good }).waitFor()
    await page.unroute('**/v1/messages?*')
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

  test('a document in another character set is shown and corrected in it; a letter that it does not have is refused', async () => {
    const { page } = visitor
    const id = idOf(await sendSigned(hub, Buffer.from('{"city":\r\n "K\u00f6ln",,}\r\n', 'latin1')))
    await page.goto(`/messages/${id}`)
    await page.getByRole('region', { name: 'As it came' }).getByText('Köln').waitFor()
    await page.getByText('It is written in windows-1252').waitFor()
    const body = page.getByLabel('Corrected document')
    await body.fill('{"city":\n "Köln ☃",,}\n')
    await page.getByLabel('Why').fill('The comma')
    await page.keyboard.press('Enter')
    await page
      .getByRole('alert')
      .getByText(/Line 2 .*U\+2603/)
      .waitFor()
    await body.fill('{"city":\n "Köln-Süd",,}\n')
    await page.getByLabel('Why').press('Enter')
    const link = page.getByRole('link', { name: /^The corrected copy is msg_/ })
    await link.waitFor()
    const copy = (await link.textContent())?.match(/msg_[\d-]+/)?.[0] ?? ''
    const { sha256 } = (await hub.call('GET', `/v1/messages/${copy}`)).json() as { sha256: string }
    expect(sha256).toBe(hash('sha256', Buffer.from('{"city":\r\n "K\u00f6ln-S\u00fcd",,}\r\n', 'latin1')))
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('a document of four million characters shows its beginning at once, and says how to get and correct the rest', async () => {
    const { page } = visitor
    const id = idOf(await sendSigned(hub, `{"notes": "${'lorem ipsum '.repeat(333_000)}"`))
    await page.goto(`/messages/${id}`)
    await page.getByText('Only the first 100,000 characters are shown.').waitFor()
    await page.getByText(`interline parked edit ${id}`).waitFor()
    expect(await page.getByLabel('Corrected document').count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Download' }).getAttribute('href')).toBe(`/v1/messages/${id}/raw`)
    // How long the page does not answer to anybody.
    const longest = await page.evaluate<number>(`new Promise((resolve) => {
      let last = performance.now(), most = 0, count = 0
      const step = () => {
        const now = performance.now()
        most = Math.max(most, now - last)
        last = now
        if (count++ < 30) requestAnimationFrame(step)
        else resolve(most)
      }
      requestAnimationFrame(step)
    })`)
    expect(longest).toBeLessThan(2000)
    expect(visitor.faults).toEqual([])
  })

  test('an EDI message is read segment by segment; an error leads to its segment by keyboard', async () => {
    const { page } = visitor
    const isa =
      'ISA*00*          *00*          *02*NORTH          *ZZ*HUB            *260301*0800*U*00401*000000905*0*P*>~'
    const lines = Array.from({ length: 300 }, (_, at) => `L11*R${at}*PO~`).join('')
    const text = `${isa}GS*QM*NORTH*HUB*20260301*0800*7*X*004010~ST*214*0001~B10*PRO1*SHP1*NRTH~${lines}LX*1~AT7*X6*NS***20269901*0800~SE*305*0001~GE*1*7~IEA*1*000000905~`
    const id = idOf(await sendSigned(hub, text))
    await page.goto(`/messages/${id}`)
    const table = page.getByRole('table', { name: 'Segment by segment' })
    await table.getByText('interchange header').waitFor()
    const wrong = page.getByRole('listitem').filter({ hasText: '20269901' })
    expect(await wrong.locator('mark').textContent()).toBe('20269901')
    expect(await table.getByText('20269901').count()).toBe(0)
    expect(await visitor.obstacles()).toEqual([])
    await wrong.getByRole('button', { name: /^Show byte/ }).press('Enter')
    await table.locator('mark', { hasText: '20269901' }).waitFor()
    await table.getByText('shipment status').waitFor()
    await page.locator(':focus', { hasText: 'AT7' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })
})
