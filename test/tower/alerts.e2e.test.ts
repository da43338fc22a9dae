import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 180_000
let network: LivingNetwork
let visitor: Visitor

interface Rule {
  readonly name: string
  readonly condition: string
  readonly muted?: { readonly reason: string }
}
const rules = async (): Promise<readonly Rule[]> =>
  (await network.get<{ data: readonly Rule[] }>('/v1/alert-rules')).data

describe.skipIf(noBrowser !== undefined)('alerts in the tower', { timeout }, () => {
  beforeAll(async () => {
    network = await LivingNetwork.start()
    visitor = await Visitor.arrive(network.url)
    await eventually(
      () => network.get<{ state: string }>('/v1/checks/messages-unaccounted'),
      ({ state }) => state === 'green',
    )
    await signIn(visitor, network.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await network.stop()
  })

  test('say that there is no rule, and nobody is kept out', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Alerts' }).click()
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor()
    await page.getByText('There is no rule').waitFor()
    await visitor.settled()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('show what a rule would have done before it is kept: as a sentence, a line and a table', async () => {
    const { page } = visitor
    await page.getByLabel('Name').fill('Any at all')
    await page.getByLabel('Question').selectOption('messages-unaccounted')
    await page.getByRole('textbox', { name: 'When' }).fill('value >= 0')
    await page.getByLabel('Minutes that it is bad').fill('0')
    await page.getByRole('button', { name: 'What would it have done?' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('It would have fired once in the last seven days.').first().waitFor()
    await page.locator('.uplot canvas').waitFor()
    await page.getByRole('cell', { name: 'now still' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
    expect(await rules()).toEqual([])
  })

  test('refuse a condition that nobody can judge, in words', async () => {
    const { page } = visitor
    await page.getByRole('textbox', { name: 'When' }).fill('price > 1')
    await page.getByRole('button', { name: 'Save the rule' }).click()
    await page.getByRole('alert').filter({ hasText: 'Unknown variable: price' }).waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('are made by keyboard, fire, and are shown with what nobody hears', async () => {
    const { page } = visitor
    await page.getByRole('textbox', { name: 'When' }).fill('value >= 0')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Saved: Any at all' }).waitFor()
    expect((await rules()).map(({ condition }) => condition)).toEqual(['value >= 0'])
    const row = page.getByRole('table', { name: 'Rules' }).getByRole('row').filter({ hasText: 'Any at all' })
    await row.getByText('nobody: no notification declares alert_fired').waitFor()
    await page.getByRole('table', { name: 'What fired' }).getByText('firing').waitFor({ timeout: 60_000 })
    await visitor.settled()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('are muted with a reason by keyboard, and told again', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Mute …' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Why?').fill('Stocktaking in DC1')
    expect(await visitor.obstacles()).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    // What is typed into the dialog is no proof: it closes when the hub has taken it.
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText('Stocktaking in DC1').waitFor()
    expect((await rules())[0]?.muted?.reason).toBe('Stocktaking in DC1')
    await page.getByRole('button', { name: 'Unmute' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Stocktaking in DC1').waitFor({ state: 'hidden' })
    expect(visitor.faults).toEqual([])
  })

  test('say so when the hub is silent, and to whoever may not see them', async () => {
    const { page } = visitor
    await visitor.refuse('**/v1/alert**', 'alerts:read')
    await page
      .getByRole('status')
      .filter({ hasText: 'The hub has not answered since' })
      .first()
      .waitFor({ timeout: 40_000 })
    await page.reload()
    await page.getByRole('alert').first().waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })
})
