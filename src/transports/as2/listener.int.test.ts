import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { As2Listener } from './listener.ts'

const received: string[] = []
let port: number
const listener = new As2Listener({
  receive: async (fields, body) => {
    received.push(`${fields.find(({ name }) => name.toLowerCase() === 'x-folded')?.value ?? ''}|${body.toString()}`)
    return { status: 200, fields: { 'X-Said': 'yes' }, body: Buffer.from('answer') }
  },
  bytesMost: 1000,
  arrivingBytesMost: 1500,
  connectionsMost: 50,
  requestMs: 3000,
})
beforeAll(async () => {
  port = await listener.listen(0, '127.0.0.1')
})
afterAll(() => listener.close())

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
