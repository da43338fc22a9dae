import { expect, test } from 'vitest'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { codesOf, line, record } from '../../../test/edi/recorder.ts'

const usual = record(bytesOf(x12())).segments.map(line)
const usualEdifact = record(bytesOf(edifact())).segments.map(line)

test('a good interchange of either syntax gives its segments and no verdict', () => {
  expect(usual).toContain('AT7*X3*NS***20260114*0815*LT')
  expect(usual).toHaveLength(9)
  expect(usualEdifact).toContain("FTX*AAI***DON'T STACK+STRAP")
  for (const text of [x12(), x12({ version: '00501' }), edifact(), edifact({ syntax: 'UNOC:4' })]) {
    const recording = record(bytesOf(text))
    expect(codesOf(recording)).toEqual([])
    expect(recording.interchanges.map(({ status }) => status)).toEqual(['accepted'])
  }
})

const terminators = [
  '\r',
  '\n',
  '\r\n',
  '~\n',
  '~\r\n',
  '|',
  '\\',
  '!',
  '?',
  '$',
  '#',
  ':',
  '.',
  '}',
  '\u001c',
  '\u001d',
  '\u001e',
  '\u001f',
  '\u0085',
  '…',
  '¦',
  '~ \n\n',
]
for (const terminator of terminators)
  test(`the terminator ${JSON.stringify(terminator)} is read out of the header`, () => {
    const recording = record(bytesOf(x12({ terminator })))
    expect(recording.segments.map(line)).toEqual(usual)
    expect(recording.interchanges.map(({ status }) => status)).not.toContain('rejected')
  })

const separators = [
  { element: '~', component: '>', terminator: '\n' },
  { element: '>', component: ':', terminator: '~' },
  { element: '|', component: '~', terminator: '\r' },
  { element: '^', component: '…', terminator: '~' },
  { element: '\u001d', component: '\u001f', terminator: '\u001c' },
]
for (const delimiters of separators)
  test(`the delimiters ${JSON.stringify(delimiters)} are read out of the header`, () => {
    const recording = record(bytesOf(x12(delimiters)))
    expect(recording.segments.map(line)).toEqual(usual)
  })

test('a byte order mark and UTF-16 change nothing but the offsets', () => {
  const text = x12()
  const marked = record(bytesOf(`\ufeff${text}`))
  expect(marked.segments.map(line)).toEqual(usual)
  expect(marked.segments[0]?.offset).toBe(3 + text.indexOf('ST*'))
  const wide = record(Buffer.from(`\ufeff${text}`, 'utf16le'))
  expect(wide.segments.map(line)).toEqual(usual)
  expect(wide.segments[0]?.offset).toBe(2 + 2 * text.indexOf('ST*'))
  expect(codesOf(wide)).toEqual(['bytes.utf16'])
  const big = record(Buffer.from(`\ufeff${edifact()}`, 'utf16le').swap16())
  expect(big.segments.map(line)).toEqual(usualEdifact)
})

test('lines broken at column 80 are joined, and every offset is that of the file', () => {
  const broken = x12().replace(/(.{80})/g, '$1\r\n')
  const recording = record(bytesOf(broken))
  expect(recording.segments.map(line)).toEqual(usual)
  expect(codesOf(recording)).toEqual(['bytes.wrapped'])
  for (const segment of recording.segments) {
    // A tag may itself be broken; its first character never moves.
    expect(broken[segment.offset]).toBe(segment.tag[0])
  }
})

test('a header without its padding is read by counting separators', () => {
  const damaged = x12().replace('MERIDIANCARRIER', 'MERIDIAN').replace('          *00*          ', '*00*')
  const recording = record(bytesOf(damaged))
  expect(recording.segments.map(line)).toEqual(usual)
  expect(codesOf(recording)).toEqual(['header.damaged'])
  expect(recording.interchanges[0]?.status).toBe('accepted_with_errors')
})

test('a header without a terminator is refused, and the next interchange is read', () => {
  const lost = x12().replaceAll('~', '')
  const recording = record(bytesOf(`${lost}\n${x12({ number: '000000906' })}`))
  expect(codesOf(recording)).toContain('header.unreadable')
  expect(recording.interchanges.map(({ status }) => status)).toEqual(['rejected', 'accepted'])
})

test('service characters are read from UNA, from a damaged UNA, and from line ends', () => {
  const other = edifact({ una: 'UNA:+,? ~' }).replaceAll("'", '~').replace('?~', "'")
  expect(record(bytesOf(other)).segments.map(line)).toEqual(usualEdifact)
  const short = edifact({ una: "UNA:+.'" })
  const recording = record(bytesOf(short))
  expect(recording.segments).toHaveLength(10)
  expect(codesOf(recording)).toContain('delimiter.service_string_damaged')
  const byLine = edifact({ messages: [message({ body: ['BGM+23+STA5501+9'] })] }).replaceAll("'", '\n')
  expect(record(bytesOf(byLine)).segments.map(line)).toEqual(['UNH*M1*IFTSTA>D>96A>UN', 'BGM*23*STA5501*9', 'UNT*3*M1'])
})

test('the release character protects the terminator, itself, and nothing more', () => {
  const body = ["FTX+AAI+++A?'B", 'FTX+AAI+++C??', 'FTX+AAI+++D?:E:F']
  const recording = record(bytesOf(edifact({ messages: [message({ body })] })))
  expect(recording.segments.map(line).slice(1, 4)).toEqual(["FTX*AAI***A'B", 'FTX*AAI***C?', 'FTX*AAI***D:E>F'])
})

test('headers inside of data are data', () => {
  const body = ['L11*ISA*ZZ', 'K1*ISA IS HERE, UNB TOO', 'L11*GS*ST']
  const recording = record(bytesOf(x12({ groups: [group({ sets: [set({ body })] })] })))
  expect(codesOf(recording)).toEqual([])
  expect(recording.segments.map(line).slice(1, 4)).toEqual(body)
})

test('binary content may hold every delimiter, and its length is checked', () => {
  const image = `~IEA*1*000000905~\n*>${'~'.repeat(20)}`
  const good = record(
    bytesOf(x12({ groups: [group({ sets: [set({ body: ['LX*1', `BIN*${image.length}*${image}`] })] })] })),
  )
  expect(codesOf(good)).toEqual([])
  expect(good.binaryBytes).toBe(image.length)
  const short = x12({ groups: [group({ sets: [set({ body: [`BIN*4*ABCDEFG`] })] })] })
  expect(codesOf(record(bytesOf(short)))).toEqual(['binary.length_wrong'])
  const text = x12({ groups: [group({ sets: [set({ body: [`BIN*X*ABCDEFG`] })] })] })
  expect(codesOf(record(bytesOf(text)))).toEqual([])
  const endless = x12({ groups: [group({ sets: [set({ body: [`BIN*999999999999*ABCDEFG`] })] })] })
  expect(codesOf(record(bytesOf(endless)))).toEqual(['binary.length_wrong'])
})

test('a segment beyond the limit is cut, named, and costs nothing of what follows', () => {
  const body = [`K1*${'X'.repeat(70_000)}`, 'LX*1']
  const recording = record(bytesOf(x12({ groups: [group({ sets: [set({ body })] })] })))
  expect(codesOf(recording)).toEqual(['segment.too_long'])
  expect(recording.segments.map(({ tag }) => tag)).toEqual(['ST', 'K1', 'LX', 'SE'])
  expect(recording.segments[2]?.offset).toBe(x12().indexOf('B10*') + 70_004)
  const exact = [`K1*${'X'.repeat(64 * 1024 - 3)}`]
  expect(codesOf(record(bytesOf(x12({ groups: [group({ sets: [set({ body: exact })] })] }))))).toEqual([])
})

test('an interchange beyond its limit is given up, the next one is read', () => {
  const large = x12({
    groups: [group({ sets: Array.from({ length: 60 }, (_, at) => set({ number: `${1000 + at}` })) })],
  })
  const recording = record(bytesOf(large + x12({ number: '000000906' })), [], { interchangeBytesMax: 5_000 })
  expect(codesOf(recording)).toContain('interchange.too_large')
  expect(recording.interchanges.map(({ status }) => status)).toEqual(['rejected', 'accepted'])
})

test('what stands around interchanges is named with its bytes', () => {
  const recording = record(bytesOf(`From: somebody\n\n${x12()}\n--end--`))
  expect(recording.verdicts.map(({ code, start, end }) => ({ code, start, end }))).toEqual([
    { code: 'bytes.outside_interchange', start: 0, end: 16 },
    { code: 'bytes.outside_interchange', start: 17 + x12().length, end: 24 + x12().length },
  ])
  expect(codesOf(record(bytesOf('just a letter')))).toContain('header.missing')
  expect(codesOf(record(bytesOf('')))).toEqual(['header.missing'])
})

test('declared and real character sets are compared', () => {
  const body = ['FTX+AAI+++GÄNT']
  const latin = Buffer.from(edifact({ messages: [message({ body })] }), 'latin1')
  expect(line(record(latin).segments[1] ?? never())).toBe('FTX*AAI***GÄNT')
  expect(codesOf(record(latin))).toEqual([])
  const wide = record(bytesOf(edifact({ messages: [message({ body })] })))
  expect(codesOf(wide)).toEqual(['charset.looks_like_utf8'])
  const read = record(bytesOf(edifact({ messages: [message({ body })] })), [], { charset: 'utf-8' })
  expect(line(read.segments[1] ?? never())).toBe('FTX*AAI***GÄNT')
  const outside = Buffer.from(edifact({ syntax: 'UNOA:2', messages: [message({ body })] }), 'latin1')
  expect(codesOf(record(outside))).toEqual(['charset.outside_declared'])
  const plain = Buffer.from(x12({ groups: [group({ sets: [set({ body: ['K1*GÄNT'] })] })] }), 'latin1')
  expect(codesOf(record(plain))).toEqual(['charset.not_utf8'])
  expect(line(record(plain).segments[1] ?? never())).toBe('K1*GÄNT')
})

function never(): never {
  throw new Error('the segment is missing')
}
