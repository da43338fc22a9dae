import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declareNetwork } from '../../src/sandbox/declaration.ts'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { KeyFiles, TestPartner } from '../as2/test-partner.ts'
import { ApiDocument, type OpenapiDocument } from '../gateway/api-document.ts'
import { eventually, freePort, type HubAnswer, HubProcess } from '../hub-process.ts'
import { dumpOf } from '../postgres/dump.ts'

/** Two hubs and two partners that exchange by AS2; one may put its own certificates into force. */
const files = new KeyFiles()
const ours = makeIdentity('hub')
const [harbor, pier] = ['HARBOR', 'PIER'].map((name) => new TestPartner({ name, hubName: 'HUB', hub: ours })) as [
  TestPartner,
  TestPartner,
]
const next = makeIdentity('HARBOR')
let hub: HubProcess
let second: HubProcess
let api: ApiDocument | undefined
const keys = new Map<string, string>()

beforeAll(async () => {
  const port = await freePort()
  const as2 = (connection: string, { name, identity }: TestPartner, more: object = {}): object => ({
    connection,
    ourName: 'HUB',
    partnerName: name,
    ourIdentityFiles: [files.keep('hub', ours).identity],
    certificateFiles: [files.keep(name, identity).certificate],
    ...more,
  })
  const declare = (id: string, as2Partner: object): void =>
    declareNetwork(
      files.directory,
      {
        partner: { id, name: id },
        connections: [{ id, tenant: 'main', connector: 'generic-wms', settings: {} }],
        as2Partners: [as2Partner],
      },
      { file: `${id}.json` },
    )
  declare('harbor', as2('harbor', harbor))
  declare('pier', as2('pier', pier, { certificateUploads: 'partner' }))
  const environment = { INTERLINE_NETWORK_DIRECTORY: join(files.directory, 'network') }
  hub = await HubProcess.start({ environment: { ...environment, INTERLINE_AS2_PORT: String(port) } })
  const { databaseUrl, key } = hub
  second = await HubProcess.start({ databaseUrl, key, environment: { INTERLINE_AS2_PORT: '0' } })
  harbor.url = pier.url = `http://127.0.0.1:${port}/as2`
  for (const partner of ['harbor', 'pier']) {
    const scopes = ['network:read', 'portal:write']
    const made = await hub.call('POST', '/v1/keys', { json: { name: partner, scopes, partner } })
    keys.set(partner, (made.json() as { key: string }).key)
  }
}, 240_000)
afterAll(async () => {
  await second.stop()
  await hub.stop()
  files.remove()
})

/** Asks, and holds the answer against the description of the API. */
async function as(who: string, method: 'GET' | 'POST' | 'DELETE', path: string, json?: object): Promise<HubAnswer> {
  api ??= new ApiDocument((await hub.call('GET', '/openapi.json')).json() as OpenapiDocument)
  const answer = await hub.call(method, path, {
    ...(json === undefined ? {} : { json }),
    headers: keys.has(who) ? { authorization: `Bearer ${keys.get(who)}` } : {},
  })
  expect(api.judge(method, path, answer)).toEqual([])
  return answer
}
const upload = (who: string, content: string, more: object = {}): Promise<HubAnswer> =>
  as(who, 'POST', `/v1/partners/${who}/certificates`, {
    use: 'both',
    target: who,
    content: Buffer.from(content).toString('base64'),
    ...more,
  })
/** Whether a message that is signed with this identity is taken. */
async function isTaken(partner: TestPartner, signer: typeof next): Promise<boolean> {
  const answer = await partner.post(await partner.write(Buffer.from('a,b\n1,2\n'), { signer }))
  return partner.read(answer).disposition.kind === 'processed'
}
async function counted(on: HubProcess, partner: string): Promise<readonly string[]> {
  const { certificates } = (await on.call('GET', `/v1/partners/${partner}/standing`)).json() as {
    certificates: { use: string; fingerprint: string }[]
  }
  return certificates.filter(({ use }) => use === 'signing').map(({ fingerprint }) => fingerprint)
}
test('a private key is refused, and nothing of it is in the database, the log or the answer', async () => {
  const secret = next.keyPem.split('\n')[3] ?? ''
  for (const text of [next.keyPem, next.certificatePem + next.keyPem]) {
    const refused = await upload('harbor', text)
    expect(refused.json()).toMatchObject({ status: 422, code: 'CERTIFICATE_IS_PRIVATE' })
    expect(refused.text).not.toContain(secret)
  }
  const dump = await dumpOf(hub.databaseUrl)
  const encoded = Buffer.from(next.keyPem).toString('base64').slice(200, 260)
  expect([...dump.values()].filter((text) => text.includes(secret) || text.includes(encoded))).toEqual([])
  expect(hub.log).not.toContain(secret)
  const { data } = (await as('harbor', 'GET', '/v1/partners/harbor/certificates')).json() as { data: object[] }
  expect(data).toEqual([])
})

test('an upload waits with its fingerprint and counts nowhere; another partner does not find it', async () => {
  const made = await upload('harbor', next.certificatePem)
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 })
  const { id, fingerprint } = made.json() as { id: string; fingerprint: string }
  expect(made.json()).toMatchObject({ state: 'pending', subject: 'CN=HARBOR', target: 'harbor' })
  expect(fingerprint).toBe(new X509Certificate(next.certificatePem).fingerprint256)
  expect(await counted(hub, 'harbor')).toHaveLength(1)
  expect(await isTaken(harbor, next)).toBe(false)
  expect((await upload('harbor', next.certificatePem)).json()).toMatchObject({ code: 'CERTIFICATE_KNOWN' })
  expect((await upload('harbor', harbor.identity.certificatePem)).json()).toMatchObject({ code: 'CERTIFICATE_KNOWN' })
  expect((await as('pier', 'GET', '/v1/partners/harbor/certificates')).status).toBe(404)
  expect((await as('pier', 'DELETE', `/v1/partners/pier/certificates/${id}`)).status).toBe(404)
  expect((await upload('pier', next.certificatePem, { target: 'harbor' })).status).toBe(404)
  // Whoever uploads does not accept.
  expect((await as('harbor', 'POST', `/v1/certificates/${id}/accept`, { fingerprint })).status).toBe(403)
})

test('an operator accepts it by its fingerprint: both count on every hub, and it is written down; taken out, it counts no more', async () => {
  const { data } = (await as('staff', 'GET', '/v1/partners/harbor/certificates')).json() as {
    data: { id: string; fingerprint: string }[]
  }
  const [{ id, fingerprint }] = data as [{ id: string; fingerprint: string }]
  const wrong = await as('staff', 'POST', `/v1/certificates/${id}/accept`, { fingerprint: 'AB:CD' })
  expect(wrong.json()).toMatchObject({ code: 'CERTIFICATE_INVALID' })
  const accepted = await as('staff', 'POST', `/v1/certificates/${id}/accept`, { fingerprint })
  expect(accepted.json()).toMatchObject({ state: 'accepted' })
  for (const one of [hub, second])
    expect(
      await eventually(
        () => counted(one, 'harbor'),
        (found) => found.length === 2,
      ),
    ).toContain(fingerprint)
  expect(await isTaken(harbor, next)).toBe(true)
  expect(await isTaken(harbor, harbor.identity)).toBe(true)
  expect((await as('staff', 'POST', `/v1/certificates/${id}/accept`, { fingerprint })).json()).toMatchObject({
    code: 'CERTIFICATE_DECIDED',
  })
  const audit = (await hub.call('GET', '/v1/audit?kind=certificate')).json() as { data: { change: string }[] }
  expect(audit.data.map(({ change }) => change)).toEqual(['accept', 'create'])
  const ended = await as('staff', 'POST', `/v1/certificates/${id}/refuse`, { reason: 'The key was lost.' })
  expect(ended.json()).toMatchObject({ state: 'ended', reason: 'The key was lost.' })
  await eventually(
    () => counted(hub, 'harbor'),
    (found) => found.length === 1,
  )
  expect(await isTaken(harbor, next)).toBe(false)
})

test('where the connection says so, a partner puts its own certificate into force; what waits is withdrawn', async () => {
  const made = (await upload('pier', makeIdentity('PIER').certificatePem)).json()
  expect(made).toMatchObject({ state: 'accepted' })
  expect(
    await eventually(
      () => counted(second, 'pier'),
      (found) => found.length === 2,
    ),
  ).toHaveLength(2)
  const waiting = (await upload('harbor', makeIdentity('HARBOR').certificatePem, { use: 'signing' })).json() as {
    id: string
  }
  expect((await as('harbor', 'DELETE', `/v1/partners/harbor/certificates/${waiting.id}`)).status).toBe(204)
  expect((await as('harbor', 'DELETE', `/v1/partners/harbor/certificates/${waiting.id}`)).json()).toMatchObject({
    code: 'CERTIFICATE_DECIDED',
  })
})

test('a client that shows a certificate by TLS gets the next one the same way, and both count', async () => {
  const first = makeIdentity('harbor program', { curve: 'P-256' })
  const second = makeIdentity('harbor program', { curve: 'P-256' })
  const made = await hub.call('POST', '/v1/clients', {
    json: {
      name: 'harbor program',
      method: 'self_signed_tls_client_auth',
      certificate: first.certificatePem,
      scopes: ['shipments:read'],
      partner: 'harbor',
    },
  })
  const { id: client } = made.json() as { id: string }
  const { targets } = (await as('harbor', 'GET', '/v1/partners/harbor/certificates')).json() as { targets: object[] }
  expect(targets).toContainEqual(expect.objectContaining({ target: client, uses: ['mtls'], name: 'harbor program' }))
  const sent = await upload('harbor', second.certificatePem, { use: 'mtls', target: client })
  const { id, fingerprint } = sent.json() as { id: string; fingerprint: string }
  expect((await as('staff', 'POST', `/v1/certificates/${id}/accept`, { fingerprint })).json()).toMatchObject({
    state: 'accepted',
  })
  const standing = (await as('harbor', 'GET', '/v1/partners/harbor/standing')).json() as {
    certificates: { use: string; fingerprint: string; isUsed: boolean }[]
  }
  const shown = standing.certificates.filter(({ use }) => use === 'mtls')
  expect(shown.map((one) => [one.fingerprint, one.isUsed])).toEqual([
    [first.certificate.fingerprint, true],
    [second.certificate.fingerprint, true],
  ])
  const ended = await as('staff', 'POST', `/v1/certificates/${id}/refuse`, { reason: 'the key was lost' })
  expect(ended.json()).toMatchObject({ state: 'ended' })
  const after = (await as('harbor', 'GET', '/v1/partners/harbor/standing')).json() as typeof standing
  expect(after.certificates.filter(({ use }) => use === 'mtls').map(({ fingerprint: one }) => one)).toEqual([
    first.certificate.fingerprint,
  ])
})
