import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvRows } from './csv-rows.ts'
import type { CsvForm } from './schema.ts'
import { csvLine } from './written-line.ts'

interface Heard {
  readonly rows: (readonly string[])[]
  /** Lines on which the rows begin, counted by the line ends that the file has. */
  readonly lines: number[]
  readonly starts: number[]
  readonly broken: string[]
}

function hear(text: string, form: CsvForm, pieces: readonly number[]): Heard {
  const heard: Heard = { rows: [], lines: [], starts: [], broken: [] }
  const rows = new CsvRows(form, {
    sink: {
      row: ({ cells, line, start }) => {
        heard.rows.push(cells)
        heard.lines.push(line)
        heard.starts.push(start)
      },
      broken: ({ code }) => heard.broken.push(code),
    },
    sizeOf: (_, from, to) => to - from,
    begin: () => 0,
    comment: '',
    skipLines: 0,
  })
  let from = 0
  for (const piece of pieces) {
    rows.push(text.slice(from, from + piece), false)
    from += piece
  }
  rows.push(text.slice(from), true)
  return heard
}

const lineEnds = ['\n', '\r\n', '\r'] as const
const form = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    quote: fc.constantFrom('"', "'"),
    escape: fc.constantFrom('same', '\\'),
    quoting: fc.constantFrom('needed' as const, 'always' as const),
  })
  .map(({ escape, quote, ...rest }): CsvForm => {
    return { kind: 'csv', hasHeader: true, quote, escape: escape === 'same' ? quote : escape, ...rest }
  })
const cell = fc
  .array(fc.constantFrom('a', ' ', ',', ';', '"', "'", '\\', '|', '\t', '\r', '\n', '\r\n', 'ü'), { maxLength: 8 })
  .map((parts) => parts.join(''))
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })

describe('rows of a CSV file', () => {
  test('are the cells that were written, at the lines where they begin, in every dialect and however the bytes come', () => {
    fc.assert(
      fc.property(
        table,
        form,
        fc.constantFrom(...lineEnds),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }),
        (cells, dialect, lineEnd, isEnded, pieces) => {
          const written = cells.map((row) => csvLine(row, dialect, ''))
          const text = written.join(lineEnd) + (isEnded ? lineEnd : '')
          const heard = hear(text, dialect, pieces)
          expect(heard.broken).toEqual([])
          expect(heard.rows).toEqual(cells)
          const starts = written.map(
            (_, at) => written.slice(0, at).join(lineEnd).length + (at === 0 ? 0 : lineEnd.length),
          )
          expect(heard.starts).toEqual(starts)
          expect(heard.lines).toEqual(
            starts.map((start) => text.slice(0, start).split(lineEnd === '\r' ? '\r' : '\n').length),
          )
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['that never ends', 'a,'.repeat(500_000), []],
    ['of quoted cells that never ends', '"a",'.repeat(250_000), []],
    ['of cells without end behind others', `x\n""${',a'.repeat(500_000)}\ny\n`, [['x'], ['y']]],
  ])('a row %s costs no more time than its length', (_, text, rows) => {
    const comma: CsvForm = { kind: 'csv', hasHeader: true, delimiter: ',', quote: '"', escape: '"', quoting: 'needed' }
    const pieces = Array.from({ length: Math.floor(text.length / 65_536) }, () => 65_536)
    const heard = hear(text, comma, pieces)
    expect(heard.broken).toEqual(['row.too_long'])
    expect(heard.rows).toEqual(rows)
  })
})
