import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import type { PlannedStop } from '../planned-stop.ts'
import { categories, folded, planned, scan, scanned, tracked } from './scans.contract.ts'
import { shipmentView } from './view.ts'

const stops: readonly PlannedStop[] = [
  { seq: 1, type: 'pickup', final: false, address: { city: 'Ulm' } },
  { seq: 2, type: 'pickup', final: false, address: { city: 'Bern' } },
  { seq: 3, type: 'delivery', final: false, address: { name: 'Elm Stores', city: 'Lyon' } },
  { seq: 4, type: 'delivery', final: false, address: { name: 'Oak Stores', city: 'Lyon' } },
  { seq: 5, type: 'delivery', final: true, address: { city: 'Nice' } },
]
const route = planned('booked', 0.5, { stops })
const at = (code: string, hours: number, seq: number): Fact => scanned(code, hours, { stop: { seq } })
const collected = [at('picked_up', 1, 1), at('picked_up', 2, 2)]
const all = [route, ...collected, at('delivered', 5, 3), at('delivered', 7, 4), at('delivered', 9, 5)]

function statusOf(facts: readonly Fact[]): string {
  return folded(facts).projection.status
}

describe('a load of several deliveries', () => {
  test('is delivered with the last of them, and not before all are', () => {
    expect(all.map((_, index) => statusOf(all.slice(0, index + 1)))).toEqual([
      ...['booked', 'picked_up', 'picked_up', 'picked_up', 'picked_up', 'delivered'],
    ])
  })

  test('is not delivered while one on the way is not heard of, and a person is asked', () => {
    const state = folded(all.toSpliced(4, 1))
    expect(state.projection.status).toBe('picked_up')
    expect(categories(state)).toEqual(['other'])
    // The word that was missing comes late, of a time before: nobody need ask any more.
    const whole = folded([...all.toSpliced(4, 1), at('delivered', 7, 4)])
    expect([whole.projection.status, categories(whole)]).toEqual(['delivered', []])
  })

  test('stands the same whatever the order of the news and however often they come', () => {
    const more = [...all, scanned('delivered', 5.5), at('arrived_at_delivery', 4, 3), at('delivered', 8, 1)]
    const expected = folded(more)
    const arbitrary = fc
      .array(fc.constantFrom(...more), { maxLength: 6 })
      .chain((twice) => fc.shuffledSubarray([...more, ...twice], { minLength: more.length + twice.length }))
    fc.assert(
      fc.property(arbitrary, (told) => {
        const state = folded(told)
        expect({ ...state.projection, eta: undefined }).toEqual({ ...expected.projection, eta: undefined })
        expect(shipmentView(state, 'shp_1')['stops']).toEqual(shipmentView(expected, 'shp_1')['stops'])
      }),
    )
  })

  test('several on one day of which no time is told are several', () => {
    const day = (seq: number): Fact =>
      scanned('delivered', 24, {
        stop: { seq },
        occurredAt: { at: '2026-03-03T00:00:00Z', precision: 'date', offsetKnown: false },
      })
    expect(statusOf([route, ...collected, day(3), day(4)])).toBe('picked_up')
    expect(statusOf([route, ...collected, day(3), day(4), day(5)])).toBe('delivered')
  })

  test('is delivered to where the scan says that it was, if only one is there', () => {
    const there = (hours: number, city: string, name?: string): Fact =>
      scanned('delivered', hours, { place: { city, country: 'FR', ...(name === undefined ? {} : { name }) } })
    const told = [route, ...collected, there(5, 'LYON', 'Elm Stores'), there(7, 'LYON', 'Oak Stores')]
    expect(categories(folded(told))).toEqual([])
    expect(statusOf([...told, there(9, 'NICE')])).toBe('delivered')
    expect(categories(folded([route, ...collected, there(5, 'LYON')]))).toEqual(['other'])
  })

  test('is not delivered where it is fetched', () => {
    const state = folded([route, ...collected, at('delivered', 3, 1)])
    expect([state.projection.status, categories(state)]).toEqual(['picked_up', ['other']])
  })

  test('has a package that was handed over on the way, wherever the others are', () => {
    const packages = [{ id: 'P1' }, { id: 'P2' }]
    const load = planned('booked', 0.5, { stops, packages })
    const one = folded([load, ...collected, scanned('delivered', 5, { package: 'P1', stop: { seq: 3 } })])
    expect(one.projection).toMatchObject({ status: 'picked_up', packages: { P1: 'delivered', P2: 'picked_up' } })
  })

  test('whose packages nobody announced waits for all stops, whichever package a scan names', () => {
    const of = (hours: number, seq: number): Fact => scanned('delivered', hours, { package: `B${seq}`, stop: { seq } })
    const told = [route, ...collected, of(5, 3), of(7, 4)]
    expect(statusOf(told)).not.toBe('delivered')
    expect(statusOf([...told, of(9, 5)])).toBe('delivered')
  })

  test('goes back to its sender without naming a stop', () => {
    expect(statusOf([route, ...collected, scanned('return_started', 5), scanned('delivered', 9)])).toBe('returned')
  })

  test('is proven by a proof of each delivery, or by one that is of none', () => {
    const proof = (hours: number, seq: number): Fact => at('pod_received', hours, seq)
    expect(folded([...all, proof(9.1, 3), proof(9.2, 4)]).projection.proven).toBe(0)
    expect(folded([...all, proof(9.1, 3), proof(9.2, 4), proof(9.3, 5)]).projection.proven).toBe(1)
    expect(folded([...all, scanned('pod_received', 9.5)]).projection.proven).toBe(1)
  })

  test('is expected when its last stop is', () => {
    const eta = (hours: number, seq: number): Fact =>
      tracked([scan('eta_updated', hours, { classifier: 'estimated', stop: { seq } })], { recorded: 2 + seq / 10 })
    const shown = (facts: readonly Fact[]) => folded(facts).projection.eta?.at
    expect(shown([route, ...collected, eta(30, 3)])).toBeUndefined()
    expect(shown([route, ...collected, eta(40, 5), eta(30, 3)])).toBe(shown([route, ...collected, eta(40, 5)]))
  })
})

test('a load of two pick-ups and one delivery is delivered by a scan that names no stop', () => {
  const milkRun = planned('booked', 0.5, { stops: [stops[0], stops[1], stops[4]].filter((one) => one !== undefined) })
  expect(statusOf([milkRun, ...collected, scanned('delivered', 9)])).toBe('delivered')
})

test('each stop shows when the vehicle came, was done and left', () => {
  const told = [at('arrived_at_delivery', 4, 3), at('departed_delivery', 6, 3), scanned('arrived_at_pickup', 0.8)]
  const seen = shipmentView(folded([...all, ...told]), 'shp_1')['stops']
  expect(seen).toMatchObject([
    { seq: 1, completedAt: { at: '2026-03-02T01:00:00.000Z' } },
    { seq: 2, completedAt: { at: '2026-03-02T02:00:00.000Z' } },
    {
      seq: 3,
      address: { name: 'Elm Stores' },
      arrivedAt: { at: '2026-03-02T04:00:00.000Z' },
      completedAt: { at: '2026-03-02T05:00:00.000Z' },
      departedAt: { at: '2026-03-02T06:00:00.000Z' },
    },
    { seq: 4 },
    { seq: 5 },
  ])
  // Which of two pick-ups it came to, nobody said.
  expect(JSON.stringify((seen as unknown[]).slice(0, 2))).not.toContain('arrivedAt')
})
