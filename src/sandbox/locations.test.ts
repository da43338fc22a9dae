import { expect, test } from 'vitest'
import { rowProblem } from '../registry/master-kinds.ts'
import { plausibleDay } from './day.ts'
import { sandboxLocations } from './locations.ts'

test('every place of the simulated network is good master data, and its parent is there', () => {
  const codes = new Set(sandboxLocations.map(({ code }) => code))
  expect(codes.size).toBe(sandboxLocations.length)
  for (const row of sandboxLocations) {
    expect(rowProblem('locations', row), row.code).toBeUndefined()
    if (row.parent !== undefined) expect(codes).toContain(row.parent)
  }
})

test('every town that a carrier scans a parcel in is known with its coordinates, and parcels go to several', () => {
  const told = new Set(
    plausibleDay('quiet-day', 7, '2026-01-05').flatMap(({ body }) => [
      ...JSON.stringify(body)
        .matchAll(/"(?:city|addressLocality)":"(\w+)"/g)
        .map(([, city]) => city),
    ]),
  )
  const located = new Set(sandboxLocations.flatMap(({ code, address }) => (address === undefined ? [] : [code])))
  expect([...told].filter((city) => !located.has(city ?? ''))).toEqual([])
  expect(told.size).toBeGreaterThan(9)
})
