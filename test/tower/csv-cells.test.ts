import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf } from '../../web/src/screens/master-data/cells.ts'

const cell = fc
  .array(fc.constantFrom('a', 'ü', ',', ';', '"', '\r', '\n', '\r\n', ' '), { maxLength: 6 })
  .map((parts) => parts.join(''))

test('a table pasted into the screen is the cells that a spreadsheet wrote, with line ends in quotes', () => {
  const row = fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => ['x', ...cells])
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), fc.constantFrom('\n', '\r\n', '\r'), (table, lineEnd) => {
      const written = table.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
      expect(cellsOf(written.join(lineEnd))).toEqual(table)
      expect(cellsOf(written.join(lineEnd) + lineEnd)).toEqual(table)
    }),
    { numRuns: 1000 },
  )
})

test('nothing of a cell is dropped for a quote that stands in it', () => {
  expect(cellsOf('sku,name\r\n1,5" pipe\r\n2,"never closed\r\n3,"a"b')).toEqual([
    ['sku', 'name'],
    ['1', '5" pipe'],
    ['2', '"never closed'],
    ['3', '"a"b'],
  ])
})
