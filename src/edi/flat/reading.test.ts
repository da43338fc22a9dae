import { describe, expect, test } from 'vitest'
import { flatSchema } from './compile.ts'
import type { FlatDeclaration } from './declaration.ts'
import type { FlatDocument, FlatSummary } from './document.ts'
import { encodeText } from './encoding.ts'
import type { Fault } from './fault.ts'
import { flatMap, readFlatDocument } from './flat-map.ts'
import { FlatReader } from './flat-reader.ts'
import type { FlatRecord } from './record.ts'
import type { FlatSchema } from './schema.ts'

interface Heard {
  readonly values: (readonly string[])[]
  readonly faults: Fault[]
  readonly documents: FlatDocument[]
  readonly records: FlatRecord[]
  readonly summary: FlatSummary
}

function hear(bytes: Uint8Array, schema: FlatSchema, cuts: readonly number[] = []): Heard {
  const faults: Fault[] = []
  const documents: FlatDocument[] = []
  const records: FlatRecord[] = []
  const reader = new FlatReader(schema, {
    record: (one) => records.push(one),
    fault: (one) => faults.push(one),
    document: (one) => documents.push(one),
  })
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    reader.feed(bytes.subarray(from, cut))
    from = cut
  }
  const summary = reader.end()
  return { values: records.map(({ values }) => values), faults, documents, records, summary }
}

function read(text: string, declared: FlatDeclaration): Heard {
  const schema = flatSchema('some', declared)
  return hear(encodeText(text, schema.encoding, schema.byteOrderMark), schema)
}

const stock = { sku: { required: true }, quantity: { type: 'number', required: true } } as const

describe('dialects of CSV', () => {
  test.each<[string, FlatDeclaration, string]>([
    ['comma', {}, 'sku,quantity\nLAMP,1\n'],
    ['semicolon and decimal comma', { delimiter: ';', decimalMark: ',' }, 'sku;quantity\r\nLAMP;1,0\r\n'],
    ['tab', { delimiter: '\t' }, 'sku\tquantity\nLAMP\t1'],
    ['two characters between cells', { delimiter: '||' }, 'sku||quantity\nLAMP||1\n'],
    ['quoted cells', {}, '"sku","quantity"\n"LAMP","1"\n'],
    ['old line ends', {}, 'sku,quantity\rLAMP,1\r'],
    [
      'comments, blank lines and lines before the header',
      { comment: '#', skipLines: 1 },
      'made by X\nsku,quantity\n# a\n\nLAMP,1\n',
    ],
    ['blanks around values', {}, 'sku , quantity\n LAMP ,  1 \n'],
    ['columns in another order, and others', {}, 'a,quantity,b,sku\nx,1,y,LAMP\n'],
    [
      'a column of another name',
      { fields: { sku: { column: ['Artikel', 'SKU'], required: true } } },
      'SKU,quantity\nLAMP,1\n',
    ],
    ['no header', { header: false, fields: { sku: 1, quantity: { column: 3, type: 'number' } } }, 'LAMP,x,1\n'],
    ['a byte order mark', { byteOrderMark: true }, 'sku,quantity\nLAMP,1\n'],
    ['UTF-16', { encoding: 'utf-16le', byteOrderMark: true }, 'sku,quantity\nLAMP,1\n'],
    ['UTF-16 with the other end first', { encoding: 'utf-16be' }, 'sku,quantity\nLAMP,1\n'],
    [
      'a sign behind',
      { fields: { ...stock, quantity: { type: 'number', sign: 'trailing' } } },
      'sku,quantity\nLAMP,1+\n',
    ],
    ['thousands', { thousandsMark: '.', decimalMark: ',', delimiter: ';' }, 'sku;quantity\nLAMP;1\n'],
  ])('%s', (_, declared, text) => {
    const { values, faults } = read(text, { ...declared, fields: { ...stock, ...declared.fields } })
    expect(faults).toEqual([])
    expect(values).toEqual([['LAMP', '1']])
  })

  test('a cell may hold delimiters, quotes and line ends; a row is where it begins', () => {
    const { values, records } = read('sku,quantity\n"LA""MP, big\nand red",1\nB,2\n', { fields: stock })
    expect(values).toEqual([
      ['LA"MP, big\nand red', '1'],
      ['B', '2'],
    ])
    expect(records.map(({ row }) => row)).toEqual([2, 4])
  })

  test('a backslash may stand before what is meant as itself', () => {
    const declared: FlatDeclaration = { escape: '\\', fields: stock }
    expect(read('sku,quantity\n"a\\"b",1\nc\\,d,2\n', declared).values).toEqual([
      ['a"b', '1'],
      ['c,d', '2'],
    ])
  })

  test('numbers and codes stay as they are written, and are never guessed', () => {
    const fields = { sku: {}, quantity: { type: 'number' } } as const
    expect(read('sku,quantity\n00042,1\n1E5,2\n', { fields }).values).toEqual([
      ['00042', '1'],
      ['1E5', '2'],
    ])
    for (const [value, decimalMark] of [
      ['1.234', ','],
      ['1,234', '.'],
      ['1E+05', '.'],
      ['12 pcs', '.'],
    ] as const)
      expect(
        read(`sku;quantity\nA;${value}\n`, { fields, delimiter: ';', decimalMark }).faults.map(({ code }) => code),
      ).toEqual(['field.not_a_number'])
    expect(
      read('sku;quantity\nA;1.234.567,5\n', { fields, delimiter: ';', decimalMark: ',', thousandsMark: '.' }).values,
    ).toEqual([['A', '1234567.5']])
  })
})

describe('what is wrong', () => {
  const declared: FlatDeclaration = {
    fields: {
      sku: { required: true, longest: 5 },
      quantity: { type: 'number', required: true, column: 'Menge' },
      day: { type: 'date', format: 'DD.MM.YYYY' },
      status: { codes: { A: 'available', Q: 'quality_hold' } },
    },
  }

  test('is told with row, column and bytes, and its neighbours pass', () => {
    const text = 'sku,Menge,day,status\nÄ1,1,01.04.2026,A\nLÄMPCHEN,x,31.02.2026,Z\nB,2,,Q\n'
    const bytes = new TextEncoder().encode(text)
    const { faults, documents } = hear(bytes, flatSchema('some', declared))
    expect(
      faults.map(({ code, row, column, start, end }) => [
        code,
        row,
        column,
        new TextDecoder().decode(bytes.slice(start, end)),
      ]),
    ).toEqual([
      ['field.too_long', 3, 'sku', 'LÄMPCHEN'],
      ['field.not_a_number', 3, 'Menge', 'x'],
      ['field.not_a_date', 3, 'day', '31.02.2026'],
      ['field.code_unknown', 3, 'status', 'Z'],
    ])
    expect(documents.map(({ row, faults: wrong }) => [row, wrong])).toEqual([
      [2, 0],
      [3, 4],
      [4, 0],
    ])
  })

  test.each<[string, string[]]>([
    ['', ['header.missing']],
    ['sku,Menge\n', ['file.empty']],
    ['sku,day\nA,1\n', ['header.column_missing']],
    ['sku,sku,Menge\nA,B,1\n', ['header.column_twice']],
    ['sku,Menge\nA\nB,2\n', ['row.cells']],
    ['sku,Menge\nA,1,2\nB,2\n', ['row.cells']],
    ['sku,Menge\n"A,1\nB,2\n', ['quote.open']],
    ['sku,Menge\n"A"x,1\nB,2\n', ['quote.stray']],
    ['sku,Menge\n,1\nB,2\n', ['field.missing']],
    ['sku,Menge\nA\0,1\nB,2\n', ['field.unstorable']],
  ])('%j has %j', (text, codes) => {
    const { faults, values } = read(text, declared)
    expect(faults.map(({ code }) => code)).toEqual(codes)
    if (text.includes('B,2')) expect(values.at(-1)?.slice(0, 2)).toEqual(['B', '2'])
  })

  test('bytes of another encoding spoil their row and no place behind it', () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('sku,Menge\n'),
      0x41,
      0xe4,
      0x2c,
      0x31,
      0x0a,
      0xc3,
      0xa4,
      0x2c,
      0x78,
      0x0a,
    ])
    const { faults } = hear(bytes, flatSchema('some', declared))
    expect(faults).toMatchObject([
      { code: 'bytes.invalid', row: 2, start: 10, end: 14 },
      { code: 'field.not_a_number', row: 3, start: 18, end: 19 },
    ])
  })

  test('a line without end is told once, and the next is read', () => {
    const text = `sku,Menge\n${'x'.repeat(3_000_000)}\nB,2\n`
    const bytes = new TextEncoder().encode(text)
    const cuts = Array.from({ length: 45 }, (_, at) => (at + 1) * 65_536)
    const { faults, values } = hear(bytes, flatSchema('some', declared), cuts)
    expect(faults.map(({ code, row }) => [code, row])).toEqual([['row.too_long', 2]])
    expect(values).toEqual([['B', '2', '', '']])
  })
})

const shipping: FlatDeclaration = {
  format: 'fixed',
  records: {
    HDR: { tag: 'H', min: 1, max: 1, fields: { sender: { at: 2, length: 6 } } },
    DLV: { tag: 'D', parent: 'HDR', fields: { delivery: { at: 2, length: 8, required: true } } },
    LIN: {
      tag: 'L',
      parent: 'DLV',
      min: 1,
      fields: {
        sku: { at: 2, length: 6, required: true },
        quantity: { at: 8, length: 6, type: 'number', pad: '0', implied: true, decimals: 2, sign: 'overpunch' },
      },
    },
    TRL: {
      tag: 'T',
      parent: 'HDR',
      min: 1,
      max: 1,
      fields: {
        lines: { at: 2, length: 4, counts: 'LIN' },
        total: { at: 6, length: 8, sums: 'LIN.quantity', decimals: 2 },
      },
    },
  },
  document: 'DLV',
}
const shape = { members: ['sender', 'delivery'], lists: { lines: ['sku', 'quantity'] } }
const clean = [
  'HNORTH ',
  'D80001   ',
  'LLAMP  00012C',
  'LCABLE 00005}',
  'D80002   ',
  'LLAMP  00010{',
  'T   3    1.73',
  '',
].join('\n')

describe('records below records', () => {
  test('each delivery is a document with its lines, and knows what the file says of all', () => {
    const schema = flatSchema('shipping', shipping)
    const { documents, faults } = hear(new TextEncoder().encode(clean), schema)
    expect(faults).toEqual([])
    expect(documents.map((one) => readFlatDocument(one, flatMap(shape, schema)))).toEqual([
      {
        sender: 'NORTH',
        delivery: '80001',
        lines: [
          { sku: 'LAMP', quantity: '1.23' },
          { sku: 'CABLE', quantity: '-0.5' },
        ],
      },
      { sender: 'NORTH', delivery: '80002', lines: [{ sku: 'LAMP', quantity: '1' }] },
    ])
  })

  test.each<[string, (lines: string[]) => string[], string[]]>([
    ['a lost line', (lines) => lines.toSpliced(3, 1), ['count.wrong', 'sum.wrong']],
    ['a file that was cut', (lines) => lines.slice(0, 6), ['record.missing']],
    ['a delivery without lines', (lines) => lines.toSpliced(5, 1), ['record.missing', 'count.wrong', 'sum.wrong']],
    [
      'a line without delivery',
      (lines) => lines.toSpliced(1, 1),
      ['record.misplaced', 'record.misplaced', 'count.wrong', 'sum.wrong'],
    ],
    ['a record that nobody knows', (lines) => lines.toSpliced(2, 0, 'Xwhat'), ['record.unknown']],
    ['a short line', (lines) => lines.with(2, 'LLAMP'), ['row.width']],
  ])('%s is told', (_, harm, codes) => {
    const text = harm(clean.trimEnd().split('\n')).join('\n')
    const found = read(text, shipping).faults.map(({ code }) => code)
    expect(found).toEqual(codes)
  })

  test('a row that nobody can read makes the deliveries around it doubtful', () => {
    const lines = clean.trimEnd().split('\n').toSpliced(4, 0, '?????')
    const { documents } = read(lines.join('\n'), shipping)
    expect(documents.map(({ faults }) => faults > 0)).toEqual([true, true])
  })

  test('positions may count bytes', () => {
    const declared: FlatDeclaration = {
      format: 'fixed',
      unit: 'bytes',
      fields: { name: { at: 1, length: 6 }, quantity: { at: 7, length: 3, type: 'number' } },
    }
    expect(read('Jürg  12 \nJurg   13\n', declared).values).toEqual([
      ['Jürg', '12'],
      ['Jurg', '13'],
    ])
    expect(read('Jürg   12\nJurg   13\n', { ...declared, unit: 'characters' }).faults).toEqual([])
  })

  test('lines may follow each other without line ends', () => {
    const declared: FlatDeclaration = {
      format: 'fixed',
      lineEnds: false,
      lineLength: 8,
      fields: { sku: { at: 1, length: 5 }, quantity: { at: 6, length: 3, type: 'number' } },
    }
    expect(read('LAMP   1CABLE 12\n', declared).values).toEqual([
      ['LAMP', '1'],
      ['CABLE', '12'],
    ])
  })
})

describe('rows of one document', () => {
  const declared: FlatDeclaration = {
    fields: { delivery: { required: true }, sku: { required: true }, quantity: { type: 'number' } },
    group: ['delivery'],
    records: { TOTAL: { tag: 'TOTAL', fields: { rows: { column: 2, counts: 'ROW' } } } },
  }

  test('are told apart by what they have in common; a total line is checked', () => {
    const { documents, faults } = read('delivery,sku,quantity\n1,A,1\n1,B,2\n2,A,3\nTOTAL,3,\n', declared)
    expect(faults).toEqual([])
    expect(documents.map(({ row, lastRow }) => [row, lastRow])).toEqual([
      [2, 3],
      [4, 4],
    ])
    const cut = read('delivery,sku,quantity\n1,A,1\nTOTAL,3,\n', declared)
    expect(cut.faults).toMatchObject([{ code: 'count.wrong', expected: '1', found: '3', row: 3 }])
    expect(cut.summary.fileFaults).toBe(1)
  })

  test('that lie apart are told: they would be two deliveries', () => {
    const { faults } = read('delivery,sku,quantity\n1,A,1\n2,A,3\n1,B,2\n', declared)
    expect(faults).toMatchObject([{ code: 'document.scattered', row: 4 }])
  })

  test('are doubtful before and behind one that cannot be read', () => {
    const { documents } = read('delivery,sku,quantity\n1,A,1\n1,B\n2,A,3\n', { ...declared, records: {} })
    expect(documents.map(({ faults }) => faults)).toEqual([1, 1, 1])
  })
})

test('any file comes out the same however it is cut', () => {
  const files: [FlatDeclaration, string][] = [
    [shipping, clean],
    [{ fields: stock }, 'sku,quantity\r\n"Ä ""x""\r\ny",1\r\nB,zwei\r\n€,3\r\n'],
    [{ fields: stock, encoding: 'utf-16le', byteOrderMark: true }, 'sku,quantity\nÄ😀,1\n'],
    [{ fields: stock, byteOrderMark: true }, 'sku,quantity\n"open,1\nB,2\n'],
  ]
  for (const [declared, text] of files) {
    const schema = flatSchema('some', declared)
    const bytes = encodeText(text, schema.encoding, schema.byteOrderMark)
    const whole = hear(bytes, schema)
    for (let cut = 0; cut <= bytes.length; cut++) expect(hear(bytes, schema, [cut])).toEqual(whole)
    expect(
      hear(
        bytes,
        schema,
        Array.from({ length: bytes.length }, (_, at) => at + 1),
      ),
    ).toEqual(whole)
  }
})
