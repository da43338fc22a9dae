import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { KeyFiles } from '../as2/test-partner.ts'
import { startReceiver } from '../gateway/receiver.ts'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 90_000
let hub: HubProcess
let visitor: Visitor
let guest: Visitor
let link = ''
let harbor: Awaited<ReturnType<typeof startReceiver>>
const files = new KeyFiles()
const next = makeIdentity('HARBOR')

const network = {
  partner: {
    ...{ id: 'harbor', name: 'Harbor Fulfilment', role: '3pl', locations: ['DC1'] },
    ...{ contacts: ['ops@harbor.example'], sla: { quietDays: 3 } },
  },
  connections: [{ id: 'harbor-wms', tenant: 'main', connector: 'generic-wms', settings: {}, partner: 'harbor' }],
}
const receipt = {
  ...{ eventId: 'R-1', type: 'receipt.posted', occurredAt: '2026-04-01T11:00:00Z' },
  data: { receiptNumber: 'GR-1', location: 'DC1', lines: [{ sku: 'LAMP', quantity: 'many', uom: 'EA' }] },
}

const line = { sku: 'LAMP', quantity: '2', uom: 'EA' }
const good = { ...receipt, data: { ...receipt.data, lines: [line] } }

describe.skipIf(noBrowser !== undefined)('a partner and its portal', { timeout }, () => {
  beforeAll(async () => {
    harbor = await startReceiver()
    const as2 = {
      connection: 'harbor-wms',
      ourName: 'HUB',
      partnerName: 'HARBOR',
      ourIdentityFiles: [files.keep('hub', makeIdentity('hub')).identity],
      certificateFiles: [files.keep('harbor', makeIdentity('HARBOR')).certificate],
    }
    hub = await HubProcess.start({
      network: { ...network, as2Partners: [as2] },
      environment: { INTERLINE_AS2_PORT: '0', INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8' },
    })
    await hub.call('POST', '/v1/subscriptions', {
      json: { url: `${harbor.url}/hook`, partner: 'harbor' },
      headers: { 'idempotency-key': '"harbor"' },
    })
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await guest?.close()
    await hub.stop()
    await harbor.stop()
    files.remove()
  })

  test('staff see all partners, who is late in red, and open one; its person is invited by keyboard', async () => {
    const { page } = visitor
    await page.goto('/partners')
    await page.getByRole('heading', { level: 1, name: 'Partners' }).waitFor()
    await page.getByRole('row', { name: /Harbor Fulfilment.*late.*never.*every 3 days/ }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.getByRole('link', { name: 'Harbor Fulfilment' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Harbor Fulfilment' }).waitFor()
    await page.getByText('A document was tried and passed').waitFor()
    await page.getByLabel('E-mail address').fill('ana@harbor.example')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ana Lopes')
    await page.keyboard.press('Enter')
    link = (await page.locator('.notice code').textContent()) ?? ''
    expect(link).toContain('/welcome#')
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('the person follows the link, lands at what is theirs, and finds no way to anything else', async () => {
    guest = await Visitor.arrive(hub.url)
    guest.page.setDefaultTimeout(8000)
    const { page } = guest
    await page.goto(link)
    await page.getByLabel('Password').fill('seven slow boats at noon')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Your connection: Harbor Fulfilment' }).waitFor()
    await page.getByText('Nothing has come so far.').waitFor()
    expect(await guest.obstacles()).toEqual([])
    const menu = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    expect(await menu.allTextContents()).not.toContain('People')
    expect(await menu.allTextContents()).toEqual(expect.arrayContaining(['Deliveries', 'Map']))
    expect(await page.getByRole('search').count()).toBe(0)
    await page.goto('/people')
    await page.getByRole('alert').waitFor()
    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: 'Your connection: Harbor Fulfilment' }).waitFor()
  })

  test('a document is tried before it is sent: the rule that fails says where, what is expected, and what to do', async () => {
    const { page } = guest
    const file = { name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(receipt)) }
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Document' }).press('Enter')
    await (await chooser).setFiles(file)
    await page.getByRole('button', { name: 'Try it' }).press('Enter')
    await page.getByText('Not all rules passed.').waitFor()
    await page.getByText('At data.lines[0].quantity').waitFor()
    await page.getByText('Correct this field and send the document again.').waitFor()
    expect(await guest.obstacles()).toEqual([])
    const again = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Document' }).press('Enter')
    await (await again).setFiles({ ...file, buffer: Buffer.from(JSON.stringify(good)) })
    await page.getByRole('button', { name: 'Try it' }).press('Enter')
    await page.getByText('All rules passed.').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'A document was tried and passed' }).getByText('done').waitFor()
  })

  test('it tries an example of what its connection takes by keyboard, sees every rule pass, and takes it along', async () => {
    const { page } = guest
    const choice = page.getByLabel('Example', { exact: true })
    expect(await choice.locator('option').allTextContents()).toContain('receipt.json')
    await choice.selectOption('receipt.json')
    await choice.press('Tab')
    await page.getByRole('button', { name: 'Try the example' }).press('Enter')
    await page.getByText(/It says: .*GR-/).waitFor()
    await page.getByText('All rules passed.').waitFor()
    const taken = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download', exact: true }).press('Enter')
    expect((await taken).suggestedFilename()).toBe('receipt.json')
    await page.getByText('Show receipt.json').press('Enter')
    await page.getByRole('region', { name: 'receipt.json' }).getByText('receipt.posted').waitFor()
    expect(await guest.obstacles()).toEqual([])
    expect(guest.faults).toEqual([])
  })

  test('it makes a key of its own, sends with it, and reads what to do about what was not taken; in German, too', async () => {
    const { page } = guest
    await page.getByLabel('Name of the key').fill('harbor program')
    await page.keyboard.press('Enter')
    const key = (await page.locator('.notice code').textContent()) ?? ''
    const headers = { authorization: `Bearer ${key}` }
    const sent = await hub.call('POST', '/v1/inbound/harbor-wms', { json: receipt, headers })
    expect(sent.status).toBe(202)
    const taken = { ...good, eventId: 'R-2', data: { ...good.data, receiptNumber: 'GR-2' } }
    expect((await hub.call('POST', '/v1/inbound/harbor-wms', { json: taken, headers })).status).toBe(202)
    await page.reload()
    await page.getByText('not taken').waitFor()
    await page.getByText('Correct this field and send the document again.').waitFor()
    expect(await guest.obstacles()).toEqual([])
    await page.evaluate(() => localStorage.setItem('interline.language', 'de'))
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Ihre Anbindung: Harbor Fulfilment' }).waitFor()
    await page.getByText('nicht angenommen').waitFor()
    expect(await guest.obstacles()).toEqual([])
    expect(guest.faults).toEqual([])
  })

  test('it uploads its next certificate by keyboard; a private key is refused; staff accept it by its fingerprint', async () => {
    const { page } = guest
    await page.evaluate(() => localStorage.setItem('interline.language', 'en'))
    await page.goto('/')
    const choose = async (buffer: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Certificate', exact: true }).press('Enter')
      await (await chooser).setFiles({
        name: 'next.crt',
        mimeType: 'application/x-pem-file',
        buffer: Buffer.from(buffer),
      })
      await page.getByRole('button', { name: 'Upload' }).press('Enter')
    }
    await choose(next.keyPem)
    await page.getByText('The file holds a private key.', { exact: false }).waitFor()
    expect(await guest.obstacles()).toEqual([])
    await choose(next.certificatePem)
    await page.getByText('Uploaded. Fingerprint:', { exact: false }).waitFor()
    await page.getByText('waits for us').waitFor()
    expect(await guest.obstacles()).toEqual([])
    const staff = visitor.page
    await staff.goto('/partners/harbor')
    await staff.getByText('waits for us').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await staff.getByRole('button', { name: 'Accept' }).press('Enter')
    await staff.getByRole('button', { name: 'Accept, the fingerprint was compared' }).press('Enter')
    await staff.locator('.status', { hasText: /accepted$/ }).waitFor()
    await page.reload()
    await page.locator('.status', { hasText: /accepted$/ }).waitFor()
    expect(guest.faults).toEqual([])
  })

  test('it sees how many requests it may send, how many it has used, and which were refused; so do staff', async () => {
    const { page } = guest
    const made = await hub.call('POST', '/v1/keys', {
      json: { name: 'harbor poller', scopes: ['shipments:read'], partner: 'harbor' },
    })
    const { id, key } = made.json() as { id: string; key: string }
    await hub.call('PUT', `/v1/quotas/${id}`, {
      json: { perSecond: 1, burst: 5 },
      headers: { 'if-match': '"v0"' },
    })
    const headers = { authorization: `Bearer ${key}` }
    const answers = await Promise.all(Array.from({ length: 30 }, () => hub.call('GET', '/v1/shipments', { headers })))
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
    await page.reload()
    const row = page.getByRole('row', { name: /harbor poller \(key\) 1 request a second, 5 at once/ })
    // Counts are written down every few seconds.
    await row.getByText('listShipments').waitFor({ timeout: 40_000 })
    await row.getByText(/\d+ requests$/).waitFor()
    expect(await page.getByRole('row', { name: /harbor-wms \(connection\)/ }).count()).toBe(1)
    expect(await guest.obstacles()).toEqual([])
    const staff = visitor.page
    for (const path of ['/partners/harbor', '/access']) {
      await staff.goto(path)
      await staff
        .getByRole('row', { name: /harbor poller/ })
        .getByText('listShipments')
        .waitFor()
      expect(await visitor.obstacles()).toEqual([])
    }
    await page.evaluate(() => localStorage.setItem('interline.language', 'de'))
    await page.reload()
    await page.getByRole('row', { name: /harbor poller \(Schlüssel\) 1 Anfrage pro Sekunde, 5 auf einmal/ }).waitFor()
    expect(await guest.obstacles()).toEqual([])
    await page.evaluate(() => localStorage.setItem('interline.language', 'en'))
    await page.reload()
    expect(guest.faults).toEqual([])
  })

  test('it replaces its key, sends itself an example, and gives its webhook a new secret', async () => {
    const { page } = guest
    const keys = page.getByRole('row', { name: /harbor program/ })
    await keys.getByRole('button', { name: 'Replace' }).press('Enter')
    await keys.getByRole('button', { name: 'Replace, the old one ends in a day' }).press('Enter')
    await page.getByText('The old one counts until', { exact: false }).waitFor()
    await page.getByRole('button', { name: `Send an example to ${harbor.url}/hook` }).press('Enter')
    await page.getByRole('region', { name: 'What came back: 200' }).waitFor()
    expect(await page.getByRole('region', { name: 'What was sent' }).textContent()).toContain('webhook-signature')
    expect(harbor.received.at(-1)?.body).toContain('"example":true')
    expect(await guest.obstacles()).toEqual([])
    await page.getByRole('button', { name: 'New secret' }).press('Enter')
    await page.getByRole('button', { name: 'New secret, the old one ends in a day' }).press('Enter')
    await page.getByText('Both sign until', { exact: false }).waitFor()
    expect(await guest.obstacles()).toEqual([])
    expect(guest.faults).toEqual([])
  })

  test('everything in its menu opens and asks for nothing that is not its own; its receipt is there', async () => {
    const { page } = guest
    const refused: string[] = []
    page.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`)
    })
    await page.evaluate(() => localStorage.setItem('interline.language', 'en'))
    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: 'Your connection: Harbor Fulfilment' }).waitFor()
    const menu = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    const words = await menu.allTextContents()
    expect(words).toHaveLength(11)
    for (const word of words.slice(1)) {
      await menu.filter({ hasText: new RegExp(`^${word}$`) }).press('Enter')
      await page.getByRole('heading', { level: 1, name: word, exact: true }).waitFor()
      await guest.settled()
    }
    await menu.filter({ hasText: 'Receipts' }).press('Enter')
    expect(await page.getByRole('columnheader', { name: 'In the books' }).count()).toBe(0)
    await page.getByRole('link', { name: 'GR-2' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'GR-2' }).waitFor()
    await page.getByRole('cell', { name: 'LAMP' }).waitFor()
    expect(await guest.obstacles()).toEqual([])
    await page.goto('/')
    await page.getByRole('list', { name: 'What came lately' }).getByRole('link').first().press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Message msg_/ }).waitFor()
    await guest.settled()
    expect(await guest.obstacles()).toEqual([])
    expect(refused).toEqual([])
    expect(guest.faults).toEqual([])
  })
})
