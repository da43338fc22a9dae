import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import type { Field } from '../../src/transports/as2/mime/entity.ts'
import { freePort } from '../../src/transports/sftp/ssh-server.contract.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'
import { type Answered, confirms, KeyFiles, listen, type Message, TestPartner } from './test-partner.ts'

const hubKeys = makeIdentity('hub')
const stranger = makeIdentity('stranger')
const partner = new TestPartner({ name: 'ACME', hubName: 'HUB', hub: hubKeys })
const loose = new TestPartner({ name: 'LOOSE', hubName: 'HUB', hub: hubKeys })
const files = new KeyFiles()
const header = 'counted,sku,location,status,quantity,uom,effective_at,document,line'
let databaseUrl: string
let database: pg.Client
let hub: HubProcess
let lines = 0

function count(): Buffer {
  lines++
  return Buffer.from(`${header}\nphysical,S-${lines},DC1,available,5,EA,2026-07-01T00:00:00Z,D-${lines},1\n`)
}

async function start(key?: string): Promise<HubProcess> {
  const ours = files.keep('hub', hubKeys).identity
  const as2 = (connection: string, { name, identity }: TestPartner, more: object): object => ({
    connection,
    ourName: 'HUB',
    partnerName: name,
    ourIdentityFiles: [ours],
    certificateFiles: [files.keep(name, identity).certificate],
    receiptHosts: ['127.0.0.1'],
    ...more,
  })
  const connections = ['north', 'south'].map((id) => ({
    id,
    tenant: 'main',
    connector: 'generic-wms',
    settings: {},
    allowHttp: true,
    allowedCidrs: ['127.0.0.0/8'],
  }))
  const port = await freePort()
  const started = await HubProcess.start({
    databaseUrl,
    ...(key === undefined ? {} : { key }),
    network: {
      connections,
      as2Partners: [
        as2('north', partner, {}),
        as2('south', loose, { signatureNeeded: false, encryptionNeeded: false }),
      ],
    },
    environment: { INTERLINE_AS2_PORT: String(port), INTERLINE_LEASE_SECONDS: '3' },
  })
  partner.url = loose.url = `http://127.0.0.1:${port}/as2`
  return started
}

/** Documents that the inbox has taken, over all connections. */
async function documents(): Promise<number> {
  const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM dedupe')
  return rows[0]?.count ?? -1
}

beforeAll(async () => {
  databaseUrl = await testDatabase()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  hub = await start()
})
afterAll(async () => {
  await hub.stop()
  await database.end()
  files.remove()
})

describe('a document that comes by AS2', () => {
  test('is in the inbox, and the receipt says exactly what was received', async () => {
    const before = await documents()
    const message = await partner.write(count())
    const answer = await partner.post(message)
    expect(answer.status).toBe(200)
    expect(confirms(partner.read(answer), message)).toBe(true)
    expect(await documents()).toBe(before + 1)
  })

  test('gets a receipt only when one is asked for, signed only when that is asked for', async () => {
    const silent = await partner.post(await partner.write(count(), { receipt: 'none' }))
    expect([silent.status, silent.body.length]).toEqual([200, 0])
    const message = await partner.write(count(), { receipt: 'unsigned' })
    const receipt = partner.read(await partner.post(message))
    expect(receipt.signedBy).toBeUndefined()
    expect(receipt.disposition).toEqual({ kind: 'processed' })
  })

  test('that is repeated is not taken again and gets the same receipt to the byte, also all at once, also after a restart', async () => {
    const before = await documents()
    const message = await partner.write(count())
    const answers = await Promise.all(Array.from({ length: 12 }, () => partner.post(message)))
    const [first] = answers
    if (first === undefined) throw new Error('no answer')
    expect(confirms(partner.read(first), message)).toBe(true)
    await hub.stop()
    hub = await start(hub.key)
    for (const one of [...answers, await partner.post(message)]) expect(same(one, first)).toBe(true)
    expect(await documents()).toBe(before + 1)
  })

  test('that is encrypted anew for another try is the same document', async () => {
    const before = await documents()
    const content = count()
    const first = await partner.post(await partner.write(content, { messageId: '<again@acme>' }))
    const second = await partner.post(await partner.write(content, { messageId: '<again@acme>' }))
    expect(same(second, first)).toBe(true)
    expect(await documents()).toBe(before + 1)
  })

  test('under the identifier of another one is kept beside it for people, and the old receipt goes back', async () => {
    const before = await documents()
    const first = await partner.post(await partner.write(count(), { messageId: '<reused@acme>' }))
    const second = await partner.post(await partner.write(count(), { messageId: '<reused@acme>' }))
    expect(same(second, first)).toBe(true)
    expect(await documents()).toBe(before + 2)
    expect(await hub.counter('interline_ingest_events_total', { outcome: 'conflict' })).toBe(1)
  })

  test('survives a power cut between inbox and receipt: the next try gets the receipt, and there is one document', async () => {
    const before = await documents()
    const message = await partner.write(count())
    const blocker = new pg.Client({ connectionString: databaseUrl })
    await blocker.connect()
    await blocker.query('BEGIN; LOCK TABLE as2_received IN SHARE ROW EXCLUSIVE MODE')
    const lost = partner.post(message).then(
      () => 'answered',
      () => 'lost',
    )
    expect(await eventually(documents, (found) => found === before + 1)).toBe(before + 1)
    await hub.die()
    expect(await lost).toBe('lost')
    await blocker.query('ROLLBACK')
    await blocker.end()
    hub = await start(hub.key)
    expect(confirms(partner.read(await partner.post(message)), message)).toBe(true)
    expect(await documents()).toBe(before + 1)
  })
})

describe('a message that must not be taken', () => {
  const nobody = new TestPartner({ name: 'NOBODY', hubName: 'HUB', hub: hubKeys })
  const attempts: readonly (readonly [string, TestPartner, () => Promise<Pick<Message, 'fields' | 'body'>>, string])[] =
    [
      ['from somebody unknown', nobody, () => nobody.write(count()), 'unknown-trading-relationship'],
      [
        'for a name that is not ours',
        partner,
        async () => {
          const one = await partner.write(count())
          return { ...one, fields: { ...one.fields, 'AS2-To': 'hub' } }
        },
        'unknown-trading-relationship',
      ],
      ['signed by somebody else', partner, () => partner.write(count(), { signer: stranger }), 'authentication-failed'],
      [
        'encrypted for somebody else',
        partner,
        () => partner.write(count(), { receiver: stranger }),
        'decryption-failed',
      ],
      ['encrypted and damaged', partner, async () => damaged(await partner.write(count()), 20), 'decryption-failed'],
      [
        'not encrypted',
        partner,
        () => partner.write(count(), { permutation: { cipher: 'no' } }),
        'insufficient-message-security',
      ],
      [
        'not signed',
        partner,
        () => partner.write(count(), { permutation: { sign: 'no', cipher: 'no' } }),
        'insufficient-message-security',
      ],
      [
        'signed with SHA-1',
        partner,
        () => partner.write(count(), { permutation: { digest: 'sha1' } }),
        'insufficient-message-security',
      ],
      [
        'changed on the way',
        loose,
        async () => changed(await loose.write(count(), { permutation: { cipher: 'no' } })),
        'integrity-check-failed',
      ],
      [
        'with digests that nobody offers',
        loose,
        () => loose.write(count(), { permutation: { sign: 'no', cipher: 'no' }, digests: 'md5' }),
        'unsupported MIC-algorithms',
      ],
      [
        'that unpacks to too much',
        loose,
        () => loose.write(Buffer.alloc(40_000_000), { permutation: { cipher: 'no', compress: 'before-signing' } }),
        'decompression-failed',
      ],
    ]
  for (const [what, sender, write, modifier] of attempts)
    test(`${what}: the receipt says so, and nothing is processed`, async () => {
      sender.url = partner.url
      const before = await documents()
      const answer = await sender.post(await write())
      expect(answer.status).toBe(200)
      const receipt = sender.read(answer)
      expect(receipt.disposition).toMatchObject({ modifier })
      expect(receipt.mic).toBeUndefined()
      expect(receipt.signedBy === undefined).toBe(modifier === 'unknown-trading-relationship')
      expect(await documents()).toBe(before)
    })

  test('and cannot be read: the answer does not tell why', async () => {
    const messages = [
      await partner.write(count(), { receiver: stranger }),
      damaged(await partner.write(count()), 20),
      damaged(await partner.write(count()), 1),
      await partner.write(count(), { permutation: { sign: 'no' } }),
    ]
    const told = await Promise.all(
      messages.map(async (message) => {
        const { status, body, fields } = await partner.post(message)
        const text = body.toString('latin1').split('application/pkcs7-signature;')[0] ?? ''
        const id = String(message.fields['Message-ID'])
        return [
          status,
          text.replaceAll(id, 'ID').replaceAll(/=_[0-9a-f]{36}/g, 'B'),
          fields.map(({ name }) => name).toSorted(),
        ].join()
      }),
    )
    expect(new Set(told).size).toBe(1)
  })
})

describe('an asynchronous receipt', () => {
  test('comes after the answer, to the address that was agreed, and again when the message is repeated', async () => {
    const got: { fields: readonly Field[]; body: Buffer }[] = []
    const server = await listen(async (fields, body) => {
      got.push({ fields, body })
      return { status: got.length === 1 ? 500 : 200 }
    })
    try {
      const before = await documents()
      const message = await partner.write(count(), { receiptUrl: `http://127.0.0.1:${server.port}/as2` })
      expect((await partner.post(message)).status).toBe(204)
      await eventually(
        async () => got.length,
        (length) => length === 1,
      )
      // A refused one is tried again in five minutes: the test moves the clock of the row.
      await eventually(
        async () => {
          await database.query('UPDATE as2_received SET due = now_ms() WHERE due IS NOT NULL')
          return got.length
        },
        (length) => length === 2,
      )
      await eventually(
        async () => (await partner.post(message)).status + got.length,
        (sum) => sum >= 207,
      )
      expect(got.length).toBeGreaterThanOrEqual(3)
      for (const one of got) {
        expect(confirms(partner.read(one), message)).toBe(true)
        expect(one.body.equals(got[0]?.body ?? Buffer.alloc(0))).toBe(true)
      }
      expect(await documents()).toBe(before + 1)
    } finally {
      await server.close()
    }
  })

  test.each(['http://localhost/as2', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'nonsense'])(
    'to %s is refused before anything is processed',
    async (receiptUrl) => {
      const before = await documents()
      expect((await partner.post(await partner.write(count(), { receiptUrl }))).status).toBe(403)
      expect(await documents()).toBe(before)
    },
  )
})

describe('HTTP as partners speak it', () => {
  async function raw(head: readonly string[], body: Buffer): Promise<string> {
    const { port } = new URL(partner.url)
    const socket = connect(Number(port), '127.0.0.1')
    let said = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text
    })
    const ended = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => {})
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]))
    await ended
    return said
  }

  async function headOf({ fields, body }: Message): Promise<string[]> {
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
    return ['POST /as2 HTTP/1.1', 'Host: hub', ...lines, `Content-Length: ${body.length}`]
  }

  test('header lines may be folded', async () => {
    const message = await loose.write(count(), { permutation: { cipher: 'no' } })
    const head = (await headOf(message)).map((line) => line.replaceAll('; ', ';\r\n\t'))
    const answer = await raw(head, message.body)
    expect(answer).toMatch(/^HTTP\/1\.1 200/)
    expect(answer).toContain('MDN-sent-automatically; processed\r\n')
  })

  test('two lengths, a name twice, another path or method, and too much are refused', async () => {
    const before = await documents()
    const message = await loose.write(count())
    const head = await headOf(message)
    expect(await raw([...head, 'Transfer-Encoding: chunked'], message.body)).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw([...head, 'AS2-From: ACME'], message.body)).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw(['POST /as3 HTTP/1.1', ...head.slice(1)], message.body)).toMatch(/^HTTP\/1\.1 404/)
    expect(await raw(['GET /as2 HTTP/1.1', 'Host: hub'], Buffer.alloc(0))).toMatch(/^HTTP\/1\.1 405/)
    expect(await raw([...head.slice(0, -1), 'Content-Length: 99999999'], Buffer.alloc(0))).toMatch(/^HTTP\/1\.1 413/)
    expect(await raw([...head.filter((line) => !line.startsWith('Message-ID'))], message.body)).toMatch(
      /^HTTP\/1\.1 400/,
    )
    expect(await documents()).toBe(before)
  })
})

function same(one: Answered, other: Answered): boolean {
  const own = ({ fields }: Answered): string =>
    JSON.stringify(fields.filter(({ name }) => /^(?:as2-|content-type|message-id|date|subject)/i.test(name)))
  return one.status === other.status && one.body.equals(other.body) && own(one) === own(other)
}

function damaged(message: Message, back: number): Message {
  const body = Buffer.from(message.body)
  body[body.length - back] = (body[body.length - back] ?? 0) ^ 1
  return { ...message, body }
}

function changed(message: Message): Message {
  return { ...message, body: Buffer.from(message.body.toString('latin1').replace('available', 'damaged!!'), 'latin1') }
}
