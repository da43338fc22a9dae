import { expect, test } from 'vitest'
import { damaged, seeded } from '../../../test/edi/damage.ts'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { codesOf, record } from '../../../test/edi/recorder.ts'
import { type EnvelopeOptions, EnvelopeReader } from '../envelope/envelope-reader.ts'
import type { SetHeader } from '../envelope/events.ts'
import type { Finding, Report } from '../verdict/verdict.ts'
import { type Answer, AnswerCollector, conflictAnswer } from './collector.ts'
import { type AcknowledgementPolicy, defaultAcknowledgements } from './policy.ts'
import { groupsOfAnswer, writeAnswer } from './write.ts'

const numbers = { interchange: 77, group: 12, date: '20260115', time: '0700' }

function answersTo(
  bytes: Uint8Array,
  policy: Partial<AcknowledgementPolicy> = {},
  options: EnvelopeOptions = {},
): Answer[] {
  const answers: Answer[] = []
  const collector = new AnswerCollector(
    () => ({ ...defaultAcknowledgements, ...policy }),
    (answer) => answers.push(answer),
  )
  const reader = new EnvelopeReader(collector, options)
  reader.feed(bytes)
  reader.end()
  return answers
}

/** The answers as text, one segment a line, without the envelope's own header and trailer. */
function answered(
  text: string,
  policy: Partial<AcknowledgementPolicy> = {},
  findings: readonly Finding[] = [],
): string[] {
  const options = findings.length === 0 ? {} : { openSetCheck: finder(findings) }
  return answersTo(bytesOf(text), policy, options)
    .flatMap((answer) => textOf(answer).split(answer.received.header.syntax === 'x12' ? '~' : "'"))
    .filter((line) => line !== '' && !/^(ISA|IEA|UNB|UNZ)/.test(line))
}

function textOf(answer: Answer): string {
  return Buffer.from(writeAnswer(answer, numbers).bytes).toString('latin1')
}

/** A check of content that always finds the same. */
function finder(findings: readonly Finding[]): (header: SetHeader, report: Report) => { segment(): void; end(): void } {
  return (_, report) => ({
    segment: () => {},
    end: () => {
      for (const finding of findings) report(finding)
    },
  })
}

const at = { start: 0, end: 0 }
const us = { qualifier: 'ZZ', id: 'HARBORGOODSLTD', routing: '' }
const them = { qualifier: 'ZZ', id: 'MERIDIAN', routing: '' }

test('a good group is accepted in its own version, sender and receiver change places', () => {
  const [answer] = answersTo(bytesOf(x12({ groups: [group({ version: '004010VICS' })] })))
  expect(answer === undefined ? '' : textOf(answer)).toBe(
    [
      'ISA*00*          *00*          *ZZ*HARBORGOODSLTD *02*MERIDIANCARRIER*260115*0700*U*00401*000000077*0*P*>~',
      'GS*FA*HARBOR*MERIDIAN*20260115*0700*12*X*004010~ST*997*0001~AK1*QM*41~AK2*214*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~GE*1*12~IEA*1*000000077~',
    ].join(''),
  )
})

test('the answer is written with the delimiters and in the version of what it answers', () => {
  const [answer] = answersTo(
    bytesOf(
      x12({ version: '00501', element: '|', terminator: '\n', component: ':', groups: [group({ version: '005010' })] }),
    ),
  )
  const text = answer === undefined ? '' : textOf(answer)
  expect(text).toContain('|^|00501|000000077|0|P|:\n')
  expect(text).toContain('AK1|QM|41|005010\n')
})

test('counts, references and missing trailers have their codes in AK5 and AK9', () => {
  const wrong = [
    set({ segmentsDeclared: '3' }),
    set({ number: '0002', trailerNumber: '0009' }),
    set({ number: '0002' }),
  ]
  expect(answered(x12({ groups: [group({ sets: wrong, trailerNumber: '99', setsDeclared: '7' })] }))).toEqual([
    'GS*FA*HARBOR*MERIDIAN*20260115*0700*12*X*004010',
    'ST*997*0001',
    'AK1*QM*41',
    'AK2*214*0001',
    'AK5*R*4',
    'AK2*214*0002',
    'AK5*R*3',
    'AK2*214*0002',
    'AK5*R*23',
    'AK9*R*7*3*0*5*4',
    'SE*10*0001',
    'GE*1*12',
  ])
})

const segmentFindings: readonly Finding[] = [
  {
    ...at,
    code: 'element.too_long',
    segmentTag: 'L11',
    segmentNumber: 3,
    element: 1,
    component: 1,
    dataElement: '127',
    value: 'A*B~C>D',
  },
  {
    ...at,
    code: 'component.too_many',
    segmentTag: 'L11',
    segmentNumber: 3,
    element: 2,
    component: 4,
    repetition: 2,
    dataElement: '128',
  },
  { ...at, code: 'segment.missing', segmentTag: 'MS3', segmentNumber: 5, loopPath: '0100/LX' },
  { ...at, code: 'situation.missing', segmentTag: 'N1', segmentNumber: 6 },
  { ...at, code: 'check_digit.wrong', segmentTag: 'MAN', segmentNumber: 7, element: 2 },
]

test('segments and values are named by position, tag, code and a value without delimiters', () => {
  expect(answered(x12(), {}, segmentFindings).slice(4, -3)).toEqual([
    'AK3*L11*3**8',
    'AK4*1*127*5*ABCD',
    'AK4*2>4*128*3',
    'AK3*MS3*5*LX*3',
    'AK5*R*5',
  ])
  const severity = { codes: { 'situation.missing': 'reject', 'element.too_long': 'accept' } } as const
  const lines = (form: '997' | '999'): string[] => {
    const [answer] = answersTo(
      bytesOf(x12({ version: '00501', groups: [group({ version: '005010' })] })),
      { group: form },
      { severity, openSetCheck: finder(segmentFindings) },
    )
    return answer === undefined ? [] : textOf(answer).split('~').slice(4, -6)
  }
  expect(lines('999')).toEqual([
    'AK2*214*0001',
    'IK3*L11*3**8',
    'IK4*1*127*5*ABCD',
    'IK4*2>4>2*128*13',
    'IK3*MS3*5*LX*3',
    'IK3*N1*6**I6',
  ])
  expect(lines('997').at(-1)).toBe('AK3*N1*6**3')
})

test('a value that breaks two rules in the same way is told of once', () => {
  const fault = { ...at, code: 'element.condition_unmet', segmentTag: 'L11', segmentNumber: 3, element: 1 } as const
  const other = { ...fault, element: 2 }
  const notes = answered(x12(), {}, [fault, fault, other]).filter((line) => line.startsWith('AK4'))
  expect(notes).toEqual(['AK4*1**2', 'AK4*2**2'])
})

test('a set with errors that the agreement accepts is accepted with errors', () => {
  const accepted = answered(x12(), {}, [
    { ...at, code: 'code.unknown', segmentTag: 'AT7', segmentNumber: 5, element: 1, dataElement: '1650', value: 'ZZ' },
  ])
  expect(accepted).toContain('AK4*1*1650*7*ZZ')
  expect(accepted).toContain('AK5*E*5')
  expect(accepted).toContain('AK9*E*1*1*1')
})

test('a TA1 answers the envelope when it is asked for, always, on error, or never', () => {
  const good = x12({ asks: '1' })
  expect(answered(good, { group: 'none' })).toEqual(['TA1*000000905*260114*0931*A*000'])
  expect(answered(x12(), { group: 'none' })).toEqual([])
  expect(answered(x12(), { group: 'none', ta1: 'always' })).toHaveLength(1)
  expect(answered(good, { group: 'none', ta1: 'never' })).toEqual([])
  expect(answered(good, { group: 'none', ta1: 'on_error' })).toEqual([])
  const withErrors = x12({ usage: 'Q' })
  expect(answered(withErrors, { group: 'none', ta1: 'on_error' })).toEqual(['TA1*000000905*260114*0931*E*020'])
})

test('of a rejected envelope that asks for no TA1 nothing is called accepted', () => {
  const broken = x12({
    trailerNumber: '000000906',
    groups: [group(), group({ number: '42', sets: [set({ segmentsDeclared: '3' })] })],
  })
  expect(answered(broken).filter((line) => /^(AK1|AK9)/.test(line))).toEqual(['AK1*QM*42', 'AK9*R*1*1*0'])
})

test('a number that was used for other content is rejected in the form of its syntax, unless the partner gets no such answer', () => {
  const answerOf = (text: string, policy: Partial<AcknowledgementPolicy>): string | undefined => {
    const [report] = record(bytesOf(text)).interchanges
    const answer = report && conflictAnswer(report, { ...defaultAcknowledgements, ...policy })
    return answer && textOf(answer)
  }
  expect(answerOf(x12(), {})).toContain('TA1*000000905*260114*0931*R*025')
  expect(answerOf(x12(), { ta1: 'never' })).toBeUndefined()
  expect(answerOf(edifact(), {})).toContain('UCI+REF77001+5400000000010:14+5400000000027:14+4+26')
  expect(answerOf(edifact(), { contrl: 'none' })).toBeUndefined()
})

test('a group of a version that knows no 999 is answered with one of the first version that does', () => {
  const lines = answered(x12({ groups: [group({ version: '004010' })] }), { group: '999' })
  expect(lines.find((line) => line.startsWith('GS'))).toMatch(/\*X\*005010$/)
  expect(lines.find((line) => line.startsWith('ST'))).toBe('ST*999*0001*005010X231A1')
})

const envelopeFaults = [
  { fault: 'IEA02 differs', text: x12({ asks: '1', trailerNumber: '000000906' }), status: 'R', note: '001' },
  { fault: 'IEA01 wrong', text: x12({ asks: '1', groupsDeclared: '9' }), status: 'R', note: '021' },
  { fault: 'IEA lost', text: x12({ asks: '1' }).replace(/IEA.*$/, ''), status: 'R', note: '023' },
  { fault: 'ISA13 wrong', text: x12({ asks: '1', number: '00000X905' }), status: 'R', note: '018' },
  { fault: 'ISA15 wrong', text: x12({ asks: '1', usage: 'Q' }), status: 'E', note: '020' },
  { fault: 'padding lost', text: x12({ asks: '1' }).replace('MERIDIANCARRIER', 'MERIDIAN'), status: 'E', note: '024' },
]
for (const { fault, text, status, note } of envelopeFaults)
  test(`${fault}: TA104 ${status}, TA105 ${note}`, () => {
    const [line] = answered(text)
    expect(line?.split('*').slice(4)).toEqual([status, note])
  })

test('a reason for which no TA105 exists is still no acceptance', () => {
  const header: Finding = { ...at, code: 'element.missing', segmentTag: 'ISA', segmentNumber: 0 }
  const [answer] = answersTo(bytesOf(x12({ asks: '1' })), { group: 'none' }, { judgeInterchange: () => [header] })
  expect(answer && textOf(answer)).toContain('TA1*000000905*260114*0931*R*024~')
})

test('only sets that are not accepted are named where the agreement wants no more', () => {
  const sets = [set(), set({ number: '0002', segmentsDeclared: '3' })]
  const lines = answered(x12({ groups: [group({ sets })] }), { sets: 'with_errors' })
  expect(lines.filter((line) => line.startsWith('AK2'))).toEqual(['AK2*214*0002'])
  expect(lines).toContain('AK9*P*2*2*1')
})

test('groups of other partners in one envelope are answered apart, each with its own two sides', () => {
  const other = group({ number: '42' }).replace('MERIDIAN*HARBOR', 'MERIDIAN*QUAY')
  const lines = answered(x12({ groups: [group(), other] })).filter((line) => line.startsWith('GS'))
  expect(lines.map((line) => line.split('*').slice(2, 4))).toEqual([
    ['HARBOR', 'MERIDIAN'],
    ['QUAY', 'MERIDIAN'],
  ])
})

test('a duplicate is answered with TA105 025', () => {
  const lines = answered(x12({ asks: '1' }) + x12({ asks: '1' }), { group: 'none' })
  expect(lines.map((line) => line.split('*').slice(4).join(' '))).toEqual(['A 000', 'R 025'])
})

test('groups of two versions are answered in two groups, each in its own', () => {
  const text = x12({ groups: [group(), group({ number: '42', version: '005010' }), group({ number: '43' })] })
  const [answer] = answersTo(bytesOf(text))
  expect(answer === undefined ? 0 : groupsOfAnswer(answer)).toBe(2)
  const written = answer === undefined ? '' : textOf(answer)
  expect(written.split('~').filter((line) => line.startsWith('AK1'))).toEqual([
    'AK1*QM*41',
    'AK1*QM*43',
    'AK1*QM*42*005010',
  ])
  expect(codesOf(record(bytesOf(written)))).toEqual([])
})

test('a good EDIFACT interchange is acknowledged as a whole, a receipt says no more than that it came', () => {
  expect(answered(edifact())).toEqual([
    'UNH+1+CONTRL:D:3:UN',
    'UCI+REF77001+5400000000010:14+5400000000027:14+7',
    'UNT+3+1',
  ])
  expect(answered(edifact(), { contrl: 'receipt' })[1]).toMatch(/\+8$/)
  expect(answered(edifact({ syntax: 'UNOC:4' }))[0]).toBe('UNH+1+CONTRL:4:1:UN')
  expect(answered(edifact(), { contrl: 'on_request' })).toEqual([])
  expect(answered(edifact({ asks: '1' }), { contrl: 'on_request' })).toHaveLength(3)
})

test('messages, segments and values have their positions: UNH is segment 1, the tag is element 1', () => {
  const findings: readonly Finding[] = [
    { ...at, code: 'element.too_long', segmentTag: 'BGM', segmentNumber: 2, element: 2, component: 1 },
    { ...at, code: 'element.missing', segmentTag: 'DTM', segmentNumber: 3, element: 1, component: 2 },
    { ...at, code: 'segment.missing', segmentTag: 'NAD', segmentNumber: 3 },
    { ...at, code: 'element.excluded', segmentTag: 'LOC', segmentNumber: 8, element: 2, component: 1, repetition: 3 },
  ]
  expect(answered(edifact(), {}, findings).slice(2, -1)).toEqual([
    'UCM+M1+IFTSTA:D:96A:UN+4',
    'UCS+2',
    'UCD+39+3',
    'UCS+3',
    'UCD+13+2:2',
    'UCS+3+13',
    'UCS+8',
    'UCD+13+3',
  ])
  expect(answered(edifact({ syntax: 'UNOC:4' }), {}, findings).at(-2)).toBe('UCD+48+3:1:3')
})

const edifactFaults = [
  {
    fault: 'UNZ count',
    text: edifact({ declared: '5' }),
    line: 'UCI+REF77001+5400000000010:14+5400000000027:14+4+29+UNZ',
  },
  {
    fault: 'UNZ reference',
    text: edifact({ trailerNumber: 'X' }),
    line: 'UCI+REF77001+5400000000010:14+5400000000027:14+4+28+UNZ',
  },
  {
    fault: 'UNT count',
    text: edifact({ messages: [message({ segmentsDeclared: '5' })] }),
    line: 'UCM+M1+IFTSTA:D:96A:UN+4+29+UNT+2',
  },
  {
    fault: 'UNT reference',
    text: edifact({ messages: [message({ trailerNumber: 'M8' })] }),
    line: 'UCM+M1+IFTSTA:D:96A:UN+4+28+UNT+3',
  },
  {
    fault: 'duplicate message',
    text: edifact({ messages: [message(), message()] }),
    line: 'UCM+M1+IFTSTA:D:96A:UN+4+26+UNH',
  },
]
for (const { fault, text, line } of edifactFaults)
  test(`${fault}: ${line}`, () => {
    expect(answered(text)).toContain(line)
  })

test('a rejected group says so once, and nothing of the messages in it', () => {
  const around = (reference: string): string =>
    edifact({
      declared: '1',
      messages: [
        "UNG+IFTSTA+MERIDIAN+HARBOR+260114:0931+7+UN+D:96A'",
        message({ segmentsDeclared: '5' }),
        `UNE+1+${reference}'`,
      ],
    })
  const named = (text: string): string[] => answered(text).filter((line) => /^(UCF|UCM)/.test(line))
  expect(named(around('7')).map((line) => line.slice(0, 3))).toEqual(['UCF', 'UCM'])
  expect(named(around('8'))).toEqual([expect.stringMatching(/^UCF\+7\+MERIDIAN\+HARBOR\+4\+28\+UNE/)])
})

test('what rejects an interchange is told before what only disturbs', () => {
  const both = edifact({ trailerNumber: 'X' }).replace('260114:0931', '261314:0931')
  expect(answered(both)[1]).toBe('UCI+REF77001+5400000000010:14+5400000000027:14+4+28+UNZ')
})

test('an acknowledgement is never acknowledged', () => {
  const body = ['AK1*SM*7', 'AK9*A*1*1*1']
  const functional = x12({ asks: '1', groups: [group({ identifier: 'FA', sets: [set({ identifier: '997', body })] })] })
  const policy = { ta1: 'always', contrl: 'full' } as const
  expect(answersTo(bytesOf(functional), policy)).toEqual([])
  expect(
    answersTo(bytesOf(x12({ asks: '1', groups: [], before: ['TA1*000000031*260114*0800*A*000'] })), policy),
  ).toEqual([])
  const control = edifact({ asks: '1', messages: [message({ type: 'CONTRL:D:3:UN', body: ['UCI+1+A+B+8'] })] })
  expect(answersTo(bytesOf(control), policy)).toEqual([])
})

test('whatever is broken in an interchange, its answer is itself without fault, and its counts add up', () => {
  const random = seeded(4711)
  const originals = [
    x12({ asks: '1', groups: [group({ sets: [set(), set({ number: '0002' })] }), group({ number: '42' })] }),
    x12({ version: '00501', groups: [group({ version: '005010' })] }),
    edifact({ asks: '1', messages: [message(), message({ number: 'M2' })] }),
    edifact({ syntax: 'UNOC:4' }),
  ].map(bytesOf)
  let written = 0
  for (let turn = 0; turn < 400; turn++) {
    const broken = damaged(originals[turn % originals.length] ?? new Uint8Array(0), random)
    for (const answer of answersTo(broken, { ta1: 'always', group: turn % 2 === 0 ? '997' : '999' })) {
      const { bytes } = writeAnswer(answer, { ...numbers, sender: us, receiver: them })
      const recording = record(bytes)
      expect(
        recording.verdicts.filter(({ severity }) => severity === 'reject'),
        Buffer.from(bytes).toString(),
      ).toEqual([])
      expect(recording.interchanges.map(({ isAcknowledgement }) => isAcknowledgement)).toEqual([true])
      expect(answersTo(bytes, { ta1: 'always' })).toEqual([])
      for (const { tag, elements } of recording.segments.filter((one) => one.tag === 'AK9')) {
        const [, , had, accepted] = elements.map((element) => Number(element[0]?.[0]))
        expect(tag === 'AK9' && (accepted ?? 0) <= (had ?? 0)).toBe(true)
      }
      written++
    }
  }
  expect(written).toBeGreaterThan(300)
})
