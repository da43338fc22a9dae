import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { thumbprintOfDer } from '../../src/gateway/oauth/peer.ts'
import { makeCertificate } from '../../src/transports/http/certificate.contract.ts'
import { HubProcess } from '../hub-process.ts'
import { assertion, formType, partnerKeys, TlsCaller, tokenIn, withAssertion } from './token-client.ts'

const server = makeCertificate('127.0.0.1')
const known = makeCertificate('wms.example')
const selfSigned = makeCertificate('partner.example')
const other = makeCertificate('wms.example')
const keys = partnerKeys()
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const granted = ['shipments:read', 'inbound:write']
const folder = mkdtempSync(join(tmpdir(), 'interline-tls-'))
const callers: TlsCaller[] = []
let hub: HubProcess
let proxied: HubProcess
let url = ''

function caller(shows?: { certificate: string; key: string }): TlsCaller {
  const made = new TlsCaller(url, { authority: server.certificate, ...(shows === undefined ? {} : { shows }) })
  callers.push(made)
  return made
}

const warehouse = { connections: [{ id: 'warehouse', tenant: 'main', connector: 'generic-wms', settings: {} }] }

beforeAll(async () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  hub = await HubProcess.start({
    network: warehouse,
    environment: {
      INTERLINE_TLS_CERTIFICATE: file('server.pem', `${server.certificate}${server.key}`),
      INTERLINE_TLS_AUTHORITIES: file('authorities.pem', known.certificate),
      INTERLINE_TLS_PORT: '0',
    },
  })
  proxied = await HubProcess.start({
    databaseUrl: hub.databaseUrl,
    key: hub.key,
    network: warehouse,
    environment: { INTERLINE_TRUSTED_PROXIES: '127.0.0.1', INTERLINE_PUBLIC_URL: hub.url },
  })
  const about = (await hub.call('GET', '/.well-known/oauth-authorization-server')).json()
  url = (about as { mtls_endpoint_aliases: { token_endpoint: string } }).mtls_endpoint_aliases.token_endpoint.replace(
    '/oauth/token',
    '',
  )
})
afterAll(async () => {
  await Promise.all(callers.map((one) => one.close()))
  await proxied.stop()
  await hub.stop()
  rmSync(folder, { recursive: true })
})

async function create(json: object): Promise<string> {
  const answer = await hub.call('POST', '/v1/clients', { json: { name: 'Partner', scopes: granted, ...json } })
  expect(answer.status).toBe(201)
  return (answer.json() as { id: string }).id
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const byCertificate = (id: string): string =>
  new URLSearchParams({ grant_type: 'client_credentials', client_id: id }).toString()

describe('a token that is bound to a certificate', () => {
  let token = ''

  test('is given to the client that shows the certificate it registered, and to no other', async () => {
    const id = await create({ method: 'self_signed_tls_client_auth', certificate: selfSigned.certificate })
    const ask = (shows?: typeof known) =>
      caller(shows).call('POST', '/oauth/token', { body: byCertificate(id), headers: form })
    expect((await ask()).status).toBe(401)
    expect((await ask(other)).status).toBe(401)
    token = tokenIn(await ask(selfSigned))
    expect(decodeJwt(token)['cnf']).toEqual({
      'x5t#S256': thumbprintOfDer(new X509Certificate(selfSigned.certificate).raw),
    })
  })

  test('opens with that certificate, and is refused with another and with none', async () => {
    expect((await caller(selfSigned).call('GET', '/v1/shipments', bearer(token))).status).toBe(200)
    const input = { body: '{}', headers: { ...bearer(token).headers, 'content-type': 'application/json' } }
    expect((await caller(selfSigned).call('POST', '/v1/inbound/warehouse', input)).status).toBe(202)
    for (const shows of [known, other, undefined]) {
      const refused = await caller(shows).call('GET', '/v1/shipments', bearer(token))
      expect(refused.status).toBe(401)
      expect(refused.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
      expect((await caller(shows).call('POST', '/v1/inbound/warehouse', input)).status).toBe(401)
    }
    expect((await hub.call('GET', '/v1/shipments', bearer(token))).status).toBe(401)
    expect((await hub.call('POST', '/v1/inbound/warehouse', { json: {}, ...bearer(token) })).status).toBe(401)
  })

  test('is refused with a forged header of a certificate, on every door', async () => {
    const raw = new X509Certificate(selfSigned.certificate).raw.toString('base64')
    for (const forged of [
      { 'client-cert': `:${raw}:` },
      { 'x-forwarded-client-cert': `Hash=1;Cert="${encodeURIComponent(selfSigned.certificate)}"` },
    ]) {
      const headers = { ...bearer(token).headers, ...forged }
      expect((await hub.call('GET', '/v1/shipments', { headers })).status).toBe(401)
      expect((await hub.call('POST', '/v1/inbound/warehouse', { json: {}, headers })).status).toBe(401)
      expect((await caller(other).call('GET', '/v1/shipments', { headers })).status).toBe(401)
    }
  })

  test('opens behind a proxy of ours that says which certificate it saw', async () => {
    const raw = new X509Certificate(selfSigned.certificate).raw.toString('base64')
    const envoy = `By=x;Cert="${encodeURIComponent(known.certificate)}",Cert="${encodeURIComponent(selfSigned.certificate)}"`
    const seen = (headers: Record<string, string>) =>
      proxied.call('GET', '/v1/shipments', { headers: { ...bearer(token).headers, ...headers } })
    expect((await seen({ 'client-cert': `:${raw}:` })).status).toBe(200)
    expect((await seen({ 'x-forwarded-client-cert': envoy })).status).toBe(200)
    const stranger = new X509Certificate(other.certificate).raw.toString('base64')
    for (const wrong of [{}, { 'client-cert': `:${stranger}:` }, { 'client-cert': raw }, { 'client-cert': ':AAAA:' }])
      expect((await seen(wrong)).status).toBe(401)
    const input = { json: {}, headers: { ...bearer(token).headers, 'client-cert': `:${raw}:` } }
    expect((await proxied.call('POST', '/v1/inbound/warehouse', input)).status).toBe(202)
  })
})

test('a certificate of a known authority with the name of the client opens; the same name of nobody known does not', async () => {
  const id = await create({ method: 'tls_client_auth', subject: { kind: 'dns', value: 'wms.example' } })
  const ask = (shows?: typeof known) =>
    caller(shows).call('POST', '/oauth/token', { body: byCertificate(id), headers: form })
  const token = tokenIn(await ask(known))
  expect((await caller(known).call('GET', '/v1/shipments', bearer(token))).status).toBe(200)
  for (const shows of [other, selfSigned, undefined]) expect((await ask(shows)).status).toBe(401)
})

test('a client that signs gets bound tokens where it wants them, and none without a certificate', async () => {
  const id = await create({ method: 'private_key_jwt', publicKey: keys.publicPem, bound: true })
  const body = async () => withAssertion(await assertion({ id, audience: hub.url, key: keys.privateKey }))
  const refused = await hub.call('POST', '/oauth/token', { body: await body(), headers: formType })
  expect(refused.status).toBe(400)
  const token = tokenIn(await caller(other).call('POST', '/oauth/token', { body: await body(), headers: form }))
  expect((await caller(other).call('GET', '/v1/shipments', bearer(token))).status).toBe(200)
  expect((await caller(known).call('GET', '/v1/shipments', bearer(token))).status).toBe(401)
})

describe('the address of a client', () => {
  const guess = (at: HubProcess, headers: Record<string, string>) =>
    at.call('POST', '/v1/session', {
      json: { email: 'cy@example.com', password: 'guess' },
      headers: { authorization: '', ...headers },
    })

  test('is what a proxy of ours says: who guesses is slowed down, and nobody else behind it', async () => {
    const from = (address: string) => guess(proxied, { 'x-forwarded-for': address })
    for (let attempt = 0; attempt < 5; attempt++) expect((await from('203.0.113.7')).status).toBe(401)
    expect((await from('203.0.113.7')).status).toBe(429)
    // What the client itself wrote stands before what the proxy added.
    expect((await from('198.51.100.1, 203.0.113.7')).status).toBe(429)
    expect((await from('203.0.113.8')).status).toBe(401)
  })

  test('is not what anybody else says', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 6; attempt++)
      statuses.push((await guess(hub, { 'x-forwarded-for': `203.0.113.${attempt}` })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })
})
