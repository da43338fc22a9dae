import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt } from '../../src/gateway/access/one-time-code.ts'
import { eventually } from '../hub-process.ts'
import { CookieJar } from './cookie-jar.ts'
import { IdentityHub, password, refusedWith } from './identity-hub.ts'
import { RealIssuer } from './real-issuer.ts'

let issuer: RealIssuer
let people: IdentityHub

beforeAll(async () => {
  people = await IdentityHub.start(
    async (url) => {
      issuer = await RealIssuer.start({
        ...{
          client_id: 'interline',
          client_secret: 'a secret of the tests, long enough',
          grant_types: ['authorization_code'],
        },
        redirect_uris: ['staff', 'anybody'].map((name) => `${url}/v1/sign-in/${name}/callback`),
        post_logout_redirect_uris: [`${url}/sign-in`],
        backchannel_logout_uri: `${url}/v1/sign-in/staff/logout`,
        backchannel_logout_session_required: true,
      })
      const own = { issuer: issuer.url, clientId: 'interline', clientSecret: { env: 'CLIENT' } }
      return [
        { ...own, name: 'staff', title: 'Example ID', passwords: false, breakGlass: ['ada@example.com'] },
        {
          ...{ ...own, name: 'anybody', title: 'Open ID', admit: 'anybody', domains: ['example.com'], listed: false },
          ...{ scopes: ['email', 'profile', 'groups'], roles: ['logistics=operations', 'money=finance'] },
        },
      ]
    },
    {
      INTERLINE_SECRET_CLIENT: 'a secret of the tests, long enough',
      INTERLINE_SECOND_FACTOR_ROLES: 'finance',
    },
  )
  issuer.accounts.set('bo', { email: 'Bo@Example.com', email_verified: true, name: 'Bo Lind' })
  issuer.accounts.set('cy', {
    email: 'cy@example.com',
    email_verified: true,
    name: 'Cy Dahl',
    groups: ['logistics', 'chess'],
  })
  issuer.accounts.set('di', { email: 'di@example.com', email_verified: true, groups: ['money'], name: 'Di Moe' })
  issuer.accounts.set('el', { email: 'el@elsewhere.example', email_verified: true, groups: ['logistics'] })
  await people.firstAdministrator('ada@example.com')
}, 90_000)
afterAll(async () => {
  await people.stop()
  await issuer.stop()
})

test('the sign-in screen hears which providers there are, and that passwords are for emergencies', async () => {
  const answer = await people.hub.call('GET', '/v1/sign-in', { headers: { authorization: '' } })
  expect(answer.json()).toEqual({
    providers: [{ name: 'staff', title: 'Example ID', url: '/v1/sign-in/staff' }],
    passwords: false,
  })
})

test('who was invited comes in by the account that has their address, and acts as themselves', async () => {
  expect(refusedWith((await people.signIn('staff', 'bo')).landed)).toBe('IDENTITY_UNKNOWN')
  const id = await people.invite('bo@example.com', ['operations'])
  expect(await people.person('bo@example.com')).toMatchObject({ state: 'invited' })
  const { jar, landed } = await people.signIn('staff', 'bo')
  expect(landed.location).toBe(`${people.hub.url}/`)
  expect(await people.who(jar)).toMatchObject({
    id,
    email: 'bo@example.com',
    roles: ['operations'],
    secondFactor: 'absent',
  })
  const [session] = landed.setCookies
  expect(session).toMatch(/^__Host-interline=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
  expect(await people.person('bo@example.com')).toMatchObject({ state: 'active' })
  const { data } = (await people.hub.call('GET', '/v1/audit?limit=200')).json() as { data: readonly object[] }
  expect(data).toContainEqual(
    expect.objectContaining({ kind: 'identity', change: 'create', name: id, actor: 'provider staff' }),
  )
  expect(JSON.stringify(data)).toContain('"by":"provider staff"')
})

test('a new sign-in leaves the session before it behind', async () => {
  const { jar } = await people.signIn('staff', 'bo')
  const before = jar.cookie(people.hub.url, '__Host-interline') ?? ''
  await people.signIn('staff', 'bo', jar)
  expect(jar.cookie(people.hub.url, '__Host-interline')).not.toBe(before)
  const left = new CookieJar()
  left.keep(people.hub.url, '__Host-interline', before)
  expect(await people.who(left)).toBeUndefined()
})

test('who is disabled stays outside, and is told no more than a stranger', async () => {
  const id = await people.invite('gone@example.com')
  issuer.accounts.set('gone', { email: 'gone@example.com', email_verified: true })
  await people.signIn('staff', 'gone')
  await people.hub.call('PATCH', `/v1/people/${id}`, { json: { disabled: true }, headers: { 'if-match': '"v1"' } })
  expect(refusedWith((await people.signIn('staff', 'gone')).landed)).toBe('IDENTITY_UNKNOWN')
})

test('where the tenant wants that, whoever it vouches for becomes a person, with the roles that their groups stand for', async () => {
  const { jar } = await people.signIn('anybody', 'cy')
  expect(await people.who(jar)).toMatchObject({
    email: 'cy@example.com',
    name: 'Cy Dahl',
    roles: ['operations'],
    tenant: 'main',
  })
  // Groups change: the next sign-in sets the roles, and what was open with the old ones is closed.
  issuer.accounts.set('cy', { email: 'cy@example.com', email_verified: true, name: 'Cy Dahl', groups: ['chess'] })
  const next = await people.signIn('anybody', 'cy')
  expect(await people.who(next.jar)).toMatchObject({ roles: ['viewer'] })
  expect(await people.who(jar)).toBeUndefined()
})

test('an address of another domain does not come in', async () => {
  expect(refusedWith((await people.signIn('anybody', 'el')).landed)).toBe('IDENTITY_UNKNOWN')
  expect(await people.person('el@elsewhere.example')).toBeUndefined()
})

test('whoever the issuer lets in nowhere is told so', async () => {
  expect(refusedWith((await people.signIn('staff', 'nobody')).landed)).toBe('IDENTITY_DENIED')
})

test('a second factor that the issuer asked for counts; otherwise the hub asks, before anything else', async () => {
  issuer.accounts.set('di', {
    email: 'di@example.com',
    email_verified: true,
    groups: ['money'],
    name: 'Di Moe',
    amr: ['pwd', 'mfa'],
  })
  const strong = await people.signIn('anybody', 'di')
  expect(await people.who(strong.jar)).toMatchObject({ roles: ['finance'], secondFactor: 'absent' })
  expect((await people.as(strong.jar, 'GET', '/v1/tasks')).status).toBe(200)
  issuer.accounts.set('di', {
    email: 'di@example.com',
    email_verified: true,
    groups: ['money'],
    name: 'Di Moe',
    amr: ['pwd'],
  })
  const { jar, landed } = await people.signIn('anybody', 'di')
  expect(landed.location).toBe(`${people.hub.url}/account?next=%2F`)
  expect(await people.who(jar)).toMatchObject({ secondFactor: 'wanted', scopes: [] })
  expect((await people.as(jar, 'GET', '/v1/tasks')).status).toBe(403)
  // They have no password; they have just shown who they are.
  const begun = (await people.as(jar, 'POST', '/v1/session/second-factor', {})).json() as {
    secret: string
    picture: string
  }
  expect(begun.picture).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox/)
  const step = Math.floor(Date.now() / 30_000)
  const confirmation = { code: codeAt(step, begun.secret) }
  const confirmed = await people.as(jar, 'POST', '/v1/session/second-factor/confirmation', confirmation)
  expect(confirmed.status).toBe(200)
  const before = jar.cookie(people.hub.url, '__Host-interline')
  jar.keep(people.hub.url, '__Host-interline', sessionIn(confirmed.headers['set-cookie']))
  expect(jar.cookie(people.hub.url, '__Host-interline')).not.toBe(before)
  expect((await people.as(jar, 'GET', '/v1/tasks')).status).toBe(200)

  const next = await people.signIn('anybody', 'di')
  expect(await people.who(next.jar)).toMatchObject({ secondFactor: 'asked', scopes: [] })
  expect((await people.as(next.jar, 'POST', '/v1/session/code', { code: '000000' })).json()).toMatchObject({
    code: 'SECOND_FACTOR_REFUSED',
  })
  const shown = await people.as(next.jar, 'POST', '/v1/session/code', { code: codeAt(step + 1, begun.secret) })
  expect(shown.json()).toMatchObject({
    secondFactor: 'present',
    scopes: expect.arrayContaining(['tasks:decide']) as unknown,
  })
  expect(await people.who(next.jar), 'the session before the code is over').toBeUndefined()
  next.jar.keep(people.hub.url, '__Host-interline', sessionIn(shown.headers['set-cookie']))
  expect((await people.as(next.jar, 'GET', '/v1/tasks')).status).toBe(200)
})

test('passwords count for emergencies alone, and their use is noted', async () => {
  const enter = (email: string, said = password) =>
    people.hub.call('POST', '/v1/session', { json: { email, password: said }, headers: { authorization: '' } })
  expect((await enter('ada@example.com')).status).toBe(200)
  expect(await people.hub.counter('interline_break_glass_total')).toBeGreaterThanOrEqual(1)
  const id = await people.invite('fay@example.com')
  const { link } = (await people.hub.call('POST', `/v1/people/${id}/link`)).json() as { link: string }
  const json = { token: link.split('#')[1], password }
  expect((await people.hub.call('POST', '/v1/welcome', { json, headers: { authorization: '' } })).json()).toMatchObject(
    {
      code: 'PASSWORDS_OFF',
    },
  )
  expect((await enter('fay@example.com')).json()).toMatchObject({ code: 'SIGN_IN_REFUSED' })
})

test('who signs out here signs out there, and everywhere else by the word of the issuer', async () => {
  const { jar } = await people.signIn('staff', 'bo')
  // The same browser at the issuer, another one here.
  const session = jar.cookie(people.hub.url, '__Host-interline') ?? ''
  const elsewhere = new CookieJar()
  elsewhere.keep(people.hub.url, '__Host-interline', session)
  jar.keep(people.hub.url, '__Host-interline', '')
  await people.signIn('staff', 'bo', jar)
  expect(await people.who(elsewhere)).toBeDefined()
  const { next } = (await people.as(jar, 'DELETE', '/v1/session')).json() as { next: string }
  expect(await people.who(jar)).toBeUndefined()
  const place = new URL(next)
  expect(place.origin).toBe(issuer.url)
  expect(place.searchParams.get('post_logout_redirect_uri')).toBe(`${people.hub.url}/sign-in`)
  expect(place.searchParams.get('id_token_hint')).toMatch(/^ey/)
  const asked = await jar.go(next)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? ''
  const left = await jar.go(`${issuer.url}/session/end/confirm`, { form: { xsrf, logout: 'yes' } })
  expect(left.location).toBe(`${people.hub.url}/sign-in`)
  expect(issuer.faults).toEqual([])
  await eventually(
    () => people.who(elsewhere),
    (who) => who === undefined,
    5000,
  ).then((who) => expect(who, 'told by the issuer').toBeUndefined())
})

function sessionIn(header: string | readonly string[] | undefined): string {
  return /__Host-interline=([^;]+)/.exec(String(header))?.[1] ?? ''
}
