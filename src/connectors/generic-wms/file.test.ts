import { expect, test } from 'vitest'
import type { Translation } from '../kit/connector.ts'
import { readFile } from './file.ts'

const head = 'movement,sku,quantity,uom,effective_at,from_location,to_location,document_kind,document,line'

function read(text: string): Translation {
  const document = { bytes: new TextEncoder().encode(text), contentType: 'text/csv', headers: {}, content: undefined }
  const settings = { system: 'wms', orderSystem: 'erp' }
  return readFile(document, { settings, connection: 'wms', receivedAt: 0, messageId: 'msg_0-0' })
}

function rows(count: number): string {
  const row = (index: number): string => `move,S${index % 1000},1,EA,2026-04-01T09:00:00Z,A,B,move,M${index},1`
  return [head, ...Array.from({ length: count }, (_, index) => row(index))].join('\n')
}

test('reads a file of a hundred thousand movements, one assertion each and in order', () => {
  const read100 = read(rows(100_000))
  const assertions = 'assertions' in read100 ? read100.assertions : []
  expect(assertions).toHaveLength(100_000)
  expect(assertions[99_999]).toMatchObject({ data: { document: { id: 'M99999' } } })
})

test('refuses a file that is longer instead of reading the first part of it', () => {
  expect(() => read(rows(100_001))).toThrow('more than 100000 documents')
})

test('names the row, the column and the bytes of what it cannot read, as the sender sees them', () => {
  const file = `${head}\nmove,LAMP,1,EA,2026-04-01T09:00:00Z,A,B,move,M1,1\nmove,LAMP,one,EA,2026-04-01T09:00:00Z,A,B,move,M2,1\n`
  const at = file.indexOf('one')
  expect(() => read(file)).toThrow(`row 3, column quantity, bytes ${at}-${at + 3}: Not a number`)
})

test('keeps numbers as they are written: leading zeros of an item are part of its name', () => {
  expect(read(`${head}\nmove,00042,1,EA,2026-04-01T09:00:00Z,A,B,move,0007,1\n`)).toMatchObject({
    assertions: [{ data: { sku: '00042', document: { id: '0007' } } }],
  })
})
