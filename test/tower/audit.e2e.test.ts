import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
let hub: HubProcess
let visitor: Visitor

/** Somebody who owns the database makes the second row harmless. */
async function tamper(): Promise<void> {
  const client = new pg.Client({ connectionString: hub.databaseUrl })
  await client.connect()
  await client.query('ALTER TABLE audit DISABLE TRIGGER USER')
  await client.query(`UPDATE audit SET after = '{"name":"harmless"}' WHERE no = 2`)
  await client.query('ALTER TABLE audit ENABLE TRIGGER USER')
  await client.end()
}

describe.skipIf(noBrowser !== undefined)('the audit log', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start()
    for (const name of ['portal', 'scanner', '<img src=x onerror=alert(1)>'])
      await hub.call('POST', '/v1/keys', { json: { name, scopes: ['shipments:read'] } })
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('shows by keyboard who did what, from what to what, and nothing that was written is more than text', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'Audit', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor()
    await page.getByRole('button', { name: 'Show row 3' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Row 3' }).waitFor()
    expect(await page.getByRole('region', { name: 'After' }).innerText()).toContain('<img src=x onerror=alert(1)>')
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('is filtered, and says so when nothing fits', async () => {
    const { page } = visitor
    await page.getByLabel('Kind').fill('posting')
    await page.keyboard.press('Enter')
    await page.waitForURL(/kind=posting/)
    await page.getByRole('button', { name: 'Show row 3' }).waitFor({ state: 'hidden' })
    expect(await visitor.obstacles()).toEqual([])
    await page.goto('/audit')
  })

  test('is verified by a key, whole at first, and then with the row that somebody changed', async () => {
    const { page } = visitor
    const verify = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Verify now' }).focus()
      await page.keyboard.press('Enter')
    }
    await verify()
    await page.getByText(/The chain is whole: \d+ rows followed/).waitFor()
    await tamper()
    await verify()
    await page.getByText('Row 2: not what was written').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    const exported = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export as lines of JSON' }).click()
    expect((await exported).suggestedFilename()).toBe('audit-0.ndjson')
    expect(visitor.faults).toEqual([])
  })
})
