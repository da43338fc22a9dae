import { describe, expect, test } from 'vitest'
import { lastPlace, openStatuses } from './position.ts'
import { at, folded, scan, scanned, tracked } from './scans.contract.ts'

const harbor = { city: 'Hamburg', country: 'DE', geo: { lat: 53.5412345, lon: 9.98 } }

describe('where a shipment was last', () => {
  test('is the newest place that was told, with its coordinates, whichever order the words came in', () => {
    const facts = [
      scanned('departed_facility', 20, { place: harbor }),
      scanned('picked_up', 10, { place: { city: 'Ulm', country: 'DE', geo: { lat: 48.4, lon: 9.99 } } }),
    ]
    const expected = { place: 'Hamburg, DE', country: 'DE', geo: { lat: 53.54123, lon: 9.98 }, since: at(20) }
    expect(lastPlace(folded(facts))).toEqual(expected)
    expect(lastPlace(folded(facts.toReversed()))).toEqual(expected)
  })

  test('is never an older point where a newer word has none: it has left there', () => {
    const state = folded([
      scanned('departed_facility', 10, { place: harbor }),
      scanned('arrived_at_facility', 20, { place: { city: 'Ulm', country: 'DE' } }),
    ])
    expect(lastPlace(state)).toEqual({ place: 'Ulm, DE', country: 'DE', since: at(20) })
  })

  test('stays where it was while later scans name no place', () => {
    const state = folded([scanned('departed_facility', 10, { place: harbor }), scanned('delayed', 20)])
    expect(lastPlace(state)).toMatchObject({ place: 'Hamburg, DE', since: at(10) })
  })

  test('is not where somebody plans it to be, nor where a word was taken back', () => {
    const plan = scan('arrived_at_facility', 30, { classifier: 'planned', place: { city: 'Ulm' } })
    const told = scan('arrived_at_facility', 20, { sourceEventId: 'e1', place: { city: 'Bonn' } })
    const back = { ...told, action: 'retract' as const }
    expect(lastPlace(folded([tracked([plan])]))).toBeUndefined()
    expect(lastPlace(folded([tracked([told]), tracked([back], { recorded: 40 })]))).toBeUndefined()
  })

  test('follows a device that says nothing but where it is', () => {
    const moves = [1, 2, 3].map((n) => scan('position_updated', n, { place: { geo: { lat: 50 + n, lon: 8 } } }))
    expect(lastPlace(folded([tracked(moves)]))).toEqual({ geo: { lat: 53, lon: 8 }, since: at(3) })
  })
})

test('a shipment may move until it is delivered, back, gone or called off', () => {
  expect([...openStatuses].sort()).toEqual([
    ...['available_for_pickup', 'booked', 'in_transit', 'out_for_delivery', 'picked_up', 'planned', 'returning'],
    'tendered',
  ])
})
