import { expect, test } from 'vitest'
import { storable } from './storable.ts'

test('words of a target are kept as far as a text column can hold them', () => {
  expect(storable('period\0 closed \ud800 ü')).toBe('period\ufffd closed \ufffd ü')
  expect(storable('Buchungsperiode geschlossen 🚚')).toBe('Buchungsperiode geschlossen 🚚')
})
