import { createHmac, createPublicKey, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HubAnswer, HubProcess } from '../hub-process.ts'
import { assertion, formType, partnerKeys, tokenIn, withAssertion } from './token-client.ts'

const keys = partnerKeys()
let hub: HubProcess
let client = ''

beforeAll(async () => {
  hub = await HubProcess.start()
  client = await makeClient(hub)
})
afterAll(() => hub.stop())

async function makeClient(at: HubProcess): Promise<string> {
  const json = { name: 'Partner', method: 'private_key_jwt', publicKey: keys.publicPem, scopes: ['shipments:read'] }
  return ((await at.call('POST', '/v1/clients', { json })).json() as { id: string }).id
}

const ask = (text: string): Promise<HubAnswer> =>
  hub.call('POST', '/oauth/token', { body: withAssertion(text), headers: formType })
const sign = (changes = {}, key: KeyObject = keys.privateKey): Promise<string> =>
  assertion({ id: client, audience: hub.url, key }, changes)
const read = async (token: string): Promise<number> =>
  (await hub.call('GET', '/v1/shipments', { headers: { authorization: `Bearer ${token}` } })).status

describe('an assertion', () => {
  test('counts once, also when it comes ten times in one moment', async () => {
    const text = await sign()
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(text)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await ask(text)).status).toBe(401)
  })

  test('is refused when it is for somebody else, of somebody else, over, or without end', async () => {
    const now = Math.floor(Date.now() / 1000)
    const wrong: object[] = [
      { aud: 'https://other.example' },
      { iss: 'cli_other' },
      { exp: now - 60 },
      { exp: undefined },
      { jti: undefined },
      { exp: now + 86_400 },
      { nbf: now + 600 },
    ]
    for (const changes of wrong) expect([changes, (await ask(await sign(changes))).status]).toEqual([changes, 401])
    expect((await ask(await sign({}, partnerKeys().privateKey))).status).toBe(401)
    expect((await ask(await sign())).status).toBe(200)
  })

  test('is refused unsigned, and signed with the public key as if it were a secret', async () => {
    const [, claims] = (await sign()).split('.')
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    expect((await ask(`${part({ alg: 'none' })}.${claims}.`)).status).toBeGreaterThanOrEqual(400)
    const head = part({ alg: 'HS256' })
    const mac = createHmac('sha256', keys.publicPem).update(`${head}.${claims}`).digest('base64url')
    expect((await ask(`${head}.${claims}.${mac}`)).status).toBe(401)
  })

  test('of a client that there is not says no more than a wrong one', async () => {
    const text = await assertion({ id: 'cli_nobody', audience: hub.url, key: keys.privateKey })
    const unknown = await ask(text)
    const wrong = await ask(await sign({}, partnerKeys().privateKey))
    expect(unknown.status).toBe(wrong.status)
    expect(unknown.json()).toEqual(wrong.json())
  })
})

describe('a token', () => {
  test('is refused when a byte of it is another', async () => {
    const token = tokenIn(await ask(await sign()))
    expect(await read(token)).toBe(200)
    const parts = token.split('.')
    for (const at of [0, 1, 2]) {
      const text = parts[at] ?? ''
      const middle = Math.floor(text.length / 2)
      const other = `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`
      expect(await read(parts.with(at, other).join('.'))).toBe(401)
    }
    for (const bad of [`${token}.`, `.${token}`, token.replace('.', '..'), `${parts[0]}.${parts[1]}.`])
      expect(await read(bad)).toBe(401)
  })

  test('is refused when somebody else signed it, whatever its head says', async () => {
    const genuine = tokenIn(await ask(await sign()))
    const { kid = '' } = decodeProtectedHeader(genuine)
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: hub.url,
      aud: hub.url,
      sub: client,
      client_id: client,
      jti: 'x',
      iat: now,
      exp: now + 300,
      scope: '*',
      epoch: 1,
    }
    const forge = (head: object, key: KeyObject | Uint8Array = keys.privateKey): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...head }).sign(key)
    const jwk = createPublicKey(keys.publicPem).export({ format: 'jwk' })
    const heads = [{}, { kid: 'sig_other' }, { jwk }, { jku: `${hub.url}/keys` }, { typ: 'JWT' }]
    for (const head of heads) expect(await read(await forge(head))).toBe(401)
    const { keys: published } = (await hub.call('GET', '/oauth/jwks')).json() as { keys: object[] }
    const secret = new TextEncoder().encode(JSON.stringify(published[0]))
    expect(await read(await forge({ alg: 'HS256' }, secret))).toBe(401)
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    expect(await read(`${part({ alg: 'none', typ: 'at+jwt', kid })}.${part(claims)}.`)).toBe(401)
    expect(
      await read(`${part({ alg: 'ES256', kid, crit: ['x'], x: 1 })}.${genuine.split('.').slice(1).join('.')}`),
    ).toBe(401)
  })

  test('in the address of a request is nothing', async () => {
    const token = tokenIn(await ask(await sign()))
    const answer = await hub.call('GET', `/v1/shipments?access_token=${token}`, { headers: { authorization: '' } })
    expect(answer.status).toBe(401)
  })

  test('of a hub under another name is not for this one; keys and tokens outlive a restart', async () => {
    const token = tokenIn(await ask(await sign()))
    const other = await HubProcess.start({
      databaseUrl: hub.databaseUrl,
      key: hub.key,
      environment: { INTERLINE_PUBLIC_URL: 'https://hub.example' },
    })
    try {
      const foreign = await other.call('GET', '/v1/shipments', { headers: { authorization: `Bearer ${token}` } })
      expect(foreign.status).toBe(401)
      const { keys: published } = (await other.call('GET', '/oauth/jwks')).json() as { keys: { kid: string }[] }
      expect(published.map(({ kid }) => kid)).toContain(decodeProtectedHeader(token).kid)
      // It cannot open the key of the first, so it signs with one of its own, and both are published.
      const own = await assertion({ id: client, audience: 'https://hub.example', key: keys.privateKey })
      const answer = await other.call('POST', '/oauth/token', { body: withAssertion(own), headers: formType })
      const issued = tokenIn(answer)
      const accepted = await other.call('GET', '/v1/shipments', { headers: { authorization: `Bearer ${issued}` } })
      expect(accepted.status).toBe(200)
    } finally {
      await other.stop()
    }
  })

  test('that was revoked on another instance ends here within seconds', async () => {
    const id = await makeClient(hub)
    const text = await assertion({ id, audience: hub.url, key: keys.privateKey })
    const token = tokenIn(await ask(text))
    expect(await read(token)).toBe(200)
    const other = await HubProcess.start({ databaseUrl: hub.databaseUrl, key: hub.key })
    try {
      expect((await other.call('DELETE', `/v1/clients/${id}`)).status).toBe(204)
    } finally {
      await other.stop()
    }
    await expect.poll(() => read(token), { timeout: 15_000 }).toBe(401)
  })
})

test('of two keys that a client is given at the same moment none is lost', async () => {
  const other = await makeClient(hub)
  const made = [partnerKeys(), partnerKeys()]
  const given = await Promise.all(
    made.map(({ publicPem }) =>
      hub.call('POST', `/v1/clients/${other}/credentials`, { json: { publicKey: publicPem } }),
    ),
  )
  expect(given.map(({ status }) => status)).toEqual([201, 201])
  for (const { privateKey } of made)
    expect((await ask(await assertion({ id: other, audience: hub.url, key: privateKey }))).status).toBe(200)
})

test('who asks for tokens too often has to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 160 }, () => ask('a.b.c')))
  const slow = answers.filter(({ status }) => status === 429)
  expect(slow.length).toBeGreaterThan(0)
  expect(Number(slow[0]?.headers['retry-after'])).toBeGreaterThan(0)
})
