import { generateKeyPairSync } from 'node:crypto'
import { type JWK, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { AccessTokens } from './access-tokens.ts'
import { ClientDirectory } from './client-directory.ts'
import { foreignIssuer } from './foreign-issuer.ts'
import { KeySet } from './key-set.ts'

const issuer = 'https://login.example'
const audience = 'https://hub.example'
const nowMs = 1_776_000_000_000
const seconds = nowMs / 1000
const first = generateKeyPairSync('rsa', { modulusLength: 2048 })
const second = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
const jwk = (pair: { publicKey: { export: (as: { format: 'jwk' }) => object } }, kid: string, more = {}): JWK =>
  ({ ...pair.publicKey.export({ format: 'jwk' }), kid, ...more }) as JWK

/** The hub with what the issuer publishes at the moment. */
function hub(keys: () => unknown, scopes: [string, string[]][] = [['reader', ['shipments:read']]]) {
  let now = nowMs
  let reads = 0
  const read = async (): Promise<unknown> => {
    reads++
    return keys()
  }
  const keySet = new KeySet({ read, now: () => now })
  const one = foreignIssuer({ issuer, audience, tenant: 'main', scopes: new Map(scopes), keys: keySet })
  const tokens = new AccessTokens([one], new ClientDirectory({ get: async () => undefined }, () => {}))
  return {
    ask: async (token: string) => tokens.principal(token, { now, certificate: () => undefined }),
    pass: (ms: number) => (now += ms),
    reads: () => reads,
  }
}

function sign(claims: object = {}, head: object = {}, key = first.privateKey): Promise<string> {
  const all = {
    iss: issuer,
    aud: audience,
    sub: 'app-1',
    iat: seconds,
    exp: seconds + 3600,
    scope: 'reader',
    ...claims,
  }
  return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'one', ...head }).sign(key)
}

const published = () => ({ keys: [jwk(first, 'one'), jwk(second, 'two'), jwk(weak, 'weak')] })

test('a token of the issuer opens what its scopes were said to mean', async () => {
  const { ask } = hub(published)
  expect(await ask(await sign())).toEqual({
    key: 'ext_app-1',
    name: 'app-1',
    tenant: 'main',
    scopes: ['shipments:read'],
  })
  expect(await ask(await sign({ azp: 'app-2', scope: undefined, roles: ['reader', 'other'] }))).toMatchObject({
    key: 'ext_app-2',
    scopes: ['shipments:read'],
  })
  expect(await ask(await sign({}, { alg: 'ES256', kid: 'two' }, second.privateKey))).toMatchObject({ key: 'ext_app-1' })
})

test('without a mapping scopes of the same name count, and never all of them at once', async () => {
  const { ask } = hub(published, [])
  const scope = '* shipments:read inbound:write:wms-* everything keys'
  expect(await ask(await sign({ scope }))).toMatchObject({ scopes: ['shipments:read', 'inbound:write:wms-*'] })
})

test.each([
  ['another issuer', { iss: 'https://other.example' }, {}],
  ['another audience', { aud: 'https://other.example' }, {}],
  ['an audience beside ours', { aud: [audience, 'https://other.example'] }, {}],
  ['over', { exp: seconds - 60 }, {}],
  ['not yet', { nbf: seconds + 600 }, {}],
  ['for ever', { exp: undefined }, {}],
  ['for longer than a day', { exp: seconds + 100_000 }, {}],
  ['of nobody', { sub: undefined }, {}],
  ['of somebody with a line break', { sub: 'a\nb' }, {}],
  ['a token for something else', {}, { typ: 'logout+jwt' }],
  ['a key that nobody published', {}, { kid: 'three' }],
  ['a key of another kind', {}, { kid: 'two' }],
])('%s is refused', async (_about, claims, head) => {
  await expect(hub(published).ask(await sign(claims, head))).rejects.toMatchObject({ code: 'AUTHENTICATION_REQUIRED' })
})

test('a weak key, one for encryption, one that is published twice, and a set with a secret in it prove nothing', async () => {
  const refused = { code: 'AUTHENTICATION_REQUIRED' }
  const forEncryption = { keys: [jwk(first, 'one', { use: 'enc' })] }
  const twice = { keys: [jwk(first, 'one'), jwk(second, 'one')] }
  const withSecret = { keys: [jwk(first, 'one'), { kty: 'oct', kid: 'x', k: 'AAAA' }] }
  for (const set of [forEncryption, twice, withSecret, { keys: 'none' }, undefined, []])
    await expect(hub(() => set).ask(await sign())).rejects.toMatchObject(refused)
  const byAnother = hub(() => ({ keys: [jwk(first, 'one', { alg: 'PS256' })] }))
  await expect(byAnother.ask(await sign())).rejects.toMatchObject(refused)
})

test('a new key is found when it is used; made-up ids do not make us ask each time', async () => {
  let set: object = { keys: [jwk(first, 'one')] }
  const { ask, pass, reads } = hub(() => set)
  await ask(await sign())
  set = { keys: [jwk(first, 'one'), jwk(second, 'two')] }
  const renewed = await sign({}, { alg: 'ES256', kid: 'two' }, second.privateKey)
  await expect(ask(renewed)).rejects.toMatchObject({ code: 'AUTHENTICATION_REQUIRED' })
  expect(reads()).toBe(1)
  pass(31_000)
  expect(await ask(renewed)).toMatchObject({ key: 'ext_app-1' })
  for (let made = 0; made < 20; made++) await ask(await sign({}, { kid: `made ${made}` })).catch(() => {})
  expect(reads()).toBe(2)
})

test('while the issuer cannot be asked, the keys that were known count on', async () => {
  let set: unknown = published()
  const { ask, pass } = hub(() => set)
  await ask(await sign())
  set = undefined
  pass(700_000)
  expect(await ask(await sign({ jti: 'another' }))).toMatchObject({ key: 'ext_app-1' })
})
