import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { As2Exchange } from '../../src/app/as2/as2-exchange.ts'
import { digestNamed } from '../../src/transports/as2/cms/digests.ts'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import type { As2Answer } from '../../src/transports/as2/listener.ts'
import { type Mic, micOf } from '../../src/transports/as2/mic.ts'
import { readEntity, writeEntity } from '../../src/transports/as2/mime/entity.ts'
import { type As2Request, readAs2Request } from '../../src/transports/as2/request.ts'
import { unwrap } from '../../src/transports/as2/unwrap.ts'
import { unwrappingOf } from '../../src/transports/as2/unwrapping.contract.ts'
import type { HttpRequest } from '../../src/transports/http/request.ts'
import { As2Sender } from './as2-sender.ts'
import { receipt } from './partner-receipt.ts'
import { listen } from './test-partner.ts'

const ours = makeIdentity('ours')
const theirs = makeIdentity('theirs')
const stranger = makeIdentity('stranger')
const opening = unwrappingOf({ sender: ours, receiver: theirs }, { signatureNeeded: true })
/** What the partner does with a message. */
type Conduct = (request: As2Request, taken: { readonly mic: Mic; readonly content: Buffer }) => As2Answer
let conduct: Conduct
let sender: As2Sender
let server: Awaited<ReturnType<typeof listen>>
const bodies: Buffer[] = []

beforeAll(async () => {
  sender = await As2Sender.start(ours, theirs)
  server = await listen(async (fields, body) => {
    bodies.push(body)
    const request = readAs2Request(fields, body)
    const opened = await unwrap(request.entity, opening)
    return conduct(request, opened)
  })
})
afterAll(async () => {
  await server.close()
  await sender.stop()
})

function exchange(more: Readonly<Record<string, unknown>> = {}): As2Exchange {
  return sender.exchange({ url: `http://127.0.0.1:${server.port}/as2`, ...more })
}

async function send(name: string, more: Partial<HttpRequest> = {}, by = exchange()) {
  return sender.send(by, name, more)
}

describe('a document that is sent', () => {
  test('is delivered when the signed receipt names exactly what was sent', async () => {
    let content = ''
    conduct = (request, taken) => {
      content = taken.content.toString()
      return receipt(request, { mic: taken.mic, signer: theirs })
    }
    expect(await send('one.edi')).toMatchObject({ outcome: 'answer', status: 200 })
    expect(content).toBe('ISA*one.edi~')
    expect(await send('one.edi', { method: 'GET' })).toMatchObject({ status: 200 })
    const before = bodies.length
    expect(await send('one.edi')).toMatchObject({ status: 200 })
    expect(bodies.length).toBe(before)
    expect(await send('one.edi', { body: Buffer.from('other') })).toMatchObject({ status: 409 })
    expect(await send('never.edi', { method: 'GET' })).toMatchObject({ status: 404 })
  })

  test('goes by AS2 also where a connector asks for a folder', async () => {
    conduct = (request, taken) => receipt(request, { mic: taken.mic, signer: theirs })
    expect(await send('x', { url: 'drop:997%201.edi', method: 'PUT' })).toMatchObject({
      outcome: 'answer',
      status: 200,
    })
  })

  test('is the same bytes with every attempt, also of another process', async () => {
    conduct = () => ({ status: 503 })
    bodies.length = 0
    const identifiers = new Set<string>()
    for (let tries = 0; tries < 3; tries++)
      expect(await send('again.edi', {}, exchange())).toMatchObject({ outcome: 'answer', status: 503 })
    conduct = (request, taken) => {
      identifiers.add(request.messageId)
      return receipt(request, { mic: taken.mic, signer: theirs })
    }
    expect(await send('again.edi', {}, exchange())).toMatchObject({ status: 200 })
    expect(bodies).toHaveLength(4)
    expect(bodies.every((one) => one.equals(bodies[0] ?? Buffer.alloc(0)))).toBe(true)
    expect(identifiers.size).toBe(1)
  })

  test.each<[string, Conduct, object]>([
    [
      'the partner refuses it',
      (request) => receipt(request, { signer: theirs, disposition: { kind: 'error', modifier: 'decryption-failed' } }),
      { status: 422 },
    ],
    [
      'the partner received something else',
      (request) => receipt(request, { signer: theirs, mic: micOf(Buffer.from('else'), digestNamed('sha256')) }),
      { status: 422 },
    ],
    ['the receipt is not signed', (request, { mic }) => receipt(request, { mic }), { code: 'RECEIPT_NOT_VALID' }],
    [
      'the receipt is signed by somebody else',
      (request, { mic }) => receipt(request, { mic, signer: stranger }),
      { code: 'RECEIPT_NOT_VALID' },
    ],
    [
      'the receipt is for another message',
      (request, { mic }) => receipt(request, { mic, signer: theirs, id: '<other@hub>' }),
      { code: 'RECEIPT_NOT_VALID' },
    ],
    [
      'the receipt does not say what was received',
      (request) => receipt(request, { signer: theirs }),
      { code: 'RECEIPT_NOT_VALID' },
    ],
    ['there is no receipt', () => ({ status: 200 }), { code: 'RECEIPT_MISSING' }],
    [
      'the partner had it before',
      (request) =>
        receipt(request, { signer: theirs, disposition: { kind: 'warning', modifier: 'duplicate-document' } }),
      { status: 200 },
    ],
    [
      'the partner had it before, and calls that an error',
      (request) => receipt(request, { signer: theirs, disposition: { kind: 'error', modifier: 'duplicate-document' } }),
      { status: 200 },
    ],
    [
      'the partner does not know us, and cannot sign that it refuses',
      (request) => receipt(request, { disposition: { kind: 'error', modifier: 'unknown-trading-relationship' } }),
      { status: 422 },
    ],
  ])('when %s', async (what, how, expected) => {
    conduct = how
    expect(await send(`${what}.edi`)).toMatchObject(expected)
  })

  test('is not sent as an empty message when its bytes are not kept any more', async () => {
    conduct = () => ({ status: 503 })
    expect(await send('gone.edi')).toMatchObject({ status: 503 })
    await sender.pool.query("UPDATE as2_sent SET body = '' WHERE name = 'gone.edi'")
    const before = bodies.length
    expect(await send('gone.edi')).toMatchObject({ outcome: 'not_sent', code: 'MESSAGE_NOT_KEPT' })
    expect(bodies.length).toBe(before)
  })

  test('does not leave without a valid certificate', async () => {
    const old = { validFrom: Date.UTC(2020, 0), validTo: Date.UTC(2021, 0) }
    const over = sender.files.keep('over', makeIdentity('over', old))
    const before = bodies.length
    expect(await send('a', {}, exchange({ certificateFiles: [over.certificate] }))).toMatchObject({
      code: 'PARTNER_CERTIFICATE_EXPIRED',
    })
    expect(await send('a', {}, exchange({ ourIdentityFiles: [over.identity] }))).toMatchObject({
      code: 'OWN_CERTIFICATE_EXPIRED',
    })
    expect(bodies.length).toBe(before)
    // During a roll-over the valid one of two is used.
    conduct = (request, taken) => receipt(request, { mic: taken.mic, signer: theirs })
    const both = exchange({ certificateFiles: [over.certificate, sender.files.keep('theirs', theirs).certificate] })
    expect(await send('a', {}, both)).toMatchObject({ status: 200 })
  })

  test('is delivered by a partner that folds the header lines of its answer, if that is declared', async () => {
    const folding = createServer((socket) => {
      let got = Buffer.alloc(0)
      socket.on('error', () => {})
      socket.on('data', (chunk: Buffer) => {
        got = Buffer.concat([got, chunk])
        const head = got.indexOf('\r\n\r\n')
        const length = Number(/content-length: (\d+)/i.exec(got.toString('latin1'))?.[1])
        if (head === -1 || got.length < head + 4 + length) return
        const answer = receipt(requestOf(got, head), { signer: theirs, mic: sentMic })
        const lines = Object.entries(answer.fields ?? {}).map(
          ([name, value]) => `${name}: ${value.replaceAll('; ', ';\r\n\t')}`,
        )
        const size = `Content-Length: ${answer.body?.length ?? 0}`
        socket.end(
          Buffer.concat([
            Buffer.from(`HTTP/1.1 200 OK\r\n${[...lines, size].join('\r\n')}\r\n\r\n`),
            answer.body ?? Buffer.alloc(0),
          ]),
        )
      })
    })
    const requestOf = (got: Buffer, head: number): As2Request => {
      const { fields } = readEntity(got.subarray(got.indexOf('\r\n') + 2, head + 4))
      return readAs2Request(fields, got.subarray(head + 4))
    }
    await new Promise<void>((resolve) => folding.listen(0, '127.0.0.1', resolve))
    const { port } = folding.address() as { readonly port: number }
    const url = `http://127.0.0.1:${port}/as2`
    const content = Buffer.from('folded')
    const entity = writeEntity(
      { 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment; filename="folded"' },
      content,
    )
    const sentMic = micOf(entity, digestNamed('sha256'))
    try {
      const declared = { url, contentType: 'text/plain', foldedAnswers: true }
      const strict = exchange({ ...declared, foldedAnswers: false })
      expect(await send('folded', { body: content }, strict)).toMatchObject({ outcome: 'no_answer' })
      expect(await send('folded', { body: content }, exchange(declared))).toMatchObject({
        outcome: 'answer',
        status: 200,
      })
      expect(await send('folded2', { body: content, allowedCidrs: [] }, exchange(declared))).toMatchObject({
        outcome: 'not_sent',
        code: 'ADDRESS_REFUSED',
      })
    } finally {
      folding.close()
    }
  })

  test('does not leave to an address that the connection may not reach', async () => {
    expect(await send('far', { allowedCidrs: [] })).toMatchObject({ outcome: 'not_sent', code: 'ADDRESS_REFUSED' })
  })
})

test('an asynchronous receipt is awaited, settles the document once, and an overdue one is counted', async () => {
  let asked: As2Request | undefined
  let mic: Mic | undefined
  conduct = (request, taken) => {
    asked = request
    mic = taken.mic
    return { status: 204 }
  }
  const hub = exchange({ receiptUrl: 'http://127.0.0.1:1/as2' })
  expect(await send('late.edi', {}, hub)).toMatchObject({ outcome: 'answer', status: 202 })
  expect(asked?.receipt).toMatchObject({ signed: true, url: 'http://127.0.0.1:1/as2' })
  expect(await send('late.edi', { method: 'GET' }, hub)).toMatchObject({ status: 202 })
  await sender.pool.query(`UPDATE as2_sent SET due = now_ms() - 1 WHERE name = 'late.edi'`)
  const overdue = async (): Promise<number> =>
    (
      await sender.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM as2_sent WHERE state = 'waiting' AND due < now_ms()`,
      )
    ).rows[0]?.n ?? -1
  expect(await overdue()).toBe(1)
  const door = { intake: { accept: () => Promise.reject(new Error('a receipt is no document')) } }
  const port = await hub.listen(door as never, { host: '127.0.0.1', port: 0 })
  if (asked === undefined || mic === undefined) throw new Error('nothing was sent')
  const post = (answer: As2Answer) => sender.give(port, answer)
  try {
    expect(await post(receipt(asked, { mic, signer: stranger }))).toBe(200)
    expect(await send('late.edi', { method: 'GET' }, hub)).toMatchObject({ status: 202 })
    expect(sender.told('as2ReceiptIgnored')).toContainEqual({ connection: 'acme', code: 'authentication-failed' })
    expect(await post(receipt(asked, { mic, signer: theirs }))).toBe(200)
    expect(await send('late.edi', { method: 'GET' }, hub)).toMatchObject({ status: 200 })
    const refusing = receipt(asked, { signer: theirs, disposition: { kind: 'error', modifier: 'changed-my-mind' } })
    expect(await post(refusing)).toBe(200)
    expect(await send('late.edi', { method: 'GET' }, hub)).toMatchObject({ status: 200 })
    expect(await overdue()).toBe(0)
  } finally {
    await hub.close()
  }
})
