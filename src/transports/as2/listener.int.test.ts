import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from './identity.contract.ts'
import { TestSpool } from './large/spool.contract.ts'
import { type As2Answer, As2Listener, type As2ListenerOptions } from './listener.ts'

const received: string[] = []
let port: number
const disk = new TestSpool()
const options: As2ListenerOptions = {
  receive: async (fields, body) => {
    received.push(`${fields.find(({ name }) => name.toLowerCase() === 'x-folded')?.value ?? ''}|${body.toString()}`)
    return { status: 200, fields: { 'X-Said': 'yes' }, body: Buffer.from('answer') }
  },
  bytesMost: 1000,
  arrivingBytesMost: 1500,
  connectionsMost: 50,
  requestMs: 3000,
}
const listener = new As2Listener(options)
beforeAll(async () => {
  port = await listener.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await listener.close()
  disk.remove()
})

/** Writes the pieces one after the other and gives back everything until the connection ends. */
async function exchange(pieces: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    said += text
  })
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.on('close', resolve))
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, () => setImmediate(resolve)))
  await closed
  return said
}

const head = 'POST /as2 HTTP/1.1\r\nHost: hub\r\n'

describe('the listener', () => {
  test('reads lengths and chunks, unfolds header lines, and ends the connection after one message', async () => {
    const second = `${head}Content-Length: 1\r\n\r\nz`
    const plain = await exchange([`${head}X-Folded: a;\r\n\tb\r\nContent-Length: 3\r\n\r\n`, 'abc', second])
    expect(plain).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*X-Said: yes[\s\S]*Connection: close[\s\S]*\r\n\r\nanswer$/i)
    const chunked = await exchange([`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nde\r\n`, '1\r\nf\r\n0\r\n\r\n'])
    expect(chunked).toMatch(/^HTTP\/1\.1 200/)
    expect(received).toEqual(['a; b|abc', '|def'])
  })

  test('knows its address with the name of the hub in front, and keeps blanks that names are compared by', async () => {
    const whole = 'POST http://hub:4080/as2 HTTP/1.1\r\nHost: hub:4080\r\n'
    const said = await exchange([`${whole}X-Folded: Acme  West\r\nContent-Length: 3\r\n\r\nabc`])
    expect(said).toMatch(/^HTTP\/1\.1 200/)
    expect(received.pop()).toBe('Acme  West|abc')
  })

  test('is not held up by header lines of blanks', async () => {
    const blanks = ' '.repeat(60_000)
    const said = await exchange([`${head}X-Folded: a${blanks}b\r\nContent-Length: 3\r\n\r\nabc`])
    expect(said).toMatch(/^HTTP\/1\.1 200/)
    expect(received.pop()).toBe(`a${blanks}b|abc`)
  })

  test('refuses too much while it still comes, with a length and without', async () => {
    expect(await exchange([`${head}Content-Length: 1001\r\n\r\n`])).toMatch(/^HTTP\/1\.1 413/)
    const chunk = `${(400).toString(16)}\r\n${'x'.repeat(400)}\r\n`
    expect(await exchange([`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk, chunk])).toMatch(
      /^HTTP\/1\.1 413/,
    )
  })

  test('gives up on who sends too slowly, and on headers without end', async () => {
    expect(await exchange([`${head}Content-Length: 10\r\n\r\n`, 'abc'])).toMatch(/^HTTP\/1\.1 408|^$/)
    expect(await exchange([head, `X: ${'y'.repeat(70_000)}\r\n`])).toMatch(/^HTTP\/1\.1 431|^$/)
    expect(received).toHaveLength(2)
  })

  test('tells who waits with a body to go on, and not when it would be refused', async () => {
    const waiting = `${head}Expect: 100-continue\r\n`
    const taken = await exchange([`${waiting}Content-Length: 3\r\n\r\n`, 'ghi'])
    expect(taken).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
    expect(received.pop()).toBe('|ghi')
    expect(await exchange([`${waiting}Content-Length: 1001\r\n\r\n`])).toMatch(/^HTTP\/1\.1 413/)
  })

  test('takes nothing of a message whose sender hangs up in the middle, in memory or on disk, and leaves nothing of it', async () => {
    const spool = await disk.open()
    const refuse = async (): Promise<As2Answer> => ({ status: 500 })
    const onDisk = new As2Listener({ ...options, large: { spool, memoryBytesMost: 10, receive: refuse } })
    const before = received.length
    try {
      for (const to of [port, await onDisk.listen(0, '127.0.0.1')])
        for (const start of ['Content-Length: 900\r\n\r\n', 'Transfer-Encoding: chunked\r\n\r\n384\r\n'])
          for (const how of ['end', 'resetAndDestroy'] as const) {
            const socket = connect(to, '127.0.0.1')
            socket.on('error', () => {})
            const closed = new Promise((resolve) => socket.on('close', resolve))
            await new Promise((resolve) => socket.write(`${head}${start}${'x'.repeat(500)}`, resolve))
            socket.resume()[how]()
            await closed
          }
      expect(await exchange([`${head}Content-Length: 3\r\n\r\njkl`])).toMatch(/^HTTP\/1\.1 200/)
    } finally {
      await onDisk.close()
    }
    expect(received.slice(before)).toEqual(['|jkl'])
    for (let tries = 0; tries < 1000 && disk.left.length > 0; tries++)
      await new Promise((resolve) => setImmediate(resolve))
    expect(disk.left).toEqual([])
    received.length = before
  })

  test('takes no more at once than it can hold', async () => {
    const holding = connect(port, '127.0.0.1')
    holding.on('error', () => {})
    holding.write(`${head}Content-Length: 1000\r\n\r\n${'x'.repeat(900)}`)
    const body = `${head}Content-Length: 900\r\n\r\n${'y'.repeat(900)}`
    let said = ''
    for (let tries = 0; tries < 20 && !said.startsWith('HTTP/1.1 503'); tries++) said = await exchange([body])
    expect(said).toMatch(/^HTTP\/1\.1 503/)
    holding.destroy()
    for (let tries = 0; tries < 20 && !said.startsWith('HTTP/1.1 200'); tries++) said = await exchange([body])
    expect(said).toMatch(/^HTTP\/1\.1 200/)
  })

  test('refuses what is coded, of two lengths, or nowhere', async () => {
    expect(await exchange([`${head}Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na`])).toMatch(/^HTTP\/1\.1 415/)
    expect(await exchange([`${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`])).toMatch(
      /^HTTP\/1\.1 400/,
    )
    expect(await exchange([`${head}\r\n`])).toMatch(/^HTTP\/1\.1 411/)
    expect(await exchange(['POST /else HTTP/1.1\r\nHost: hub\r\nContent-Length: 1\r\n\r\na'])).toMatch(
      /^HTTP\/1\.1 404/,
    )
  })
})

describe('the listener with a certificate', () => {
  const identities = [makeIdentity('one'), makeIdentity('two', { curve: 'prime256v1' })]
  const pems = identities.map(({ certificatePem, keyPem }) => certificatePem + keyPem)
  const secure = new As2Listener({
    receive: async (_, body) => ({ status: 200, body: Buffer.from(`got ${body.toString()}`) }),
    bytesMost: 1000,
    arrivingBytesMost: 1500,
    connectionsMost: 50,
    requestMs: 3000,
    pem: pems[0] ?? '',
  })
  let securePort: number
  beforeAll(async () => {
    securePort = await secure.listen(0, '127.0.0.1')
  })
  afterAll(() => secure.close())

  /** The answer, and the fingerprint of the certificate that was shown. */
  async function post(maxVersion: 'TLSv1.1' | 'TLSv1.3'): Promise<{ readonly said: string; readonly shown: string }> {
    const socket = connectSecurely({
      host: '127.0.0.1',
      port: securePort,
      rejectUnauthorized: false,
      maxVersion,
      minVersion: 'TLSv1',
    })
    const closed = new Promise((resolve) => socket.on('close', resolve))
    let said = ''
    let shown = ''
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text
    })
    socket.on('secureConnect', () => {
      shown = socket.getPeerX509Certificate()?.fingerprint256 ?? ''
      socket.write(`${head}X-Folded: a;\r\n b\r\nContent-Length: 3\r\n\r\nabc`)
    })
    await closed
    return { said, shown }
  }

  test('speaks TLS 1.2 and newer, and folded header lines inside it', async () => {
    const { said, shown } = await post('TLSv1.3')
    expect(said).toMatch(/^HTTP\/1\.1 200[\s\S]*got abc$/)
    expect(shown).toBe(identities[0]?.certificate.fingerprint)
    expect(await post('TLSv1.1')).toEqual({ said: '', shown: '' })
  })

  test('says nothing to who does not speak TLS', async () => {
    const socket = connect(securePort, '127.0.0.1')
    let said = ''
    socket.on('data', (text: Buffer) => {
      said += text.toString('latin1')
    })
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write(`${head}Content-Length: 3\r\n\r\nabc`)
    await closed
    expect(said).not.toContain('got')
  })

  test('shows a new certificate without a restart', async () => {
    secure.renew(pems[1] ?? '')
    expect((await post('TLSv1.3')).shown).toBe(identities[1]?.certificate.fingerprint)
  })
})
