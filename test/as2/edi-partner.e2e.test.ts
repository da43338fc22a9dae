import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestNamed } from '../../src/transports/as2/cms/digests.ts'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { sealReceipt } from '../../src/transports/as2/receipt.ts'
import { isReceipt } from '../../src/transports/as2/receipt-reading.ts'
import { readAs2Request } from '../../src/transports/as2/request.ts'
import { unwrap } from '../../src/transports/as2/unwrap.ts'
import { unwrappingOf } from '../../src/transports/as2/unwrapping.contract.ts'
import { freePort } from '../../src/transports/sftp/ssh-server.contract.ts'
import { group, set, x12 } from '../edi/interchanges.ts'
import { arrived, functionalAnswer } from '../edi/x12-partner.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { confirms, KeyFiles, listen, TestPartner } from './test-partner.ts'

/** In bytes: small enough for a quick test. */
const partsAbove = 20_000
const hubKeys = makeIdentity('hub')
const files = new KeyFiles()
const partner = new TestPartner({ name: 'MERIDIAN', hubName: 'HARBOR', hub: hubKeys })
/** What the partner got by AS2, in order. */
const arrivedThere: string[] = []
/** Identifiers of the messages that came to it, and whether it gives receipts. */
const messageIds: string[] = []
let isSilent = false
let hub: HubProcess
let server: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  server = await listen(async (fields, body) => {
    const request = readAs2Request(fields, body)
    expect(isReceipt(request.entity)).toBe(false)
    const { content, mic } = await unwrap(
      request.entity,
      unwrappingOf({ sender: hubKeys, receiver: partner.identity }, { signatureNeeded: true }),
    )
    arrivedThere.push(content.toString())
    messageIds.push(request.messageId)
    if (isSilent) return { status: 200 }
    const said = { from: 'MERIDIAN', to: 'HARBOR', originalRecipient: 'MERIDIAN', originalMessageId: request.messageId }
    const sign = {
      signer: partner.identity,
      digest: digestNamed('sha256'),
      form: 'detached',
      spelling: 'new',
      at: Date.UTC(2026, 0),
    } as const
    const sealed = sealReceipt(
      { ...said, disposition: { kind: 'processed' }, mic, spelling: 'new', text: 'Received.' },
      { messageId: '<r@meridian>', at: 0, product: 'test', sign },
    )
    return { status: 200, ...sealed }
  })
  const port = await freePort()
  partner.url = `http://127.0.0.1:${port}/as2`
  hub = await HubProcess.start({
    network: {
      connections: [
        {
          id: 'meridian',
          tenant: 'main',
          connector: 'edi-partner',
          settings: {
            ta1: 'never',
            partnerId: 'MERIDIANCARRIER',
            partnerQualifier: '02',
            ownId: 'HARBORGOODSLTD',
          },
          allowHttp: true,
          allowedCidrs: ['127.0.0.0/8'],
          // What is larger comes in parts.
          bodyBytesMax: partsAbove,
        },
        { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      ],
      routes: [
        { command: 'release_delivery', target: 'meridian', tenant: 'main' },
        { command: 'acknowledge_interchange', target: 'meridian', tenant: 'main', when: { connection: 'meridian' } },
      ],
      as2Partners: [
        {
          connection: 'meridian',
          ourName: 'HARBOR',
          partnerName: 'MERIDIAN',
          url: `http://127.0.0.1:${server.port}/as2`,
          ourIdentityFiles: [files.keep('hub', hubKeys).identity],
          certificateFiles: [files.keep('partner', partner.identity).certificate],
          contentType: 'application/EDI-X12',
        },
      ],
    },
    environment: { INTERLINE_AS2_PORT: String(port), INTERLINE_AS2_MEGABYTES: '40' },
  })
})
afterAll(async () => {
  await hub.stop()
  await server.close()
  files.remove()
})

test('an interchange that comes by AS2 is acknowledged by AS2, and the loop of receipts closes on both ways', async () => {
  const interchange = [
    'ISA*00*          *00*          *02*MERIDIANCARRIER*ZZ*HARBORGOODSLTD *260114*0931*U*00401*000000917*0*P*>',
    'GS*QM*MERIDIAN*HARBOR*20260114*0931*917*X*004010',
    'ST*214*0001',
    'B10*PRO-1*SHIP-1*MERI',
    'LX*1',
    'AT7*X3*NS***20260114*0830*LT',
    'SE*5*0001',
    'GE*1*917',
    'IEA*1*000000917',
    '',
  ].join('~\r\n')
  const message = await partner.write(Buffer.from(interchange))
  const answer = await partner.post(message)
  expect(confirms(partner.read(answer), message)).toBe(true)
  await eventually(
    async () => arrivedThere.length,
    (length) => length > 0,
  )
  expect(arrivedThere).toHaveLength(1)
  expect(arrivedThere[0]).toMatch(/^ISA.*HARBORGOODSLTD.*MERIDIANCARRIER/s)
  expect(arrivedThere[0]).toContain('AK1*QM*917')
  const confirmed = await eventually(
    () => hub.counter('interline_as2_sent_total', { outcome: 'confirmed' }),
    (count) => count === 1,
  )
  expect(confirmed).toBe(1)
  expect(await hub.counter('interline_as2_receipts_overdue')).toBe(0)
})

test('a delivery goes out as a 940 by AS2; its receipt settles the sending, its 997 by AS2 the document', async () => {
  const data = {
    deliveryNumber: '80077',
    location: 'DC1',
    lines: [{ line: '1', sku: 'SKU-1', quantity: '2', uom: 'EA' }],
  }
  const event = { eventId: 'R80077', type: 'delivery.released', occurredAt: '2026-04-01T11:00:00Z', data }
  expect((await hub.call('POST', '/v1/inbound/erp', { json: event })).status).toBe(202)
  const order = await eventually(
    async () => arrived(arrivedThere.find((text) => text.includes('W05*N*80077~')) ?? ''),
    ({ interchange }) => interchange !== '',
  )
  const status = async (): Promise<string | undefined> => {
    const answer = await hub.call('GET', '/v1/transmissions?number=80077')
    return (answer.json() as { data: { status: string }[] }).data[0]?.status
  }
  expect(await eventually(status, (one) => one === 'sent')).toBe('sent')
  const sent = await eventually(
    async () => (await hub.call('GET', '/v1/effects?command=send_interchange')).json() as { data: { state: string }[] },
    ({ data: [effect] }) => effect?.state === 'applied',
  )
  expect(sent.data).toMatchObject([{ state: 'applied' }])
  const parties = { partner: 'MERIDIANCARRIER', we: 'HARBORGOODSLTD' }
  const answer = functionalAnswer(order, 'A', parties).replace('*ZZ*MERIDIANCARRIER*', '*02*MERIDIANCARRIER*')
  const message = await partner.write(Buffer.from(answer))
  expect(confirms(partner.read(await partner.post(message)), message)).toBe(true)
  expect(await eventually(status, (one) => one === 'acknowledged')).toBe('acknowledged')
})

test('a document that is too large for one message is stored in parts before its receipt leaves, once however often it comes', async () => {
  const count = 300
  const sets = Array.from({ length: count }, (_, at) =>
    set({ number: `${10_001 + at}`, body: [`B10*PRO-${at}*LARGE-${at}*MERI`, 'LX*1', 'AT7*X3*NS***20260114*0830*LT'] }),
  )
  const large = x12({ number: '000000918', groups: [group({ sets })] })
  expect(large.length).toBeGreaterThan(partsAbove)
  const before = arrivedThere.length
  const message = await partner.write(Buffer.from(large))
  expect(confirms(partner.read(await partner.post(message)), message)).toBe(true)
  await eventually(
    async () => arrivedThere.length,
    (found) => found > before,
  )
  expect(arrivedThere.at(-1)).toContain(`AK9*A*${count}*${count}*${count}`)
  const again = await partner.write(Buffer.from(large))
  expect(confirms(partner.read(await partner.post(again)), again)).toBe(true)
  await eventually(
    async () => arrivedThere.length,
    (found) => found > before + 1,
  )
  expect(arrivedThere.at(-1)).toBe(arrivedThere.at(-2))
}, 120_000)

test('a message that is opened on disk is one document like any other, however it is wrapped, and a bomb in a small one is none', async () => {
  const lines = Array.from({ length: 60 }, (_, at) => `L11*REFERENCE-${at}-${'X'.repeat(12)}*BM`)
  const sets = Array.from({ length: 700 }, (_, at) =>
    set({
      number: `${20_001 + at}`,
      body: [`B10*PRO-${at}*DISK-${at}*MERI`, ...lines, 'LX*1', 'AT7*X3*NS***20260114*0830*LT'],
    }),
  )
  const large = Buffer.from(x12({ number: '000000919', groups: [group({ sets })] }))
  expect(large.length).toBeGreaterThan(1_048_576)
  const before = arrivedThere.length
  const message = await partner.write(large)
  expect(confirms(partner.read(await partner.post(message)), message)).toBe(true)
  await eventually(
    async () => arrivedThere.length,
    (found) => found > before,
  )
  expect(arrivedThere.at(-1)).toContain('AK9*A*700*700*700')
  for (const compress of ['before-signing', 'after-signing'] as const) {
    const again = await partner.write(large, { permutation: { compress } })
    const answers = arrivedThere.length
    expect(confirms(partner.read(await partner.post(again)), again)).toBe(true)
    await eventually(
      async () => arrivedThere.length,
      (found) => found > answers,
    )
    expect(arrivedThere.at(-1)).toBe(arrivedThere.at(-2))
  }
  const damaged = await partner.write(large)
  damaged.body.fill(7, 700_000, 700_064)
  const refused = partner.read(await partner.post(damaged))
  expect(refused.disposition.kind).toBe('error')
  const bomb = await partner.write(Buffer.alloc(60_000_000), { permutation: { compress: 'before-signing' } })
  expect(bomb.body.length).toBeLessThan(1_048_576)
  expect(partner.read(await partner.post(bomb)).disposition).toEqual({
    kind: 'error',
    modifier: 'decompression-failed',
  })
  expect(readdirSync(join(hub.directory, 'as2-spool'))).toEqual([])
}, 120_000)

test('a document whose receipt stays out is an exception, goes again as the same message, and is fine when the receipt comes', async () => {
  isSilent = true
  const data = {
    deliveryNumber: '80078',
    location: 'DC1',
    lines: [{ line: '1', sku: 'SKU-1', quantity: '2', uom: 'EA' }],
  }
  const event = { eventId: 'R80078', type: 'delivery.released', occurredAt: '2026-04-01T11:00:00Z', data }
  const before = messageIds.length
  expect((await hub.call('POST', '/v1/inbound/erp', { json: event })).status).toBe(202)
  await eventually(
    async () => messageIds.length,
    (count) => count > before,
  )
  const database = new pg.Client({ connectionString: hub.databaseUrl })
  await database.connect()
  try {
    const { rowCount } = await database.query(`UPDATE as2_sent SET due = now_ms() - 1 WHERE state = 'waiting'`)
    expect(rowCount).toBe(1)
  } finally {
    await database.end()
  }
  const worklist = async (): Promise<readonly { kind: string; wrong: string; id: string }[]> =>
    (
      (await hub.call('GET', '/v1/exceptions?limit=50')).json() as {
        data: { kind: string; wrong: string; id: string }[]
      }
    ).data
  const open = await eventually(worklist, (rows) =>
    ['transport_receipt', 'document'].every((kind) => rows.some((one) => one.kind === kind)),
  )
  const [late] = open.filter(({ kind }) => kind === 'transport_receipt')
  expect(late?.wrong).toBe('The 940 to meridian has no receipt in time.')
  const id = late?.id.split(':')[1] ?? ''
  expect((await hub.call('GET', `/v1/transmissions/${id}`)).json()).toMatchObject({
    receipt: 'overdue',
    open: ['transport_receipt_overdue'],
  })
  isSilent = false
  const again = { action: 'send_again', reason: 'They say that nothing came.' }
  expect((await hub.call('POST', `/v1/transmissions/${id}/decisions`, { json: again })).status).toBe(202)
  const left = await eventually(worklist, (rows) =>
    rows.every(({ kind }) => !['transport_receipt', 'document'].includes(kind)),
  )
  expect(left.filter(({ kind }) => kind === 'transport_receipt')).toEqual([])
  await eventually(
    () => hub.counter('interline_as2_receipts_overdue'),
    (count) => count === 0,
  )
  expect(new Set(messageIds.slice(before)).size).toBe(1)
  expect(await hub.counter('interline_as2_receipts_overdue')).toBe(0)
}, 60_000)
