import { gzipSync } from 'node:zlib'
import { CloudEvent, HTTP } from 'cloudevents'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AskedHub, expectProblem, jsonType } from './asked-hub.ts'
import { network, signed, trackerEvent } from './senders.ts'

let asked: AskedHub
beforeAll(async () => {
  asked = await AskedHub.start({ network })
})
afterAll(() => asked.hub.stop())

const ask: AskedHub['ask'] = (...parameters) => asked.ask(...parameters)
const send: AskedHub['send'] = (...parameters) => asked.send(...parameters)
const shipment = (reference: string): Promise<string> => asked.shipment(reference)

const event = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  specversion: '1.0',
  id,
  source: '/carrier/north',
  type: 'tracker.updated',
  datacontenttype: 'application/json',
  data: JSON.parse(trackerEvent(id)) as unknown,
  ...more,
})

test('any bytes are answered with where they are kept', async () => {
  const answer = await send(trackerEvent('plain'))
  expect(answer.status).toBe(202)
  const { id } = answer.json() as { id: string }
  expect(answer.headers['location']).toBe(`/v1/messages/${id}`)
  expect((await ask('GET', `/v1/messages/${id}`)).json()).toMatchObject({ status: 'applied', connection: 'carrier' })
  const raw = await ask('GET', `/v1/messages/${id}/raw`)
  expect(raw.text).toBe(trackerEvent('plain'))
  expect(raw.headers['interline-content-type']).toBe('application/json')
})

test('CloudEvents in binary and in structured mode, as the official library writes them, are one event', async () => {
  const official = new CloudEvent(event('both'))
  const binary = HTTP.binary(official)
  const first = await send(String(binary.body), { ...jsonType, ...(binary.headers as Record<string, string>) })
  const structured = HTTP.structured(official)
  const second = await send(String(structured.body), structured.headers as Record<string, string>)
  expect(first.json()).toMatchObject({ status: 'accepted' })
  expect(second.json()).toMatchObject({ ...(first.json() as object), status: 'duplicate' })
  await shipment('PNboth')
})

test('each event of a batch is judged by itself, and its bytes are kept as they were', async () => {
  const good = JSON.stringify(event('kept', { extension: 1.1 }), null, 1)
  const body = `[${good}, {"id": "no source"}, ${good}, 4]`
  const answer = await send(body, { 'content-type': 'application/cloudevents-batch+json' })
  const { results } = answer.json() as { results: { id: string; status: string; code?: string }[] }
  expect(results.map(({ status, code }) => code ?? status)).toEqual([
    'accepted',
    'CLOUDEVENT_INVALID',
    'duplicate',
    'CLOUDEVENT_INVALID',
  ])
  expect((await ask('GET', `/v1/messages/${results[0]?.id}/raw`)).text).toBe(good)
  const empty = await send('[]', { 'content-type': 'application/cloudevents-batch+json' })
  expect(empty.json()).toEqual({ results: [] })
})

test('lines of JSON are one message each', async () => {
  const answer = await send(`${trackerEvent('line1')}\n\n${trackerEvent('line2')}\r\n`, {
    'content-type': 'application/x-ndjson',
  })
  expect((answer.json() as { results: unknown[] }).results).toHaveLength(2)
  expect(await shipment('PNline1')).not.toBe(await shipment('PNline2'))
})

test('a packed body is kept unpacked', async () => {
  const text = trackerEvent('packed')
  const headers = { ...jsonType, 'content-encoding': 'gzip', ...signed(text) }
  const answer = await ask('POST', '/v1/inbound/carrier', { body: gzipSync(text), headers })
  const { id } = answer.json() as { id: string }
  expect((await ask('GET', `/v1/messages/${id}/raw`)).text).toBe(text)
})

test('what is declared as a CloudEvent and is none is refused', async () => {
  const structured = { 'content-type': 'application/cloudevents+json' }
  await expectProblem(send('{"id":"a"}', structured), 422, 'CLOUDEVENT_INVALID')
  await expectProblem(send('{', structured), 400, 'BODY_MALFORMED')
  await expectProblem(send('{}', { 'content-type': 'application/cloudevents+avro' }), 415, 'CLOUDEVENT_MODE_UNKNOWN')
  await expectProblem(send('{}', { ...jsonType, 'ce-id': '1' }), 422, 'CLOUDEVENT_INVALID')
})

test('a sender of CloudEvents may ask first whether it may send', async () => {
  const answer = await asked.hub.call('OPTIONS', '/v1/inbound/carrier', {
    headers: { 'webhook-request-origin': 'events.example' },
  })
  expect(answer.status).toBe(204)
  expect(answer.headers).toMatchObject({ 'webhook-allowed-origin': 'events.example', allow: 'POST, OPTIONS' })
})
