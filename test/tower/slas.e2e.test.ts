import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 180_000
let network: LivingNetwork
let visitor: Visitor

interface Sla {
  readonly current: { readonly met: number; readonly missed: number } | null
}

describe.skipIf(noBrowser !== undefined)('service levels in the tower', { timeout }, () => {
  beforeAll(async () => {
    network = await LivingNetwork.start()
    visitor = await Visitor.arrive(network.url)
    await eventually(
      () => network.get<{ data: readonly Sla[] }>('/v1/slas'),
      ({ data }) => data.length === 2 && data.every(({ current }) => current !== null),
    )
    await signIn(visitor, network.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await network.stop()
  })

  test('are a list with how far each is kept, and nobody is kept out', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'SLAs' }).click()
    await page.getByRole('heading', { level: 1, name: 'SLAs' }).waitFor()
    await page.getByRole('link', { name: 'delivery-news' }).waitFor()
    await page.getByText('95 % within 5 minutes').waitFor()
    await visitor.settled()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('open by keyboard: the running period, earlier ones as line and table, and what missed', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'erp-postings' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'erp-postings' }).waitFor()
    await page.locator('.uplot canvas').waitFor()
    await page.locator('summary').filter({ hasText: 'The same as a table' }).focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: 'Period by period, in percent' })
    expect(await table.getByRole('row').count()).toBeGreaterThan(2)
    // Before the hub there was nothing: that is neither nothing nor everything.
    expect(await table.getByRole('row').last().textContent()).toContain('not known')
    const earlier = page.getByLabel('Earlier period, by its first day')
    await earlier.selectOption({ index: 2 })
    await page.waitForURL(/period=/)
    // Two periods back there was no hub that could have missed anything.
    await page.getByText('Nothing fits these filters.').waitFor()
    await visitor.settled()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('one that there is not is an error with what to do', async () => {
    const { page } = visitor
    await page.goto('/slas/conjured')
    await page.getByRole('alert').waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('say in words when none is declared, and to whoever may not see them', async () => {
    const { page } = visitor
    await page.route('**/v1/slas', (route) => route.fulfill({ json: { data: [] } }))
    await page.goto('/slas')
    await page.getByText('No service level is declared').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.unroute('**/v1/slas')
    await visitor.refuse('**/v1/slas', 'checks:read')
    await page.reload()
    await page.getByRole('alert').first().waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })
})
