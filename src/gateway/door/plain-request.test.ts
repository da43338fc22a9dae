import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPlainRequest } from './plain-request.ts'

const request = (lines: readonly string[], body = '{"a":1}'): Buffer =>
  Buffer.from([...lines, '', body].join('\r\n'), 'latin1')

const usual = [
  'POST /v1/inbound/shop?token=a%20b HTTP/1.1',
  'Host: hub',
  'Content-Type: application/json',
  'X-Signature: \t a=b, c ',
  'Connection: Keep-Alive',
  'content-length: 7',
]

test('a whole request is read; what follows it is left alone', () => {
  const next = Buffer.from('POST /v1/inb')
  const found = readPlainRequest(Buffer.concat([request(usual), next]))
  if (typeof found === 'string') throw new Error(found)
  expect(found.target).toBe('/v1/inbound/shop?token=a%20b')
  expect(found.headers).toEqual({
    host: 'hub',
    'content-type': 'application/json',
    'x-signature': 'a=b, c',
    connection: 'Keep-Alive',
    'content-length': '7',
  })
  expect(found.body.toString()).toBe('{"a":1}')
  expect(found.size).toBe(request(usual).length)
})

test('every beginning of it may become one', () => {
  const whole = request(usual)
  const verdicts = Array.from({ length: whole.length }, (_, length) => readPlainRequest(whole.subarray(0, length)))
  expect(new Set(verdicts)).toEqual(new Set(['incomplete']))
})

describe('is left to node:http', () => {
  const others: Readonly<Record<string, readonly string[]>> = {
    'another method': ['PUT /v1/inbound/shop HTTP/1.1', ...usual.slice(1)],
    'another route': ['POST /v1/inboundary/shop HTTP/1.1', ...usual.slice(1)],
    'another version of HTTP': ['POST /v1/inbound/shop HTTP/1.0', ...usual.slice(1)],
    'a path that is no path': ['POST /v1/inbound/sh op HTTP/1.1', ...usual.slice(1)],
    'no host': usual.filter((line) => !line.startsWith('Host')),
    'no length': usual.slice(0, -1),
    'a length twice': [...usual, 'content-length: 7'],
    'a length that is no number': [...usual.slice(0, -1), 'content-length: +7'],
    'a length with a leading zero': [...usual.slice(0, -1), 'content-length: 07'],
    'a length and a coding': [...usual, 'transfer-encoding: chunked'],
    'any header twice': [...usual, 'x-signature: other'],
    'a name that every object knows': [...usual, 'constructor: a', '__proto__: b'],
    'a packed body': [...usual, 'content-encoding: gzip'],
    'who waits to be asked': [...usual, 'expect: 100-continue'],
    'who wants the connection closed': [...usual.filter((line) => !line.startsWith('Conn')), 'connection: close'],
    'a folded line': [...usual, ' more of it'],
    'a space before the colon': [...usual, 'x-other : a'],
    'a line without a colon': [...usual, 'x-other'],
    'a line feed alone': [...usual, 'x-other: a\nx-hidden: b'],
    'a carriage return alone': [...usual, 'x-other: a\rx-hidden: b'],
    'a text that is not ASCII': [...usual, 'x-other: \u00e9'],
    'a zero byte': [...usual, 'x-other: \0'],
    'more headers than a webhook has': [...usual, ...Array.from({ length: 100 }, (_, n) => `x-${n}: 1`)],
    'a head without an end': [...usual, `x-long: ${'a'.repeat(20_000)}`],
    'a large body': [...usual.slice(0, -1), 'content-length: 65537'],
  }
  test.each(Object.keys(others))('%s', (name) => {
    expect(readPlainRequest(request(others[name] ?? []))).toBe('other')
  })
})

test('whatever is taken for plain is the same request to node:http', async () => {
  const server = createServer((incoming, response) => {
    text(incoming).then(
      (body) => response.end(JSON.stringify({ target: incoming.url, headers: { ...incoming.headers }, body })),
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = async (bytes: Buffer): Promise<unknown> => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.write(bytes)
    let answer = ''
    for await (const chunk of socket) {
      answer += String(chunk)
      if (answer.includes('\r\n\r\n') && answer.endsWith('}')) break
    }
    return answer.startsWith('HTTP/1.1 200') ? JSON.parse(answer.slice(answer.indexOf('{'))) : answer
  }
  const whole = request(usual).toString('latin1')
  const pieces = [
    '\r',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ':',
    '0',
    '\0',
    '\u00e9',
    '%',
    'content-length: 7\r\n',
    'te: trailers\r\n',
  ]
  const edit = fc.record({ at: fc.nat(whole.length), drop: fc.nat(2), put: fc.constantFrom('', ...pieces) })
  let plain = 0
  const property = fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 2 }), async (edits) => {
    const edited = edits.reduce((now, { at, drop, put }) => now.slice(0, at) + put + now.slice(at + drop), whole)
    const bytes = Buffer.from(edited, 'latin1')
    const found = readPlainRequest(bytes)
    if (typeof found === 'string') return
    plain++
    const { target, headers, body } = found
    expect(await ask(bytes.subarray(0, found.size))).toEqual({ target, headers, body: body.toString() })
  })
  await fc.assert(property, { numRuns: 500 })
  expect(plain).toBeGreaterThan(50)
  server.close()
})
