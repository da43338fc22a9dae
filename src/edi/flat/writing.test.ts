import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doubtOf } from '../../base/doubtful-text.ts'
import type { EdiDocument } from '../map/read.ts'
import { flatSchema } from './compile.ts'
import type { FlatDeclaration } from './declaration.ts'
import type { FlatDocument } from './document.ts'
import type { Fault } from './fault.ts'
import { type DocumentShape, flatMap, flatTree, readFlatDocument } from './flat-map.ts'
import { readFlatFile } from './flat-reader.ts'
import { writeFlatFile } from './flat-writer.ts'
import type { FlatSchema } from './schema.ts'

const shape: DocumentShape = {
  members: ['sender', 'delivery', 'shipAt', 'priority', 'express'],
  lists: { lines: ['sku', 'quantity', 'status'] },
}

function documentsOf(bytes: Uint8Array, schema: FlatSchema): { documents: EdiDocument[]; faults: Fault[] } {
  const found: FlatDocument[] = []
  const faults: Fault[] = []
  readFlatFile(bytes, schema, { document: (one) => found.push(one), fault: (one) => faults.push(one) })
  const rows = flatMap(shape, schema)
  return { documents: found.map((one) => readFlatDocument(one, rows)), faults }
}

function written(documents: readonly EdiDocument[], schema: FlatSchema): Uint8Array {
  const rows = flatMap(shape, schema)
  return writeFlatFile(
    documents.map((one) => flatTree(one, rows)),
    schema,
  )
}

const status = { codes: { A: 'available', Q: 'quality_hold' } }
const rows: FlatDeclaration = {
  fields: {
    delivery: { required: true },
    shipAt: { type: 'date', format: 'DD.MM.YYYY HH:mm' },
    express: { type: 'flag' },
    sku: { required: true },
    quantity: { type: 'number', required: true },
    status,
  },
  group: ['delivery'],
}
const fixedRows: FlatDeclaration = {
  ...rows,
  format: 'fixed',
  fields: {
    delivery: { at: 1, length: 40, required: true },
    shipAt: { at: 41, length: 12, type: 'date', format: 'YYYYMMDDHHmm' },
    express: { at: 53, length: 1, type: 'flag' },
    sku: { at: 54, length: 40, required: true },
    quantity: { at: 94, length: 20, type: 'number', pad: '0', implied: true, decimals: 3, sign: 'overpunch' },
    status: { at: 114, length: 1, ...status },
  },
}
const records: FlatDeclaration = {
  delimiter: ';',
  header: false,
  decimalMark: ',',
  records: {
    FILE: { tag: 'F', min: 1, max: 1, fields: { sender: 2 } },
    HEAD: {
      tag: 'H',
      parent: 'FILE',
      fields: {
        delivery: { column: 2, required: true },
        shipAt: { column: 3, type: 'date', format: 'DD.MM.YY', time: 'shipTime' },
        shipTime: { column: 4, type: 'date', format: 'HH:mm' },
        express: { column: 5, type: 'flag' },
      },
    },
    LINE: {
      tag: 'L',
      parent: 'HEAD',
      fields: {
        sku: { column: 2, required: true },
        quantity: { column: 3, type: 'number', required: true },
        status: { column: 4, ...status },
      },
    },
    SUM: {
      tag: 'S',
      parent: 'HEAD',
      min: 1,
      fields: { lines: { column: 2, counts: 'LINE' }, total: { column: 3, sums: 'LINE.quantity' } },
    },
    END: { tag: 'E', min: 1, fields: { all: { column: 2, counts: '*' } } },
  },
  document: 'HEAD',
}

const dialects: readonly (readonly [string, FlatDeclaration])[] = [
  ['commas', rows],
  [
    'semicolons, decimal commas, everything quoted',
    { ...rows, delimiter: ';', decimalMark: ',', quoting: 'always', lineEnd: 'crlf' },
  ],
  ['backslashes', { ...rows, delimiter: '\t', escape: '\\' }],
  ['UTF-16', { ...rows, encoding: 'utf-16le', byteOrderMark: true }],
  ['thousands', { ...rows, delimiter: ';', decimalMark: ',', thousandsMark: '.' }],
  ['fixed characters', fixedRows],
  ['fixed bytes', { ...fixedRows, unit: 'bytes' }],
  ['fixed without line ends', { ...fixedRows, lineEnds: false, lineLength: 120 }],
  ['records', records],
]

/** What every dialect can say: no blanks at the edges, no line ends in fixed lines, nothing that a spreadsheet would have spoilt. */
const word = fc
  .stringMatching(/^[A-Z0-9ÄÖÜé"';,#\\-]([ A-Z0-9Äé"';,\\-]{0,18}[A-Z0-9Äé"';,\\])?$/)
  .filter((one) => doubtOf(one) === undefined)
const quantity = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 999 }))
  .map(([isNegative, whole, part]) => {
    const fraction = part === 0 ? '' : `.${String(part).padStart(3, '0').replace(/0+$/, '')}`
    return isNegative && (whole > 0 || part > 0) ? `-${whole}${fraction}` : `${whole}${fraction}`
  })
const line = fc.record(
  { sku: word, quantity, status: fc.constantFrom('available', 'quality_hold') },
  { requiredKeys: ['sku', 'quantity'] },
)
const document = fc.record(
  {
    delivery: word,
    shipAt: fc.constantFrom('2026-03-01T08:15', '2031-12-31T23:59'),
    express: fc.constantFrom('true', 'false'),
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  },
  { requiredKeys: ['delivery', 'lines'] },
)
const documents = fc.uniqueArray(document, { selector: ({ delivery }) => delivery, minLength: 1, maxLength: 5 })

describe.each(dialects)('%s', (_, declared) => {
  const schema = flatSchema('deliveries', declared)

  test('what is written is read as it was, without a fault, and written again as the same bytes', () => {
    fc.assert(
      fc.property(documents, (wanted) => {
        const bytes = written(wanted, schema)
        const { documents: found, faults } = documentsOf(bytes, schema)
        expect(faults).toEqual([])
        expect(found).toEqual(wanted)
        expect(written(found, schema)).toEqual(bytes)
      }),
    )
  })
})

test('the file of a hierarchy has its header, its counts and its sums', () => {
  const schema = flatSchema('deliveries', records)
  const lines = [
    { sku: 'LAMP', quantity: '1.5', status: 'available' },
    { sku: 'CABLE', quantity: '2' },
  ]
  const bytes = written([{ sender: 'NORTH', delivery: '80001', shipAt: '2026-03-01T08:15', lines }], schema)
  expect(new TextDecoder().decode(bytes)).toBe(
    'F;NORTH\nH;80001;01.03.26;08:15;\nL;LAMP;1,5;A\nL;CABLE;2;\nS;2;3,5\nE;6\n',
  )
})

test.each<[string, FlatDeclaration, EdiDocument]>([
  ['no value for sku', rows, { delivery: '1', lines: [{ quantity: '1' }] }],
  ['a value that is too long', fixedRows, { delivery: 'x'.repeat(41), lines: [{ sku: 'A', quantity: '1' }] }],
  ['more decimals than the form has', fixedRows, { delivery: '1', lines: [{ sku: 'A', quantity: '1.2345' }] }],
  ['no character', { ...rows, encoding: 'windows-1252' }, { delivery: 'Ω', lines: [{ sku: 'A', quantity: '1' }] }],
  ['no date', rows, { delivery: '1', shipAt: 'tomorrow', lines: [{ sku: 'A', quantity: '1' }] }],
  [
    'a delimiter where nothing is quoted',
    { ...rows, quote: '' },
    { delivery: '1,2', lines: [{ sku: 'A', quantity: '1' }] },
  ],
])('what the file cannot say is not written: %s', (_, declared, wanted) => {
  expect(() => written([wanted], flatSchema('deliveries', declared))).toThrow('The file cannot be written')
})

test.each<[FlatDeclaration, string]>([
  [{ fields: { sku: { at: 1 } }, format: 'fixed' }, 'at and length are required'],
  [{ fields: { sku: { type: 'date', format: 'XX' } } }, 'neither a whole date nor a time'],
  [{ fields: { sku: { required: true } }, header: false }, 'the number of its column is required'],
  [{ fields: { sku: {} }, group: ['delivery'] }, 'there is no field delivery in the rows'],
  [{}, 'it declares neither fields nor records'],
  [{ records: { A: { parent: 'B', fields: {} } } }, 'its parent B must be declared before it'],
  [{ fields: { quantity: { type: 'number', implied: true } } }, 'decimals are required'],
])('%j is no schema: %s', (declared, problem) => {
  expect(() => flatSchema('some', declared)).toThrow(problem)
})

test('a word that no schema knows is named', () => {
  expect(() => flatSchema('some', { delimeter: ';' })).toThrow('delimeter')
})
