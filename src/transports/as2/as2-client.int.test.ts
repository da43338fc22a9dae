import { existsSync, readdirSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createSecureServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeCertificate } from '../http/certificate.contract.ts'
import type { HttpRequest } from '../http/request.ts'
import { As2Client } from './as2-client.ts'

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const [partner, hub] = [makeCertificate('127.0.0.1'), makeCertificate('hub.example')]
/** Never answers; what came, and how it ended. */
let bytes = 0
let ending = Promise.withResolvers<string>()
let came = Promise.withResolvers<void>()
const silent = createServer((socket: Socket) => {
  socket.on('data', (chunk) => {
    bytes += chunk.length
    came.resolve()
  })
  socket.on('error', (error: NodeJS.ErrnoException) => ending.resolve(error.code ?? ''))
  socket.on('end', () => ending.resolve('end'))
})
const secure = createSecureServer(
  { cert: partner.certificate, key: partner.key, ca: hub.certificate, requestCert: true, rejectUnauthorized: true },
  (socket) => void socket.end(ok),
)

const requestTo = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  ...{ url, method: 'POST', headers: {}, body: Buffer.from('message'), timeoutMs: 5000, maxResponseBytes: 1000 },
  ...{ pool: 'acme', concurrency: 1, allowHttp: true, allowedCidrs: ['127.0.0.0/8'], ...more },
})
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port
const silentRequest = (more: Partial<HttpRequest> = {}) => requestTo(`http://127.0.0.1:${portOf(silent)}/`, more)

beforeAll(async () => {
  for (const server of [silent, secure])
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  silent.close()
  secure.close()
})

describe.each([true, false])('the client for messages (lenient: %s)', (isLenient) => {
  const open = (): As2Client => {
    bytes = 0
    ending = Promise.withResolvers()
    came = Promise.withResolvers()
    return new As2Client({ isOwn: () => false, isLenient })
  }

  test('shows the certificate of its connection to a partner that wants one, and trusts only the authority that is declared', async () => {
    const request = requestTo(`https://127.0.0.1:${portOf(secure)}/`, { authorities: [partner.certificate] })
    expect(await open().send({ ...request, certificate: hub })).toMatchObject({ outcome: 'answer', status: 200 })
    expect(await open().send(request)).not.toMatchObject({ outcome: 'answer' })
    expect(await open().send({ ...request, certificate: hub, authorities: [hub.certificate] })).toMatchObject({
      outcome: 'not_sent',
    })
  })

  test('resets a connection that it gives up on: nothing of the message arrives any more', async () => {
    const body = Buffer.alloc(20_000_000)
    const result = await open().send(silentRequest({ body, timeoutMs: 300 }))
    expect(result).toEqual({ outcome: 'no_answer', wire: true, code: 'TIMEOUT' })
    expect(await ending.promise).toBe('ECONNRESET')
  })

  test('sends nothing when it is too late for it', async () => {
    const client = open()
    const late = silentRequest({ startBefore: performance.now() - 1 })
    expect(await client.send(late)).toEqual({ outcome: 'not_sent', wire: false, code: 'TOO_LATE' })
    await ending.promise
    expect(bytes).toBe(0)
  })

  test('resets what is out when the hub stops, and begins nothing new', async () => {
    const client = open()
    const out = client.send(silentRequest())
    await came.promise
    client.close()
    expect(await out).toMatchObject({ outcome: 'no_answer', wire: true })
    expect(await ending.promise).toBe('ECONNRESET')
    expect(await client.send(silentRequest())).toEqual({ outcome: 'not_sent', wire: false, code: 'CLIENT_CLOSED' })
  })

  test('closes every connection to a partner that answers too much and hangs up', async ({ skip }) => {
    if (!existsSync('/proc/self/fd')) return skip('descriptors are counted as Linux shows them')
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(5000)}`
    const chatty = createServer((socket) => void socket.once('data', () => socket.end(answer)).on('error', () => {}))
    await new Promise<void>((resolve) => void chatty.listen(0, '127.0.0.1', resolve))
    const [client, before] = [open(), descriptors()]
    for (let count = 0; count < 20; count++) {
      const result = await client.send(requestTo(`http://127.0.0.1:${portOf(chatty)}/`))
      expect(result).toEqual({ outcome: 'no_answer', wire: true, code: 'ANSWER_TOO_LARGE' })
    }
    await vi.waitFor(() => expect(descriptors()).toBeLessThan(before + 10))
    await new Promise((resolve) => chatty.close(resolve))
  })
})

/** Open files and sockets of this process, also those that nobody remembers. */
function descriptors(): number {
  return readdirSync('/proc/self/fd').length
}
