import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import { at, folded, last, planned, scan, scanned, start, time, tracked } from './scans.contract.ts'

const picked = scanned('picked_up', 1)
const promised = planned('booked', 0, { promise: { to: at(50) } })
const told = (eta: number, recorded: number, source = 'carrier') =>
  tracked([], { recorded, source, report: { estimatedDelivery: time(eta) } })

/** Hours of the estimate that is shown. */
function shown(facts: readonly Fact[]): number | undefined {
  const { eta } = folded(facts).projection
  return eta === undefined ? undefined : (eta.at - start) / 3_600_000
}

function announced(facts: readonly Fact[]): unknown {
  return last(facts).facts.find(({ type }) => type === 'shipment.eta_changed')?.data
}

describe('the estimate', () => {
  test('is told when there is one, and when it moves by more than half an hour', () => {
    expect(announced([picked, told(40, 2)])).toEqual({ eta: at(40), source: 'carrier' })
    expect(announced([picked, told(40, 2), told(40.5, 3)])).toBeUndefined()
    expect(announced([picked, told(40, 2), told(40.6, 3)])).toEqual({
      eta: at(40.6),
      before: at(40),
      source: 'carrier',
    })
  })

  test('is told at most every quarter of an hour', () => {
    expect(announced([picked, told(40, 2), told(44, 2.2)])).toBeUndefined()
    expect(announced([picked, told(40, 2), told(44, 2.25)])).toBeDefined()
  })

  test('is told at once when it crosses the promise', () => {
    expect(announced([promised, picked, told(49.9, 2), told(50.1, 2.01)])).toBeDefined()
    expect(announced([promised, picked, told(50.1, 2), told(50, 2.01)])).toBeDefined()
    expect(announced([promised, picked, told(50.1, 2), told(50.2, 2.01)])).toBeUndefined()
  })

  test('creeping in small steps is told when the steps add up', () => {
    expect(shown([picked, told(40, 2), told(40.4, 3), told(40.8, 4)])).toBe(40.8)
  })

  test('is the newest word, whatever comes late', () => {
    const later = scanned('info', 30)
    expect(shown([picked, told(44, 8), told(40, 2), later])).toBe(44)
    expect(shown([picked, told(44, 8, 'a'), told(40, 2, 'b'), later])).toBe(44)
  })

  test('may come as an estimated scan, of the final stop only', () => {
    const estimated = (hours: number, more = {}) => scan('delivered', hours, { classifier: 'estimated', ...more })
    expect(shown([picked, tracked([estimated(40)], { recorded: 2 })])).toBe(40)
    expect(
      shown([picked, tracked([estimated(40, { stop: { seq: 2, final: false } })], { recorded: 2 })]),
    ).toBeUndefined()
    expect(
      shown([picked, tracked([scan('arrived_at_facility', 40, { classifier: 'estimated' })], { recorded: 2 })]),
    ).toBeUndefined()
  })

  test('stops with the delivery', () => {
    expect(announced([picked, told(40, 2), scanned('delivered', 30), told(60, 31)])).toBeUndefined()
    expect(shown([picked, told(40, 2), scanned('delivered', 30), told(60, 31)])).toBe(40)
  })
})
