import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CsvRow, readCsv } from './csv.ts'
import { InterlineError } from './errors.ts'
import { limits } from './limits.ts'

function read(text: string, options: { readonly delimiter?: string } = {}): Record<string, string>[] {
  return readCsv(new TextEncoder().encode(text), options).map((row: CsvRow) => ({ ...row }))
}

function failure(text: string | Uint8Array): { code: string; values: Readonly<Record<string, string | number>> } {
  try {
    readCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  } catch (error) {
    if (error instanceof InterlineError) return { code: error.code, values: error.values }
    throw error
  }
  throw new Error('was accepted')
}

describe('a file of rows', () => {
  test('keeps every value as it was written', () => {
    expect(read('sku,quantity,note\n00012,1E5, two  spaces \n')).toEqual([
      { sku: '00012', quantity: '1E5', note: ' two  spaces ' },
    ])
  })

  test('ends rows with any line break, and needs none at the end', () => {
    expect(read('a,b\r\n1,2\n3,4\r5,6')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
      { a: '5', b: '6' },
    ])
  })

  test('keeps delimiters, quotes and line breaks inside quotes', () => {
    expect(read('a,b\n"1,5","a ""b""\r\nc"\n')).toEqual([{ a: '1,5', b: 'a "b"\r\nc' }])
  })

  test('takes the delimiter that the profile states', () => {
    expect(read('a;b\n1,5;2\n', { delimiter: ';' })).toEqual([{ a: '1,5', b: '2' }])
  })

  test('skips empty lines and a byte order mark, and reads an empty last cell', () => {
    expect(read('\ufeffa,b\n\n1,\n')).toEqual([{ a: '1', b: '' }])
  })

  test('gives rows no prototype, so that no column can reach one', () => {
    const [row] = readCsv(new TextEncoder().encode('__proto__,constructor\n1,2\n'))
    expect(Object.getPrototypeOf(row)).toBeNull()
    expect(Object.keys(row ?? {})).toEqual(['__proto__', 'constructor'])
  })

  test('reads back whatever was written by the same rules', () => {
    const cell = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed())
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rows, (table) => {
        const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        expect(read(`a,b\r\n${text}`)).toEqual(table.map(([a, b]) => ({ a, b })))
      }),
    )
  })
})

describe('a file that is not understood', () => {
  test('is refused with the row, where a row may be several lines long', () => {
    expect(failure('a,b\n"1\n2",3\n4\n')).toEqual({
      code: 'CSV_MALFORMED',
      values: { row: 3, found: '1 cells under 2 columns' },
    })
    expect(failure('a,b\n1,2,3\n').values).toEqual({ row: 2, found: '3 cells under 2 columns' })
    expect(failure('a,b\n1,"2"3\n').values).toEqual({ row: 2, found: 'text after a closing quote' })
    expect(failure('a,b\n1,2\n3,"4\n').values).toEqual({ row: 3, found: 'a quote that does not close' })
  })

  test('needs a header with each name once, in UTF-8', () => {
    expect(failure('').values).toEqual({ row: 1, found: 'no header' })
    expect(failure('a, a\n1,2\n').values).toEqual({ row: 1, found: 'two columns of one name' })
    expect(failure(Uint8Array.of(0x61, 0xff)).values).toEqual({ row: 1, found: 'bytes that are not UTF-8' })
  })

  test('is refused past the limits on columns, cells and rows', () => {
    const columns = (count: number): string => Array.from({ length: count }, (_, at) => `c${at}`).join(',')
    expect(read(`${columns(limits.csvColumns)}\n`)).toEqual([])
    expect(failure(`${columns(limits.csvColumns + 1)}\n`)).toMatchObject({
      code: 'CSV_TOO_LARGE',
      values: { what: 'columns' },
    })
    expect(read(`a\n${'x'.repeat(limits.csvCellBytes)}`)).toHaveLength(1)
    expect(failure(`a\n${'x'.repeat(limits.csvCellBytes + 1)}`).values.what).toBe('characters in a cell')
    const wide = Array.from({ length: 5 }, () => 'x'.repeat(limits.csvCellBytes)).join(',')
    expect(failure(`a,b,c,d,e\n${wide}`).values.what).toBe('characters in a row')
  })
})
