import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PocketHub } from '../../../test/pocket-hub.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Fact } from '../../model/fact.ts'
import { identify, translate } from './event.ts'

const connections = {
  erp: { connector: 'generic-erp', settings: { url: 'https://erp.example.com' } },
  shop: { connector: 'generic-erp', settings: { url: 'https://shop.example.com', system: 'shop' } },
}
let events = 0

function told(type: string, data: object, revision?: number): unknown {
  return { eventId: `E${events++}`, type, occurredAt: '2026-03-30T08:00:00Z', ...(revision && { revision }), data }
}

function factsOf(messages: readonly (readonly [connection: string, content: unknown])[]): readonly Fact[] {
  const hub = new PocketHub(connections, [])
  for (const [connection, content] of messages) hub.receive(connection, content)
  expect(hub.parked).toEqual([])
  return hub.facts
}

function document(content: unknown): Parameters<typeof identify>[0] {
  return { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content }
}

test('keeps two orders of one purchase order apart', () => {
  const order = (orderNumber: string): unknown =>
    told('order.created', { orderNumber, customer: 'C-77', customerPurchaseOrder: '000451' })
  const facts = factsOf([
    ['shop', order('SO-1')],
    ['shop', order('SO-2')],
  ])
  expect(new Set(facts.map(({ subject }) => subject)).size).toBe(2)
})

test('takes an item for itself with what nobody sees around its name, and never makes another of a damaged one', () => {
  const order = (sku: string): unknown =>
    told('order.created', { orderNumber: ' SO-1\u200b', lines: [{ line: '1', sku, quantity: '1', uom: 'EA' }] })
  const read = (sku: string): unknown =>
    translate(document(order(sku)), {
      settings: { system: 'erp' },
      connection: 'erp',
      receivedAt: 0,
      messageId: 'msg_0-0',
    })
  expect(read('\ufeffLAMP\u00a0')).toMatchObject({
    assertions: [{ about: { references: [{ value: 'SO-1' }] }, data: { object: { lines: [{ sku: 'LAMP' }] } } }],
  })
  for (const sku of ['4.00638E+12', 'LA\u200bMP'])
    expect(() => read(sku)).toThrow(
      expect.objectContaining({ code: 'TEXT_DOUBTFUL', message: expect.stringContaining('data.lines[0].sku') }),
    )
})

test('keeps the orders of two systems apart that number them alike', () => {
  const facts = factsOf([
    ['shop', told('order.created', { orderNumber: '1001' })],
    ['erp', told('order.created', { orderNumber: '1001' })],
  ])
  expect(new Set(facts.map(({ subject }) => subject)).size).toBe(2)
})

test('ends with the newest revision in whatever order the changes are told', () => {
  const changes = [1, 2, 3, 4].map((revision) =>
    told(revision === 1 ? 'order.created' : 'order.changed', { orderNumber: 'SO-1', note: `n${revision}` }, revision),
  )
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...changes.slice(1), ...changes.slice(1)], { minLength: changes.length * 2 - 2 }),
      (later) => {
        const hub = new PocketHub(connections, [])
        for (const content of [changes[0], ...later]) hub.receive('shop', content)
        expect(hub.state(hub.facts[0]?.subject ?? '')).toMatchObject({ revision: 4, object: { note: 'n4' } })
      },
    ),
  )
})

test('finds a delivery again that is written with leading zeros', () => {
  const facts = factsOf([
    ['erp', told('delivery.created', { deliveryNumber: '0080001234' })],
    ['erp', told('delivery.released', { deliveryNumber: '80001234' })],
  ])
  expect(new Set(facts.map(({ subject }) => subject)).size).toBe(1)
  expect(facts.map(({ type }) => type)).toContain('delivery.released')
})

test('counts event types that it does not know, also those that are named like a member of every object', () => {
  for (const type of ['order.sung', 'toString', 'valueOf', 'hasOwnProperty'])
    expect(
      translate(document(told(type, {})), {
        settings: { system: 'erp' },
        connection: 'erp',
        receivedAt: 0,
        messageId: 'msg_0-0',
      }),
    ).toEqual({ assertions: [], unknownCodes: [{ table: 'generic-erp-event', code: type }] })
})

test('refuses an order that is longer than any order, and reads the longest one whole', () => {
  const lines = (count: number): unknown =>
    told('order.created', { orderNumber: 'SO-1', lines: Array.from({ length: count }, () => ({ sku: 'LAMP' })) })
  const read = (content: unknown) =>
    translate(document(content), { settings: { system: 'erp' }, connection: 'erp', receivedAt: 0, messageId: 'm' })
  expect(read(lines(10_000))).toMatchObject({ assertions: [{ type: 'order.reported' }] })
  expect(() => read(lines(10_001))).toThrow('At data.lines: expected at most 10000 items')
})

test('keeps messages about one object in order, and knows a repetition by its event id', () => {
  const content = { eventId: 'E-1', type: 'delivery.created', data: { deliveryNumber: '80001234' } }
  expect(identify(document(content))).toEqual({ identity: 'E-1', orderKey: 'delivery 80001234' })
  expect(identify(document({ ...content, eventId: 7 }))).toBeUndefined()
})

test('throws nothing at all while it identifies, and nothing but what parks the message while it reads', () => {
  const wild = fc.oneof(
    fc.anything(),
    fc.record({ eventId: fc.anything(), type: fc.constant('order.created'), data: fc.anything() }),
  )
  fc.assert(
    fc.property(wild, (content) => {
      identify(document(content))
      try {
        translate(document(content), {
          settings: { system: 'erp' },
          connection: 'erp',
          receivedAt: 0,
          messageId: 'msg_0-0',
        })
      } catch (error) {
        expect(error).toBeInstanceOf(InterlineError)
      }
    }),
    { numRuns: 500 },
  )
})

test('hears of appointments as they come and of freight invoices by carrier and number', () => {
  const facts = factsOf([
    ['erp', told('appointment.confirmed', { appointmentNumber: 'AP-1', location: 'DC1' })],
    ['erp', told('appointment.checked_in', { appointmentNumber: 'AP-1' })],
    ['erp', told('freight_invoice.received', { invoiceNumber: 'F-1', carrier: 'ups' })],
    ['erp', told('freight_invoice.received', { invoiceNumber: 'F-1', carrier: 'dhl' })],
  ])
  const types = facts.map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['appointment.confirmed', 'appointment.checked_in']))
  const received = facts.filter(({ type }) => type === 'freight_invoice.received')
  expect(new Set(received.map(({ subject }) => subject)).size).toBe(2)
})
