import { type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CookieJar } from './cookie-jar.ts'
import { type Forgery, ForgingIssuer } from './forging-issuer.ts'
import { IdentityHub, refusedWith } from './identity-hub.ts'

let issuer: ForgingIssuer
let other: ForgingIssuer
let people: IdentityHub

beforeAll(async () => {
  issuer = await ForgingIssuer.start()
  other = await ForgingIssuer.start()
  people = await IdentityHub.start(() => [
    { name: 'forger', title: 'Forger', issuer: issuer.url, clientId: 'interline' },
    { name: 'other', title: 'Other', issuer: other.url, clientId: 'interline' },
  ])
  await people.invite('mallory@example.com')
}, 60_000)
afterAll(async () => {
  await people.stop()
  await issuer.stop()
  await other.stop()
})
beforeEach(() => {
  issuer.forgery = {}
})

/** A whole sign-in with what the issuer would say now; the code is the nonce, so that it can say that. */
async function attempt(forgery: Forgery = {}): Promise<string | undefined> {
  issuer.forgery = forgery
  const { jar, asked } = await people.begin('forger')
  const landed = await people.back('forger', jar, { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' })
  expect(landed.status).toBe(303)
  if (refusedWith(landed) !== undefined) expect(await people.who(jar)).toBeUndefined()
  return refusedWith(landed)
}

test('an honest answer leads in, so that the refusals below prove something', async () => {
  expect(await attempt()).toBeUndefined()
})

test('the browser is sent with PKCE, state and nonce, and every sign-in has its own', async () => {
  const one = (await people.begin('forger')).asked
  const next = (await people.begin('forger')).asked
  expect(one.get('code_challenge_method')).toBe('S256')
  expect(one.get('response_type')).toBe('code')
  expect(one.get('redirect_uri')).toBe(`${people.hub.url}/v1/sign-in/forger/callback`)
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.get(name)).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(next.get(name)).not.toBe(one.get(name))
  }
})

const old = Math.floor(Date.now() / 1000) - 3600
const forged: readonly (readonly [string, () => Forgery | Promise<Forgery>])[] = [
  ['for another nonce', () => ({ claims: { nonce: 'of somebody else' } })],
  ['without a nonce', () => ({ without: ['nonce'] })],
  ['of another issuer', () => ({ claims: { iss: 'https://id.example.com' } })],
  ['of an issuer that only looks the same', () => ({ claims: { iss: `${issuer.url}/` } })],
  ['for another client', () => ({ claims: { aud: 'another-client' } })],
  ['for several clients, without saying which', () => ({ claims: { aud: ['interline', 'another-client'] } })],
  ['for several clients, made for another', () => ({ claims: { aud: ['interline', 'x'], azp: 'x' } })],
  ['that has expired', () => ({ claims: { iat: old, exp: old + 60 } })],
  ['that never expires', () => ({ without: ['exp'] })],
  ['that is not valid yet', () => ({ claims: { nbf: old + 7200 } })],
  ['without a subject', () => ({ without: ['sub'] })],
  ['with a subject that nobody could store', () => ({ claims: { sub: 'x'.repeat(300) } })],
  ['that nobody has signed', () => ({ token: (claims) => `${part({ alg: 'none' })}.${part(claims)}.` })],
  ['with the signature of another', async () => ({ token: (claims: JWTPayload) => other.sign(claims) })],
  ['with a signature that was changed', () => ({ token: async (claims) => changed(await issuer.sign(claims)) })],
  ['signed with the public key as a secret', () => ({ token: (claims) => withSecret(claims, issuer.publicKey) })],
  ['signed with the name of the client as a secret', () => ({ token: (claims) => withSecret(claims, 'interline') })],
  ['that brings its own key', () => ({ token: (claims) => other.sign(claims, { jwk: other.publicKey }) })],
  ['that is none', () => ({ token: () => 'three.little.words' })],
]

describe('an ID token', () => {
  test.each(forged)('%s proves nothing', async (_, forge) => {
    expect(await attempt(await forge())).toBe('IDENTITY_UNPROVEN')
  })
})

test('a key that was replaced counts no more, and the new one counts at once', async () => {
  expect(await attempt()).toBeUndefined()
  const stolen = issuer.sign.bind(issuer)
  const before = await stolen(issuer.claims())
  await issuer.rotate()
  expect(await attempt()).toBeUndefined()
  expect(await attempt({ token: () => before })).toBe('IDENTITY_UNPROVEN')
})

describe('the way back', () => {
  test('is taken once', async () => {
    const { jar, asked } = await people.begin('forger')
    const carried = jar.cookie(people.hub.url, '__Host-interline-sign-in') ?? ''
    const said = { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' }
    expect(refusedWith(await people.back('forger', jar, said))).toBeUndefined()
    const count = issuer.codes.length
    jar.keep(people.hub.url, '__Host-interline-sign-in', carried)
    expect(refusedWith(await people.back('forger', jar, said))).toBe('SIGN_IN_STALE')
    expect(issuer.codes.length, 'the code was not even sent').toBe(count)
  })

  test('is for the browser that began, and for what it began', async () => {
    const { jar, asked } = await people.begin('forger')
    const said = { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' }
    expect(refusedWith(await people.back('forger', new CookieJar(), said))).toBe('SIGN_IN_STALE')
    expect(refusedWith(await people.back('forger', jar, { ...said, state: 'guessed' }))).toBe('SIGN_IN_STALE')
    expect(refusedWith(await people.back('forger', jar, { code: said.code }))).toBe('SIGN_IN_STALE')
  })

  test('does not take a cookie that somebody else has written', async () => {
    const { jar, asked } = await people.begin('forger')
    const carried = jar.cookie(people.hub.url, '__Host-interline-sign-in') ?? ''
    jar.keep(people.hub.url, '__Host-interline-sign-in', `${carried.slice(0, -3)}AAA`)
    const said = { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' }
    expect(refusedWith(await people.back('forger', jar, said))).toBe('SIGN_IN_STALE')
  })

  test('of one issuer is not taken for that of another', async () => {
    const { jar, asked } = await people.begin('forger')
    const said = { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' }
    expect(refusedWith(await people.back('forger', jar, { ...said, iss: other.url }))).toBe('IDENTITY_UNPROVEN')
    const next = await people.begin('forger')
    const mixed = { code: next.asked.get('nonce') ?? '', state: next.asked.get('state') ?? '' }
    expect(refusedWith(await people.back('other', next.jar, mixed))).toBe('SIGN_IN_STALE')
  })

  test('says what the issuer says when it lets nobody in', async () => {
    const { jar, asked } = await people.begin('forger')
    const said = { error: 'access_denied', state: asked.get('state') ?? '' }
    expect(refusedWith(await people.back('forger', jar, said))).toBe('IDENTITY_DENIED')
  })

  test.each(['//evil.example/', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)'])(
    'leads to nowhere else: %s',
    async (next) => {
      const jar = new CookieJar()
      const { location = '' } = await jar.go(`${people.hub.url}/v1/sign-in/forger?next=${encodeURIComponent(next)}`)
      const asked = new URL(location).searchParams
      const said = { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' }
      expect((await people.back('forger', jar, said)).location).toBe(`${people.hub.url}/`)
    },
  )
})

test('a program gets a problem, and no page', async () => {
  const answer = await people.hub.call('GET', '/v1/sign-in/forger/callback?code=x&state=y&session_state=z', {
    headers: { authorization: '', accept: 'application/json' },
  })
  expect(answer.json()).toMatchObject({ code: 'SIGN_IN_STALE', status: 401 })
  const unknown = await people.hub.call('GET', '/v1/sign-in/nobody', { headers: { authorization: '' } })
  expect(unknown.json()).toMatchObject({ code: 'IDENTITY_PROVIDER_UNKNOWN' })
})

test('whose address is not proven comes in neither as somebody who is here nor as somebody new', async () => {
  for (const email_verified of [false, undefined, 'yes', 1])
    expect(await attempt({ claims: { sub: 'sub-2', email_verified } as JWTPayload })).toBe('IDENTITY_EMAIL_UNPROVEN')
  expect(await attempt({ claims: { sub: 'sub-2' }, without: ['email'] })).toBe('IDENTITY_EMAIL_UNPROVEN')
})

test('a second account with the same address is another person, until somebody says otherwise', async () => {
  expect(await attempt()).toBeUndefined()
  expect(await attempt({ claims: { sub: 'sub-reused' } })).toBe('IDENTITY_OTHER')
  const { id } = (await people.person('mallory@example.com')) ?? {}
  expect((await people.hub.call('DELETE', `/v1/people/${String(id)}/identity`)).status).toBe(204)
  expect(await attempt({ claims: { sub: 'sub-reused' } })).toBeUndefined()
})

test('who is known by their account may change their address there', async () => {
  const sub = 'sub-reused'
  expect(await attempt({ claims: { sub, email: 'new@elsewhere.example', email_verified: false } })).toBeUndefined()
  expect(await people.person('mallory@example.com')).toMatchObject({ state: 'active' })
})

test('an issuer that does not answer is said to be away, and nothing hangs', async () => {
  expect(await attempt({ status: 503 })).toBe('IDENTITY_PROVIDER_AWAY')
  expect(await attempt({ status: 400 })).toBe('IDENTITY_UNPROVEN')
  issuer.isDown = true
  // What it said of itself counts on: the browser is sent there, and what comes back cannot be proven.
  expect(await attempt()).toBe('IDENTITY_PROVIDER_AWAY')
  issuer.isDown = false
  expect(await attempt({ claims: { sub: 'sub-reused' } })).toBeUndefined()
})

describe('an order to sign out', () => {
  const event = 'http://schemas.openid.net/event/backchannel-logout'
  const order = (more: JWTPayload = {}): JWTPayload => {
    const { iss, aud, iat, exp } = issuer.claims()
    return {
      iss,
      aud,
      iat,
      exp,
      jti: `jti-${Math.random()}`,
      sub: 'sub-reused',
      events: { [event]: {} },
      ...more,
    } as JWTPayload
  }
  const tell = async (token: string, provider = 'forger'): Promise<number> =>
    (
      await people.hub.call('POST', `/v1/sign-in/${provider}/logout`, {
        body: new URLSearchParams({ logout_token: token }).toString(),
        headers: { authorization: '', 'content-type': 'application/x-www-form-urlencoded' },
      })
    ).status
  const enter = async (): Promise<CookieJar> => {
    issuer.forgery = { claims: { sub: 'sub-reused', sid: 'session-1' } }
    const { jar, asked } = await people.begin('forger')
    await people.back('forger', jar, { code: asked.get('nonce') ?? '', state: asked.get('state') ?? '' })
    expect(await people.who(jar)).toBeDefined()
    return jar
  }

  test('that proves nothing ends nothing', async () => {
    const jar = await enter()
    const wrong: readonly (readonly [string, string])[] = [
      ['of another issuer', await other.sign({ ...order(), iss: other.url })],
      ['signed by another', await other.sign(order())],
      ['for another client', await issuer.sign(order({ aud: 'another-client' }))],
      ['with a nonce: an ID token', await issuer.sign(order({ nonce: 'x' }))],
      ['without the event', await issuer.sign(order({ events: {} }))],
      ['about nobody', await issuer.sign({ ...order(), sub: undefined } as never)],
      ['that is old', await issuer.sign(order({ iat: old, exp: old + 7200 }))],
      ['unsigned', `${part({ alg: 'none' })}.${part(order())}.`],
      ['nothing', ''],
    ]
    for (const [name, token] of wrong) expect(await tell(token), name).toBe(400)
    expect(await people.who(jar)).toBeDefined()
  })

  test('ends every session of that account, once', async () => {
    const jar = await enter()
    const token = await issuer.sign(order())
    expect(await tell(token)).toBe(200)
    expect(await people.who(jar)).toBeUndefined()
    const again = await enter()
    expect(await tell(token)).toBe(400)
    expect(await people.who(again)).toBeDefined()
    const { sub: _, ...bySession } = order({ sid: 'session-1' })
    expect(await tell(await issuer.sign(bySession))).toBe(200)
    expect(await people.who(again)).toBeUndefined()
  })
})

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function changed(token: string): string {
  const [head = '', , signature = ''] = token.split('.')
  return `${head}.${part(issuer.claims({ email: 'ada@example.com' }))}.${signature}`
}

function withSecret(claims: JWTPayload, secret: object | string): Promise<string> {
  const text = typeof secret === 'string' ? secret : JSON.stringify(secret)
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(text.padEnd(32, '.')))
}
