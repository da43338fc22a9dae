import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
let hub: HubProcess
let visitor: Visitor

describe.skipIf(noBrowser !== undefined)('the system in the control tower', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network: { connections: [] } })
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('shows instances, partitions, database and settings, by keyboard', async () => {
    const { page } = visitor
    await page.getByRole('navigation').getByRole('link', { name: 'System' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor()
    await page.getByText(/^PostgreSQL \d/).waitFor()
    for (const heading of ['Instances', 'Partitions and who works on them', 'Database', 'Settings in force'])
      expect(await page.getByRole('heading', { level: 2, name: heading }).count()).toBe(1)
    const setting = page.getByRole('cell', { name: 'retentionDays', exact: true })
    expect(await setting.count()).toBe(0)
    await page.getByRole('button', { name: 'Show all' }).press('Enter')
    await setting.waitFor()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })
})
