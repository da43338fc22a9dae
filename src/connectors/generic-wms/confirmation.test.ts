import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PocketHub } from '../../../test/pocket-hub.ts'
import type { Assertion, Fact } from '../../model/fact.ts'
import type { MovementReport } from '../../model/report.ts'
import { movementId } from '../../model/stock/movement.ts'
import { translate } from './event.ts'

type Line = Readonly<Record<string, string>>

function confirmation(lines: readonly Line[], more: Readonly<Record<string, unknown>> = {}): unknown {
  const packages = [{ trackingNumber: 'PN1' }]
  const data = { deliveryNumber: '80001234', location: 'OUT', carrier: 'ParcelNorth', packages, lines, ...more }
  return { eventId: 'W-1', type: 'shipment.confirmed', occurredAt: '2026-04-01T10:00:00Z', data }
}

function receipt(lines: readonly Line[]): unknown {
  const data = { receiptNumber: 'GR-1', location: 'OUT', lines }
  return { eventId: 'W-0', type: 'receipt.posted', occurredAt: '2026-04-01T08:00:00Z', data }
}

function assertionsOf(content: unknown): readonly Assertion[] {
  const document = { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content }
  const settings = { system: 'wms', orderSystem: 'erp' }
  const made = translate(document, { settings, connection: 'wms', receivedAt: 0, messageId: 'msg_0-0' })
  return 'ignored' in made ? [] : made.assertions
}

function movementsOf(content: unknown): readonly MovementReport[] {
  return assertionsOf(content)
    .filter(({ type }) => type === 'inventory.movement_reported')
    .map(({ data }) => data as MovementReport)
}

function told(contents: readonly unknown[]): readonly Fact[] {
  const hub = new PocketHub({ wms: { connector: 'generic-wms', settings: {} } }, [])
  for (const content of contents) hub.receive('wms', content)
  expect(hub.parked).toEqual([])
  return hub.facts
}

/** On hand after everything was told, by `location status lot`. */
function balances(contents: readonly unknown[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { type, data } of told(contents)) {
    if (type !== 'inventory.balance_changed') continue
    for (const { location, status, lot, onHand } of (data as { changes: readonly Line[] }).changes)
      found[`${location} ${status} ${lot}`] = onHand ?? ''
  }
  return found
}

const line = fc.record({
  line: fc.constantFrom('10', '20'),
  sku: fc.constant('LAMP'),
  quantity: fc.constantFrom('1', '2'),
  uom: fc.constant('EA'),
  lot: fc.constantFrom('L1', 'L2', 'L3'),
})
const lines = fc.uniqueArray(line, { selector: ({ line: number, lot }) => `${number} ${lot}`, minLength: 1 })

test('makes a movement of its own for every lot of a line, the same ones in whatever order the lines are listed', () => {
  fc.assert(
    fc.property(
      lines.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const said = (some: readonly Line[]): string[] =>
          movementsOf(confirmation(some))
            .map((one) => `${movementId(one)} ${one.lot} ${one.quantity}`)
            .toSorted()
        expect(said(shuffled)).toEqual(said(list))
        expect(new Set(movementsOf(confirmation(list)).map(movementId)).size).toBe(list.length)
      },
    ),
  )
})

test('confirms nothing that has no lines: it would issue goods that are none', () => {
  expect(() => assertionsOf(confirmation([]))).toThrow('at least one line')
  expect(() => assertionsOf(receipt([]))).toThrow('at least one line')
})

test('tells pieces of a line apart even where nothing but their place in the list does', () => {
  const piece = { line: '10', sku: 'LAMP', quantity: '1', uom: 'EA' }
  expect(new Set(movementsOf(confirmation([piece, piece, piece])).map(movementId)).size).toBe(3)
})

test('takes shipped goods from stock once, however often the warehouse confirms', () => {
  const received = receipt([
    { line: '1', sku: 'LAMP', quantity: '10', uom: 'EA', lot: 'L1' },
    { line: '1', sku: 'LAMP', quantity: '5', uom: 'EA', lot: 'L2' },
  ])
  const shipped = confirmation([
    { line: '10', sku: 'LAMP', quantity: '3', uom: 'EA', lot: 'L1' },
    { line: '10', sku: 'LAMP', quantity: '1', uom: 'EA', lot: 'L2' },
  ])
  expect(balances([received, shipped, shipped])).toEqual({ 'OUT available L1': '7', 'OUT available L2': '4' })
})

test('receives goods for inspection into inspection, not into what may be sold', () => {
  const received = receipt([{ sku: 'LAMP', quantity: '10', uom: 'EA', status: 'quality_hold' }])
  expect(balances([received])).toEqual({ 'OUT quality_hold ': '10' })
})

test('tells the pallets of one PRO apart by their SSCCs, and hands on what they are followed by together', () => {
  const packages = ['006141410000000024', '006141410000000031'].map((sscc) => ({ sscc, trackingNumber: 'PRO 7' }))
  const [shared] = assertionsOf(confirmation([{ sku: 'LAMP', quantity: '1', uom: 'EA' }], { packages }))
  expect(shared?.data).toMatchObject({ packages: packages.map(({ sscc }) => ({ id: sscc, sscc })) })
  const followed = { packages: packages.map(({ sscc }) => ({ sscc })), masterTrackingNumber: 'PRO 7' }
  const [mastered] = assertionsOf(confirmation([{ sku: 'LAMP', quantity: '1', uom: 'EA' }], followed))
  expect(mastered?.data).toMatchObject({ masterNumbers: ['PRO 7'] })
  expect(mastered?.about.references).toContainEqual({
    scheme: 'tracking_number',
    issuer: 'parcelnorth',
    value: 'PRO 7',
  })
})

test('names packages as scans will name them, however the warehouse writes their numbers', () => {
  const packages = [{ trackingNumber: ' pn 44-10 ' }, { sscc: '(00)006141410000000024' }]
  const [shipment] = assertionsOf(confirmation([{ sku: 'LAMP', quantity: '1', uom: 'EA' }], { packages }))
  expect(shipment?.data).toMatchObject({ packages: [{ id: 'PN4410' }, { id: '006141410000000024' }] })
})

test('joins what came apart by tracking number and delivery, but never two shipments of one order', () => {
  const one = { sku: 'LAMP', quantity: '1', uom: 'EA' }
  const [shipment] = assertionsOf(confirmation([one], { orderNumber: 'SO-1' }))
  expect(shipment?.about.authoritative).toBe(true)
  expect(shipment?.about.references.map(({ scheme }) => scheme)).toEqual(['tracking_number', 'delivery'])
  const facts = told([
    confirmation([one], { orderNumber: 'SO-1' }),
    confirmation([one], { orderNumber: 'SO-1', deliveryNumber: '80001235', packages: [{ trackingNumber: 'PN2' }] }),
  ])
  const shipments = facts.filter(({ type }) => type === 'shipment.reported').map(({ subject }) => subject)
  expect(new Set(shipments).size).toBe(2)
})

test('stages the delivery for its goods issue with what was really shipped', () => {
  const facts = told([confirmation([{ line: '10', sku: 'LAMP', quantity: '3.50', uom: 'EA' }])])
  expect(facts.find(({ type }) => type === 'delivery.staged')).toMatchObject({
    data: {
      added: { confirmations: ['1'] },
      object: {
        confirmations: { 1: { confirmedAt: '2026-04-01T10:00:00Z', lines: [{ line: '10', quantity: '3.5' }] } },
      },
    },
  })
})

test('takes what leaves with a later confirmation from stock as well, and once', () => {
  const received = receipt([{ line: '1', sku: 'LAMP', quantity: '10', uom: 'EA', lot: 'L1' }])
  const part = (quantity: string): readonly Line[] => [{ line: '10', sku: 'LAMP', quantity, uom: 'EA', lot: 'L1' }]
  const [first, second] = [confirmation(part('3')), confirmation(part('2'), { confirmation: 2 })]
  expect(balances([received, first, second, second, first])).toEqual({ 'OUT available L1': '5' })
  expect(balances([received, second, first])).toEqual({ 'OUT available L1': '5' })
})

test.each([0, -1, 1000, '1.5', 'two'])('takes %s for no number of a confirmation', (number) => {
  const lines = [{ sku: 'LAMP', quantity: '1', uom: 'EA' }]
  expect(() => assertionsOf(confirmation(lines, { confirmation: String(number) }))).toThrow('number')
})
