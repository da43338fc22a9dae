import { createServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { readEntity } from '../../src/transports/as2/mime/entity.ts'
import { readAs2Request } from '../../src/transports/as2/request.ts'
import { unwrap } from '../../src/transports/as2/unwrap.ts'
import { unwrappingOf } from '../../src/transports/as2/unwrapping.contract.ts'
import { As2Sender } from './as2-sender.ts'
import { receipt } from './partner-receipt.ts'

const [ours, theirs] = [makeIdentity('ours'), makeIdentity('theirs')]
const opening = unwrappingOf({ sender: ours, receiver: theirs }, { bytesMost: 10_000_000 })

/** A connection of the hub to its partner, and what has come over it. */
class Line {
  readonly socket: Socket
  #got = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => {})
  }

  /** Waits for so many bytes. */
  async bytes(count: number): Promise<void> {
    while (this.#got.length < count) {
      const { promise, resolve } = Promise.withResolvers<Buffer>()
      this.socket.once('data', resolve)
      this.#got = Buffer.concat([this.#got, await promise])
    }
  }

  /** The whole message, and the receipt that is right for it: header fields of HTTP, and the body. */
  async receipt(): Promise<{ readonly fields: string; readonly body: Buffer }> {
    while (!this.#got.includes('\r\n\r\n')) await this.bytes(this.#got.length + 1)
    const head = this.#got.indexOf('\r\n\r\n') + 4
    await this.bytes(head + Number(/content-length: (\d+)/i.exec(this.#got.toString('latin1', 0, head))?.[1]))
    const { fields } = readEntity(this.#got.subarray(this.#got.indexOf('\r\n') + 2, head))
    const content = this.#got.subarray(head)
    const request = readAs2Request(fields, content)
    messages.push({ id: request.messageId, content })
    const { mic } = await unwrap(request.entity, opening)
    const answer = receipt(request, { mic, signer: theirs })
    const lines = Object.entries(answer.fields ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
    return { fields: lines.join(''), body: Buffer.from(answer.body ?? []) }
  }

  end(...pieces: readonly (string | Buffer)[]): void {
    for (const one of pieces) this.socket.write(one)
    this.socket.end()
  }
}

const messages: { readonly id: string; readonly content: Buffer }[] = []
const lines = new Set<Socket>()
type Conduct = (line: Line) => Promise<void>
let conduct: Conduct
let server: Server
let sender: As2Sender
/** Where redirects go. */
let strayed = 0

beforeAll(async () => {
  sender = await As2Sender.start(ours, theirs)
  server = createServer((socket) => {
    lines.add(socket)
    conduct(new Line(socket)).catch(() => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  for (const one of lines) one.destroy()
  server.close()
  await sender.stop()
})

const ok = 'HTTP/1.1 200 OK\r\n'
const lengthOf = (body: Buffer): string => `Content-Length: ${body.length}\r\n\r\n`

const right: Conduct = async (line) => {
  const { fields, body } = await line.receipt()
  line.end(ok, fields, lengthOf(body), body)
}

/** A partner, or something between, that does it wrong. */
const troubles: readonly (readonly [string, Conduct, object])[] = [
  ['hangs up before it has read anything', async ({ socket }) => void socket.destroy(), { outcome: 'no_answer' }],
  [
    'hangs up in the middle of the body',
    async (line) => {
      await line.bytes(200_000)
      line.socket.resetAndDestroy()
    },
    { outcome: 'no_answer', wire: true },
  ],
  [
    'hangs up when it has everything',
    async (line) => {
      await line.receipt()
      line.socket.destroy()
    },
    { outcome: 'no_answer', wire: true },
  ],
  [
    'hangs up in the header of its answer',
    async (line) => {
      await line.receipt()
      line.end(ok, 'Content-Ty')
    },
    { outcome: 'no_answer', wire: true },
  ],
  [
    'hangs up in the middle of the receipt',
    async (line) => {
      const { fields, body } = await line.receipt()
      line.end(ok, fields, lengthOf(body), body.subarray(0, body.length - 200))
    },
    { outcome: 'no_answer', wire: true },
  ],
  [
    'hangs up in the middle of a receipt in chunks',
    async (line) => {
      const { fields, body } = await line.receipt()
      line.end(ok, fields, `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`, body, '\r\n')
    },
    { outcome: 'no_answer', wire: true },
  ],
  [
    'never ends its receipt',
    async (line) => {
      const { fields, body } = await line.receipt()
      for (const one of [ok, fields, lengthOf(body), body.subarray(0, 100)]) line.socket.write(one)
    },
    { outcome: 'no_answer', wire: true, code: 'TIMEOUT' },
  ],
  ['says nothing', async (line) => void (await line.receipt()), { outcome: 'no_answer', wire: true, code: 'TIMEOUT' }],
  [
    'sends a receipt without an end',
    async (line) => {
      const { fields } = await line.receipt()
      line.end(ok, fields, '\r\n', Buffer.alloc(2_000_000, 'x'))
    },
    { outcome: 'no_answer', wire: true, code: 'ANSWER_TOO_LARGE' },
  ],
  [
    'answers with a page for people',
    async (line) => {
      await line.receipt()
      line.end(ok, 'Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>')
    },
    { outcome: 'no_answer', wire: true, code: 'RECEIPT_MISSING' },
  ],
  [
    'answers with nothing',
    async (line) => {
      await line.receipt()
      line.end('HTTP/1.1 204 No Content\r\n\r\n')
    },
    { outcome: 'no_answer', wire: true, code: 'RECEIPT_MISSING' },
  ],
  ...[301, 302, 303, 307, 308].map((status): readonly [string, Conduct, object] => [
    `sends us somewhere else with ${status}`,
    async (line) => {
      await line.receipt()
      const { port } = server.address() as { readonly port: number }
      conduct = async () => void strayed++
      line.end(`HTTP/1.1 ${status} Moved\r\nLocation: http://127.0.0.1:${port}/other\r\nContent-Length: 0\r\n\r\n`)
    },
    { outcome: 'answer', status },
  ]),
  [
    'puts its receipt behind an error of its server',
    async (line) => {
      const { fields, body } = await line.receipt()
      line.end('HTTP/1.1 500 Oops\r\n', fields, lengthOf(body), body)
    },
    { outcome: 'answer', status: 500 },
  ],
]

/** Unusual, and right. */
const oddities: readonly (readonly [string, Conduct])[] = [
  [
    'asks us to go on first, though nobody offered to wait',
    async (line) => {
      line.socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      const { fields, body } = await line.receipt()
      line.end('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', ok, fields, lengthOf(body), body)
    },
  ],
  [
    'gives its receipt in chunks of one byte',
    async (line) => {
      const { fields, body } = await line.receipt()
      const chunks = [...body].map((byte) => Buffer.from([0x31, 0x0d, 0x0a, byte, 0x0d, 0x0a]))
      line.end(ok, fields, 'Transfer-Encoding: chunked\r\n\r\n', Buffer.concat(chunks), '0\r\n\r\n')
    },
  ],
  [
    'gives its receipt byte by byte',
    async (line) => {
      const { fields, body } = await line.receipt()
      line.socket.setNoDelay(true)
      for (const byte of Buffer.concat([Buffer.from(ok + fields + lengthOf(body)), body]))
        await new Promise((resolve) => line.socket.write(Buffer.from([byte]), resolve))
      line.end()
    },
  ],
  [
    'ends its receipt by hanging up',
    async (line) => {
      const { fields, body } = await line.receipt()
      line.end(ok, fields, 'Connection: close\r\n\r\n', body)
    },
  ],
  [
    'packs its receipt for the way',
    async (line) => {
      const { fields, body } = await line.receipt()
      const packed = gzipSync(body)
      line.end(ok, fields, 'Content-Encoding: gzip\r\n', lengthOf(packed), packed)
    },
  ],
]

describe.each([false, true])('a partner (folded answers: %s)', (foldedAnswers) => {
  const body = Buffer.alloc(3_000_000, 'ISA*00*abcdefgh~')
  const exchange = () => {
    const { port } = server.address() as { readonly port: number }
    return sender.exchange({ url: `http://127.0.0.1:${port}/as2`, foldedAnswers })
  }

  test.each(troubles)('that %s proves nothing: the next attempt is the same message', async (what, how, expected) => {
    const [by, name] = [exchange(), `${what} ${foldedAnswers}`]
    messages.length = 0
    conduct = how
    const timeoutMs = JSON.stringify(expected).includes('TIMEOUT') ? 1500 : 60_000
    expect(await sender.send(by, name, { body, timeoutMs })).toMatchObject(expected)
    expect(await sender.standing(by, name)).toBe(202)
    conduct = right
    expect(await sender.send(by, name, { body })).toMatchObject({ outcome: 'answer', status: 200 })
    const [first] = messages
    expect(messages.every(({ id, content }) => id === first?.id && content.equals(first.content))).toBe(true)
    expect(strayed).toBe(0)
  })

  test.each(oddities)('that %s is understood', async (what, how) => {
    conduct = how
    expect(await sender.send(exchange(), `${what} ${foldedAnswers}`, { body })).toMatchObject({ status: 200 })
  })

  test('two attempts at once are one message', async () => {
    messages.length = 0
    conduct = right
    const both = [exchange(), exchange()].map((by) => sender.send(by, `at once ${foldedAnswers}`, { body }))
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
    expect(new Set(messages.map(({ id }) => id)).size).toBe(1)
    expect(messages.every(({ content }) => content.equals(messages[0]?.content ?? Buffer.alloc(0)))).toBe(true)
  })
})
