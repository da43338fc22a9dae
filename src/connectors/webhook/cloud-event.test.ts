import { CloudEvent } from 'cloudevents'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../model/fact.ts'
import { cloudEvent } from './cloud-event.ts'

const fact: Fact = {
  id: 'msg_3-17.0.delivered',
  type: 'shipment.delivered',
  subject: 'shp_01hzy3v7q2f8k9m4n5p6r7s8t9',
  tenant: 'main',
  occurredAt: '2026-04-02T09:00:00+02:00',
  recordedAt: '2026-04-02T07:00:05.000Z',
  source: 'hub:advance',
  causation: 'msg_3-17.0',
  correlation: 'ord_01hzy3v7q2f8k9m4n5p6r7s8t0',
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  data: { progress: { total: 1, delivered: 1, partial: false } },
}
const position = { partition: 3, offset: 42 }

function read(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>
}

test('is a CloudEvent for the official library, with every member in its place', () => {
  const event = new CloudEvent(read(cloudEvent(fact, position)))
  expect(event.validate()).toBe(true)
  expect(event).toMatchObject({
    specversion: '1.0',
    id: fact.id,
    type: 'shipment.delivered',
    source: '/main/hub:advance',
    subject: fact.subject,
    time: '2026-04-02T07:00:05.000Z',
    effectivetime: '2026-04-02T09:00:00+02:00',
    dataschema: 'urn:interline:schema:shipment.delivered:1',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-a3ce929d0e0e4736-01',
    data: fact.data,
  })
})

test('keeps the order of its members, because the signature is over the bytes', () => {
  expect(Object.keys(read(cloudEvent(fact, position)))).toEqual([
    'specversion',
    'id',
    'type',
    'source',
    'subject',
    'time',
    'datacontenttype',
    'dataschema',
    'tenantid',
    'correlationid',
    'causationid',
    'partitionkey',
    'sequence',
    'idempotencykey',
    'traceparent',
    'effectivetime',
    'data',
  ])
})

test('names its attributes so that every binding can carry them', () => {
  for (const name of Object.keys(read(cloudEvent({ ...fact, replay: true }, position))))
    expect(name).toMatch(/^[a-z0-9]{1,20}$/)
})

test('sorts as text in the order of the log', () => {
  const place = fc.integer({ min: 0, max: 999_999_999_999_999 })
  fc.assert(
    fc.property(place, place, (a, b) => {
      const [first, second] = [a, b].map((offset) => String(read(cloudEvent(fact, { partition: 3, offset })).sequence))
      expect((first ?? '') < (second ?? '')).toBe(a < b)
    }),
  )
})

test('says only what is known: no time in the world when nobody told one, and replay when it is one', () => {
  const { occurredAt: _, ...undated } = fact
  expect(read(cloudEvent(undated, position))).not.toHaveProperty('effectivetime')
  expect(read(cloudEvent(fact, position))).not.toHaveProperty('replay')
  expect(read(cloudEvent({ ...fact, replay: true }, position))).toHaveProperty('replay', true)
})

test('stays itself when it is stored, read and sent again', () => {
  const text = cloudEvent(fact, position)
  expect(JSON.stringify(JSON.parse(text))).toBe(text)
})
