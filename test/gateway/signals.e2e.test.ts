import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { startReceiver } from './receiver.ts'
import { network, sendSigned, signed, trackerEvent } from './senders.ts'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly links?: readonly { readonly traceId: string }[]
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
}

let hub: HubProcess
let collector: Awaited<ReturnType<typeof startReceiver>>
let subscriber: Awaited<ReturnType<typeof startReceiver>>

beforeAll(async () => {
  collector = await startReceiver()
  // The first delivery fails, so that the last one comes from the ledger.
  subscriber = await startReceiver((_, count) => (count === 1 ? 503 : 200))
  hub = await HubProcess.start({
    network,
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      INTERLINE_LOG_LEVEL: 'trace',
      INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8',
    },
  })
  const made = await hub.call('POST', '/v1/subscriptions', {
    json: { url: `${subscriber.url}/${person}`, types: ['*'] },
    headers: { 'idempotency-key': 'one' },
  })
  expect(made.status).toBe(201)
})
afterAll(async () => {
  await hub.stop()
  await subscriber.stop()
  await collector.stop()
})

/** Somebody whose name must be in no log and no trace; spelled so that no map changes it. */
const person = 'PETRONELLAZWALUW'

function spans(): readonly Span[] {
  return collector.received.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  })
}

test('one trace goes from intake to the last delivery, over a retry from the ledger', async () => {
  const theirs = '4bf92f3577b34da6a3ce929d0e0e4736'
  const answer = await sendSigned(hub, trackerEvent('traced'), { traceparent: `00-${theirs}-00f067aa0ba902b7-01` })
  const trace = String(answer.headers['x-request-id'])
  expect(answer.headers['traceparent']).toBe(`00-${trace}-${trace.slice(16)}-01`)
  const { id } = answer.json() as { id: string }
  expect((await hub.call('GET', `/v1/messages/${id}`)).json()).toMatchObject({ traceId: trace })

  const own = await eventually(
    async () => spans().filter(({ traceId }) => traceId === trace),
    (found) => found.filter(({ name }) => name.startsWith('send ')).length > 1,
  )
  const root = own.find(({ name }) => name === 'create carrier')
  expect(root?.parentSpanId ?? '').toBe('')
  expect(root?.spanId).toBe(trace.slice(16))
  expect(root?.links?.map(({ traceId }) => traceId)).toEqual([theirs])
  expect(new Set(own.map(({ name }) => name.split(' ')[0]))).toEqual(
    new Set(['create', 'translate', 'advance', 'send']),
  )
  for (const span of own) if (span !== root) expect(span.parentSpanId).toBe(root?.spanId)

  expect(subscriber.received.length).toBeGreaterThan(1)
  for (const { headers, body } of subscriber.received) {
    expect(headers['traceparent']).toContain(trace)
    expect((JSON.parse(body) as { traceparent: string }).traceparent).toContain(trace)
  }
})

test('a replay is a trace of its own that is linked to the first', async () => {
  const answer = await sendSigned(hub, trackerEvent('once-more'))
  const first = String(answer.headers['x-request-id'])
  const { id } = answer.json() as { id: string }
  await hub.call('POST', '/v1/replays', {
    json: { messages: [id], dryRun: false },
    headers: { 'idempotency-key': 'again' },
  })
  const linked = await eventually(
    async () => spans().filter(({ links }) => links?.some(({ traceId }) => traceId === first) === true),
    (found) => found.length > 0,
  )
  expect(linked).toHaveLength(1)
  expect(linked[0]?.traceId).not.toBe(first)
})

test('each stage is measured', async () => {
  const { text } = await hub.call('GET', '/metrics')
  for (const stage of ['inline', 'dispatch', 'deliver'])
    expect(text).toMatch(
      new RegExp(`interline_processing_duration_seconds_count\\{stage="${stage}",lane="\\w+"\\} [1-9]`),
    )
})

test('neither a log line nor a span holds a name, wherever somebody puts it', async () => {
  const headers = { 'user-agent': person, 'x-name': person, 'interline-lane': person, traceparent: person }
  const body = trackerEvent(person, { number: person, message: `Left with ${person}` })
  const sends = [
    sendSigned(hub, body, headers),
    sendSigned(hub, `{"name": ${person}}`, headers),
    // An unknown code is logged, for whoever keeps the tables; a sentence in its place is not.
    sendSigned(hub, trackerEvent('odd', { number: `${person}2` }).replaceAll('in_transit', `with ${person}`), headers),
    sendSigned(hub, `${person},1\n`, { ...headers, 'content-type': `text/${person}` }),
    sendSigned(hub, '[]', { 'content-type': `application/cloudevents-${person}` }),
    sendSigned(hub, body, { 'content-encoding': person }),
    hub.call('POST', `/v1/inbound/${person}`, { body, headers: signed(body) }),
    hub.call('GET', `/v1/shipments?reference=${person}&${person}=1`, { headers }),
    hub.call('GET', `/v1/${person}`, { headers: { authorization: `Bearer ${person}` } }),
    hub.call('GET', `/v1/messages/${person}`),
    hub.call('GET', `/v1/trace?reference=${person}`),
    hub.call('POST', '/v1/keys', { json: { name: person, scopes: [person] } }),
    hub.call('POST', '/v1/keys', { json: { name: person, scopes: ['messages:read'] } }),
    hub.call('POST', '/v1/inbound/warehouse', { json: { eventId: person, type: person, data: person } }),
    hub.call('POST', '/v1/replays', { json: { connection: person }, headers: { 'idempotency-key': person } }),
  ]
  const answers = await Promise.all(sends)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  await eventually(
    async () => (await hub.call('GET', '/v1/accounting')).json() as { pending: number },
    ({ pending }) => pending === 0,
  )
  const sent = await eventually(
    async () => subscriber.received.filter(({ body: event }) => event.includes(person)),
    (found) => found.length > 0,
  )
  expect(sent.length).toBeGreaterThan(0)
  expect(hub.log).toContain('"event":"messageParked"')
  expect(hub.log).toContain('"event":"webhookDelivered"')
  expect(hub.log.split('\n').filter((line) => line.includes(person))).toEqual([])
  expect(collector.received.filter((one) => one.body.includes(person)).length).toBe(0)
  const { text } = await hub.call('GET', '/metrics')
  expect(text.split('\n').filter((line) => line.includes(person))).toEqual([])
})
