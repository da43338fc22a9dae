import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import type { Translation } from '../kit/connector.ts'
import { genericWms } from './connector.ts'
import { identify, translate } from './event.ts'

const settings = { system: 'wms', orderSystem: 'erp' }

function document(content: unknown): Parameters<typeof identify>[0] {
  return { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content }
}

function read(content: unknown): Translation {
  return translate(document(content), { settings, connection: 'wms', receivedAt: 0, messageId: 'msg_0-0' })
}

function event(type: string, data: unknown): unknown {
  return { eventId: 'W-1', type, occurredAt: '2026-04-01T10:00:00Z', data }
}

const counted = { sku: 'LAMP', location: 'R1', quantity: '3', uom: 'EA' }
const moved = { sku: 'LAMP', quantity: '1', uom: 'EA', document: { kind: 'x', id: '1' } }

test('is about the stock of one item, whichever warehouse reports it', () => {
  expect(read(event('count', { document: 'CC-1', lines: [counted] }))).toMatchObject({
    assertions: [{ about: { entity: 'stock', references: [{ scheme: 'sku', value: 'LAMP' }] } }],
  })
})

test('never takes an empty snapshot at its word when it says that it is complete', () => {
  expect(() => read(event('snapshot', { document: 'SN-1', complete: true, lines: [] }))).toThrow('at least one line')
  expect(read(event('snapshot', { document: 'SN-1', lines: [] }))).toEqual({ ignored: 'It lists nothing.' })
})

test('keeps a count below zero, because the warehouse may have it so, and refuses a movement below zero', () => {
  const below = { ...counted, quantity: '-2' }
  expect(read(event('count', { document: 'CC-1', lines: [below] }))).toMatchObject({
    assertions: [{ data: { quantity: '-2' } }],
  })
  expect(() => read(event('movement', { ...moved, movement: 'move', quantity: '-2' }))).toThrow(
    'a quantity that is not negative',
  )
})

test('counts events and movements that it does not know, and keeps their words', () => {
  expect(read(event('gate.opened', {}))).toEqual({
    assertions: [],
    unknownCodes: [{ table: 'generic-wms-event', code: 'gate.opened' }],
  })
  expect(read(event('movement', { ...moved, movement: 'toString' }))).toMatchObject({
    assertions: [{ data: { type: 'toString' } }],
    unknownCodes: [{ table: 'generic-wms-movement', code: 'toString' }],
  })
})

test.each([
  ['a blank behind it', 'LAMP '],
  ['blanks that do not break', '\u00a0LAMP\u202f'],
  ['a byte order mark', '\ufeffLAMP'],
  ['marks of direction and a blank without width', '\u200eLAMP\u200b'],
  ['a joiner', 'LAMP\u200d'],
])('takes an item for itself with what nobody sees around its name: %s', (_, sku) => {
  const lines = [{ ...counted, sku, location: ` R1\u200b`, lot: ' ' }]
  expect(read(event('count', { document: 'CC-1', lines }))).toMatchObject({
    assertions: [{ data: { sku: 'LAMP', location: 'R1' } }],
  })
  expect(read(event('movement', { ...moved, movement: 'ship ', sku }))).toEqual(
    read(event('movement', { ...moved, movement: 'ship' })),
  )
  const receipt = { receiptNumber: 'R-1', location: 'R1', lines: [{ sku, quantity: '1', uom: 'EA' }] }
  expect(read(event('receipt.posted', receipt))).toMatchObject({
    assertions: [{}, { data: { sku: 'LAMP' } }],
  })
})

test.each([
  ['digits that are gone', '4.00638E+12'],
  ['the same of another program', '4.00638e+12'],
  ['a GTIN as a floating point number', '4006381333931.0'],
  ['an error of a formula', '#N/A'],
  ['a mark within it that nobody sees', 'LA\u200bMP'],
])('never makes another item of a damaged name: %s', (_, sku) => {
  expect(() => read(event('count', { document: 'CC-1', lines: [counted, { ...counted, sku }] }))).toThrow(
    expect.objectContaining({ code: 'TEXT_DOUBTFUL', message: expect.stringContaining('lines[1].sku') }),
  )
  expect(() => read(event('movement', { ...moved, movement: 'ship', sku }))).toThrow('At data.sku')
})

test.each(['1.234,50', '1,5', '1 234', '1\u00a0234', 'n/a', '-'])('parks what is no quantity: %s', (quantity) => {
  expect(() => read(event('count', { document: 'CC-1', lines: [{ ...counted, quantity }] }))).toThrow('a number')
})

test.each(['45992', '45992.75', '01.03.2026', '3/1/2026', '01.03.2026 08:15'])('parks what is no time: %s', (time) => {
  const content = { eventId: 'W-1', type: 'count', occurredAt: time, data: { document: 'CC-1', lines: [counted] } }
  expect(() => read(content)).toThrow('a time')
})

test('knows a message again by its event id and keeps messages about one object in order', () => {
  expect(identify(document(event('movement', moved)))).toEqual({ identity: 'W-1', orderKey: 'LAMP' })
  expect(identify(document(event('shipment.confirmed', { deliveryNumber: '80001234' })))).toEqual({
    identity: 'W-1',
    orderKey: '80001234',
  })
  expect(identify(document([moved]))).toBeUndefined()
})

test('throws nothing at all while it identifies, and nothing but what parks the message while it reads', () => {
  const wild = fc.oneof(
    fc.anything(),
    fc.tuple(fc.constantFrom('movement', 'count', 'snapshot', 'shipment.confirmed', 'receipt.posted'), fc.anything()),
  )
  fc.assert(
    fc.property(wild, (value) => {
      const content =
        Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' ? event(value[0], value[1]) : value
      identify(document(content))
      try {
        read(content)
      } catch (error) {
        expect(error).toBeInstanceOf(InterlineError)
        expect(error).toMatchObject({ flow: 'park' })
      }
    }),
    { numRuns: 500 },
  )
})

test('lets the warehouse prove its messages by key or by signature, as the connection says', () => {
  const verify = (signature: 'api-key' | 'hmac') =>
    genericWms.inbound?.verify({
      url: '',
      apiKey: '',
      signature,
      webhookSecret: 'long-enough',
      system: 'wms',
      orderSystem: 'erp',
      timeoutSeconds: 30,
    })
  expect(verify('api-key')).toEqual({ scheme: 'api-key' })
  expect(verify('hmac')).toMatchObject({ scheme: 'hmac', header: 'x-signature', secret: 'long-enough' })
})

test('a place that a count lists twice is refused: the last of both lines would have been its stock', () => {
  const line = (quantity: string, lot?: string): unknown => ({
    sku: 'LAMP',
    location: 'A-01',
    quantity,
    uom: 'EA',
    lot,
  })
  const counted = (lines: readonly unknown[]): unknown => event('snapshot', { document: 'S-1', lines })
  expect(() => read(counted([line('48'), line('12')]))).toThrow(
    'At data.lines[1]: expected a place that no other line of the document counts',
  )
  expect(read(counted([line('48', 'L1'), line('12', 'L2')]))).toMatchObject({ assertions: [{}, {}] })
})

test('takes back a movement of a row without a number, whose name tells all that the row is about', () => {
  const name = [
    'wms',
    'goods_receipt',
    'G'.repeat(100),
    '',
    `${'S'.repeat(100)}|lot=${'L'.repeat(60)}|in=${'P'.repeat(60)}`,
  ]
  const reverses = [...name, 'x'.repeat(200)].join('/')
  expect(read(event('movement', { ...moved, movement: 'receipt_reversal', reverses }))).toMatchObject({
    assertions: [{ data: { reverses } }],
  })
})
