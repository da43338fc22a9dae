import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

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
    await signIn(visitor, network.directory)
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
    await visitor.settled()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('the parts of the business stand in a row, as lights do', async () => {
    const lights = visitor.page.locator('.lights li')
    const [first, second] = [await lights.nth(0).boundingBox(), await lights.nth(1).boundingBox()]
    expect(second?.y).toBe(first?.y)
    expect(second?.x).toBeGreaterThan((first?.x ?? 0) + (first?.width ?? 0))
  })

  test('what nobody knows is said in words and is not zero', async () => {
    const { page } = visitor
    const { data } = await network.get<{ data: readonly Check[] }>('/v1/checks')
    const unknown = data.find(({ state }) => state === 'unknown')?.question ?? 'no question is unknown'
    await page.locator('summary').filter({ hasText: 'in order or not known' }).focus()
    await page.keyboard.press('Enter')
    const tile = page.getByRole('region', { name: unknown })
    await tile.waitFor()
    expect(await tile.locator('.figure').textContent()).not.toMatch(/\d/)
  })

  test('a question opens by keyboard: why, who acts, its past as line and table, and what is behind it', async () => {
    const { page } = visitor
    const { data } = await network.get<{ data: readonly Check[] }>('/v1/checks')
    const known = data.find(({ id }) => id === 'messages-unaccounted')?.question ?? 'no such question'
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
