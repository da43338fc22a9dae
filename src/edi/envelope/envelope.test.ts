import { expect, test } from 'vitest'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { codesOf, record } from '../../../test/edi/recorder.ts'

interface Row {
  readonly fault: string
  readonly text: string
  readonly codes: readonly string[]
}

const twoSets = [set({ number: '0001' }), set({ number: '0002' })]

const rows: readonly Row[] = [
  { fault: 'IEA02 differs', text: x12({ trailerNumber: '000000906' }), codes: ['interchange.number_mismatch'] },
  { fault: 'IEA01 wrong', text: x12({ groupsDeclared: '2' }), codes: ['interchange.count_wrong'] },
  { fault: 'IEA01 with zeros', text: x12({ groupsDeclared: '00001' }), codes: [] },
  { fault: 'ISA13 no number', text: x12({ number: 'A00000905' }), codes: ['interchange.number_bad'] },
  { fault: 'IEA lost', text: x12().replace(/IEA.*$/, ''), codes: ['interchange.trailer_missing'] },
  {
    fault: 'file cut in a segment',
    text: x12().slice(0, x12().indexOf('MS2*MRDN') + 6),
    codes: ['segment.unterminated', 'set.trailer_missing', 'group.trailer_missing', 'interchange.trailer_missing'],
  },
  { fault: 'GE02 differs', text: x12({ groups: [group({ trailerNumber: '42' })] }), codes: ['group.number_mismatch'] },
  { fault: 'GE02 with zeros', text: x12({ groups: [group({ trailerNumber: '0041' })] }), codes: [] },
  { fault: 'GE01 wrong', text: x12({ groups: [group({ setsDeclared: '3' })] }), codes: ['group.count_wrong'] },
  { fault: 'GE lost', text: x12().replace(/GE\*1\*41~/, ''), codes: ['group.trailer_missing'] },
  { fault: 'GS06 no number', text: x12({ groups: [group({ number: 'X1' })] }), codes: ['group.number_bad'] },
  { fault: 'GS06 used twice', text: x12({ groups: [group(), group()] }), codes: ['group.number_repeated'] },
  { fault: 'group empty', text: x12({ groups: [group({ sets: [] })] }), codes: ['group.empty'] },
  { fault: 'no group', text: x12({ groups: [] }), codes: ['interchange.empty'] },
  { fault: 'TA1 only', text: x12({ groups: [], before: ['TA1*000000031*260114*0800*A*000'] }), codes: [] },
  { fault: 'TA1 before a group', text: x12({ before: ['TA1*000000031*260114*0800*A*000'] }), codes: [] },
  { fault: 'SE01 wrong', text: withSets(set({ segmentsDeclared: '7' })), codes: ['set.count_wrong'] },
  { fault: 'SE01 zero', text: withSets(set({ segmentsDeclared: '0' })), codes: ['set.count_wrong'] },
  { fault: 'SE01 no number', text: withSets(set({ segmentsDeclared: 'NINE' })), codes: ['set.count_wrong'] },
  { fault: 'SE02 differs', text: withSets(set({ trailerNumber: '0009' })), codes: ['set.number_mismatch'] },
  { fault: 'SE02 without zeros', text: withSets(set({ trailerNumber: '1' })), codes: ['set.number_mismatch'] },
  { fault: 'SE lost', text: withSets(...twoSets).replace('SE*9*0001~', ''), codes: ['set.trailer_missing'] },
  { fault: 'ST02 used twice', text: withSets(set(), set()), codes: ['set.number_repeated'] },
  { fault: 'ST02 empty', text: withSets(set({ number: '' })), codes: ['set.number_bad'] },
  { fault: 'ST01 no set', text: withSets(set({ identifier: '2 4' })), codes: ['set.identifier_bad'] },
  {
    fault: 'ST lost',
    text: x12().replace('ST*214*0001~', ''),
    codes: ['segment.outside_set', 'interchange.structure_broken', 'group.count_wrong'],
  },
  { fault: 'set of another group', text: x12({ groups: [group({ identifier: 'SW' })] }), codes: ['set.foreign'] },
  {
    fault: 'GS lost',
    text: x12().replace(/GS\*[^~]*~/, ''),
    codes: ['interchange.structure_broken', 'interchange.structure_broken', 'interchange.count_wrong'],
  },
  { fault: 'interchange twice', text: x12() + x12(), codes: ['interchange.duplicate'] },
  { fault: 'ISA14 wrong', text: x12({ asks: '7' }), codes: ['interchange.acknowledgement_flag_bad'] },
  { fault: 'ISA15 wrong', text: x12({ usage: 'Q' }), codes: ['interchange.usage_bad'] },
  { fault: 'ISA09 no date', text: x12().replace('*260114*0931*U', '*261314*0931*U'), codes: ['interchange.date_bad'] },
  { fault: 'ISA10 no time', text: x12().replace('*260114*0931*U', '*260114*2561*U'), codes: ['interchange.time_bad'] },
  { fault: 'UNZ 0020 differs', text: edifact({ trailerNumber: 'REF77002' }), codes: ['interchange.number_mismatch'] },
  { fault: 'UNZ 0036 wrong', text: edifact({ declared: '2' }), codes: ['interchange.count_wrong'] },
  { fault: 'UNZ lost', text: edifact().replace(/UNZ.*$/, ''), codes: ['interchange.trailer_missing'] },
  { fault: 'UNT lost', text: edifact().replace("UNT+10+M1'", ''), codes: ['set.trailer_missing'] },
  { fault: 'UNT 0074 wrong', text: withMessages(message({ segmentsDeclared: '11' })), codes: ['set.count_wrong'] },
  { fault: 'UNT 0062 differs', text: withMessages(message({ trailerNumber: 'M2' })), codes: ['set.number_mismatch'] },
  { fault: 'UNH 0062 used twice', text: withMessages(message(), message()), codes: ['set.number_repeated'] },
  { fault: 'no UNB', text: message(), codes: ['interchange.header_missing'] },
  { fault: 'syntax version unknown', text: edifact({ syntax: 'UNOC:9' }), codes: ['interchange.version_bad'] },
  { fault: 'character set unknown', text: edifact({ syntax: 'ABCD:3' }), codes: ['charset.unknown'] },
  { fault: 'UNZ counts groups', text: withMessages(inGroup(message())), codes: [] },
  { fault: 'UNE 0060 wrong', text: withMessages(inGroup(message(), '2')), codes: ['group.count_wrong'] },
  {
    fault: 'messages beside groups',
    text: edifact({ messages: [message(), inGroup(message())], declared: '1' }),
    codes: ['interchange.mixed'],
  },
]

function withSets(...sets: readonly string[]): string {
  return x12({ groups: [group({ sets })] })
}

function withMessages(...messages: readonly string[]): string {
  return edifact({ messages })
}

function inGroup(inside: string, declared = '1'): string {
  return `UNG+IFTSTA+5400000000010+5400000000027+260114:0931+G1+UN+D:96A'${inside}UNE+${declared}+G1'`
}

for (const { fault, text, codes } of rows)
  test(`${fault}: ${codes.length === 0 ? 'nothing is wrong' : codes.join(', ')}`, () => {
    expect(codesOf(record(bytesOf(text)))).toEqual(codes)
  })

test('a verdict names its place and its bytes', () => {
  const text = withSets(set({ number: '0001' }), set({ number: '0002', trailerNumber: '0009' }))
  const [verdict] = record(bytesOf(text)).verdicts
  expect(verdict).toMatchObject({
    code: 'set.number_mismatch',
    level: 1,
    severity: 'reject',
    interchange: 0,
    group: 0,
    set: 1,
    segmentTag: 'SE',
    segmentNumber: 9,
    element: 2,
  })
  expect(text.slice(verdict?.start, verdict?.end)).toBe('SE*9*0009')
})

test('one rejected set makes its group partly accepted, all rejected sets reject it', () => {
  const wrong = set({ number: '0002', segmentsDeclared: '3' })
  const partly = record(bytesOf(withSets(set(), wrong))).groups[0]
  expect(partly).toMatchObject({ status: 'partly_accepted', sets: 2, setsAccepted: 1, setsDeclared: '2' })
  expect(record(bytesOf(withSets(wrong))).groups[0]).toMatchObject({ status: 'rejected', setsAccepted: 0 })
})

test('the agreement decides how bad a finding is', () => {
  const text = bytesOf(withSets(set({ segmentsDeclared: '3' })))
  const status = (severity: 'accept' | 'warn' | 'ignore' | 'reject'): unknown =>
    record(text, [], { severity: { codes: { 'set.count_wrong': severity } } }).sets.map((one) => one.status)
  expect(status('reject')).toEqual(['rejected'])
  expect(status('accept')).toEqual(['accepted_with_errors'])
  expect(status('warn')).toEqual(['accepted'])
  expect(record(text, [], { severity: { levels: { 1: 'ignore' } } }).verdicts).toEqual([])
})

test('several interchanges of both syntaxes in one file keep their own counts', () => {
  const text = `${x12()}\r\n${edifact()}\n${x12({ number: '000000906', element: '|', terminator: '\n' })}`
  const recording = record(bytesOf(text))
  expect(codesOf(recording)).toEqual([])
  expect(recording.interchanges.map(({ header, sets }) => [header.syntax, header.index, sets])).toEqual([
    ['x12', 0, 1],
    ['edifact', 1, 1],
    ['x12', 2, 1],
  ])
})

test('what only acknowledges says so, so that nobody answers it', () => {
  const acknowledgement = set({ identifier: '997', body: ['AK1*SM*7', 'AK9*A*1*1*1'] })
  const only = x12({ groups: [group({ identifier: 'FA', sets: [acknowledgement] })] })
  const isAcknowledgement = (text: string): unknown => record(bytesOf(text)).interchanges[0]?.isAcknowledgement
  expect(isAcknowledgement(only)).toBe(true)
  expect(isAcknowledgement(x12({ groups: [], before: ['TA1*000000031*260114*0800*A*000'] }))).toBe(true)
  expect(isAcknowledgement(withMessages(message({ type: 'CONTRL:D:3:UN', body: ['UCI+1+A+B+8'] })))).toBe(true)
  expect(isAcknowledgement(x12())).toBe(false)
  expect(isAcknowledgement(x12({ groups: [] }))).toBe(false)
})

test('nothing of a rejected interchange counts as accepted', () => {
  const [rejected] = record(bytesOf(x12({ trailerNumber: '000000906' }))).interchanges
  expect(rejected).toMatchObject({ status: 'rejected', sets: 1, setsAccepted: 0 })
})

test('the same number is no duplicate where it goes to another department, or one of them is a test', () => {
  const toAnother = edifact().replace('5400000000027:14', '5400000000027:14:DEPT2')
  expect(codesOf(record(bytesOf(edifact() + toAnother)))).toEqual([])
  expect(codesOf(record(bytesOf(x12() + x12({ usage: 'T' }))))).toEqual([])
})

test('a set beyond the limit of verdicts is counted on, not kept', () => {
  const body = Array.from({ length: 40 }, () => 'GE*1*1')
  const recording = record(bytesOf(withSets(set({ body }))), [], { verdictsPerSetMax: 5 })
  expect(recording.interchanges[0]?.verdicts.length).toBe(6)
  expect(recording.interchanges[0]?.verdicts.at(-1)?.code).toBe('verdicts.too_many')
})
