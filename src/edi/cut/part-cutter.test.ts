import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { record } from '../../../test/edi/recorder.ts'
import { type CutPart, PartCutter } from './part-cutter.ts'

/** Cuts a file that comes in pieces of some size. */
function cut(
  text: string,
  wishes: { readonly bytesWanted?: number; readonly refused?: number; readonly piece?: number },
) {
  const parts: CutPart[] = []
  const { bytesWanted = 1, refused = -1, piece = 1_000_000 } = wishes
  const cutter = new PartCutter({
    isAccepted: (at) => at !== refused,
    isEnvelopeAccepted: () => true,
    bytesWanted,
    // A copy, as whoever stores it would make one: the cutter goes on.
    emit: (part) => parts.push({ ...part, bytes: part.bytes.slice() }),
  })
  const bytes = bytesOf(text)
  for (let at = 0; at < bytes.length; at += piece) cutter.feed(bytes.slice(at, at + piece))
  cutter.end()
  return parts
}

const textOf = ({ bytes }: CutPart): string => Buffer.from(bytes).toString()
const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => set({ number: `${1000 + at}` }))

describe('a part', () => {
  test('has the header of its interchange and group, its sets to the byte, and trailers that fit', () => {
    const [first, second] = numbered(2)
    const whole = x12({ groups: [group({ sets: [first ?? '', second ?? ''] })] })
    const [one, two] = cut(whole, {}).map(textOf)
    expect(one).toBe(x12({ groups: [group({ sets: [first ?? ''] })] }))
    expect(two).toBe(x12({ groups: [group({ sets: [second ?? ''] })] }))
  })

  test('of EDIFACT says its delimiters, and counts messages where there are no groups', () => {
    const messages = [message({ number: 'M1' }), message({ number: 'M2' })]
    const parts = cut(edifact({ messages }), { bytesWanted: 10_000 })
    expect(parts.map(textOf)).toEqual([edifact({ una: "UNA:+.? '", messages })])
    const own = cut(edifact({ una: "UNA:+.? '\r\n", messages }), {})
    expect(own.map(textOf)).toEqual(messages.map((one) => edifact({ una: "UNA:+.? '", messages: [one] })))
  })

  test('holds sets of one group only, and never what counts together with what does not', () => {
    const groups = [group({ number: '1', sets: numbered(3) }), group({ number: '2', sets: numbered(1) })]
    const parts = cut(x12({ groups }), { bytesWanted: 1_000_000, refused: 1 })
    const shapes = parts.map(({ bytes, isAccepted }) => ({ isAccepted, sets: record(bytes).sets.length }))
    expect(shapes).toEqual([
      { isAccepted: true, sets: 1 },
      { isAccepted: false, sets: 1 },
      { isAccepted: true, sets: 1 },
      { isAccepted: true, sets: 1 },
    ])
  })

  test('says which interchange of the file it is of', () => {
    const file = `${x12()}\n${x12({ number: '000000906' })}`
    expect(cut(file, {}).map(({ interchange }) => interchange)).toEqual([0, 1])
  })

  test('keeps delimiters and line ends of the file', () => {
    const whole = x12({ element: '|', component: ':', terminator: '\n', groups: [group({ sets: numbered(2) })] })
    for (const part of cut(whole, {})) expect(record(part.bytes).sets.map(({ status }) => status)).toEqual(['accepted'])
  })

  test('can be an acknowledgement of an envelope, which stands in no set', () => {
    const ta1 = 'TA1*000000017*260114*0931*A*000'
    const parts = cut(x12({ before: [ta1] }), { bytesWanted: 10_000 }).map(textOf)
    expect(parts).toEqual([x12({ before: [ta1], groups: [] }), x12()])
  })

  test('is refused where a byte is no character', () => {
    const wide = Buffer.from(`\ufeff${x12()}`, 'utf16le').toString('latin1')
    const cutter = new PartCutter({
      isAccepted: () => true,
      isEnvelopeAccepted: () => true,
      bytesWanted: 1,
      emit: () => {},
    })
    expect(() => {
      cutter.feed(Buffer.from(wide, 'latin1'))
      cutter.end()
    }).toThrow(expect.objectContaining({ code: 'CONTENT_INVALID' }))
  })
})

test('however a file is cut and comes, its sets come out once, in order, and are judged as before', () => {
  const sets = fc.array(fc.record({ number: fc.integer({ min: 1, max: 9999 }), broken: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      fc.array(sets, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 1, max: 500 }),
      (groups, bytesWanted, piece) => {
        const whole = x12({
          groups: groups.map((list, at) =>
            group({
              number: `${at + 1}`,
              sets: list.map(({ number, broken }, index) => {
                const own = `${number}${100 + index}`
                return set({ number: own, ...(broken ? { segmentsDeclared: '99' } : {}) })
              }),
            }),
          ),
        })
        const before = record(bytesOf(whole)).sets
        const after = cut(whole, { bytesWanted, piece }).flatMap(({ bytes }) => record(bytes).sets)
        const shape = ({ header, status, segments }: (typeof before)[number]): unknown => [
          header.controlNumber,
          header.group?.controlNumber,
          status,
          segments,
        ]
        expect(after.map(shape)).toEqual(before.map(shape))
      },
    ),
    { numRuns: 200 },
  )
})
