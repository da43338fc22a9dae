import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { writeMic } from '../../src/transports/as2/mic.ts'
import { readEntity } from '../../src/transports/as2/mime/entity.ts'
import { OpenSsl, opensslMissing } from '../../src/transports/as2/openssl.contract.ts'
import { entityOf, type Permutation } from '../../src/transports/as2/permutation.contract.ts'
import { freePort } from '../../src/transports/sftp/ssh-server.contract.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'
import { BouncyCastle, bouncyCastleMissing } from './bouncy-castle.ts'
import { type Answered, KeyFiles, listen, TestPartner } from './test-partner.ts'

const hubKeys = makeIdentity('hub')
const partnerKeys = makeIdentity('partner')
const files = new KeyFiles()
const partner = new TestPartner({ name: 'ACME', hubName: 'HUB', hub: hubKeys, identity: partnerKeys })
const castle = new BouncyCastle()
const openssl = new OpenSsl()
const receipts = new Map<string, Answered>()
let hub: HubProcess
let database: pg.Client
let server: Awaited<ReturnType<typeof listen>>
let sequence = 0

beforeAll(async () => {
  openssl.keep('hub', hubKeys)
  openssl.keep('partner', partnerKeys)
  if (bouncyCastleMissing === undefined) await castle.start(partnerKeys, hubKeys)
  server = await listen(async (fields, body) => {
    const receipt = { status: 200, fields, body }
    receipts.set(partner.read(receipt).originalMessageId, receipt)
    return { status: 200 }
  })
  const databaseUrl = await testDatabase()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  const port = await freePort()
  partner.url = `http://127.0.0.1:${port}/as2`
  const connection = {
    id: 'north',
    tenant: 'main',
    connector: 'generic-wms',
    settings: {},
    allowHttp: true,
    allowedCidrs: ['127.0.0.0/8'],
  }
  hub = await HubProcess.start({
    databaseUrl,
    network: {
      connections: [connection],
      as2Partners: [
        {
          connection: 'north',
          ourName: 'HUB',
          partnerName: 'ACME',
          ourIdentityFiles: [files.keep('hub', hubKeys).identity],
          certificateFiles: [files.keep('partner', partnerKeys).certificate],
          receiptHosts: ['127.0.0.1'],
          signatureNeeded: false,
          encryptionNeeded: false,
        },
      ],
    },
    environment: { INTERLINE_AS2_PORT: String(port) },
  })
})
afterAll(async () => {
  await hub.stop()
  await server.close()
  await castle.stop()
  await database.end()
  openssl.remove()
  files.remove()
})

/** Makes the message; the text is what the receipt must say. */
type Writer = (content: Buffer, one: Permutation) => Promise<{ readonly entity: Buffer; readonly mic: string }>

const writers: readonly { readonly name: string; readonly missing: string | undefined; readonly write: Writer }[] = [
  {
    name: 'our own peer',
    missing: undefined,
    write: async (content, permutation) => {
      const message = await partner.write(content, { permutation })
      const own = Object.entries(message.fields).filter(([name]) => name.startsWith('Content-'))
      return {
        entity: entityOf({ fields: Object.fromEntries(own), body: message.body }).whole,
        mic: writeMic(message.mic),
      }
    },
  },
  {
    name: 'BouncyCastle',
    missing: bouncyCastleMissing,
    write: async (content, permutation) => {
      const { body, mic } = await castle.wrap(content, permutation)
      return { entity: body, mic: mic.replace('sha256', 'sha-256') }
    },
  },
  { name: 'OpenSSL', missing: opensslMissing, write: writeByOpenSsl },
]

const ways = (['sync', 'async'] as const).flatMap((way) =>
  (['none', 'unsigned', 'signed'] as const).map((kind) => ({ way, kind })),
)
const protections = (['no', 'detached'] as const).flatMap((sign) =>
  (['no', 'aes256-cbc', 'aes128-gcm'] as const).map((cipher) => ({ sign, cipher })),
)

for (const { name, missing, write } of writers)
  describe.skipIf(missing)(`${name} (${missing ?? 'installed'}) writes to the door`, () => {
    for (const { way, kind } of ways)
      test(`and gets its receipt: ${way}, ${kind}`, async () => {
        for (const { sign, cipher } of protections)
          for (const keyTransport of cipher === 'no' ? (['v1.5'] as const) : (['v1.5', 'oaep'] as const)) {
            const one: Permutation = { sign, cipher, keyTransport, compress: 'no', digest: 'sha256' }
            await deliver(await write(document(), one), way, kind)
          }
      })
  })

async function deliver(
  { entity, mic }: { readonly entity: Buffer; readonly mic: string },
  way: 'async' | 'sync',
  kind: 'none' | 'signed' | 'unsigned',
): Promise<void> {
  const before = await documents()
  const receiptUrl = `http://127.0.0.1:${server.port}/as2`
  const envelope = await partner.write(Buffer.alloc(0), { receipt: kind, ...(way === 'async' ? { receiptUrl } : {}) })
  const outer = readEntity(entity)
  const ours = Object.entries(envelope.fields).filter(([name]) => !name.startsWith('Content-'))
  const theirs = outer.fields.map(({ name, value }) => [name, value] as const)
  const answer = await partner.post({ fields: Object.fromEntries([...ours, ...theirs]), body: outer.content })
  const messageId = String(envelope.fields['Message-ID'])
  expect(answer.status).toBe(way === 'async' && kind !== 'none' ? 204 : 200)
  expect(await documents()).toBe(before + 1)
  if (kind === 'none') return expect(answer.body.length).toBe(0)
  const receipt =
    way === 'sync'
      ? answer
      : await eventually(
          async () => receipts.get(messageId),
          (one) => one !== undefined,
        )
  if (receipt === undefined) throw new Error('no receipt came')
  const read = partner.read(receipt)
  expect(read.originalMessageId).toBe(messageId)
  expect(read.disposition).toEqual({ kind: 'processed' })
  expect(read.signedBy !== undefined).toBe(kind === 'signed')
  expect(read.mic === undefined ? '' : writeMic(read.mic)).toBe(mic)
}

/** It signs and encrypts at its command line; the MIME around it is written here. */
async function writeByOpenSsl(
  content: Buffer,
  one: Permutation,
): Promise<{ readonly entity: Buffer; readonly mic: string }> {
  const unprotected = await partner.write(content, { permutation: { ...one, sign: 'no', cipher: 'no' } })
  const part = entityOf({ fields: contentFields(unprotected.fields), body: unprotected.body }).whole
  const covered = one.sign === 'no' && one.cipher === 'no' ? content : part
  let entity = part
  if (one.sign !== 'no') {
    const sign = [
      '-sign',
      '-binary',
      '-md',
      'sha256',
      '-signer',
      'partner.crt',
      '-inkey',
      'partner.key',
      '-outform',
      'SMIME',
    ]
    entity = openssl.cms(part, sign)
  }
  if (one.cipher !== 'no') {
    const cipher = one.cipher === 'aes128-gcm' ? '-aes-128-gcm' : '-aes-256-cbc'
    const oaep = one.keyTransport === 'oaep' ? ['-keyopt', 'rsa_padding_mode:oaep'] : []
    const der = openssl.cms(entity, ['-encrypt', '-binary', '-outform', 'DER', cipher, '-recip', 'hub.crt', ...oaep])
    entity = entityOf({ fields: { 'Content-Type': 'application/pkcs7-mime' }, body: der }).whole
  }
  return { entity, mic: `${createHash('sha256').update(covered).digest('base64')}, sha-256` }
}

function contentFields(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith('Content-')))
}

function document(): Buffer {
  sequence++
  const header = 'counted,sku,location,status,quantity,uom,effective_at,document,line'
  const end = ['\r\n', '\n', ''][sequence % 3] ?? ''
  return Buffer.from(`${header}\nphysical,S-${sequence},DC1,available,5,EA,2026-07-01T00:00:00Z,D-${sequence},1${end}`)
}

async function documents(): Promise<number> {
  const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM dedupe')
  return rows[0]?.count ?? -1
}
