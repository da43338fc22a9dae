import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '../../src/gateway/access/one-time-code.ts'
import { IdentityHub } from '../access/identity-hub.ts'
import { RealIssuer } from '../access/real-issuer.ts'
import { noBrowser, Visitor } from './browser.ts'

const timeout = 120_000
let issuer: RealIssuer
let people: IdentityHub
let visitor: Visitor

if (noBrowser !== undefined) process.stdout.write(`Skipped: identity providers in a browser. ${noBrowser}.\n`)

describe.skipIf(noBrowser !== undefined)('an identity provider in the control tower', { timeout }, () => {
  beforeAll(async () => {
    people = await IdentityHub.start(
      async (url) => {
        issuer = await RealIssuer.start({
          ...{ client_id: 'interline', client_secret: 'a secret of the tests, long enough' },
          redirect_uris: [`${url}/v1/sign-in/staff/callback`],
          post_logout_redirect_uris: [`${url}/sign-in`],
        })
        const own = { issuer: issuer.url, clientId: 'interline', clientSecret: { env: 'CLIENT' } }
        return [{ ...own, name: 'staff', title: 'Example ID', passwords: false, breakGlass: ['ada@example.com'] }]
      },
      { INTERLINE_SECRET_CLIENT: 'a secret of the tests, long enough', INTERLINE_SECOND_FACTOR_ROLES: 'finance' },
    )
    issuer.accounts.set('bo', { email: 'bo@example.com', email_verified: true, name: 'Bo Lind' })
    visitor = await Visitor.arrive(people.hub.url)
  }, timeout)
  afterAll(async () => {
    await visitor.close()
    await people.stop()
    await issuer.stop()
  })

  const whole = async (): Promise<void> => {
    expect(await visitor.obstacles()).toEqual([])
    // The issuer is another place, and the browser goes there on purpose.
    expect(visitor.faults.filter((fault) => !fault.includes(issuer.url))).toEqual([])
  }
  /** To the issuer and back, by keyboard alone. */
  const enter = async (account: string): Promise<void> => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Sign in with Example ID' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Account').waitFor()
    await page.keyboard.type(account)
    await page.keyboard.press('Enter')
  }
  let secret = ''

  test('the door names it first, keeps the password for emergencies, and says in words who is not invited', async () => {
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Sign in with Example ID' }).waitFor()
    expect(await page.getByLabel('E-mail address').isVisible()).toBe(false)
    await whole()
    await enter('bo')
    await page.getByText('You are known there, but nobody has invited you here.').waitFor()
    await whole()
    await page.getByText('Sign in with a password').focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('E-mail address').waitFor()
    await whole()
  })

  test('who was invited comes in, sets up what their roles want by the camera, and goes on', async () => {
    await people.invite('bo@example.com', ['finance'])
    const { page } = visitor
    // Somebody is signed in at the issuer by now: nothing has to be typed any more.
    await page.goto('/sign-in?next=/invoices')
    await page.getByRole('link', { name: 'Sign in with Example ID' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Your roles need a second factor.').waitFor()
    await page.getByRole('button', { name: 'Set up a second factor' }).focus()
    await page.keyboard.press('Enter')
    const picture = page.getByRole('img', { name: 'The same as a picture for the camera of an authenticator app' })
    await picture.waitFor()
    expect(await picture.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(
      0,
    )
    await whole()
    secret = ((await page.getByRole('status').locator('code').textContent()) ?? '').replaceAll(' ', '')
    await page.getByLabel('The code that the app shows now').fill(codeAt(Math.floor(Date.now() / 30_000), secret))
    await page.keyboard.press('Enter')
    await page.getByText('Keep these codes in a safe place.').waitFor()
    await page.getByRole('link', { name: 'Invoices', exact: true }).waitFor()
  })

  test('signing out leads to the issuer and back; the next sign-in asks for a code and leads where it was to lead', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Sign out', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Yes' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Sign in with Example ID' }).waitFor()
    await page.goto('/sign-in?next=/invoices')
    await enter('bo')
    const code = page.getByLabel('Code of your app, or a recovery code')
    await code.waitFor()
    await whole()
    await page.keyboard.type(codeAt(Math.floor(Date.now() / 30_000) + 1, secret))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor()
    await whole()
  })
})
