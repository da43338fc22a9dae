import { createServer } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from './certificate.contract.ts'
import { answering, isComplete, ok, openClient, openPeer, requestTo } from './peer.contract.ts'

const headersOf = (bytes: number, more = ''): string => `HTTP/1.1 200 OK\r\n${more}content-length: ${bytes}\r\n\r\n`

describe('whether a byte can have left is known exactly', () => {
  test('not, when the deadline has passed: the connection is open and nothing is written', async () => {
    const peer = await openPeer(answering(ok))
    const clock = { mono: () => 1000, wall: () => 5000 }
    const request = requestTo(`http://127.0.0.1:${peer.port}/`)
    const late = await openClient({ clock }).send({ ...request, startBefore: 1000 })
    expect(late).toEqual({ outcome: 'not_sent', wire: false, code: 'DEADLINE_PASSED' })
    await peer.until(() => peer.sockets.some(({ destroyed }) => destroyed))
    expect(peer.received()).toBe('')
    expect(await openClient({ clock }).send({ ...request, startBefore: 1001 })).toMatchObject({ status: 200 })
  })

  test('not, when the machine slept between the intent and the write', async () => {
    const peer = await openPeer(answering(ok))
    let slept = 0
    const client = openClient({
      clock: { mono: () => 0, wall: () => slept },
      resolver: async () => {
        slept = 1001
        return ['127.0.0.1']
      },
    })
    const result = await client.send(requestTo(`http://erp.example:${peer.port}/`))
    expect(result).toEqual({ outcome: 'not_sent', wire: false, code: 'CLOCK_JUMPED' })
    await peer.until(() => peer.sockets.some(({ destroyed }) => destroyed))
    expect(peer.received()).toBe('')
  })

  test('not, when nobody listens', async () => {
    const result = await openClient().send(requestTo(`http://127.0.0.1:${await closedPort()}/`))
    expect(result).toEqual({ outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' })
  })

  test('not, when TLS is spoken to a plain port', async () => {
    const peer = await openPeer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const result = await openClient().send(requestTo(`https://127.0.0.1:${peer.port}/`))
    expect(result).toMatchObject({ outcome: 'not_sent', wire: false })
    expect(peer.received()).not.toContain('quantity')
  })

  test('not, when the TLS handshake hangs', async () => {
    const peer = await openPeer()
    const result = await openClient({ connectMs: 50 }).send(requestTo(`https://127.0.0.1:${peer.port}/`))
    expect(result).toEqual({ outcome: 'not_sent', wire: false, code: 'TLS_TIMEOUT' })
  })

  test('not, when the connection is reset right after it was taken, under TLS', async () => {
    const peer = await openPeer(undefined, { connected: (socket) => socket.resetAndDestroy() })
    const result = await openClient().send(requestTo(`https://127.0.0.1:${peer.port}/`))
    expect(result).toMatchObject({ outcome: 'not_sent', wire: false, code: 'ECONNRESET' })
  })

  test('yes, when the whole request was taken and never answered', async () => {
    const peer = await openPeer()
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`, { timeoutMs: 100 }))
    expect(result).toEqual({ outcome: 'no_answer', wire: true, code: 'TIMEOUT' })
    expect(peer.received()).toContain('{"quantity":"1"}')
  })

  test('yes, when the connection is reset after the body: the same code as before it', async () => {
    const peer = await openPeer((socket, received) => {
      if (isComplete(received)) socket.resetAndDestroy()
    })
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`))
    expect(result).toEqual({ outcome: 'no_answer', wire: true, code: 'ECONNRESET' })
  })

  test.each([
    ['is closed before the answer', ''],
    ['is closed within the headers', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['is closed within the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
    ['brings no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['brings two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok'],
    ['brings endless headers', `HTTP/1.1 200 OK\r\n${'x-filler: aaaaaaaaaaaaaaaa\r\n'.repeat(2000)}\r\n`],
  ])('yes, when the connection %s', async (_, text) => {
    const peer = await openPeer((socket, received) => {
      if (isComplete(received)) socket.end(text)
    })
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`))
    expect(result).toMatchObject({ outcome: 'no_answer', wire: true })
  })

  test('and it is sent at most once, though its line broke', async () => {
    const peer = await openPeer((socket, received) => {
      if (isComplete(received)) socket.destroy()
    })
    await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`, { method: 'GET', headers: {} }))
    expect(peer.sockets).toHaveLength(1)
  })
})

describe('giving up', () => {
  test.each(['http', 'https'] as const)(
    'resets the connection over %s: nothing is delivered afterwards',
    async (scheme) => {
      const tls = makeCertificate('127.0.0.1')
      const peer = await openPeer(undefined, {
        connected: (socket) => socket.pause(),
        ...(scheme === 'https' ? { tls } : {}),
      })
      const body = Buffer.alloc(32 * 1024 * 1024, 'a')
      const result = await openClient().send(
        requestTo(`${scheme}://127.0.0.1:${peer.port}/`, { body, timeoutMs: 500, authorities: [tls.certificate] }),
      )
      expect(result).toEqual({ outcome: 'no_answer', wire: true, code: 'TIMEOUT' })
      const [socket] = peer.sockets
      let failure: unknown
      socket?.on('error', (error) => {
        failure = error
      })
      socket?.resume()
      await peer.until(() => socket?.destroyed === true)
      expect(failure).toMatchObject({ code: 'ECONNRESET' })
      expect(peer.received().length).toBeLessThan(body.length)
    },
  )

  test('also when the answer, not the clock, is the reason', async () => {
    const peer = await openPeer(undefined, {
      connected: (socket) => {
        socket.pause()
        socket.write('nonsense\r\n\r\n')
      },
    })
    const body = Buffer.alloc(32 * 1024 * 1024, 'a')
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`, { body }))
    expect(result).toMatchObject({ outcome: 'no_answer', wire: true })
    const [socket] = peer.sockets
    let failure: unknown
    socket?.on('error', (error) => {
      failure = error
    })
    socket?.resume()
    await peer.until(() => socket?.destroyed === true)
    expect(failure).toMatchObject({ code: 'ECONNRESET' })
  })

  test('while waiting for a line sends nothing', async () => {
    const peer = await openPeer()
    const client = openClient()
    const first = client.send(requestTo(`http://127.0.0.1:${peer.port}/first`, { timeoutMs: 300 }))
    const second = await client.send(requestTo(`http://127.0.0.1:${peer.port}/second`, { timeoutMs: 30 }))
    expect(second).toEqual({ outcome: 'not_sent', wire: false, code: 'TIMEOUT' })
    expect(await first).toMatchObject({ outcome: 'no_answer' })
    expect(peer.received()).not.toContain('second')
  })

  test('on stopping: what is out is doubtful, what waits was not sent, and nothing new begins', async () => {
    const peer = await openPeer()
    const client = openClient()
    const out = client.send(requestTo(`http://127.0.0.1:${peer.port}/out`))
    const waiting = client.send(requestTo(`http://127.0.0.1:${peer.port}/waiting`))
    await peer.until(() => isComplete(peer.received()))
    await client.close()
    expect(await out).toMatchObject({ outcome: 'no_answer', wire: true })
    expect(await waiting).toEqual({ outcome: 'not_sent', wire: false, code: 'CLIENT_CLOSED' })
    expect(await client.send(requestTo(`http://127.0.0.1:${peer.port}/new`))).toMatchObject({ code: 'CLIENT_CLOSED' })
    expect(peer.received()).not.toMatch(/waiting|new/)
  })
})

describe('an answer', () => {
  test('is handed over whole, with its headers in lower case', async () => {
    const peer = await openPeer(
      answering(
        `HTTP/1.1 201 Created\r\nX-Document: 4711\r\nSet-Cookie: a\r\nSet-Cookie: b\r\ncontent-length: 4\r\n\r\nbody`,
      ),
    )
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/orders?x=1`))
    expect(result).toEqual({
      outcome: 'answer',
      wire: true,
      status: 201,
      headers: { 'x-document': '4711', 'set-cookie': 'a, b', 'content-length': '4' },
      body: Buffer.from('body'),
    })
    expect(peer.received()).toMatch(/^POST \/orders\?x=1 HTTP\/1\.1\r\n/)
  })

  test('in gzip is unpacked', async () => {
    const packed = gzipSync('{"document":"4711"}').toString('latin1')
    const peer = await openPeer((socket, received) => {
      if (isComplete(received))
        socket.write(Buffer.from(headersOf(packed.length, 'content-encoding: gzip\r\n') + packed, 'latin1'))
    })
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`))
    expect(result.outcome === 'answer' && Buffer.from(result.body).toString()).toBe('{"document":"4711"}')
  })

  test.each([
    ['a gzip bomb', 'gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024)), 'ANSWER_UNREADABLE'],
    ['half a gzip', 'gzip', gzipSync('{"document":"4711"}').subarray(0, 20), 'ANSWER_UNREADABLE'],
    ['another coding', 'br', brotliCompressSync('{"document":"4711"}'), 'ANSWER_CODING'],
    ['two codings', 'gzip, gzip', gzipSync(gzipSync('{}')), 'ANSWER_CODING'],
  ])('that is %s counts as none', async (_, coding, packed, code) => {
    const peer = await openPeer((socket, received) => {
      if (!isComplete(received)) return
      socket.write(headersOf(packed.length, `content-encoding: ${coding}\r\n`))
      socket.write(packed)
    })
    const request = requestTo(`http://127.0.0.1:${peer.port}/`, { maxResponseBytes: 1024 * 1024 })
    expect(await openClient().send(request)).toEqual({ outcome: 'no_answer', wire: true, code })
  })

  test('larger than allowed is cut, declared or not', async () => {
    const declared = await openPeer(answering(headersOf(65_537)))
    const client = openClient()
    expect(await client.send(requestTo(`http://127.0.0.1:${declared.port}/`))).toMatchObject({
      code: 'ANSWER_TOO_LARGE',
    })
    let sent = 0
    const endless = await openPeer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      const pour = (): void => {
        while (!socket.destroyed && socket.write(`1000\r\n${'a'.repeat(4096)}\r\n`)) sent += 4096
      }
      socket.on('drain', pour)
      pour()
    })
    expect(await client.send(requestTo(`http://127.0.0.1:${endless.port}/`))).toEqual({
      outcome: 'no_answer',
      wire: true,
      code: 'ANSWER_TOO_LARGE',
    })
    await endless.until(() => endless.sockets[0]?.destroyed === true)
    expect(sent).toBeGreaterThan(65_536)
  })

  test('that comes a byte at a time does not outlast the time of the attempt', async () => {
    const peer = await openPeer((socket) => {
      const drip = setInterval(() => socket.write('x-a: b\r\n'), 20)
      socket.on('close', () => clearInterval(drip))
      socket.write('HTTP/1.1 200 OK\r\n')
    })
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`, { timeoutMs: 150 }))
    expect(result).toEqual({ outcome: 'no_answer', wire: true, code: 'TIMEOUT' })
  })
})

describe('lines', () => {
  test('are kept for the next request', async () => {
    const peer = await openPeer(answering(ok))
    const client = openClient()
    for (let i = 0; i < 5; i++) await client.send(requestTo(`http://127.0.0.1:${peer.port}/`))
    expect(peer.sockets).toHaveLength(1)
  })

  test('are not kept after a failure', async () => {
    const peer = await openPeer((socket, received, connection) => {
      if (isComplete(received)) socket.write(connection === 0 ? 'nonsense\r\n\r\n' : ok)
    })
    const client = openClient()
    expect(await client.send(requestTo(`http://127.0.0.1:${peer.port}/`))).toMatchObject({ outcome: 'no_answer' })
    expect(await client.send(requestTo(`http://127.0.0.1:${peer.port}/`))).toMatchObject({ status: 200 })
  })

  test('are as many as the account may use, and each carries one request at a time', async () => {
    const held: (() => void)[] = []
    const peer = await openPeer((socket, received) => {
      if (isComplete(received)) held.push(() => socket.write(ok))
    })
    const client = openClient()
    const sends = Array.from({ length: 5 }, () =>
      client.send(requestTo(`http://127.0.0.1:${peer.port}/`, { concurrency: 2 })),
    )
    for (let answered = 0; answered < 5; answered++) {
      const expected = Math.min(2, 5 - answered)
      await peer.until(() => held.length === expected)
      held.shift()?.()
      await Promise.race(sends.slice(answered))
    }
    expect(await Promise.all(sends)).toHaveLength(5)
    expect(peer.sockets).toHaveLength(2)
  })

  test('of one account do not wait for those of another', async () => {
    const peer = await openPeer((socket, received) => {
      if (received.includes('fast')) socket.write(ok)
    })
    const client = openClient()
    const url = `http://127.0.0.1:${peer.port}`
    const slow = client.send(requestTo(`${url}/slow`, { pool: 'slow', timeoutMs: 5000 }))
    expect(await client.send(requestTo(`${url}/fast`, { pool: 'fast' }))).toMatchObject({ status: 200 })
    await client.close()
    await slow
  })
})

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
