import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HubProcess } from '../hub-process.ts'
import { network, signed, trackerEvent } from './senders.ts'

let hub: HubProcess
beforeAll(async () => {
  hub = await HubProcess.start({ network })
})
afterAll(() => hub.stop())

interface Answer {
  readonly status: number
  readonly head: string
  readonly body: { readonly status?: string | number; readonly code?: string; readonly id?: string }
}

/** A connection that is kept, and everything that was answered on it. */
class Line {
  readonly socket: Socket = connect({ port: hub.port, host: '127.0.0.1' })
  readonly ended: Promise<void>
  #text = ''
  #heard = (): void => {}

  constructor() {
    this.ended = new Promise((resolve) => this.socket.once('close', () => resolve()))
    this.socket.setEncoding('utf8').on('data', (chunk: string) => {
      this.#text += chunk
      this.#heard()
    })
  }

  async answers(count: number): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    while (answers.length < count) {
      const end = this.#text.indexOf('\r\n\r\n')
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#text.slice(0, end + 2))?.[1] ?? Number.NaN)
      const size = end + 4 + length
      if (end < 0 || Number.isNaN(length) || this.#text.length < size) {
        await new Promise<void>((resolve) => {
          this.#heard = resolve
        })
        continue
      }
      const head = this.#text.slice(0, end)
      answers.push({
        status: Number(head.slice(9, 12)),
        head,
        body: JSON.parse(this.#text.slice(end + 4, size)) as Answer['body'],
      })
      this.#text = this.#text.slice(size)
    }
    return answers
  }
}

function post(body: string, headers: Readonly<Record<string, string>> = signed(body)): string {
  const lines = Object.entries({ host: 'hub', 'content-type': 'application/json', ...headers })
  return [
    'POST /v1/inbound/carrier HTTP/1.1',
    ...lines.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

test('requests that are sent ahead of the answers are answered in their order, each once', async () => {
  const line = new Line()
  const bodies = Array.from({ length: 50 }, (_, n) => trackerEvent(`ahead${n}`))
  line.socket.write(bodies.map((body) => post(body)).join(''))
  line.socket.write(bodies.map((body) => post(body)).join(''))
  const answers = await line.answers(100)
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202))
  const [first, second] = [answers.slice(0, 50), answers.slice(50)]
  expect(first.map(({ body }) => body.status)).toEqual(first.map(() => 'accepted'))
  expect(second.map(({ body }) => body)).toEqual(first.map(({ body }) => ({ ...body, status: 'duplicate' })))
  expect(first[0]?.head).toMatch(/^date: \w{3}, /m)
  expect(first[0]?.head).toContain('connection: keep-alive')
  line.socket.end()
  await line.ended
})

test('a request that comes byte by byte is the same request', async () => {
  const line = new Line()
  line.socket.setNoDelay(true)
  const bytes = Buffer.from(post(trackerEvent('bytes')))
  for (const byte of bytes) {
    line.socket.write(Buffer.of(byte))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await line.answers(1))[0]).toMatchObject({ status: 202, body: { status: 'accepted' } })
  line.socket.destroy()
})

test('a refusal is a documented answer, and the next request on the connection is served', async () => {
  const line = new Line()
  const body = trackerEvent('after a refusal')
  line.socket.write(post(body, { 'x-hmac-signature': 'hmac-sha256-hex=00' }) + post(body))
  const [refused, taken] = await line.answers(2)
  expect(refused).toMatchObject({ status: 401, body: { code: 'SIGNATURE_INVALID' } })
  expect(refused?.head).toContain('application/problem+json')
  expect(taken).toMatchObject({ status: 202, body: { status: 'accepted' } })
  line.socket.destroy()
})

test('any other request may follow on the same connection, and plain ones after it', async () => {
  const line = new Line()
  const [before, after, packed] = ['before', 'after', 'chunked'].map((name) => trackerEvent(name))
  const other = `GET /v1/accounting HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${hub.key}\r\n\r\n`
  const chunked = post(packed ?? '').replace(
    /content-length: (\d+)\r\n\r\n([^]*)/,
    (_, length: string, body: string) =>
      `transfer-encoding: chunked\r\n\r\n${Number(length).toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  )
  line.socket.write(post(before ?? '') + other + chunked + post(after ?? ''))
  const answers = await line.answers(4)
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 202, 202])
  expect(answers[1]?.body).toMatchObject({ unaccounted: 0 })
  line.socket.destroy()
})

test('a sender that has said its last word is answered, and the connection ends', async () => {
  const line = new Line()
  line.socket.end(post(trackerEvent('last word')))
  expect((await line.answers(1))[0]?.status).toBe(202)
  await line.ended
})

test('a hub that stops ends connections that wait, so that nobody waits for them', async () => {
  const stopping = await HubProcess.start({ network })
  const socket = connect({ port: stopping.port, host: '127.0.0.1' })
  const body = trackerEvent('kept alive')
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise((resolve) => {
    socket.once('data', resolve)
    socket.write(post(body))
  })
  await stopping.stop()
  await closed
  expect(socket.destroyed).toBe(true)
})
