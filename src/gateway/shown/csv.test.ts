import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine } from './csv.ts'

describe('a line of CSV', () => {
  test('has what a spreadsheet would calculate as text, and numbers as numbers', () => {
    expect(csvLine(['=1+1', '+49 30 1', '-5.25', '+7', '@x', '\t=1', ' =1', '-x', 12, true])).toBe(
      `'=1+1,'+49 30 1,-5.25,+7,'@x,"'\t=1",' =1,'-x,12,true\r\n`,
    )
  })

  test.each(['＝1+1', '＋1', '－1', '＠x', '|calc', '%x'])(
    'knows %s for what some spreadsheets calculate, too',
    (cell) => {
      expect(csvLine([cell])).toBe(`'${cell}\r\n`)
    },
  )

  test('puts plain values behind each other, and writes what has parts as JSON', () => {
    expect(csvLine([['late', 'lost'], { at: 'A "1"' }, [], null, undefined, [{ a: 1 }]])).toBe(
      'late; lost,"{""at"":""A \\""1\\""""}",,,,[{""a"":1}]\r\n'
        .replace(',[{""a"":1}]', ',"[{""a"":1}]"')
        .replace('late; lost', '"late; lost"'),
    )
  })

  test('gives every text back, however it is made, and never begins a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (cells) => {
        const read = readLine(csvLine(cells))
        expect(read.length).toBe(cells.length)
        for (const [index, cell] of read.entries()) expect([cells[index], `'${cells[index]}`]).toContain(cell)
        for (const cell of read) expect(/^[=@\t\r]/.test(cell)).toBe(false)
      }),
    )
  })
})

/** Cells of one line, as any reader of RFC 4180 sees them. */
function readLine(line: string): string[] {
  const cells: string[] = []
  for (const [, quoted, bare = '', end] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/g)) {
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end !== ',') break
  }
  return cells
}
