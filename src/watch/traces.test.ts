import { expect, test } from 'vitest'
import { traceIds } from './traces.ts'

test('every id is used once, and randomness is drawn for many at a time', () => {
  const drawn: number[] = []
  const next = traceIds((count) => {
    drawn.push(count)
    return Uint8Array.from({ length: count }, (_, at) => (at >> 4) ^ drawn.length)
  })
  const ids = Array.from({ length: 512 }, next)
  expect(drawn).toEqual([4096, 4096])
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true)
  expect(new Set(ids.slice(0, 256)).size).toBe(256)
})

test('an id that means none is never made', () => {
  expect(traceIds((count) => new Uint8Array(count))()).toBe('00000000000000000000000000000001')
})
