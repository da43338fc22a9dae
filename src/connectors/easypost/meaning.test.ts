import { describe, expect, test } from 'vitest'
import { CodeReader } from '../kit/status-table.ts'
import { details, statuses } from './codes.ts'
import { meaning } from './meaning.ts'

function mean(status: string | undefined, detail: string | undefined): string {
  const { code, confidence } = meaning(new CodeReader(), { status, detail })
  return `${code} ${confidence}`
}

describe('a status and its detail', () => {
  test('the strong statuses win: a parcel is delivered when it arrived at its destination', () => {
    expect(mean('delivered', 'arrived_at_destination')).toBe('delivered exact')
    expect(mean('available_for_pickup', 'held')).toBe('available_for_pickup exact')
    expect(mean('return_to_sender', 'departed_facility')).toBe('return_started exact')
    expect(mean('cancelled', 'label_created')).toBe('cancelled exact')
    expect(mean('out_for_delivery', 'delayed')).toBe('out_for_delivery exact')
  })

  test('otherwise the detail wins, unless it says nothing', () => {
    expect(mean('in_transit', 'departed_facility')).toBe('departed_facility exact')
    expect(mean('failure', 'damaged')).toBe('damaged exact')
    expect(mean('in_transit', 'status_update')).toBe('in_transit exact')
    expect(mean('in_transit', 'unknown')).toBe('in_transit exact')
    expect(mean('unknown', 'status_update')).toBe('info exact')
    expect(mean('in_transit', undefined)).toBe('in_transit exact')
    expect(mean(undefined, 'held')).toBe('held exact')
  })

  test('a detail that nobody maps leaves the status as a guess, and both unknown leave nothing', () => {
    expect(mean('in_transit', 'quantum_leap')).toBe('in_transit inferred')
    expect(mean('teleported', 'held')).toBe('held exact')
    expect(mean('teleported', 'quantum_leap')).toBe('unknown unmapped')
    expect(mean(undefined, undefined)).toBe('unknown unmapped')
  })

  test('says something for every pair that the vendor lists', () => {
    const pairs = Object.keys(statuses.rows).flatMap((status) =>
      Object.keys(details.rows).map((detail) => ({ status, detail })),
    )
    const reader = new CodeReader()
    const silent = pairs.filter((pair) => meaning(reader, pair).confidence === 'unmapped')
    expect(pairs).toHaveLength(280)
    expect(silent).toEqual([])
    expect(reader.unknown).toEqual([])
  })
})
