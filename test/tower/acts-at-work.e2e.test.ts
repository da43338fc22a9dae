import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

const timeout = 60_000
const patience = { timeout: 10_000 }
const idOf = (answer: HubAnswer): string => (answer.json() as { id: string }).id
let hub: HubProcess
let visitor: Visitor
let bad = ''

describe.skipIf(noBrowser !== undefined)('somebody at work in the control tower', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network })
    bad = idOf(await sendSigned(hub, '{"broken": 1'))
    await eventually(
      async () => (await hub.call('GET', '/v1/parked-groups')).json() as { data: unknown[] },
      ({ data }) => data.length === 1,
    )
    visitor = await Visitor.arrive(hub.url)
    await signIn(visitor, hub.directory)
  }, timeout)
  afterEach(() => visitor.page.unrouteAll({ behavior: 'ignoreErrors' }))
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  test('does nothing for good by a double click', async () => {
    const { page } = visitor
    let ended = 0
    await page.route('**/v1/keys/*', (route) => {
      ended++
      return route.fulfill({ status: 204 })
    })
    await page.goto('/access')
    await page.getByRole('region', { name: 'Keys' }).getByRole('row').nth(1).getByRole('button').dblclick(patience)
    const really = page.getByRole('button', { name: 'Revoke for good' })
    await really.waitFor(patience)
    expect(ended).toBe(0)
    await really.click()
    await eventually(
      async () => ended,
      (count) => count > 0,
    )
    expect(ended).toBe(1)
  })

  test('sees on the page of a message only what was asked about this one', async () => {
    const { page } = visitor
    const good = idOf(await sendSigned(hub, trackerEvent('one')))
    await page.goto(`/messages/${bad}`)
    const ask = page.getByRole('button', { name: 'What would it do?' })
    await ask.waitFor(patience)
    await page.evaluate(`history.pushState({}, '', '/messages/${good}')`)
    await page.getByRole('heading', { level: 1, name: good }).waitFor(patience)
    await ask.click()
    await page.getByText('postings that would leave', { exact: false }).waitFor(patience)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: bad }).waitFor(patience)
    expect(await page.getByText('postings that would leave', { exact: false }).count()).toBe(0)
    expect(await ask.isEnabled()).toBe(true)
  })

  test('lets a cause go once only, also while it is not known how far that is', async () => {
    const { page } = visitor
    let begun = 0
    await page.route('**/v1/replays', async (route) => {
      const { dryRun } = route.request().postDataJSON() as { readonly dryRun: boolean }
      if (dryRun) await route.continue()
      else {
        begun++
        await route.fulfill({ status: 202, json: { id: 'job_begun' } })
      }
    })
    await page.route('**/v1/replays/job_begun', (route) => route.fulfill({ status: 503, body: 'away' }))
    await page.goto('/parked')
    await page.getByRole('button', { name: /^Release all/ }).click(patience)
    const start = page.getByRole('button', { name: 'Release them' })
    await start.click(patience)
    await page.getByRole('dialog').getByText('answered with 503', { exact: false }).waitFor(patience)
    expect(await start.count()).toBe(0)
    expect(begun).toBe(1)
  })

  test('replays nothing after a look that has not seen everything, and sees why a look does not come', async () => {
    const { page } = visitor
    let answer: { readonly status: number; readonly json: object } | undefined
    await page.route('**/v1/jobs/*', async (route) => {
      const seen = await route.fetch()
      if (answer === undefined) await route.fulfill({ json: { ...(await seen.json()), status: 'cancelled', done: 1 } })
      else await route.fulfill(answer)
    })
    await page.goto('/jobs')
    await page.getByLabel('Connection').fill('carrier')
    await page.getByRole('button', { name: 'Look first' }).click()
    await page.getByText('The look is cancelled', { exact: false }).waitFor(patience)
    expect(await page.getByRole('button', { name: 'Start', exact: true }).count()).toBe(0)
    answer = { status: 503, json: {} }
    await page.getByRole('button', { name: 'Look first' }).click()
    await page.getByText('answered with 503', { exact: false }).waitFor(patience)
  })

  test('does to exceptions only what the filters show', async () => {
    const { page } = visitor
    const row = {
      ...{
        id: 'shipment:shp_1',
        kind: 'shipment',
        severity: 'critical',
        object: 'shp_1',
        number: 'PN1',
        role: 'operations',
      },
      ...{ wrong: 'late', nextAction: 'look', since: '2026-03-02T18:40:00.000Z', ageSeconds: 60, partner: 'p' },
      solvedAt: { page: '/shipments', id: 'shp_1' },
    }
    await page.route(/\/v1\/exceptions\?/, (route) => route.fulfill({ json: { data: [row], page: { next: null } } }))
    await page.goto('/exceptions')
    await page.getByRole('checkbox', { name: /PN1/ }).check(patience)
    await page.getByText('1 is selected').waitFor(patience)
    await page.getByRole('combobox', { name: 'Severity' }).selectOption('critical')
    await page.waitForURL(/severity=critical/)
    await page.getByText('1 is selected').waitFor({ state: 'hidden', ...patience })
  })

  test('puts partners in the order of what waits, as a figure', async () => {
    const { page } = visitor
    const partner = (id: string, parked: number): object => ({
      ...{ id, name: id, role: 'carrier', isLate: false, quietDays: 0, received: 1, refusedPercent: 0, parked },
      ...{ acknowledgementsOverdue: 0, certificates: [], checklist: [], connections: [], contacts: [] },
    })
    const data = [partner('two', 2), partner('ten', 10), partner('none', 0)]
    await page.route('**/v1/partner-standings*', (route) => route.fulfill({ json: { data } }))
    await page.goto('/partners?partners.sort=waits')
    const names = page.getByRole('table').locator('a.row-link')
    await expect.poll(() => names.allTextContents(), patience).toEqual(['none', 'two', 'ten'])
  })

  test('is told that the hub has not let them go, and stays where they are', async () => {
    const { page } = visitor
    await page.route('**/v1/session', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    )
    await page.goto('/')
    await page.getByRole('button', { name: 'Sign out' }).first().click(patience)
    await page.getByText('You are still signed in.').waitFor(patience)
    expect(new URL(page.url()).pathname).toBe('/')
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.waitForURL('**/sign-in', patience)
  })
})
