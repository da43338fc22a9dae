import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import { at, categories, fact, folded, last, planned, scanned } from './scans.contract.ts'
import { evolveShipment } from './shipment.ts'
import type { ShipmentState } from './state.ts'

const picked = scanned('picked_up', 2, {}, { recorded: 3 })
const fires = (timer: string, due: number) => fact('expectation.missed', { timer, due: at(due) }, { recorded: due })
const mode = (name: string) => planned('described', 0, { mode: name })

/** Due times that are armed after these facts, in hours. */
function armed(facts: readonly Fact[]): Record<string, string> {
  const set: Record<string, string> = {}
  let state: ShipmentState | undefined
  for (const one of facts) {
    const evolution = evolveShipment(state, one)
    state = evolution.state
    if (one.type === 'expectation.missed') delete set[(one.data as { timer: string }).timer]
    for (const { name, at: due } of evolution.timers) {
      if (due === null) delete set[name]
      else set[name] = due
    }
  }
  return set
}

describe('silence', () => {
  test('is measured from when the newest scan was received, by how far the goods are', () => {
    expect(armed([scanned('label_created', 1, {}, { recorded: 3 })])).toEqual({ tracking_stale: at(27) })
    expect(armed([picked])).toEqual({ tracking_stale: at(51) })
    expect(armed([scanned('out_for_delivery', 2, {}, { recorded: 3 })])).toEqual({ tracking_stale: at(21) })
  })

  test.each([
    ['parcel', 48],
    ['courier', 48],
    ['ltl', 24],
    ['ftl', 24],
    ['rail', 72],
    ['air', 24],
    ['ocean', 168],
    ['by camel', 48],
  ])('on the way by %s is normal for %i hours', (name, hours) => {
    expect(armed([mode(name), picked])).toEqual({ tracking_stale: at(3 + hours) })
  })

  test('before custody is measured from the planned pickup, where there is one', () => {
    const pickup = planned('booked', 0, { plannedPickup: at(10) })
    expect(armed([pickup])).toEqual({ tracking_stale: at(34) })
    expect(armed([pickup, scanned('label_created', 1)])).toEqual({ tracking_stale: at(34) })
    expect(armed([pickup, picked])).toEqual({ tracking_stale: at(34) })
  })

  test('that lasts too long opens an exception once, and is not awaited again until something comes', () => {
    const { state, facts, timers } = last([picked, fires('tracking_stale', 51)])
    expect(categories(state)).toEqual(['tracking_stale'])
    expect(facts.map(({ type }) => type)).toEqual(['shipment.exception_opened', 'shipment.tracking_stale'])
    expect(timers).toEqual([])
    const heard = last([picked, fires('tracking_stale', 51), scanned('in_transit', 60, {}, { recorded: 61 })])
    expect(categories(heard.state)).toEqual([])
    expect(heard.timers).toEqual([{ name: 'tracking_stale', at: at(109) }])
  })

  test('a timer that fires though something came meanwhile is only set anew', () => {
    const { state, timers, facts } = last([
      picked,
      scanned('in_transit', 10, {}, { recorded: 11 }),
      fires('tracking_stale', 51),
    ])
    expect(categories(state)).toEqual([])
    expect(facts).toEqual([])
    expect(timers).toEqual([{ name: 'tracking_stale', at: at(59) }])
  })

  test('ten scans set one timer', () => {
    const scans = Array.from({ length: 10 }, (_, index) => scanned('in_transit', 3 + index))
    const writes = scans.map((_, index) => last([picked, ...scans.slice(0, index + 1)]).timers)
    expect(writes.flat()).toEqual([])
  })

  test('a scan that comes late and is old still breaks it', () => {
    const stale = [picked, fires('tracking_stale', 51)]
    const old = last([...stale, scanned('label_created', 1, {}, { recorded: 55 })])
    expect(categories(old.state)).toEqual([])
    expect(old.timers).toEqual([{ name: 'tracking_stale', at: at(103) }])
  })

  test('an unknown code does not break it', () => {
    const stale = [picked, fires('tracking_stale', 51)]
    expect(categories(folded([...stale, scanned('unknown', 54, {}, { recorded: 55 })]))).toEqual(['tracking_stale'])
  })

  test('a position breaks it only where goods are followed by position', () => {
    const position = scanned('position_updated', 54, {}, { recorded: 55 })
    expect(categories(folded([mode('parcel'), picked, fires('tracking_stale', 51), position]))).toEqual([
      'tracking_stale',
    ])
    expect(categories(folded([mode('ftl'), picked, fires('tracking_stale', 27), position]))).toEqual([])
  })

  test.each(['delivered', 'returned', 'lost', 'disposed', 'cancelled'])('does not matter once it is %s', (code) => {
    const set = armed([code === 'cancelled' ? scanned('label_created', 2) : picked, scanned(code, 9)])
    expect(set.tracking_stale).toBeUndefined()
  })
})

describe('proof of delivery', () => {
  const delivered = scanned('delivered', 20)

  test('is awaited from the delivery on, and not once it is there', () => {
    expect(armed([picked, delivered])).toEqual({ missing_pod: at(44) })
    expect(armed([mode('ocean'), picked, delivered])).toEqual({ missing_pod: at(92) })
    expect(armed([picked, delivered, scanned('pod_received', 21)])).toEqual({})
  })

  test('of one of two packages is not enough', () => {
    const two = planned('packed', 0, {
      packages: [
        { id: 'P1', trackingNumber: 'T1' },
        { id: 'P2', trackingNumber: 'T2' },
      ],
    })
    const proof = (name: string) => scanned('pod_received', 21, { package: name })
    const both = ['P1', 'P2'].map((name) => scanned('delivered', 20, { package: name }))
    expect(armed([two, ...both, proof('P1')])).toEqual({ missing_pod: at(44) })
    expect(armed([two, ...both, proof('P1'), proof('P2')])).toEqual({})
  })
})

describe('the promise', () => {
  const promise = (hours: number, told = 0) => planned('described', told, { promise: { to: at(hours) } })

  test('that passes without a delivery is late, and the delivery ends it', () => {
    expect(armed([promise(30), picked]).late_vs_promise).toBe(at(30))
    const late = [promise(30), picked, fires('late_vs_promise', 30)]
    expect(categories(folded(late))).toEqual(['late_vs_promise'])
    expect(categories(folded([...late, scanned('delivered', 32)]))).toEqual([])
  })

  test('that is moved is awaited at its new time', () => {
    const late = [promise(30), picked, fires('late_vs_promise', 30)]
    const { state, timers } = last([...late, promise(60, 31)])
    expect(categories(state)).toEqual([])
    expect(timers).toEqual([{ name: 'late_vs_promise', at: at(60) }])
  })
})

describe('the warehouse and the carrier', () => {
  const packed = planned('packed', 1, { packages: [{ id: 'P1', trackingNumber: 'T1' }] })
  const delivery = fact('shipment.identified', { references: [{ scheme: 'delivery', issuer: 'erp', value: '80001' }] })

  test('what was confirmed is scanned within a day', () => {
    expect(armed([packed]).shipped_without_scan).toBe(at(25))
    expect(armed([packed, picked]).shipped_without_scan).toBeUndefined()
  })

  test('what is scanned is confirmed within a day, where a warehouse has its part in it', () => {
    expect(armed([delivery, picked]).scan_without_ship_confirm).toBe(at(27))
    expect(armed([picked]).scan_without_ship_confirm).toBeUndefined()
    expect(armed([delivery, picked, packed]).scan_without_ship_confirm).toBeUndefined()
  })

  test('what is manifested has a number after a quarter of an hour', () => {
    expect(armed([planned('label_created', 1)]).missing_tracking_number).toBe(at(1.25))
    expect(armed([packed]).missing_tracking_number).toBeUndefined()
  })
})
