import { expect, test } from 'vitest'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { codesOf, line, record } from '../../../test/edi/recorder.ts'
import { followingControlNumber } from '../../model/interchange/control-number.ts'
import { edifactDelimiters, x12Delimiters } from '../bytes/delimiters.ts'
import { EdiReader } from '../read/reader.ts'
import { type EdifactInterchange, writeEdifact } from './edifact.ts'
import { LosslessCopy } from './lossless.ts'
import { segment } from './written.ts'
import { writeX12, type X12Interchange } from './x12.ts'

const parties = {
  sender: { qualifier: 'ZZ', id: 'HARBORGOODSLTD', routing: '' },
  receiver: { qualifier: '02', id: 'MRDN', routing: '' },
  date: '20260115',
  time: '0700',
  isTest: false,
  wantsAcknowledgement: false,
}

function x12Plan(values: readonly string[], more: Partial<X12Interchange> = {}): X12Interchange {
  const segments = [segment('B2', '', 'MRDN', '', 'LOAD7'), ...values.map((value) => segment('K1', value))]
  return {
    ...parties,
    version: '00401',
    controlNumber: '31',
    delimiters: x12Delimiters,
    mayChooseDelimiters: true,
    before: [],
    groups: [
      {
        functionalIdentifier: 'SM',
        sender: 'HARBOR',
        receiver: 'MRDN',
        controlNumber: '8',
        version: '004010',
        sets: [{ identifier: '204', controlNumber: '0001', version: '', segments }],
      },
    ],
    ...more,
  }
}

function edifactPlan(values: readonly string[], more: Partial<EdifactInterchange> = {}): EdifactInterchange {
  const segments = [
    segment('BGM', '23', 'STA1', '9'),
    ...values.map((value) => segment('FTX', 'AAI', '', '', [value, 'B'])),
  ]
  return {
    ...parties,
    characterSet: 'UNOC',
    syntaxVersion: '3',
    controlNumber: 'R1',
    applicationReference: '',
    agreement: '',
    delimiters: edifactDelimiters,
    unwritable: 'transliterate',
    messages: [{ identifier: 'IFTSTA', controlNumber: 'M1', version: 'D:96A:UN', segments }],
    ...more,
  }
}

const hard = ["A*B~C>D'E+F:G?H", '??', "'", '+:', 'plain', 'ends?']

test('what is written is read without a verdict, and the values are the same', () => {
  const written = writeX12(x12Plan(hard))
  const recording = record(written.bytes)
  expect(codesOf(recording)).toEqual([])
  expect(written.alterations).toEqual([])
  expect(recording.segments.slice(2, -1).map(({ elements }) => elements[0]?.[0]?.[0])).toEqual(hard)
  const message4 = writeEdifact(edifactPlan([...hard, 'X*Y'], { syntaxVersion: '4' }))
  expect(codesOf(record(message4.bytes))).toEqual([])
  expect(
    record(message4.bytes)
      .segments.slice(2, -1)
      .map(({ elements }) => elements[3]?.[0]?.[0]),
  ).toEqual([...hard, 'X*Y'])
})

test('the header has its fixed width, the counts are counted', () => {
  const text = Buffer.from(writeX12(x12Plan(['ONE', 'TWO'])).bytes).toString()
  expect(text.slice(0, 106)).toBe(
    'ISA*00*          *00*          *ZZ*HARBORGOODSLTD *02*MRDN           *260115*0700*U*00401*000000031*0*P*>~',
  )
  expect(text.slice(106)).toBe(
    'GS*SM*HARBOR*MRDN*20260115*0700*8*X*004010~ST*204*0001~B2**MRDN**LOAD7~K1*ONE~K1*TWO~SE*5*0001~GE*1*8~IEA*1*000000031~',
  )
})

test('where the delimiters are fixed, a value that holds one is altered, and that is told', () => {
  const written = writeX12(x12Plan(['A*B'], { mayChooseDelimiters: false }))
  expect(written.alterations).toEqual([{ segmentTag: 'K1', element: 1, value: 'A*B', written: 'A B' }])
  expect(record(written.bytes).segments[2]?.elements).toEqual([[['A B']]])
})

test('every character set gets what it can carry, by the policy of the agreement', () => {
  const values = ['Grüße — 5 €']
  const read = (more: Partial<EdifactInterchange>): unknown =>
    record(writeEdifact(edifactPlan(values, more)).bytes).segments[2]?.elements[3]?.[0]?.[0]
  expect(read({ characterSet: 'UNOW', syntaxVersion: '4' })).toBe('Grüße — 5 €')
  expect(read({ characterSet: 'UNOC' })).toBe('Grüße - 5 EUR')
  expect(read({ characterSet: 'UNOB' })).toBe('Grusse - 5 EUR')
  expect(read({ characterSet: 'UNOA' })).toBe('GRUSSE - 5 EUR')
  expect(read({ characterSet: 'UNOC', unwritable: 'drop' })).toBe('Grüße  5 ')
  expect(() => read({ characterSet: 'UNOC', unwritable: 'reject' })).toThrow(/character/)
})

test('a header value that does not fit is refused, never cut', () => {
  const sender = { ...parties.sender, id: 'A NAME OF SIXTEEN' }
  expect(() => writeX12(x12Plan([], { sender }))).toThrow('ISA06')
  expect(() => writeX12(x12Plan([], { sender: { ...sender, id: 'A*B' }, mayChooseDelimiters: false }))).toThrow('ISA6')
})

test('unusual service characters are announced', () => {
  const delimiters = { ...edifactDelimiters, segment: 0x7e, release: -1 }
  const { bytes } = writeEdifact(edifactPlan(['x'], { delimiters }))
  expect(Buffer.from(bytes).toString().slice(0, 9)).toBe('UNA:+.  ~')
  expect(codesOf(record(bytes))).toEqual([])
})

test('the same plan gives the same bytes', () => {
  expect(writeX12(x12Plan(hard)).bytes).toEqual(writeX12(x12Plan(hard)).bytes)
})

test('control numbers count upwards, wrap after nine digits and never are zero', () => {
  expect([0, 1, 999_999_998, 999_999_999].map(followingControlNumber)).toEqual([1, 2, 999_999_999, 1])
})

const image = '~~>*IEA'
const clean = [
  x12(),
  `\ufeff\r\n${x12({ terminator: '~\r\n' })}\n\n`,
  x12({ terminator: '\n', element: '|' }),
  x12({ version: '00501', groups: [group({ sets: [set({ body: ['REF*A^B>C*^^D*>*', 'N1', 'K1*GÄNT'] })] })] }),
  x12({ groups: [group({ sets: [set({ body: [`BIN*${image.length}*${image}`] })] })] }),
  edifact({ una: "UNA:+.? '" }),
  edifact({ una: "UNA:+.?*'" }),
  edifact({ una: "UNA:+.'\n" }),
  `${edifact({ una: 'UNA:+,? ~\r\n' }).replaceAll("'", '~').replace('?~', "'")}\r\n${edifact({ number: 'B' })}`,
  edifact({ messages: [message({ body: ['FTX+AAI+++GÄNT:??+', "RFF+CU:A?'B", 'LOC+5++:::'] })] }),
]
for (const [index, text] of clean.entries())
  test(`clean file ${index} is taken apart and put together again byte for byte`, () => {
    expect(Buffer.from(copyOf(bytesOf(text))).toString()).toBe(text)
  })

function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new LosslessCopy()
  const reader = new EdiReader(copy)
  for (let at = 0; at < bytes.length; at += 50) reader.feed(bytes.subarray(at, at + 50))
  reader.end()
  return copy.bytes()
}

test('reading, writing and reading again gives the same segments', () => {
  const body = ['N1*SF*HARBOR > GOODS', 'REF*A^B*>*']
  const first = record(bytesOf(x12({ groups: [group({ sets: [set({ body })] })] })))
  const segments = first.segments.slice(1, -1).map(({ tag, elements }) => ({ tag, elements }))
  const plan = x12Plan([])
  const again = record(
    writeX12({
      ...plan,
      groups: plan.groups.map((one) => ({ ...one, sets: one.sets.map((sets) => ({ ...sets, segments })) })),
    }).bytes,
  )
  // Empty elements at the end carry nothing and are not written.
  expect(again.segments.slice(1, -1).map(line)).toEqual(['N1*SF*HARBOR > GOODS', 'REF*A^B'])
})
