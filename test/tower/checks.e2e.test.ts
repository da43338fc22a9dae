import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'

const timeout = 180_000
let network: LivingNetwork
let visitor: Visitor

interface Check {
  readonly id: string
  readonly question: string
  readonly state: string
}

describe.skipIf(noBrowser !== undefined)('business checks in the tower', { timeout }, () => {
  beforeAll(async () => {
    network = await LivingNetwork.start()
    visitor = await Visitor.arrive(network.url)
    await eventually(
      () => network.get<{ data: readonly Check[] }>('/v1/checks'),
      ({ data }) => data.every(({ state }) => state !== 'silent'),
    )
    const { page } = visitor
    await page.goto(readFileSync(join(network.directory, 'welcome.link'), 'utf8').trim())
    await page.getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    for (const text of ['Ada Berg', 'ada@example.com', 'four green trams at dawn']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await network.stop()
  })

  test('the overview says how each part of the business stands, and nobody is kept out', async () => {
    const { page } = visitor
    const areas = page.getByRole('listitem').filter({ hasText: /^(Orders|Transport|Partners|The hub) / })
    await areas.first().waitFor()
    expect(await areas.count()).toBe(4)
    await page.getByText('Late within the next four hours').waitFor()
    await page.getByText('Loading …').first().waitFor({ state: 'hidden' })
    expect(await visitor.obstacles()).toEqual([])
  })

  test('what nobody knows is said in words and is not zero', async () => {
    const { page } = visitor
    const { data } = await network.get<{ data: readonly Check[] }>('/v1/checks')
    const unknown = data.find(({ state }) => state === 'unknown')?.question ?? ''
    await page.locator('summary').filter({ hasText: 'in order or not known' }).focus()
    await page.keyboard.press('Enter')
    const tile = page.getByRole('region', { name: unknown })
    await tile.waitFor()
    expect(await tile.locator('.figure').textContent()).not.toMatch(/\d/)
  })

  test('a question opens by keyboard: why, who acts, its past as line and table, and what is behind it', async () => {
    const { page } = visitor
    const { data } = await network.get<{ data: readonly Check[] }>('/v1/checks')
    const known = data.find(({ id }) => id === 'messages-unaccounted')?.question ?? ''
    await page.getByRole('link', { name: known }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: known }).waitFor()
    await page.getByText('What to do').waitFor()
    await page.locator('.uplot canvas').waitFor()
    await page.locator('summary').filter({ hasText: 'The same as a table' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.getByRole('table', { name: 'The last seven days' }).getByRole('row').count()).toBeGreaterThan(1)
    await page.getByRole('heading', { level: 2, name: 'What is behind the figure' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  })

  test('a question that there is not is an error with what to do', async () => {
    const { page } = visitor
    await page.goto('/checks/conjured')
    await page.getByRole('alert').waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })
})
