import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '../../src/gateway/access/one-time-code.ts'
import { partnerKeys } from '../access/token-client.ts'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'

const password = 'four green trams at dawn'
const timeout = 120_000
let hub: HubProcess
let visitor: Visitor

if (noBrowser !== undefined) process.stdout.write(`Skipped: access in a browser. ${noBrowser}.\n`)

describe.skipIf(noBrowser !== undefined)('access in the control tower', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ environment: { INTERLINE_SECOND_FACTOR_ROLES: 'administrator' } })
    visitor = await Visitor.arrive(hub.url)
    const token = readFileSync(join(hub.directory, 'welcome.link'), 'utf8').trim().split('#')[1]
    const json = { token, email: 'ada@example.com', name: 'Ada Berg', password }
    await hub.call('POST', '/v1/welcome', { json, headers: { authorization: '' } })
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await hub.stop()
  })

  const whole = async (): Promise<void> => {
    expect(await visitor.obstacles()).toEqual([])
    expect(visitor.faults).toEqual([])
  }
  let secret = ''

  test('who needs a second factor is led to it, sets it up by keyboard, and may go on', async () => {
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill('ada@example.com')
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('Your roles need a second factor.').waitFor()
    await whole()
    await page.getByLabel('Your password').fill(password)
    await page.keyboard.press('Enter')
    const field = page.getByLabel('The code that the app shows now')
    await field.waitFor()
    secret = ((await page.getByRole('status').locator('code').textContent()) ?? '').replaceAll(' ', '')
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    await whole()
    await field.fill(codeAt(Math.floor(Date.now() / 30_000), secret))
    await page.keyboard.press('Enter')
    await page.getByText('Keep these codes in a safe place.').waitFor()
    expect(await page.getByRole('status').getByRole('listitem').count()).toBe(10)
    await whole()
    await page.getByRole('link', { name: 'Access', exact: true }).waitFor()
  })

  test('the next sign-in asks for a code, and says what is wrong with a used one', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByLabel('E-mail address').fill('ada@example.com')
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.keyboard.press('Enter')
    const code = page.getByLabel('Code of your app, or a recovery code')
    await code.waitFor()
    await whole()
    await code.fill('000000')
    await page.keyboard.press('Enter')
    await page.getByText('The code is wrong, is over, or was used before.').waitFor()
    await code.fill(codeAt(Math.floor(Date.now() / 30_000) + 1, secret))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  })

  test('a client is made, rotated and revoked', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Access', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Access' }).waitFor()
    await page.getByRole('row', { name: /administrator/ }).waitFor()
    await whole()
    const form = page.getByRole('form', { name: 'Let a system get tokens' })
    await form.getByLabel('Name').fill('Warehouse North')
    await form.getByLabel('May').fill('inbound:write:wms-*')
    await page.keyboard.press('Enter')
    await form.getByLabel('Public key (PEM)').fill(partnerKeys().publicPem)
    await form.getByRole('button', { name: 'Let a system get tokens' }).click()
    await page.getByText(/Its client_id is cli_/).waitFor()
    const row = page.getByRole('row', { name: /Warehouse North/ })
    await row.getByRole('button', { name: 'Rotate' }).click()
    const rotate = page.getByRole('form', { name: 'Another proof for Warehouse North' })
    await rotate.getByLabel('Public key (PEM)').fill(partnerKeys().publicPem)
    await rotate.getByRole('button', { name: 'Rotate' }).click()
    await rotate.getByText(/Its client_id is cli_/).waitFor()
    await whole()
    await rotate.getByRole('button', { name: 'Cancel' }).click()
    await row.getByRole('button', { name: 'Revoke' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await row.getByText('revoked').waitFor()
    await whole()
  })

  test('a key whose answer was lost is made once when somebody presses again, and what was refused is another order', async () => {
    const { page } = visitor
    await page.goto('/access')
    const form = page.getByRole('form', { name: 'Make a key' })
    await form.getByLabel('Name').fill('loading dock')
    await form.getByLabel('May').fill('shipments:read')
    await page.keyboard.press('Enter')
    const orders: (string | undefined)[] = []
    const refused = {
      type: 'about:blank',
      title: 'Not so',
      status: 422,
      detail: 'Not so.',
      instance: '',
      code: 'NOT_SO',
    }
    const problem = JSON.stringify({ ...refused, traceId: 'abc', retryable: false, nextAction: 'Say it otherwise.' })
    await page.route('**/v1/keys', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      orders.push(route.request().headers()['idempotency-key'])
      if (orders.length === 1)
        return route.fulfill({ status: 422, contentType: 'application/problem+json', body: problem })
      if (orders.length > 2) return route.fallback()
      await route.fetch()
      return route.abort()
    })
    const make = form.getByRole('button', { name: 'Make a key' })
    await make.click()
    await page.getByText('Say it otherwise.').waitFor()
    await make.click()
    await page.getByText('The hub does not answer.').waitFor()
    expect(await visitor.obstacles()).toEqual([])
    // The browser says on its console that the line broke, as it was told to.
    visitor.faults.splice(0)
    await make.click()
    await page.getByRole('status').filter({ hasText: 'interline_live_' }).waitFor()
    await page.unroute('**/v1/keys')
    expect(orders[1]).not.toBe(orders[0])
    expect(orders[2]).toBe(orders[1])
    const { data } = (await hub.call('GET', '/v1/keys')).json() as { data: { name: string }[] }
    expect(data.filter(({ name }) => name === 'loading dock')).toHaveLength(1)
    await whole()
  })

  test('a key is made by keyboard alone; its text is shown once', async () => {
    const { page } = visitor
    const form = page.getByRole('form', { name: 'Make a key' })
    await form.getByLabel('Name').focus()
    await page.keyboard.type('reader')
    await page.keyboard.press('Tab')
    await page.keyboard.type('shipments:read')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const made = page.getByRole('status').filter({ hasText: 'interline_live_' })
    await made.waitFor()
    const key = (await made.locator('code').textContent()) ?? ''
    const answer = await hub.call('GET', '/v1/shipments', { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(200)
    await whole()
    await page.reload()
    await page.getByRole('row', { name: /^reader shipments:read/ }).waitFor()
    expect(await page.locator('main').textContent()).not.toContain(key)
  })
})
