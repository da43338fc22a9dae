import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { type RawAnswer, rawExchange } from './raw-exchange.ts'
import { network, sendSigned, signed, trackerEvent } from './senders.ts'

let hub: HubProcess
let slow: Readonly<Record<'headers' | 'body', Promise<RawAnswer | undefined>>>
let refusedBefore = 0

beforeAll(async () => {
  hub = await HubProcess.start({ network })
  // These need their time, so they begin before everything else and dawdle beside it.
  slow = {
    headers: rawExchange(hub.port, (socket) => socket.write('POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\n')),
    body: rawExchange(hub.port, (socket) =>
      socket.write('POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\ncontent-length: 5000\r\n\r\n{'),
    ),
  }
  refusedBefore = await hub.counter('interline_ingest_events_total', { outcome: 'refused' })
})
afterAll(() => hub.stop())

interface Problem {
  readonly type: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly nextAction: string
}

let refusals = 0

/** A documented answer: a code of the table, what to do next, and a page that says the same. */
async function expectRefusal(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: string },
  status: number,
  code: string,
): Promise<void> {
  refusals++
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const problem = JSON.parse(answer.body) as Problem
  expect(problem).toMatchObject({ status, code })
  expect(answer.status).toBe(status)
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
  expect(problem.nextAction).not.toBe('')
  const page = (await hub.call('GET', `/problems/${code.toLowerCase()}`)).json()
  expect(page).toMatchObject({ code, status, nextAction: problem.nextAction })
}

async function refused(answer: Awaited<ReturnType<typeof sendSigned>>, status: number, code: string): Promise<void> {
  await expectRefusal({ ...answer, body: answer.text }, status, code)
}

async function refusedRaw(answer: RawAnswer | undefined, status: number, code: string): Promise<void> {
  if (answer === undefined) throw new Error('the connection ended without an answer')
  await expectRefusal(answer, status, code)
}

/** Stored, and kept for a person with a reason and a next action; the bytes are still what was sent. */
async function parked(body: string | Uint8Array, code: string): Promise<void> {
  const answer = await sendSigned(hub, body)
  expect(answer.status).toBe(202)
  const { id } = answer.json() as { id: string }
  const message = await eventually(
    async () => (await hub.call('GET', `/v1/messages/${id}`)).json() as { status: string; parked?: { code: string } },
    ({ status }) => status !== 'pending',
  )
  expect(message).toMatchObject({ status: 'parked', parked: { code, nextAction: expect.stringMatching(/\w/) } })
  expect((await hub.call('GET', `/v1/messages/${id}/raw`)).text).toBe(Buffer.from(body).toString())
}

describe('content that nobody can read is stored, parked and explained', () => {
  test('what is not JSON', () => parked('<xml>not what was agreed</xml>', 'JSON_MALFORMED'))
  test('JSON of 5,000 levels', () => parked('['.repeat(5000) + ']'.repeat(5000), 'JSON_TOO_DEEP'))
  test('NUL in a text', () =>
    parked(trackerEvent('nul', { number: 'PN\u0000', message: 'a\u0000b' }), 'TEXT_UNSTORABLE'))
  test('half of a surrogate pair', () => parked(trackerEvent('half').replace('PNhalf', '\\ud800'), 'TEXT_UNSTORABLE'))
  test('a name twice in one object', () => parked('{"id":"twice","id":"other"}', 'JSON_MALFORMED'))
  test('more values than a document may have, in one that is read beside everything else', () =>
    parked(`[${'1,'.repeat(1_100_000)}1]`, 'JSON_TOO_LARGE'))
  test('while a large one that is fine is read as it came', async () => {
    const event = `${trackerEvent('large')}${' '.repeat(1_000_000)}`
    const { id } = (await sendSigned(hub, event)).json() as { id: string }
    expect(((await sendSigned(hub, event)).json() as { id: string }).id).toBe(id)
    const message = await eventually(
      async () => (await hub.call('GET', `/v1/messages/${id}`)).json() as { status: string },
      ({ status }) => status !== 'pending',
    )
    expect(message).toMatchObject({ status: 'applied' })
  })
  test('bytes that are not UTF-8', async () => {
    const answer = await sendSigned(hub, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))
    expect(answer.status).toBe(202)
  })
})

describe('what is too much is refused before it is stored', () => {
  test('a body that says that it has 100 MB', async () => {
    const answer = await rawExchange(hub.port, (socket) =>
      socket.write('POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\ncontent-length: 104857600\r\n\r\n{}'),
    )
    await refusedRaw(answer, 413, 'BODY_TOO_LARGE')
  })

  test('a body that does not say so, and has 100 MB', async () => {
    const answer = await rawExchange(hub.port, (socket) => {
      socket.write('POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\ntransfer-encoding: chunked\r\n\r\n')
      const chunk = `100000\r\n${'a'.repeat(0x100000)}\r\n`
      let sent = 0
      const more = (): void => {
        while (sent++ < 100 && !socket.destroyed) if (!socket.write(chunk)) return void socket.once('drain', more)
      }
      more()
    })
    await refusedRaw(answer, 413, 'BODY_TOO_LARGE')
  })

  test('and whoever is still busy sending hears of it', async () => {
    const body = Buffer.alloc(30_000_000, 0x20)
    for (const path of ['/v1/inbound/carrier', '/v1/network/plans'])
      for (let n = 0; n < 8; n++) {
        const headers = { 'content-type': 'application/json' }
        await refused(await hub.call('POST', path, { body, headers }), 413, 'BODY_TOO_LARGE')
      }
  })

  test('and the hub closes the connection of whoever neither sends on nor hangs up', async () => {
    for (const path of ['/v1/inbound/carrier', '/v1/network/plans']) {
      const socket = connect({ port: hub.port, host: '127.0.0.1', allowHalfOpen: true })
      const ended = once(socket.resume(), 'close')
      socket.on('end', () => socket.end())
      const head = `POST ${path} HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${hub.key}\r\ncontent-type: application/json\r\n`
      socket.write(`${head}content-length: 104857600\r\n\r\n{}`)
      await ended
      refusals++
    }
  })

  test('a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 })
    await refused(await sendSigned(hub, bomb, { 'content-encoding': 'gzip' }), 413, 'BODY_TOO_LARGE')
  })

  test('a gzip that ends too early', async () => {
    const cut = gzipSync(trackerEvent('cut')).subarray(0, -4)
    await refused(await sendSigned(hub, cut, { 'content-encoding': 'gzip' }), 400, 'BODY_MALFORMED')
  })

  test('a coding that is not read', async () =>
    refused(await sendSigned(hub, 'x', { 'content-encoding': 'br' }), 415, 'CODING_UNSUPPORTED'))

  test('a batch of more events than are read', async () => {
    const many = `${'{}\n'.repeat(1001)}`
    const answer = await sendSigned(hub, many, { 'content-type': 'application/x-ndjson' })
    await refused(answer, 413, 'BATCH_TOO_LARGE')
  })

  test('headers of more bytes than are read, and more headers than are read', async () => {
    for (const headers of [`x-long: ${'a'.repeat(20_000)}\r\n`, 'x: 1\r\n'.repeat(1000)]) {
      const answer = await rawExchange(hub.port, (socket) =>
        socket.write(`POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\n${headers}content-length: 0\r\n\r\n`),
      )
      await refusedRaw(answer, 431, 'HEADERS_TOO_LARGE')
    }
  })

  test('a URL longer than is read', async () => {
    const answer = await rawExchange(hub.port, (socket) =>
      socket.write(`GET /v1/shipments?reference=${'a'.repeat(9000)} HTTP/1.1\r\nhost: hub\r\n\r\n`),
    )
    await refusedRaw(answer, 414, 'URL_TOO_LONG')
  })
})

describe('who does not prove who he is gets in nowhere', () => {
  test('a wrong signature, or none', async () => {
    const body = trackerEvent('forged')
    const forged = signed(body, 'another secret')
    await refused(await hub.call('POST', '/v1/inbound/carrier', { body, headers: forged }), 401, 'SIGNATURE_INVALID')
    await refused(await hub.call('POST', '/v1/inbound/carrier', { body }), 401, 'SIGNATURE_INVALID')
  })

  test('a large body whose proof is wrong by one byte of it, while the right one is taken', async () => {
    const large = trackerEvent('large', { message: 'x'.repeat(3_000_000) })
    const changed = large.replace('xxx', 'xyx')
    const forged = await hub.call('POST', '/v1/inbound/carrier', { body: changed, headers: signed(large) })
    await refused(forged, 401, 'SIGNATURE_INVALID')
    expect((await sendSigned(hub, large)).status).toBe(202)
    const packed = gzipSync(trackerEvent('packed', { message: 'y'.repeat(600_000) }), { level: 0 })
    const unpacked = trackerEvent('packed', { message: 'y'.repeat(600_000) })
    const headers = { ...signed(unpacked), 'content-encoding': 'gzip', 'content-type': 'application/json' }
    expect((await hub.call('POST', '/v1/inbound/carrier', { body: packed, headers })).status).toBe(202)
    const other = gzipSync(unpacked.replace('yyy', 'yzy'), { level: 0 })
    await refused(await hub.call('POST', '/v1/inbound/carrier', { body: other, headers }), 401, 'SIGNATURE_INVALID')
    const unknown = { ...headers, authorization: 'Bearer x' }
    const elsewhere = await hub.call('POST', '/v1/inbound/warehouse', { body: packed, headers: unknown })
    await refused(elsewhere, 401, 'AUTHENTICATION_REQUIRED')
  })

  test('large bodies that come at the same time keep their own bytes', async () => {
    const bodies = ['l1', 'l2', 'l3', 'l4'].map((id) => trackerEvent(id, { message: id.repeat(400_000) }))
    const answers = await Promise.all(bodies.map((body) => sendSigned(hub, body)))
    for (const [at, answer] of answers.entries()) {
      expect(answer.status).toBe(202)
      const { id } = answer.json() as { readonly id: string }
      expect((await hub.call('GET', `/v1/messages/${id}/raw`)).text).toBe(bodies[at])
    }
  })

  test('a wrong key', async () => {
    const answer = await hub.call('POST', '/v1/inbound/warehouse', { json: {}, headers: { authorization: 'Bearer x' } })
    await refused(answer, 401, 'AUTHENTICATION_REQUIRED')
  })

  test('a connection that nobody declared, also one with the name of something in the language', async () => {
    for (const name of ['nobody', 'constructor', '__proto__', '..%2f..', ''])
      await refused(await hub.call('POST', `/v1/inbound/${name}`, { body: '{}' }), 404, 'CONNECTION_UNKNOWN')
  })
})

describe('what is no proper request gets a proper answer', () => {
  const raw = (text: string) => rawExchange(hub.port, (socket) => void socket.end(text))

  test('a body that ends too early', async () => {
    const head = 'POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\ncontent-length: 100\r\n\r\n'
    await refusedRaw(await raw(`${head}{"id":`), 400, 'REQUEST_MALFORMED')
  })

  test('what is not HTTP', async () =>
    refusedRaw(await raw('\u0016\u0003\u0001 hello\r\n\r\n'), 400, 'REQUEST_MALFORMED'))

  test('a length that is said in two ways', async () => {
    const both = 'content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'
    const twice = 'content-length: 4\r\ncontent-length: 5\r\n\r\nabcd'
    for (const rest of [both, twice])
      await refusedRaw(await raw(`POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\n${rest}`), 400, 'REQUEST_MALFORMED')
  })

  test('the character NUL in a path or a query', async () => {
    for (const path of ['/v1/alert-rules/%00', '/v1/shipments?reference=%00'])
      await refused(await hub.call('GET', path), 400, 'REQUEST_MALFORMED')
  })

  test('no host', async () => refusedRaw(await raw('GET /livez HTTP/1.1\r\n\r\n'), 400, 'REQUEST_MALFORMED'))

  test('an expectation that cannot be met', async () =>
    refusedRaw(await raw('GET /livez HTTP/1.1\r\nhost: hub\r\nexpect: miracles\r\n\r\n'), 417, 'EXPECTATION_UNKNOWN'))

  test('another method', async () =>
    refused(await hub.call('PUT', '/v1/inbound/carrier', { body: '{}' }), 405, 'METHOD_NOT_ALLOWED'))
})

describe('what comes again, or from the future, changes nothing', () => {
  test('a webhook that is replayed', async () => {
    const body = trackerEvent('replayed')
    const first = (await sendSigned(hub, body)).json()
    const second = await sendSigned(hub, body)
    expect(second.json()).toEqual({ ...(first as object), status: 'duplicate' })
  })

  test('the same event a hundred thousand times', async () => {
    const body = trackerEvent('again')
    const event = {
      specversion: '1.0',
      id: 'again',
      source: '/carrier',
      type: 'tracker',
      data: JSON.parse(body) as unknown,
    }
    const batch = JSON.stringify(Array.from({ length: 1000 }, () => event))
    const headers = { 'content-type': 'application/cloudevents-batch+json' }
    const ids = new Set<string>()
    let accepted = 0
    for (let round = 0; round < 100; round += 4) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => sendSigned(hub, batch, headers)))
      for (const answer of answers) {
        const { results } = answer.json() as { results: readonly { id: string; status: string }[] }
        for (const { id, status } of results) {
          ids.add(id)
          if (status === 'accepted') accepted++
        }
      }
    }
    expect(ids.size).toBe(1)
    expect(accepted).toBe(1)
  })

  test('a scan whose clock is years ahead is kept and shown, and moves no shipment', async () => {
    await sendSigned(hub, trackerEvent('ahead', { at: '2090-01-01T00:00:00Z' }))
    const { data } = await eventually(
      async () =>
        (await hub.call('GET', '/v1/shipments?reference=PNahead')).json() as {
          data: { status: string; exceptions: string[] }[]
        },
      (page) => page.data.length > 0,
    )
    expect(data[0]?.exceptions).toContain('future_event')
    expect(data[0]?.status).not.toBe('in_transit')
  })
})

describe('who is too slow is let go', () => {
  test('headers that never end', async () => refusedRaw(await slow.headers, 408, 'REQUEST_TOO_SLOW'))
  test('a body that never ends', async () => refusedRaw(await slow.body, 408, 'REQUEST_TOO_SLOW'))
})

describe('after all of it', () => {
  test('each refusal has been counted', async () => {
    const refusedAfter = await hub.counter('interline_ingest_events_total', { outcome: 'refused' })
    expect(refusals).toBeGreaterThan(25)
    expect(refusedAfter - refusedBefore).toBe(refusals)
  })

  test('every message is accounted for', async () => {
    const accounting = await eventually(
      async () => (await hub.call('GET', '/v1/accounting')).json() as { pending: number; unaccounted: number },
      ({ pending }) => pending === 0,
    )
    expect(accounting).toMatchObject({ pending: 0, unaccounted: 0 })
  })

  test('the neighbour is served', async () => {
    const body = trackerEvent('neighbourly')
    const answer = await hub.call('POST', '/v1/inbound/neighbour', { body, headers: signed(body, 'neighbour-secret') })
    expect(answer.status).toBe(202)
    const found = await eventually(
      async () =>
        (await hub.call('GET', '/v1/shipments?reference=PNneighbourly')).json() as { data: { status: string }[] },
      ({ data }) => data.length > 0,
    )
    expect(found.data[0]?.status).toBe('in_transit')
  })

  test('nothing went wrong inside', () => {
    expect(hub.log.split('\n').filter((line) => line.includes('"level":50'))).toEqual([])
  })
})
