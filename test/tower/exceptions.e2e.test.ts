import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 180_000
let network: LivingNetwork
let visitor: Visitor

interface Row {
  readonly id: string
  readonly object: string
  readonly taken?: { readonly name: string }
  readonly acknowledged?: { readonly note: string }
}

const all = async (): Promise<readonly Row[]> =>
  (await network.get<{ data: readonly Row[] }>('/v1/exceptions?limit=200')).data

describe.skipIf(noBrowser !== undefined)('the worklist of exceptions in the tower', { timeout }, () => {
  beforeAll(async () => {
    network = await LivingNetwork.start()
    visitor = await Visitor.arrive(network.url)
    const decisions = [{ name: 'yes', label: 'Yes', consequence: 'It is released.' }]
    for (const n of [1, 2, 3])
      await network.post('/v1/tasks', {
        ...{ name: `inspect-${n}`, role: 'quality', question: `Is lot ${n} dry?`, decisions },
        dueAt: `2026-04-0${n}T10:00:00Z`,
      })
    await eventually(all, (rows) => rows.filter(({ id }) => id.startsWith('task:')).length === 3)
    await signIn(visitor, network.directory)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await network.stop()
  })

  test('says what is wrong, for how long and what to do, and nobody is kept out', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Exceptions' }).click()
    await page.getByRole('heading', { level: 1, name: 'Exceptions' }).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'inspect-1' })
    await row.getByText('Not decided in time: Is lot 1 dry?').waitFor()
    await row.getByText('Decide it, or give it to somebody who can.').waitFor()
    expect(await row.getByRole('cell').nth(2).textContent()).toMatch(/\d+ d \d+ h/)
    await page.getByRole('table', { name: 'How long they are open' }).getByText('task').waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('is filtered in the address, so that a colleague sees the same; no match is said', async () => {
    const { page } = visitor
    await page.getByLabel('Kind').selectOption('task')
    await page.waitForURL(/kind=task/)
    await page.getByLabel('Number or id').fill('inspect-2')
    await page.keyboard.press('Enter')
    await page.waitForURL(/object=inspect-2/)
    await page.getByRole('row').filter({ hasText: 'inspect-1' }).waitFor({ state: 'hidden' })
    await page.goto('/exceptions?kind=certificate')
    await page.getByText('Nothing is open that should not be.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
  })

  test('is worked through by keyboard: several are selected, taken at once, and known with a note', async () => {
    const { page } = visitor
    await page.goto('/exceptions?kind=task')
    const first = page.getByRole('link', { name: 'inspect-1' })
    await first.focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 are selected').waitFor()
    await page.keyboard.press('e')
    await page.getByRole('status').filter({ hasText: '2 done' }).waitFor()
    const taken = (await all()).filter((row) => row.taken !== undefined)
    expect(taken.map((row) => row.taken?.name)).toEqual(['Ada Berg', 'Ada Berg'])
    await page.getByRole('row').filter({ hasText: 'inspect-1' }).getByText('Ada Berg').waitFor()
    await first.focus()
    await page.keyboard.press('a')
    await page.getByLabel('Why may it stay open?').fill('The laboratory answers on Friday.')
    expect(await visitor.obstacles()).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('known: The laboratory answers on Friday.').waitFor()
    expect((await all()).filter((row) => row.acknowledged !== undefined)).toHaveLength(1)
  })

  test('leads to where it is solved', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'inspect-1' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Is lot 1 dry?' }).waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('says so when the hub is silent, and to whoever may not see it', async () => {
    const { page } = visitor
    await page.goto('/exceptions?kind=task')
    await page.getByRole('link', { name: 'inspect-1' }).waitFor()
    await visitor.refuse('**/v1/exceptions**', 'exceptions:read')
    await page
      .getByRole('status')
      .filter({ hasText: 'The hub has not answered since' })
      .first()
      .waitFor({ timeout: 40_000 })
    await page.reload()
    await page.getByRole('alert').first().waitFor()
    expect(await visitor.obstacles()).toEqual([])
    await page.unroute('**/v1/exceptions**')
  })
})
