import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import { at, fact, folded, planned, scan, scanned, time, tracked } from './scans.contract.ts'
import { evolveShipment } from './shipment.ts'
import { shipmentAt, shipmentSummary, shipmentView } from './view.ts'

const identified = fact(
  'shipment.identified',
  { references: [{ scheme: 'tracking_number', issuer: 'ups', value: '1Z' }] },
  { recorded: 0 },
)
const booked = planned('booked', 1, {
  carrier: 'ups',
  mode: 'parcel',
  promise: { to: at(60) },
  packages: [{ id: 'P1', trackingNumber: '1Z' }],
})
const picked = scanned('picked_up', 10, { place: { city: 'Ulm', country: 'DE' } }, { recorded: 11 })
const delayed = scanned('delayed', 20, {}, { recorded: 40 })
const delivered = scanned('delivered', 50, {}, { recorded: 51 })
const history: readonly Fact[] = [identified, booked, picked, delayed, delivered]

describe('a shipment as the API shows it', () => {
  test('has where it is, what is wrong and what to do about it', () => {
    const view = shipmentView(folded(history.slice(0, 4)), 'shp_1')
    expect(view).toMatchObject({
      id: 'shp_1',
      carrier: 'ups',
      status: 'picked_up',
      progress: { total: 1, delivered: 0, partial: false },
      identifiers: [{ scheme: 'tracking_number', issuer: 'ups', value: '1Z' }],
      exceptions: [
        {
          category: 'delayed',
          since: at(20),
          nextAction: 'Tell the consignee the new estimate.',
          actionRequired: 'carrier',
        },
      ],
      milestones: { picked_up: at(10), delayed: at(20) },
      promise: { initial: { to: at(60) }, current: { to: at(60) } },
      packages: [{ id: 'P1', trackingNumber: '1Z', status: 'picked_up' }],
      nextExpected: { before: 'late_vs_promise', by: at(60) },
    })
    expect(view).not.toHaveProperty('told')
  })

  test('shows the time of a scan as it was told', () => {
    const local = scan('picked_up', 9, {
      occurredAt: time(9, { at: '2026-03-02T10:00:00+01:00', precision: 'minute' }),
      place: { city: 'Ulm', country: 'DE' },
    })
    const view = shipmentView(folded([tracked([local], { recorded: 11 })]), 'shp_1')
    expect(view.events).toMatchObject([
      {
        code: 'picked_up',
        occurredAt: { at: '2026-03-02T10:00:00.000+01:00', precision: 'minute', offsetKnown: true },
        receivedAt: at(11),
        sortedAt: at(9),
        place: 'Ulm, DE',
      },
    ])
  })

  test('shows duplicates and scans from the future, marked', () => {
    const view = shipmentView(
      folded([
        scanned('delivered', 20, {}, { source: 'a' }),
        scanned('delivered', 20, {}, { source: 'b' }),
        scanned('delivered', 90, {}, { recorded: 30 }),
      ]),
      'shp_1',
    )
    const events = view.events as { duplicate?: boolean; future?: boolean }[]
    expect(events.map(({ duplicate, future }) => [duplicate, future])).toEqual([
      [undefined, undefined],
      [true, undefined],
      [undefined, true],
    ])
  })

  test('has a line for lists', () => {
    expect(shipmentSummary(folded(history.slice(0, 4)))).toEqual({
      status: 'picked_up',
      carrier: 'ups',
      trackingNumber: '1Z',
      exceptions: ['delayed'],
      eta: '',
      updatedAt: at(40),
      mergedInto: '',
      beganAt: '2026-03-02T01:00:00.000Z',
      exceptionAt: '2026-03-02T20:00:00.000Z',
      gaps: [],
      pickedUpAt: '2026-03-02T10:00:00.000Z',
      pickedUpHeardAt: '2026-03-02T11:00:00.000Z',
      deliveredAt: '',
      deliveredHeardAt: '',
    })
  })

  test('says what nobody told of a delivery', () => {
    const gaps = (codes: readonly string[], proofs: number): readonly string[] =>
      shipmentSummary({
        ...folded(history),
        projection: {
          ...folded(history).projection,
          ...{ status: 'delivered', proofs, milestones: Object.fromEntries(codes.map((code) => [code, 1])) },
        },
      }).gaps
    expect(gaps(['picked_up', 'departed_facility', 'delivered'], 1)).toEqual([])
    expect(gaps(['departed_facility', 'delivered'], 0)).toEqual(['collected', 'proof_of_delivery'])
    expect(gaps(['delivered'], 1)).toEqual(['collected', 'under_way'])
  })
})

describe('the time machine', () => {
  const status = (when: { asOf?: string; knownAt?: string }) => shipmentAt(history, when).status
  const open = (when: { asOf?: string; knownAt?: string }) =>
    (shipmentAt(history, when).exceptions as { category: string }[]).map(({ category }) => category)

  test('without an instant shows what is known now', () => {
    expect(shipmentAt(history, {})).toEqual(shipmentView(folded(history), 'shp_1'))
  })

  test('shows what had happened by then', () => {
    expect(status({ asOf: at(0.5) })).toBe('planned')
    expect(status({ asOf: at(9) })).toBe('booked')
    expect(status({ asOf: at(10) })).toBe('picked_up')
    expect(status({ asOf: at(49) })).toBe('picked_up')
    expect(status({ asOf: at(50) })).toBe('delivered')
  })

  test('shows what was known by then: a delay that was heard of twenty hours later', () => {
    expect(open({ asOf: at(30) })).toEqual(['delayed'])
    expect(open({ asOf: at(30), knownAt: at(30) })).toEqual([])
    expect(open({ asOf: at(30), knownAt: at(40) })).toEqual(['delayed'])
    expect(status({ knownAt: at(50) })).toBe('picked_up')
  })

  test('knows estimates from when they were told, though they lie ahead', () => {
    const told = [picked, tracked([], { recorded: 12, report: { estimatedDelivery: time(70) } })]
    expect(shipmentAt(told, { asOf: at(11) }).eta).toBeUndefined()
    expect(shipmentAt(told, { asOf: at(13) }).eta).toMatchObject({ at: at(70) })
  })

  test('sees through a merge: what the other shipment had lived through counts at its own time', () => {
    const [handed] = evolveShipment(
      folded([booked, picked]),
      fact('shipment.merged', { into: 'shp_2' }, { recorded: 30 }),
    ).facts
    const log = [
      scanned('label_created', 2, {}, { subject: 'shp_2' }),
      fact(handed?.type ?? '', handed?.data, { subject: 'shp_2', recorded: 30 }),
    ]
    expect(shipmentAt(log, { asOf: at(5) })).toMatchObject({ id: 'shp_2', status: 'booked' })
    expect(shipmentAt(log, { asOf: at(12) })).toMatchObject({ status: 'picked_up' })
    expect(shipmentAt(log, { asOf: at(12), knownAt: at(20) })).toMatchObject({ status: 'booked' })
  })
})
