import { describe, expect, test } from 'vitest'
import { flatSchema } from './compile.ts'
import type { FlatDeclaration } from './declaration.ts'
import type { Fault } from './fault.ts'
import { readFlatFile } from './flat-reader.ts'

const fields = { sku: { required: true }, quantity: { type: 'number', required: true } } as const

function read(text: string, declared: FlatDeclaration = { fields }) {
  const faults: Fault[] = []
  const values: (readonly string[])[] = []
  const summary = readFlatFile(new TextEncoder().encode(text), flatSchema('some', declared), {
    fault: (one) => faults.push(one),
    record: (one) => values.push(one.values),
  })
  return { faults, values, summary }
}

describe('what a spreadsheet made of an item number', () => {
  test.each([
    ['a number that it shortened', '4.00638E+12'],
    ['a number that a program shortened', '4.00638e+12'],
    ['a long number with a fraction', '4006381333931.0'],
    ['the same with a decimal comma', '"4,00638E+12"'],
    ['the mark of a text in front of digits', "'00042"],
    ['a formula that keeps zeros', '"=""00042"""'],
    ['an error', '#N/A'],
    ['an error in another language', '#BEZUG!'],
  ])('is no item number: %s', (_, sku) => {
    const { faults } = read(`sku,quantity\n${sku},1\n`)
    expect(faults).toMatchObject([{ code: 'field.spreadsheet', row: 2, column: 'sku', start: 13 }])
  })

  test.each(['4006381333931', '7.0', '1e5', '00042', '1E5', '12E34', 'E+12', "O'NEILL", '#4711', 'A=B', '-', '+49'])(
    'item numbers that only look odd stay what they are: %s',
    (sku) => {
      expect(read(`sku,quantity\n${sku},1\n`)).toMatchObject({ faults: [], values: [[sku, '1']] })
    },
  )

  test('a partner who really writes so says so', () => {
    const own = { ...fields, sku: { codes: {}, otherCodes: 'keep' } } as const
    expect(read('sku,quantity\n1E+12,1\n', { fields: own })).toMatchObject({ faults: [], values: [['1E+12', '1']] })
  })
})

describe('characters that nobody sees', () => {
  test.each([
    ['a mark of direction', 'LAMP\u200e', 'LAMP<U+200E>'],
    ['a blank without width', 'LA\u200bMP', 'LA<U+200B>MP'],
    ['a soft hyphen', 'LA\u00adMP', 'LA<U+00AD>MP'],
    ['an override of the direction', '\u202eLAMP', '<U+202E>LAMP'],
    ['a control character', 'LAMP\u0001', 'LAMP<U+0001>'],
  ])('do not make another item: %s', (_, sku, found) => {
    expect(read(`sku,quantity\n${sku},1\n`).faults).toMatchObject([{ code: 'field.invisible', row: 2, found }])
  })

  test.each(['📦', '👩‍🚒', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', 'Ärmel', 'مصباح', 'می‌خواهم', 'ランプ'])(
    'are not those of other scripts: %s',
    (sku) => {
      expect(read(`sku,quantity\n${sku},1\n`)).toMatchObject({ faults: [], values: [[sku, '1']] })
    },
  )
})

describe('what a spreadsheet adds to a table', () => {
  test('rows of empty cells say nothing, in front of the header and behind the last row', () => {
    const text = ',,\n,,\nsku,quantity,\nA,1,\n , ,\n,,\n'
    expect(read(text)).toMatchObject({ faults: [], values: [['A', '1']] })
  })

  test('a table of nothing but empty rows is an empty file, not an empty warehouse', () => {
    expect(read('sku,quantity\n,\n,\n').faults).toMatchObject([{ code: 'file.empty' }])
  })

  test('the line that tells the delimiter is no header, when it is the declared one', () => {
    const semicolons = { delimiter: ';', fields } as const
    for (const line of ['sep=;', '"sep=;"', 'SEP=;'])
      expect(read(`\ufeff${line}\r\nsku;quantity\r\nA;1\r\n`, semicolons)).toMatchObject({
        faults: [],
        values: [['A', '1']],
      })
    expect(read('sep=,\nsku,quantity\nA,1\n', semicolons).faults[0]).toMatchObject({ code: 'header.column_missing' })
  })
})

describe('totals below a table', () => {
  const stock = { fields: { ...fields, uom: { required: true } } } as const

  test.each(['Summe,12,', 'Total:,"1,234.5",', 'GESAMTSUMME,12', 'Grand Total,12,,', ' total ,12, \n,,\n'])(
    'are passed over where they are no item: %s',
    (totals) => {
      expect(read(`sku,quantity,uom\nA,5,EA\nB,7,EA\n${totals}\n`, stock)).toMatchObject({
        faults: [],
        values: [
          ['A', '5', 'EA'],
          ['B', '7', 'EA'],
        ],
      })
    },
  )

  test('are a fault where they may be an item, and only in the last row', () => {
    expect(read('sku,quantity\nA,5\nTotal,5\n')).toMatchObject({
      faults: [{ code: 'row.totals', row: 3, found: 'Total,5' }],
      values: [['A', '5']],
    })
    expect(read('sku,quantity\nTotal,5\nA,5\n')).toMatchObject({
      faults: [],
      values: [
        ['Total', '5'],
        ['A', '5'],
      ],
    })
  })

  test('do not make an empty file an empty warehouse', () => {
    expect(read('sku,quantity,uom\nSumme,0,\n', stock).faults).toMatchObject([{ code: 'file.empty' }])
  })

  test.each(['TOTAL-5W40,1,EA', 'Total,1,EA', 'Summe,,'])('are not what else begins so: %s', (row) => {
    expect(read(`sku,quantity,uom\n${row}\nA,5,EA\n`, stock).values).toHaveLength(2)
    expect(read(`sku,quantity,uom\nA,5,EA\n${row}\n`, stock).values).toHaveLength(2)
  })
})
