import { expect, test } from 'vitest'
import { CodeReader, finest, type StatusTable, unmapped } from './status-table.ts'

const table: StatusTable = {
  name: 'scans',
  confidence: 'A',
  rows: {
    DEL: { event: 'delivered' },
    ETA: { event: 'eta_updated', classifier: 'estimated' },
    SNOW: { event: 'delayed', exception: 'weather' },
    TRA: { event: 'in_transit', confidence: 'B' },
    WEAK: { event: 'picked_up', confidence: 'C' },
  },
}

test('a code means what its row says, as surely as its source', () => {
  const reader = new CodeReader()
  expect(reader.read(table, 'DEL')).toEqual({ code: 'delivered', classifier: 'actual', confidence: 'exact' })
  expect(reader.read(table, 'TRA')).toMatchObject({ code: 'in_transit', confidence: 'inferred' })
  expect(reader.read(table, 'ETA')).toMatchObject({ classifier: 'estimated' })
  expect(reader.read(table, 'SNOW')).toMatchObject({ code: 'delayed', exception: 'weather' })
  expect(reader.unknown).toEqual([])
})

test('a code that no row maps stays unknown and is counted once, word for word', () => {
  const reader = new CodeReader()
  for (const code of ['Del', ' DEL', 'toString', '__proto__', 'Del'])
    expect(reader.read(table, code)).toEqual({ code: 'unknown', classifier: 'actual', confidence: 'unmapped' })
  expect(reader.unknown.map(({ code }) => code)).toEqual(['Del', ' DEL', 'toString', '__proto__'])
  expect(reader.unknown[0]).toEqual({ table: 'scans', code: 'Del' })
})

test('a code of weak origin moves nothing until the owner of the connection confirmed it', () => {
  const doubting = new CodeReader(['OTHER'])
  expect(doubting.read(table, 'WEAK')).toBe(unmapped)
  expect(doubting.unknown).toEqual([{ table: 'scans', code: 'WEAK', suggestion: 'picked_up' }])
  const sure = new CodeReader(['WEAK'])
  expect(sure.read(table, 'WEAK')).toMatchObject({ code: 'picked_up', confidence: 'exact' })
  expect(sure.unknown).toEqual([])
})

test('a code that was not said is not counted', () => {
  const reader = new CodeReader()
  expect(reader.read(table, undefined)).toBe(unmapped)
  expect(reader.unknown).toEqual([])
})

test('the finer code decides; the coarser one is a guess where the finer one is not understood', () => {
  const reader = new CodeReader()
  const coarse = reader.read(table, 'DEL')
  expect(finest(undefined, coarse)).toBe(coarse)
  expect(finest(reader.read(table, 'SNOW'), coarse).code).toBe('delayed')
  expect(finest(reader.read(table, 'new'), coarse)).toEqual({ ...coarse, confidence: 'inferred' })
  expect(finest(unmapped, unmapped)).toBe(unmapped)
})
