import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyWebhook } from '../../src/transports/signature.ts'
import { startReceiver } from '../gateway/receiver.ts'
import { network, signed, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { dumpOf } from '../postgres/dump.ts'
import { spawnHub } from '../spawned-hub.ts'

const planted = 'canary-of-the-carrier-7f1c'
const password = 'four green trams at dawn'
const local = { INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8' }
let hub: HubProcess
let customer: Awaited<ReturnType<typeof startReceiver>>
const secrets = new Map<string, string>()

beforeAll(async () => {
  customer = await startReceiver()
  const connections = network.connections.map((one) =>
    one.id === 'carrier' ? { ...one, settings: { webhookSecret: planted } } : one,
  )
  // The hub keeps its master key itself, as it does by default.
  hub = await HubProcess.start({
    network: { ...network, connections },
    environment: { ...local, INTERLINE_MASTER_KEY: '' },
  })
})
afterAll(async () => {
  await hub.stop()
  await customer.stop()
})

const once = (key: string) => ({ 'idempotency-key': `"${key}"` })
const asked = async (path: string, key: string, json: object = {}): Promise<Record<string, string>> =>
  (await hub.call('POST', path, { json, headers: once(key) })).json() as Record<string, string>

/** Makes one of every secret that the hub keeps or shows once. */
async function plant(): Promise<void> {
  const hook = await asked('/v1/subscriptions', 'hook', { url: `${customer.url}/hook` })
  secrets.set('webhook', hook['secret'] ?? '')
  const rotated = await asked(`/v1/subscriptions/${hook['id']}/rotate`, 'again')
  secrets.set('rotated webhook', rotated['secret'] ?? '')
  secrets.set('key', (await asked('/v1/keys', 'key', { name: 'a', scopes: ['shipments:read'] }))['key'] ?? '')
  const client = { name: 'c', method: 'client_secret_basic', scopes: ['shipments:read'] }
  secrets.set('client', (await asked('/v1/clients', 'client', client))['secret'] ?? '')
  secrets.set('connection', planted)
  secrets.set('first key', hub.key)
  const token = readFileSync(join(hub.directory, 'welcome.link'), 'utf8').trim().split('#')[1] ?? ''
  secrets.set('welcome', token)
  const json = { token, email: 'ada@example.com', name: 'Ada Berg', password }
  const welcomed = await hub.call('POST', '/v1/welcome', { json, headers: { authorization: '' } })
  const cookie = String(welcomed.headers['set-cookie']).split(';')[0] ?? ''
  secrets.set('password', password)
  secrets.set('session', cookie.split('=')[1] ?? '')
  const headers = { authorization: '', cookie, origin: hub.url, 'x-interline-page': '1' }
  const begun = await hub.call('POST', '/v1/session/second-factor', { json: { password }, headers })
  secrets.set('second factor', (begun.json() as { secret: string }).secret)
}

/** Where one of the planted secrets is to be read. */
async function found(): Promise<readonly string[]> {
  const dump = await dumpOf(hub.databaseUrl)
  const places = [...dump, ['the log', hub.log] as const]
  return places.flatMap(([place, text]) =>
    [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => `${name} in ${place}`),
  )
}

test('no secret that was made, shown or typed is in the database, in the log or in any later answer', async () => {
  await plant()
  for (const [name, secret] of secrets) expect([name, secret.length > 15]).toEqual([name, true])
  const body = trackerEvent('sealed')
  expect((await hub.call('POST', '/v1/inbound/carrier', { body, headers: signed(body, planted) })).status).toBe(202)
  await eventually(
    async () => customer.received.length,
    (count) => count > 0,
  )
  // Whoever pastes a secret into the wrong field.
  const pasted = secrets.get('webhook') ?? ''
  await hub.call('GET', `/v1/trace?reference=${encodeURIComponent(pasted)}`)
  const wrong = await hub.call('POST', '/v1/keys', { json: { name: 'x', [pasted]: 1 }, headers: once('wrong') })
  expect(wrong.status).toBe(422)
  expect(await found()).toEqual([])
  const answers = await Promise.all(
    [
      '/v1/subscriptions',
      '/v1/keys',
      '/v1/clients',
      '/v1/audit?limit=200',
      '/v1/partners',
      '/v1/secrets',
      '/v1/jobs',
    ].map(async (path) => (await hub.call('GET', path)).text),
  )
  expect(answers.filter((text) => [...secrets.values()].some((secret) => text.includes(secret)))).toEqual([])
  // The repeated request still gets what it got first.
  expect((await asked('/v1/subscriptions', 'hook', { url: `${customer.url}/hook` }))['secret']).toBe(
    secrets.get('webhook'),
  )
})

test('a new data key seals everything anew while webhooks go on being signed', async () => {
  const standing = async () =>
    (await hub.call('GET', '/v1/secrets')).json() as { dataKeys: { id: string; secrets: number }[]; unsealed: number }
  const before = await standing()
  expect(before).toMatchObject({
    masterKeptBy: 'hub',
    unsealed: 0,
    dataKeys: [{ secrets: expect.any(Number) as number }],
  })
  const { job } = await asked('/v1/secrets/rotations', 'rotate', { key: 'data', reason: 'a laptop was stolen' })
  const ended = await eventually(
    async () => (await hub.call('GET', `/v1/jobs/${job}`)).json() as Record<string, unknown>,
    ({ status }) => status === 'succeeded',
  )
  expect(ended).toMatchObject({
    kind: 'secret-rotation',
    status: 'succeeded',
    failed: 0,
    reason: 'a laptop was stolen',
  })
  const after = await standing()
  expect(after.dataKeys[0]?.id).not.toBe(before.dataKeys[0]?.id)
  expect(after.dataKeys[0]?.secrets).toBeGreaterThan(2)
  expect(after.dataKeys[1]).toMatchObject({ id: before.dataKeys[0]?.id })
  const count = customer.received.length
  const body = trackerEvent('signed again')
  await hub.call('POST', '/v1/inbound/carrier', { body, headers: signed(body, planted) })
  await eventually(
    async () => customer.received.length,
    (now) => now > count,
  )
  const { headers, body: sent } = customer.received.at(-1) ?? { headers: {}, body: '' }
  const judge = (secret: string): string =>
    verifyWebhook(
      { headers: headers as Record<string, string>, body: Buffer.from(sent), nowSeconds: Date.now() / 1000 },
      secret,
    )
  expect(judge(secrets.get('rotated webhook') ?? '')).toBe('ok')
  expect(judge('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).not.toBe('ok')
})

test('a new master key: the file changes and stays private, and a hub starts only with the right one', async () => {
  const path = join(hub.directory, 'master.key')
  const old = readFileSync(path, 'utf8')
  const { job } = await asked('/v1/secrets/rotations', 'master', { key: 'master' })
  await eventually(
    async () => (await hub.call('GET', `/v1/jobs/${job}`)).json() as Record<string, unknown>,
    ({ status }) => status === 'succeeded',
  )
  const kept = readFileSync(path, 'utf8')
  expect(kept.trim().split('\n')).toHaveLength(1)
  expect(kept).not.toBe(old)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect([...(await dumpOf(hub.databaseUrl)).values()].some((text) => text.includes(kept.trim()))).toBe(false)
  const start = (key: string): Promise<string> => {
    const folder = join(hub.directory, randomBytes(4).toString('hex'))
    const environment = {
      INTERLINE_DATABASE_URL: hub.databaseUrl,
      INTERLINE_MASTER_KEY: key,
      // What the network of the first one refers to.
      INTERLINE_SECRETS_DIRECTORY: join(hub.directory, 'secrets'),
    }
    const { child, url } = spawnHub(folder, environment)
    return url.then(
      async () => {
        const gone = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await gone
        return 'started'
      },
      (error: unknown) => String(error),
    )
  }
  expect(await start('')).toContain('MASTER_KEY_MISSING')
  expect(await start(old.trim())).toContain('MASTER_KEY_UNFIT')
  expect(await start(kept.trim())).toBe('started')
}, 90_000)
