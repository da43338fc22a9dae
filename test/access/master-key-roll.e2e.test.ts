import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyWebhook } from '../../src/transports/signature.ts'
import { startReceiver } from '../gateway/receiver.ts'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'

/** Two hubs on one database, which get their master keys from one file that an operator changes. */
const folder = mkdtempSync(join(tmpdir(), 'interline-master-'))
const file = join(folder, 'master.key')
const [old, next] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
const environment = {
  ...{ INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8', INTERLINE_LEASE_SECONDS: '3' },
  INTERLINE_MASTER_KEY_FILE: file,
}
let changed: HubProcess
let untouched: HubProcess
let customer: Awaited<ReturnType<typeof startReceiver>>

beforeAll(async () => {
  writeFileSync(file, `${old}\n`)
  customer = await startReceiver()
  changed = await HubProcess.start({ network, environment })
  const { databaseUrl, key } = changed
  untouched = await HubProcess.start({ network, environment, databaseUrl, key })
}, 240_000)
afterAll(async () => {
  await untouched.stop()
  await changed.stop()
  await customer.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function rotateData(hub: HubProcess): Promise<void> {
  const json = { key: 'data', reason: 'The year is over.' }
  const headers = { 'idempotency-key': `"${randomBytes(8).toString('hex')}"` }
  const { job } = (await hub.call('POST', '/v1/secrets/rotations', { json, headers })).json() as { job: string }
  await eventually(
    async () => (await hub.call('GET', `/v1/jobs/${job}`)).json() as { status: string },
    ({ status }) => status === 'succeeded',
  )
}

/** The data key that seals now. */
async function newest(hub: HubProcess): Promise<{ readonly masterKey: string }> {
  const { dataKeys } = (await hub.call('GET', '/v1/secrets')).json() as { dataKeys: { masterKey: string }[] }
  return dataKeys[0] ?? { masterKey: '' }
}

test('a hub that was not restarted signs with a secret that another one sealed by a newer master key', async () => {
  const json = { url: `${customer.url}/hook` }
  const headers = { 'idempotency-key': '"hook"' }
  const { secret } = (await changed.call('POST', '/v1/subscriptions', { json, headers })).json() as { secret: string }
  const before = (await newest(changed)).masterKey
  // The operator puts the new key in front and restarts one of the two, which has the next data key.
  writeFileSync(file, `${next}\n${old}\n`)
  const { databaseUrl, key } = changed
  await changed.die()
  changed = await HubProcess.start({ network, environment, databaseUrl, key })
  // Whichever of the two has time makes the data key: that one is wanted which the other did not make.
  for (let tries = 0; tries < 12 && (await newest(changed)).masterKey === before; tries++) await rotateData(changed)
  expect((await newest(changed)).masterKey).not.toBe(before)
  // From here on the other one is alone.
  await changed.die()
  expect((await sendSigned(untouched, trackerEvent('signed by the other'))).status).toBe(202)
  await eventually(
    async () => customer.received.length,
    (count) => count > 0,
    30_000,
  )
  const { headers: got, body } = customer.received[0] ?? { headers: {}, body: '' }
  const judge = (by: string): string =>
    verifyWebhook(
      { headers: got as Record<string, string>, body: Buffer.from(body), nowSeconds: Date.now() / 1000 },
      by,
    )
  expect(judge(secret)).toBe('ok')
  changed = await HubProcess.start({ network, environment, databaseUrl, key })
}, 90_000)
