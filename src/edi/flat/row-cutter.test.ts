import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flatSchema } from './compile.ts'
import type { FlatDeclaration } from './declaration.ts'
import type { FlatDocument } from './document.ts'
import { encodeText } from './encoding.ts'
import type { Fault } from './fault.ts'
import { readFlatFile } from './flat-reader.ts'
import { type CutRows, RowCutter } from './row-cutter.ts'

const rows: FlatDeclaration = {
  fields: { delivery: { required: true }, sku: { required: true }, quantity: { type: 'number' } },
}
const deliveries: FlatDeclaration = { ...rows, group: ['delivery'] }

function cut(
  bytes: Uint8Array,
  declared: FlatDeclaration,
  wishes: { bytesWanted?: number; piece?: number },
): CutRows[] {
  const parts: CutRows[] = []
  const { bytesWanted = 1, piece = 1_000_000 } = wishes
  const cutter = new RowCutter({
    schema: flatSchema('some', declared),
    bytesWanted,
    emit: (part) => parts.push(part),
  })
  for (let at = 0; at < bytes.length; at += piece) cutter.feed(bytes.slice(at, at + piece))
  cutter.end()
  return parts
}

/** What a file says: its documents with where they stand and whether something is wrong in them, and its faults. */
function said(bytes: Uint8Array, declared: FlatDeclaration, shift = { lineShift: 0, byteShift: 0 }): unknown[] {
  const heard: unknown[] = []
  const { lineShift, byteShift } = shift
  readFlatFile(bytes, flatSchema('some', declared), {
    fault: ({ code, row, start, end }: Fault) =>
      // Whether another quote follows far behind one that was never closed changes its name, and nothing else.
      heard.push(['fault', code.replace(/^quote\..*/, 'quote'), row + lineShift, start + byteShift, end + byteShift]),
    document: ({ tree, row, lastRow, start, end, faults }: FlatDocument) =>
      heard.push([
        'document',
        JSON.stringify(tree),
        row + lineShift,
        lastRow + lineShift,
        start + byteShift,
        end + byteShift,
        faults > 0,
      ]),
  })
  return heard
}

const textOf = ({ bytes }: CutRows): string => Buffer.from(bytes).toString()

describe('a part of a flat file', () => {
  test('has the header of the file and its rows to the byte', () => {
    const parts = cut(encodeText('delivery,sku,quantity\r\nD1,A,1\r\nD2,B,2\r\n', 'utf-8', false), rows, {})
    expect(parts.map(textOf)).toEqual(['delivery,sku,quantity\r\nD1,A,1\r\n', 'delivery,sku,quantity\r\nD2,B,2\r\n'])
  })

  test('keeps rows of one document together', () => {
    const parts = cut(encodeText('delivery,sku,quantity\nD1,A,1\nD1,B,2\nD2,C,3', 'utf-8', false), deliveries, {})
    expect(parts.map(textOf)).toEqual(['delivery,sku,quantity\nD1,A,1\nD1,B,2\n', 'delivery,sku,quantity\nD2,C,3'])
  })

  test('keeps the encoding of the file', () => {
    const bytes = encodeText('delivery,sku,quantity\nDé,Ä,1\nDü,Ö,2\n', 'utf-16le', true)
    for (const part of cut(bytes, rows, {})) expect(said(part.bytes, rows, part)).toHaveLength(1)
  })

  test('cannot be endless', () => {
    const cutter = new RowCutter({ schema: flatSchema('some', deliveries), bytesWanted: 1, emit: () => {} })
    const piece = encodeText(`D1,${'A'.repeat(1000)},1\n`.repeat(1000), 'utf-8', false)
    cutter.feed(encodeText('delivery,sku,quantity\n', 'utf-8', false))
    const feed = (): void => {
      for (let n = 0; n < 20; n++) cutter.feed(piece)
    }
    expect(feed).toThrow(expect.objectContaining({ code: 'CONTENT_INVALID' }))
  })
})

test.each([
  ['rows', rows],
  ['deliveries', deliveries],
])('however a file of %s is cut and comes, it says the same at the same places', (_, declared) => {
  const line = fc.oneof(
    fc
      .record({ delivery: fc.integer({ min: 0, max: 2 }), quantity: fc.constantFrom('1', 'five', '') })
      .map(({ delivery, quantity }) => ({ delivery, text: (key: string) => `${key},"A, B",${quantity}` })),
    fc.constant({ delivery: 0, text: () => 'only one cell' }),
    fc.constant({ delivery: 0, text: () => 'D,"never closed' }),
  )
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 100 }),
      (lines, bytesWanted, piece) => {
        // Deliveries of one to three lines, none of them scattered.
        let number = 0
        const text = lines.map(({ delivery, text: of }) => of(`D${(number += delivery === 0 ? 1 : 0)}`))
        const bytes = encodeText(['delivery,sku,quantity', ...text].join('\n'), 'utf-8', false)
        const before = said(bytes, declared)
        if (before.some((one) => (one as string[])[1]?.startsWith('header.'))) return
        const after = cut(bytes, declared, { bytesWanted, piece }).flatMap((part) => said(part.bytes, declared, part))
        expect(after).toEqual(before)
      },
    ),
    { numRuns: 300 },
  )
})
