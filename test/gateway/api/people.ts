import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeAt } from '../../../src/gateway/access/one-time-code.ts'
import type { HubAnswer } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

const password = 'four green trams at dawn'

/** What is promised about people who sign in. */
export function describePeople(hub: ApiUnderTest): void {
  const follow = (json: object): Promise<HubAnswer> => hub.ask('POST', '/v1/welcome', { json, headers: nobody })
  const signIn = (email: string, said = password): Promise<HubAnswer> =>
    hub.ask('POST', '/v1/session', { json: { email, password: said }, headers: nobody })
  const linkOf = (answer: HubAnswer): string => (answer.json() as { link: string }).link.split('#')[1] ?? ''
  /** Who comes with this cookie, from a page of the hub. */
  const page = (cookie: string): Record<string, string> => ({
    ...nobody,
    cookie,
    origin: hub.asked.hub.url,
    'x-interline-page': '1',
  })
  let ada = ''

  describe('people', () => {
    test('the first administrator comes by a link of the terminal, once, and with a good password', async () => {
      const link = readFileSync(join(hub.asked.hub.directory, 'welcome.link'), 'utf8')
      const token = link.trim().split('#')[1] ?? ''
      const first = { token, email: 'Ada@example.com', name: 'Ada Berg' }
      await expectProblem(follow({ ...first, token: 'a'.repeat(32), password }), 410, 'WELCOME_INVALID')
      for (const weak of ['short', 'ada@example.com!!', 'aaaaaaaaaaaaaaa', 'my password 2026'])
        await expectProblem(follow({ ...first, password: weak }), 422, 'PASSWORD_WEAK')
      await expectProblem(follow({ token, password }), 400, 'BODY_MALFORMED')
      const welcomed = await follow({ ...first, password })
      expect(welcomed.json()).toMatchObject({ email: 'ada@example.com', roles: ['administrator'], scopes: ['*'] })
      ada = cookieOf(welcomed)
      await expectProblem(follow({ ...first, password }), 410, 'WELCOME_INVALID')
    })

    test('nobody learns who exists, and admin/admin opens nothing', async () => {
      const wrong = await expectProblem(signIn('ada@example.com', 'wrong'), 401, 'SIGN_IN_REFUSED')
      const unknown = await expectProblem(signIn('admin', 'admin'), 401, 'SIGN_IN_REFUSED')
      const { detail } = wrong.json() as { detail: string }
      expect(unknown.json()).toMatchObject({ detail })
    })

    test('a session is a cookie that only a page of the hub can use for changes', async () => {
      const own = cookieOf(await signIn('ADA@example.com'))
      expect((await hub.ask('GET', '/v1/session', { headers: { ...nobody, cookie: own } })).json()).toMatchObject({
        name: 'Ada Berg',
      })
      const json = { name: 'x', scopes: ['shipments:read'] }
      const create = (headers: Record<string, string>) => hub.ask('POST', '/v1/keys', { json, headers })
      const { 'x-interline-page': _, ...form } = page(own)
      await expectProblem(create(form), 403, 'CROSS_SITE_REFUSED')
      await expectProblem(create({ ...page(own), origin: 'https://evil.example' }), 403, 'CROSS_SITE_REFUSED')
      expect((await create(page(own))).status).toBe(201)
      const out = await hub.ask('DELETE', '/v1/session', { headers: page(own) })
      expect(String(out.headers['set-cookie'])).toContain('Max-Age=0')
      expect(out.json()).toEqual({ next: '/sign-in' })
      const gone = { headers: { ...nobody, cookie: own } }
      await expectProblem(hub.ask('GET', '/v1/session', gone), 401, 'AUTHENTICATION_REQUIRED')
      expect((await hub.ask('GET', '/v1/session')).json()).toMatchObject({ name: 'first key', roles: [] })
    })

    test('somebody who is invited may do what their roles say, until they may not', async () => {
      const invite = (email: string, roles: string[], headers: Record<string, string>) =>
        hub.ask('POST', '/v1/people', { json: { email, name: 'Bo Lind', roles }, headers })
      const invited = await invite('bo@example.com', ['viewer'], page(ada))
      const { id } = invited.json() as { id: string }
      await expectProblem(invite('BO@example.com', ['viewer'], page(ada)), 409, 'EMAIL_TAKEN')
      await expectProblem(signIn('bo@example.com'), 401, 'SIGN_IN_REFUSED')
      const bo = cookieOf(await follow({ token: linkOf(invited), password }))
      expect((await hub.ask('GET', '/v1/shipments', { headers: page(bo) })).status).toBe(200)
      await expectProblem(invite('eve@example.com', ['administrator'], page(bo)), 403, 'SCOPE_MISSING')
      const change = (json: object, version: number) =>
        hub.ask('PATCH', `/v1/people/${id}`, { json, headers: { ...page(ada), 'if-match': `"v${version}"` } })
      await expectProblem(change({ disabled: true }, 9), 412, 'VERSION_STALE')
      const reason = 'Left the company'
      expect((await change({ disabled: true, reason }, 2)).json()).toMatchObject({ state: 'disabled', version: 3 })
      await expectProblem(hub.ask('GET', '/v1/shipments', { headers: page(bo) }), 401, 'AUTHENTICATION_REQUIRED')
      await expectProblem(signIn('bo@example.com'), 401, 'SIGN_IN_REFUSED')
      const { data } = (await hub.ask('GET', '/v1/people', { headers: page(ada) })).json() as { data: object[] }
      expect(data).toContainEqual(expect.objectContaining({ email: 'bo@example.com', state: 'disabled' }))
      const audit = (await hub.ask('GET', '/v1/audit?limit=50', { headers: page(ada) })).json() as { data: object[] }
      expect(audit.data).toContainEqual(expect.objectContaining({ reason, after: { disabled: true } }))
    })

    test('what each role may do is told, with the scopes that there are', async () => {
      const told = (await hub.ask('GET', '/v1/roles', { headers: page(ada) })).json() as {
        data: readonly { name: string; scopes: readonly string[] }[]
        scopes: readonly string[]
      }
      expect(told.data.map(({ name }) => name)).toContain('finance')
      for (const { scopes } of told.data)
        expect(scopes.every((scope) => scope === '*' || told.scopes.includes(scope))).toBe(true)
    })

    test('the last administrator stays one', async () => {
      const { id } = (await hub.ask('GET', '/v1/session', { headers: page(ada) })).json() as { id: string }
      for (const json of [{ disabled: true }, { roles: ['viewer'] }])
        await expectProblem(
          hub.ask('PATCH', `/v1/people/${id}`, { json, headers: { ...page(ada), 'if-match': '"v1"' } }),
          409,
          'LAST_ADMINISTRATOR',
        )
    })

    test('a forgotten password is a new link; a changed one ends all other sessions', async () => {
      const other = cookieOf(await signIn('ada@example.com'))
      const change = (old: string, next: string) =>
        hub.ask('PUT', '/v1/session/password', { json: { old, new: next }, headers: page(ada) })
      await expectProblem(change('wrong', 'six blue trams at noon'), 401, 'SIGN_IN_REFUSED')
      await expectProblem(change(password, 'short'), 422, 'PASSWORD_WEAK')
      expect((await change(password, 'six blue trams at noon')).status).toBe(204)
      expect((await hub.ask('GET', '/v1/session', { headers: page(ada) })).status).toBe(200)
      await expectProblem(hub.ask('GET', '/v1/session', { headers: page(other) }), 401, 'AUTHENTICATION_REQUIRED')
      const { id } = (await hub.ask('GET', '/v1/session', { headers: page(ada) })).json() as { id: string }
      const older = linkOf(await hub.ask('POST', `/v1/people/${id}/link`))
      const newer = linkOf(await hub.ask('POST', `/v1/people/${id}/link`))
      await expectProblem(follow({ token: older, password }), 410, 'WELCOME_INVALID')
      expect((await follow({ token: newer, password })).status).toBe(200)
      await expectProblem(hub.ask('GET', '/v1/session', { headers: page(ada) }), 401, 'AUTHENTICATION_REQUIRED')
    })

    test('a second factor is asked for, each code counts once, and a recovery code stands for the lost device', async () => {
      const invited = await hub.ask('POST', '/v1/people', {
        json: { email: 'cleo@example.com', name: 'Cleo Dahl', roles: ['viewer'] },
      })
      const { id } = invited.json() as { id: string }
      const cleo = cookieOf(await follow({ token: linkOf(invited), password }))
      const other = cookieOf(await signIn('cleo@example.com'))
      const ask = (path: string, json: object) =>
        hub.ask('POST', path, { json, headers: { ...page(cleo), ...elsewhere() } })
      await expectProblem(ask('/v1/session/code', { code: '000000' }), 401, 'SECOND_FACTOR_REFUSED')
      await expectProblem(ask('/v1/session/second-factor', { password: 'wrong' }), 401, 'SIGN_IN_REFUSED')
      const { secret, uri } = (await ask('/v1/session/second-factor', { password })).json() as Record<string, string>
      expect(uri).toContain(`secret=${secret}`)
      // Not confirmed, it asks nobody for anything.
      expect((await signIn('cleo@example.com')).status).toBe(200)
      const confirm = (code: string) => ask('/v1/session/second-factor/confirmation', { code })
      await expectProblem(confirm('000000'), 401, 'SECOND_FACTOR_REFUSED')
      const step = Math.floor(Date.now() / 30_000)
      const first = codeAt(step, secret ?? '')
      const { recoveryCodes } = (await confirm(first)).json() as { recoveryCodes: string[] }
      expect(new Set(recoveryCodes).size).toBe(10)
      await expectProblem(confirm(first), 409, 'SECOND_FACTOR_PRESENT')
      await expectProblem(ask('/v1/session/second-factor', { password }), 409, 'SECOND_FACTOR_PRESENT')
      await expectProblem(hub.ask('GET', '/v1/session', { headers: page(other) }), 401, 'AUTHENTICATION_REQUIRED')
      const again = (json: object) =>
        hub.ask('POST', '/v1/session', {
          json: { email: 'cleo@example.com', password, ...json },
          headers: { ...nobody, ...elsewhere() },
        })
      await expectProblem(again({}), 401, 'SECOND_FACTOR_REQUIRED')
      // It was used to set it up.
      await expectProblem(again({ code: first }), 401, 'SECOND_FACTOR_REFUSED')
      expect((await again({ code: codeAt(step + 1, secret ?? '') })).status).toBe(200)
      expect(String(hub.asked.hub.log)).not.toContain(secret)
      const link = linkOf(await hub.ask('POST', `/v1/people/${id}/link`))
      await expectProblem(follow({ token: link, password }), 401, 'SECOND_FACTOR_REQUIRED')
      expect((await follow({ token: link, password, code: recoveryCodes[0] })).status).toBe(200)
      const used = await hub.ask('POST', `/v1/people/${id}/link`)
      await expectProblem(
        follow({ token: linkOf(used), password, code: recoveryCodes[0] }),
        401,
        'SECOND_FACTOR_REFUSED',
      )
      expect((await hub.ask('DELETE', `/v1/people/${id}/second-factor`)).status).toBe(204)
      expect((await follow({ token: linkOf(used), password })).status).toBe(200)
      const audit = (await hub.ask('GET', `/v1/audit?name=${id}&limit=100`)).json() as {
        data: { kind: string; change: string }[]
      }
      const told = audit.data.map(({ kind, change }) => `${kind} ${change}`)
      for (const line of [
        'person create',
        'person change',
        'session create',
        'session remove',
        'refused-sign-in create',
      ])
        expect(told).toContain(line)
      expect(told.filter((line) => line.startsWith('second-factor'))).toEqual([
        'second-factor remove',
        'second-factor create',
      ])
      expect(JSON.stringify(audit)).not.toContain(secret)
    })

    test('somebody sees where they are signed in, and signs out everywhere else', async () => {
      const signInElsewhere = () =>
        hub.ask('POST', '/v1/session', {
          json: { email: 'cleo@example.com', password },
          headers: { ...nobody, ...elsewhere() },
        })
      const [here, there] = [cookieOf(await signInElsewhere()), cookieOf(await signInElsewhere())]
      const { data } = (await hub.ask('GET', '/v1/sessions', { headers: page(here) })).json() as {
        data: { isThis: boolean }[]
      }
      expect(data.length).toBeGreaterThan(1)
      expect(data.filter(({ isThis }) => isThis)).toHaveLength(1)
      expect((await hub.ask('DELETE', '/v1/sessions', { headers: page(here) })).status).toBe(204)
      await expectProblem(hub.ask('GET', '/v1/session', { headers: page(there) }), 401, 'AUTHENTICATION_REQUIRED')
      const { id } = (await hub.ask('GET', '/v1/session', { headers: page(here) })).json() as { id: string }
      expect((await hub.ask('DELETE', `/v1/people/${id}/sessions`)).status).toBe(204)
      await expectProblem(hub.ask('GET', '/v1/session', { headers: page(here) }), 401, 'AUTHENTICATION_REQUIRED')
    })

    test('identity providers are told, and one that is away keeps nobody waiting; a key has no session to prove', async () => {
      const ways = await hub.ask('GET', '/v1/sign-in', { headers: nobody })
      expect(ways.json()).toEqual({
        providers: [{ name: 'staff', title: 'Example ID', url: '/v1/sign-in/staff' }],
        passwords: true,
      })
      const go = (path: string) => hub.ask('GET', `/v1/sign-in/${path}`, { headers: { ...nobody, ...elsewhere() } })
      await expectProblem(go('staff'), 503, 'IDENTITY_PROVIDER_AWAY')
      await expectProblem(go('staff?elsewhere=1'), 400, 'PARAMETER_UNKNOWN')
      await expectProblem(go('nobody/callback?code=1'), 404, 'IDENTITY_PROVIDER_UNKNOWN')
      await expectProblem(go('staff/callback?code=1&state=2&hd=example.com'), 401, 'SIGN_IN_STALE')
      const order = hub.ask('POST', '/v1/sign-in/staff/logout', { json: {}, headers: nobody })
      await expectProblem(order, 415, 'CONTENT_TYPE_UNSUPPORTED')
      await expectProblem(hub.ask('POST', '/v1/session/code', { json: { code: '000000' } }), 404, 'NOT_FOUND')
      const { id } = (await hub.ask('GET', '/v1/session', { headers: page(ada) })).json() as { id?: string }
      const person = id ?? ((await hub.ask('GET', '/v1/people')).json() as { data: { id: string }[] }).data[0]?.id ?? ''
      expect((await hub.ask('DELETE', `/v1/people/${person}/identity`)).status).toBe(204)
      await expectProblem(hub.ask('DELETE', '/v1/people/usr_nobody/identity'), 404, 'NOT_FOUND')
    })

    test('who guesses has to wait, and locks nobody else out', async () => {
      for (let attempt = 0; attempt < 5; attempt++) await signIn('cy@example.com', 'guess')
      const slow = await expectProblem(signIn('cy@example.com', 'guess'), 429, 'SIGN_IN_TOO_OFTEN')
      expect(Number(slow.headers['retry-after'])).toBeGreaterThan(0)
      expect((await hub.ask('GET', '/v1/session', { headers: nobody })).status).toBe(401)
    })
  })
}

const nobody = { authorization: '' }

let places = 0
/** Another address each time, as the proxy says it. */
function elsewhere(): Record<string, string> {
  return { 'x-forwarded-for': `203.0.113.${++places}` }
}

/** The cookie that an answer sets, with the flags that keep it from other sites and from scripts. */
function cookieOf(answer: HubAnswer): string {
  expect(answer.status).toBe(200)
  const [cookie = '', ...flags] = String(answer.headers['set-cookie']).split('; ')
  expect(flags.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'])
  expect(cookie).toMatch(/^__Host-interline=[\w-]{43}$/)
  return cookie
}
