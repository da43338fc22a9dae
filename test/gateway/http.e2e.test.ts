import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseList } from 'structured-headers'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { eventually, type HubAnswer } from '../hub-process.ts'
import { AskedHub, expectProblem, jsonType } from './asked-hub.ts'
import { askedNetwork } from './asked-network.ts'
import { startReceiver } from './receiver.ts'
import { trackerEvent } from './senders.ts'

let asked: AskedHub
let erp: Awaited<ReturnType<typeof startReceiver>>

beforeAll(async () => {
  // It refuses everything, so that there are effects that wait for a person; somebody has booked a document by hand.
  const documents = [{ documentNumber: '4900000001', externalReference: 'ILBYHAND' }]
  erp = await startReceiver(({ path }) => (path.includes('prefix=IL') ? { status: 200, body: { documents } } : 400))
  asked = await AskedHub.start({
    network: askedNetwork(erp.url),
    environment: { INTERLINE_ALLOWED_ORIGINS: 'https://tower.example' },
  })
})
afterAll(async () => {
  await asked.hub.stop()
  await erp.stop()
})

const ask: AskedHub['ask'] = (...parameters) => asked.ask(...parameters)
const send: AskedHub['send'] = (...parameters) => asked.send(...parameters)
const shipment = (reference: string): Promise<string> => asked.shipment(reference)

let keys = 0
const once = (): Record<string, string> => ({ 'idempotency-key': `"key ${keys++}"` })

function move(id: string, sku: string, movement: Record<string, unknown> = {}): Promise<HubAnswer> {
  const data = {
    movement: 'receipt',
    sku,
    quantity: '7',
    uom: 'EA',
    to: { location: 'N-1' },
    document: { kind: 'test', id },
    ...movement,
  }
  const event = { eventId: id, type: 'movement', occurredAt: '2026-04-01T11:00:00Z', data }
  return ask('POST', '/v1/inbound/warehouse', { json: event })
}

describe('documents', () => {
  test('the API that is served is the one that is published', async () => {
    const served = (await ask('GET', '/openapi.json')).json() as Record<string, unknown>
    const published = JSON.parse(readFileSync(join(root, 'schemas/openapi.json'), 'utf8')) as Record<string, unknown>
    for (const part of ['paths', 'components', 'webhooks', 'tags']) expect(served[part]).toEqual(published[part])
    const events = (await ask('GET', '/asyncapi.json')).json() as Record<string, unknown>
    const publishedEvents = JSON.parse(readFileSync(join(root, 'schemas/asyncapi.json'), 'utf8')) as Record<
      string,
      unknown
    >
    for (const part of ['channels', 'operations', 'components']) expect(events[part]).toEqual(publishedEvents[part])
  })

  test('probes and metrics need no key and are never limited', async () => {
    const headers = { authorization: '' }
    for (const path of ['/livez', '/readyz', '/readyz?verbose', '/startupz', '/metrics', '/problems/not-found']) {
      const answer = await ask('GET', path, { headers })
      expect(answer.status).toBe(200)
      expect(answer.headers['ratelimit']).toBeUndefined()
    }
    await expectProblem(ask('GET', '/problems/nothing-like-that', { headers }), 404, 'NOT_FOUND')
  })
})

describe('shipments', () => {
  let id = ''
  let scannedAt = ''
  beforeAll(async () => {
    for (const name of ['a', 'b', 'c', 'd', 'travels']) await send(trackerEvent(name))
    id = await shipment('PNtravels')
    scannedAt = new Date().toISOString()
  })

  test('are found by any reference and by filters, which may be repeated', async () => {
    const found = (await ask('GET', '/v1/shipments?status=in_transit&status=delivered')).json() as { data: unknown[] }
    expect(found.data.length).toBeGreaterThan(3)
    expect((await ask('GET', '/v1/shipments?status=lost')).json()).toMatchObject({ data: [], page: { next: null } })
    expect(
      (await ask('GET', `/v1/shipments?updatedSince=${encodeURIComponent('2026-01-01T00:00:00+02:00')}`)).status,
    ).toBe(200)
    await expectProblem(ask('GET', '/v1/shipments?updatedSince=yesterday'), 422, 'REQUEST_INVALID')
    await expectProblem(ask('GET', '/v1/shipments?statuss=lost'), 400, 'PARAMETER_UNKNOWN')
    await expectProblem(ask('GET', '/v1/shipments?limit=201'), 422, 'REQUEST_INVALID')
  })

  test('are paged without a gap or a repetition, and a cursor fits no other query', async () => {
    const seen: string[] = []
    let path: string | undefined = '/v1/shipments?limit=2&status=in_transit'
    while (path !== undefined) {
      const answer: HubAnswer = await ask('GET', path)
      seen.push(...(answer.json() as { data: { id: string }[] }).data.map((one) => one.id))
      const link = /^<(.+)>; rel="next"$/.exec(String(answer.headers['link'] ?? ''))?.[1]
      path = link === undefined ? undefined : new URL(link, `${asked.hub.url}${path}`).href.slice(asked.hub.url.length)
    }
    const whole = (await ask('GET', '/v1/shipments?status=in_transit')).json() as { data: { id: string }[] }
    expect(seen).toEqual(whole.data.map((one) => one.id))
    expect(new Set(seen).size).toBe(seen.length)
    const { page } = (await ask('GET', '/v1/shipments?limit=2')).json() as { page: { next: string } }
    for (const other of [
      `/v1/shipments?status=in_transit&cursor=${page.next}`,
      `/v1/effects?cursor=${page.next}`,
      '/v1/parked?cursor=forged',
    ])
      await expectProblem(ask('GET', other), 400, 'CURSOR_INVALID')
  })

  test('have a version, by which a reader is spared what has not changed', async () => {
    const first = await ask('GET', `/v1/shipments/${id}`)
    const tag = String(first.headers['etag'])
    expect(tag).toMatch(/^"v\d+"$/)
    for (const known of [tag, `"v0", W/${tag}`, '*'])
      expect((await ask('GET', `/v1/shipments/${id}`, { headers: { 'if-none-match': known } })).status).toBe(304)
    expect((await ask('GET', `/v1/shipments/${id}`, { headers: { 'if-none-match': '"v0"' } })).status).toBe(200)
    expect((await ask('HEAD', `/v1/shipments/${id}`)).headers['etag']).toBe(tag)
    await expectProblem(ask('GET', '/v1/shipments/shp_none'), 404, 'NOT_FOUND')
  })

  test('can be seen as of any instant, as far as was known at another', async () => {
    const at = async (query: string) =>
      (await ask('GET', `/v1/shipments/${id}/timeline?${query}`)).json() as {
        shipment: { status: string } | null
        facts: unknown[]
        told: unknown[]
      }
    expect(await at('')).toMatchObject({ shipment: { status: 'in_transit' } })
    expect(await at(`knownAt=${scannedAt}`)).toMatchObject({ shipment: { status: 'in_transit' } })
    expect(await at('knownAt=2026-01-01T00:00:00Z')).toEqual({ shipment: null, facts: [], told: [], truncated: false })
    // The scan was at 18:40: a moment earlier it had not happened, at the moment itself it had.
    expect(await at('asOf=2026-03-02T18:39:59.999Z')).toMatchObject({ shipment: { status: 'planned' } })
    expect(await at('asOf=2026-03-02T18:40:00Z')).toMatchObject({ shipment: { status: 'in_transit' } })
    expect(await at('asOf=2026-03-02T20:40:00%2B02:00')).toMatchObject({ shipment: { status: 'in_transit' } })
    const lost = await expectProblem(
      ask('GET', `/v1/shipments/${id}/timeline?asOf=2026-03-02T20:40:00+02:00`),
      422,
      'REQUEST_INVALID',
    )
    expect(lost.text).toContain('%2B')
    for (const query of ['knownAt=2026-02-30T00:00:00Z', 'asOf=2026-03-02', 'asOf=2026-03-02T18:40:00'])
      await expectProblem(ask('GET', `/v1/shipments/${id}/timeline?${query}`), 422, 'REQUEST_INVALID')
  })

  test('are traced from message to effect, also by a message that could not be read', async () => {
    expect((await ask('GET', '/v1/trace?reference=PNtravels')).json()).toMatchObject({
      objects: [{ subject: id }],
      messages: [{ connection: 'carrier' }],
    })
    const { id: message } = (await send('unreadable')).json() as { id: string }
    expect((await ask('GET', `/v1/messages/${message}`)).json()).toMatchObject({ status: 'parked' })
    expect((await ask('GET', `/v1/messages/${message}/raw`)).text).toBe('unreadable')
    expect((await ask('GET', `/v1/trace?reference=${message}`)).json()).toMatchObject({
      messages: [{ message, facts: [], parked: { code: 'JSON_MALFORMED' } }],
    })
    await expectProblem(ask('GET', '/v1/trace?reference=nothing'), 404, 'NOT_FOUND')
  })
})

describe('stock', () => {
  test('balances and what may be promised', async () => {
    await move('W-1', 'LAMP')
    const balances = await eventually(
      async () => (await ask('GET', '/v1/inventory/balances?sku=LAMP')).json() as { data: { onHand: string }[] },
      ({ data }) => data.length > 0,
    )
    expect(balances.data).toMatchObject([{ sku: 'LAMP', location: 'N-1', onHand: '7' }])
    expect((await ask('GET', '/v1/inventory/availability?sku=LAMP&location=N-1')).json()).toMatchObject({
      availableToPromise: '7',
    })
    await expectProblem(ask('GET', '/v1/inventory/availability?sku=NONE'), 404, 'NOT_FOUND')
    await expectProblem(ask('GET', '/v1/inventory/availability?sku=LAMP&at=soon'), 422, 'REQUEST_INVALID')
    await expectProblem(ask('GET', '/v1/inventory/availability'), 422, 'REQUEST_INVALID')
  })
})

describe('effects', () => {
  test('are listed, explained, and decided once', async () => {
    await move('W-2', 'SHADE', { movement: 'adjust_gain', reason: 'counted' })
    const { data } = await eventually(
      async () => (await ask('GET', '/v1/effects?target=erp')).json() as { data: { id: string; state: string }[] },
      (page) => page.data.some(({ state }) => state === 'refused'),
    )
    const effect = data.find(({ state }) => state === 'refused')
    const whole = (await ask('GET', `/v1/effects/${effect?.id}`)).json()
    expect(whole).toMatchObject({ attemptRows: [{ attempt: 1, wire: true, status: 400 }] })
    const decide = (headers: Record<string, string>, order: object) =>
      ask('POST', `/v1/effects/${effect?.id}/decisions`, { json: order, headers })
    const order = { action: 'applied', reason: 'entered by hand', documentReference: '4711' }
    await expectProblem(decide({}, order), 400, 'IDEMPOTENCY_KEY_REQUIRED')
    const headers = once()
    expect((await decide(headers, order)).json()).toMatchObject({ state: 'applied' })
    const again = await decide(headers, { documentReference: '4711', reason: 'entered by hand', action: 'applied' })
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.json()).toMatchObject({ state: 'applied' })
    await expectProblem(decide(headers, { ...order, reason: 'something else' }), 422, 'IDEMPOTENCY_KEY_REUSED')
    await expectProblem(decide(once(), { ...order, action: 'release' }), 409, 'DECISION_NOT_ALLOWED')
    await expectProblem(ask('GET', '/v1/effects/eff_none'), 404, 'NOT_FOUND')
    await expectProblem(ask('GET', '/v1/effects?state=asleep'), 422, 'REQUEST_INVALID')
  })
})

describe('the books of the ERP', () => {
  test('are compared with the ledger, and the last comparison is kept', async () => {
    const made = (await ask('POST', '/v1/reconciliations', { json: { connection: 'erp' } })).json()
    const unexpected = { kind: 'unexpected', externalReference: 'ILBYHAND', documentNumbers: ['4900000001'] }
    expect(made).toMatchObject({ connection: 'erp', complete: true, booked: 1, count: 1, differences: [unexpected] })
    expect((await ask('GET', '/v1/reconciliations')).json()).toEqual({ data: [made] })
    const metrics = (await ask('GET', '/metrics')).text
    expect(metrics).toContain('interline_reconciliation_differences{target="erp",kind="unexpected"} 1')
    const post = (json: object) => ask('POST', '/v1/reconciliations', { json })
    await expectProblem(post({ connection: 'nobody' }), 404, 'CONNECTION_UNKNOWN')
    await expectProblem(post({ connection: 'warehouse' }), 422, 'OPERATION_UNKNOWN')
    await expectProblem(post({ connection: 'erp', since: 'yesterday' }), 422, 'REQUEST_INVALID')
  })
})

describe('carriers that are asked', () => {
  test('are listed; a question now is not sent while the carrier is in maintenance', async () => {
    expect((await ask('GET', '/v1/polls')).json()).toMatchObject({ data: [{ connection: 'dhl', everyMinutes: 60 }] })
    const poll = (json: object) => ask('POST', '/v1/polls', { json })
    expect((await poll({ connection: 'dhl', trackingNumber: 'JJD1' })).json()).toMatchObject({ outcome: 'failed' })
    await expectProblem(poll({ connection: 'nobody', trackingNumber: 'JJD1' }), 404, 'CONNECTION_UNKNOWN')
  })
})

describe('the overview', () => {
  test('counts messages, shipments and effects; there are no pick-ups', async () => {
    expect((await ask('GET', '/v1/pick-ups')).json()).toEqual({ data: [] })
    const seen = (await ask('GET', '/v1/overview')).json() as { messages: { received: number }; effects: object[] }
    expect(seen.messages.received).toBeGreaterThan(0)
    expect(seen.effects.length).toBeGreaterThan(0)
  })
})

describe('parked messages', () => {
  const park = async (text: string): Promise<string> => ((await send(text)).json() as { id: string }).id

  test('are listed with what to do, released, corrected and skipped', async () => {
    const [released, corrected, skipped] = [
      await park('not json 1'),
      await park('not json 2'),
      await park('not json 3'),
    ]
    const { data } = (await ask('GET', '/v1/parked?code=JSON_MALFORMED&connection=carrier&state=parked')).json() as {
      data: { message: string }[]
    }
    expect(data.map(({ message }) => message)).toEqual(expect.arrayContaining([released, corrected, skipped]))
    const reason = { reason: 'for the test' }
    expect((await ask('POST', `/v1/parked/${released}/release`, { json: reason, headers: once() })).status).toBe(202)
    const edit = { ...reason, body: trackerEvent('corrected') }
    expect((await ask('POST', `/v1/parked/${corrected}/edit`, { json: edit, headers: once() })).status).toBe(202)
    expect((await ask('POST', `/v1/parked/${skipped}/skip`, { json: reason, headers: once() })).status).toBe(200)
    await shipment('PNcorrected')
    await expectProblem(ask('POST', `/v1/parked/${skipped}/skip`, { json: reason, headers: once() }), 404, 'NOT_FOUND')
  })

  test('a correction that is sent twice is made once', async () => {
    const message = await park('not json 4')
    const headers = once()
    const order = { json: { reason: 'mended', body: trackerEvent('mended') }, headers }
    const first = (await ask('POST', `/v1/parked/${message}/edit`, order)).json()
    expect((await ask('POST', `/v1/parked/${message}/edit`, order)).json()).toEqual(first)
  })
})

describe('replays', () => {
  test('are dry unless somebody says otherwise, can be watched and cancelled', async () => {
    const headers = once()
    const order = { json: { connection: 'carrier', since: '2026-01-01T00:00:00Z' }, headers }
    const made = await ask('POST', '/v1/replays', order)
    const { id } = made.json() as { id: string }
    expect(made.headers['location']).toBe(`/v1/replays/${id}`)
    expect(made.json()).toMatchObject({ dryRun: true })
    expect((await ask('POST', '/v1/replays', order)).json()).toMatchObject({ id })
    const done = await eventually(
      async () => (await ask('GET', `/v1/replays/${id}`)).json() as { status: string; done: number },
      ({ status }) => status === 'done',
    )
    expect(done).toMatchObject({ newEffects: 0 })
    expect(done.done).toBeGreaterThan(5)
    const slow = await ask('POST', '/v1/replays', {
      json: { connection: 'carrier', dryRun: false, perSecond: 1 },
      headers: once(),
    })
    const job = (slow.json() as { id: string }).id
    expect((await ask('POST', `/v1/replays/${job}/cancel`)).json()).toMatchObject({ status: 'cancelled' })
    await expectProblem(ask('GET', '/v1/replays/job_none'), 404, 'NOT_FOUND')
    await expectProblem(ask('POST', '/v1/replays', { json: {}, headers: once() }), 422, 'REQUEST_INVALID')
    await expectProblem(
      ask('POST', '/v1/replays', { json: { connection: 'carrier', since: 'then' }, headers: once() }),
      422,
      'REQUEST_INVALID',
    )
  })
})

describe('subscriptions', () => {
  test('are made, changed by those who saw the newest version, rotated and ended', async () => {
    const headers = once()
    const order = { json: { url: 'https://customer.example/hook', types: ['shipment.*'] }, headers }
    const made = await ask('POST', '/v1/subscriptions', order)
    expect(made.status).toBe(201)
    const { id, secret } = made.json() as { id: string; secret: string }
    expect((await ask('POST', '/v1/subscriptions', order)).json()).toMatchObject({ id, secret })
    const path = `/v1/subscriptions/${id}`
    const tag = String((await ask('GET', path)).headers['etag'])
    const patch = (ifMatch: Record<string, string>, change: object) =>
      ask('PATCH', path, { json: change, headers: ifMatch })
    await expectProblem(patch({}, { state: 'paused' }), 428, 'VERSION_REQUIRED')
    const changed = await patch(
      { 'if-match': tag, 'content-type': 'application/merge-patch+json' },
      { state: 'paused' },
    )
    expect(changed.json()).toMatchObject({ state: 'paused' })
    const stale = await expectProblem(patch({ 'if-match': tag }, { state: 'active' }), 412, 'VERSION_STALE')
    expect(stale.headers['etag']).toBe(changed.headers['etag'])
    await expectProblem(patch({ 'if-match': '"something"' }, { state: 'active' }), 412, 'VERSION_STALE')
    await expectProblem(patch({ 'if-match': tag }, { colour: 'red' }), 422, 'REQUEST_INVALID')
    const rotated = (await ask('POST', `${path}/rotate`, { headers: once() })).json() as { secret: string }
    expect(rotated.secret).not.toBe(secret)
    expect((await ask('GET', '/v1/subscriptions')).json()).toMatchObject({ data: [{ id }] })
    const newest = String((await ask('GET', path)).headers['etag'])
    await expectProblem(ask('DELETE', path, { headers: { 'if-match': tag } }), 412, 'VERSION_STALE')
    expect((await ask('DELETE', path, { headers: { 'if-match': newest } })).status).toBe(204)
    await expectProblem(ask('GET', path), 404, 'NOT_FOUND')
  })
})

describe('keys', () => {
  test('open only what their scopes name, and nothing once they are revoked', async () => {
    const made = await ask('POST', '/v1/keys', {
      json: { name: 'reader', scopes: ['shipments:read', 'inbound:write:ware*'] },
    })
    const { id, key } = made.json() as { id: string; key: string }
    const headers = { authorization: `Bearer ${key}` }
    expect((await ask('GET', '/v1/shipments', { headers })).status).toBe(200)
    expect((await ask('GET', '/v1/shipments', { headers: { authorization: '', 'x-api-key': key } })).status).toBe(200)
    const missing = await expectProblem(ask('GET', '/v1/effects', { headers }), 403, 'SCOPE_MISSING')
    expect(missing.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="effects:read"')
    expect((await ask('POST', '/v1/inbound/warehouse', { json: {}, headers })).status).toBe(202)
    await expectProblem(ask('POST', '/v1/inbound/erp', { json: {}, headers }), 403, 'SCOPE_MISSING')
    const list = (await ask('GET', '/v1/keys')).json() as { data: { id: string }[] }
    expect(list.data.map((one) => one.id)).toContain(id)
    expect((await ask('DELETE', `/v1/keys/${id}`)).status).toBe(204)
    const ended = await expectProblem(ask('GET', '/v1/shipments', { headers }), 401, 'AUTHENTICATION_REQUIRED')
    expect(ended.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    await expectProblem(ask('GET', '/v1/shipments', { headers: { authorization: '' } }), 401, 'AUTHENTICATION_REQUIRED')
    await expectProblem(ask('DELETE', '/v1/keys/key_none'), 404, 'NOT_FOUND')
    await expectProblem(
      ask('POST', '/v1/keys', { json: { name: 'x', scopes: ['everything'] } }),
      422,
      'REQUEST_INVALID',
    )
  })
})

describe('every route', () => {
  test('says what is left of the quota', async () => {
    const { headers } = await ask('GET', '/v1/overview')
    const [[policy, limits] = [], [name, left] = []] = ['ratelimit-policy', 'ratelimit'].map(
      (header) => parseList(String(headers[header]))[0],
    )
    expect([policy, name]).toEqual(['client', 'client'])
    expect([...(limits?.keys() ?? [])]).toEqual(['q', 'w'])
    expect([...(left?.keys() ?? [])]).toEqual(['r', 't'])
  })

  test('refuses what it cannot read or answer', async () => {
    const order = (body: string | Uint8Array, headers: Record<string, string>) =>
      ask('POST', '/v1/subscriptions', { body, headers: { ...once(), ...headers } })
    await expectProblem(order('{', jsonType), 400, 'BODY_MALFORMED')
    await expectProblem(order('{"url":"a","url":"b"}', jsonType), 400, 'BODY_MALFORMED')
    await expectProblem(order('a=1', { 'content-type': 'text/plain' }), 415, 'CONTENT_TYPE_UNSUPPORTED')
    await expectProblem(order('{}', { ...jsonType, 'content-encoding': 'br' }), 415, 'CODING_UNSUPPORTED')
    await expectProblem(order(Buffer.alloc(1_100_000, 0x20), jsonType), 413, 'BODY_TOO_LARGE')
    await expectProblem(ask('GET', '/v1/shipments', { headers: { accept: 'text/html' } }), 406, 'NOT_ACCEPTABLE')
    await expectProblem(ask('GET', '/v1/nothing'), 404, 'NOT_FOUND')
    const put = await expectProblem(ask('PUT', '/v1/shipments', { json: {} }), 405, 'METHOD_NOT_ALLOWED')
    expect(put.headers['allow']).toBe('GET, HEAD, OPTIONS')
    await expectProblem(ask('GET', '/v1/shipments/%ff'), 400, 'REQUEST_MALFORMED')
    await expectProblem(ask('GET', `/v1/shipments/${'a'.repeat(600)}`), 414, 'URL_TOO_LONG')
  })

  test('lists every violation with its place', async () => {
    const answer = await expectProblem(
      ask('POST', '/v1/subscriptions', { json: { url: 'gopher://x', types: ['A.b'], colour: 1 }, headers: once() }),
      422,
      'REQUEST_INVALID',
    )
    const { errors } = answer.json() as { errors: { pointer: string }[] }
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['#/colour', '#/types/0', '#/url'])
  })

  test('packs long answers for who can unpack them', async () => {
    const { headers, body } = await request(`${asked.hub.url}/openapi.json`, { headers: { 'accept-encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(await body.bytes()).toString())).toMatchObject({ openapi: '3.1.0' })
  })

  test('lets pages of allowed origins read answers, and no others', async () => {
    const from = (origin: string) => ask('GET', '/v1/accounting', { headers: { origin } })
    expect((await from('https://tower.example')).headers['access-control-allow-origin']).toBe('https://tower.example')
    expect((await from('https://other.example')).headers['access-control-allow-origin']).toBeUndefined()
    const preflight = await asked.hub.call('OPTIONS', '/v1/shipments', { headers: { origin: 'https://tower.example' } })
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-methods']).toContain('GET')
  })

  test('has been asked, has answered as documented, and no message was lost on the way', async () => {
    expect((await ask('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
    expect(asked.api.operations.filter((operation) => !asked.api.succeeded.has(operation))).toEqual([])
  })
})
