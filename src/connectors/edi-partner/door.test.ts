import { expect, test } from 'vitest'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { doorKeys, readAtTheDoorMax } from './door.ts'

function identityOf(bytes: Uint8Array): string | undefined {
  return doorKeys(bytes).identity
}

test('an interchange is known by its partners, its environment and its number', () => {
  const identity = identityOf(bytesOf(x12()))
  expect(identity).toBe('x12 02:MERIDIANCARRIER: ZZ:HARBORGOODSLTD: P 000000905')
  expect(identityOf(bytesOf(x12({ groups: [group({ number: '77' })] })))).toBe(identity)
  expect(identityOf(bytesOf(x12({ number: '000000906' })))).not.toBe(identity)
  expect(identityOf(bytesOf(x12({ usage: 'T' })))).not.toBe(identity)
  expect(identityOf(bytesOf(edifact()))).toBe('edifact 14:5400000000010: 14:5400000000027:  REF77001')
})

test('several interchanges, none, and messages without one are known by their bytes', () => {
  for (const text of [x12() + x12({ number: '000000906' }), 'Dear partner', message(), ''])
    expect(identityOf(bytesOf(text))).toBeUndefined()
})

test('a large file is not read while its sender waits', () => {
  const sets = Array.from({ length: 8_000 }, (_, index) => set({ number: `${10_000 + index}` }))
  const large = bytesOf(x12({ groups: [group({ sets })] }))
  expect(large.length).toBeGreaterThan(readAtTheDoorMax)
  expect(identityOf(large)).toBeUndefined()
  expect(doorKeys(large).orderKey).toBeUndefined()
  expect(doorKeys(bytesOf(x12())).orderKey).toBe('BOL2209')
})
