import { describe, expect, test } from 'vitest'
import { edifactFile, readSets, x12File } from '../../../test/edi/sets.ts'
import type { Verdict } from '../verdict/verdict.ts'

/** What is wrong, as `code tag#number element`, and the bytes that it points at. */
function faults(bytes: Uint8Array): string[] {
  return readSets(bytes)
    .flatMap(({ report }) => report.verdicts)
    .map((verdict) => [said(verdict), pointed(bytes, verdict)].filter((part) => part !== '').join(' = '))
}

function said({ code, segmentTag = '', segmentNumber = 0, element = 0, component = 0 }: Verdict): string {
  const place = element === 0 ? '' : ` ${element}${component === 0 ? '' : `.${component}`}`
  return `${code} ${segmentTag}#${segmentNumber}${place}`
}

function pointed(bytes: Uint8Array, { start, end }: Verdict): string {
  return new TextDecoder().decode(bytes.subarray(start, end))
}

const tender = `
  ST*204*0001
  B2**HAUL**LOAD-77**PP
  B2A*00*LT
  L11*PO-4711*PO
  MS3*HAUL*B**M
  N1*SH*OAK MILLS*93*OAK1
  N3*1 MILL ROAD
  N4*AKRON*OH*44301*US
  S5*1*LD
  L11*88*BM
  G62*37*20260302*I*0800*LT
  N1*SF*OAK MILLS DOCK 4
  S5*2*UL
  G62*53*20260303*G*1400*LT
  N1*ST*ELM STORES
  OID*88*PO-4711**CT*20*L*1200
  L3*1200*G***125000`
const status = `
  ST*214*0001
  B10*PRO-1*LOAD-77*HAUL
  L11*88*BM
  LX*1
  AT7*X3*NS***20260302*0815*LT
  MS1*AKRON*OH*US
  MS2*HAUL*TR100
  L11*1*QN
  AT8*G*L*1200*20
  LX*2
  AT7***AA*NA*20260303*1400*LT`
const answer = `
  ST*990*0001
  B1*HAUL*LOAD-77*20260301*A
  N9*CN*PRO-1`
const accepted = `
  ST*997*0001
  AK1*QM*17
  AK2*214*0001
  AK3*AT7*5**8
  AK4*2*1651*7*ZZ
  AK5*E*5
  AK9*E*1*1*1`

describe('a motor carrier’s sets', () => {
  test.each([
    ['204', tender],
    ['214', status],
    ['990', answer],
    ['997', accepted],
  ])('a full %s has nothing wrong with it, in both versions', (_, lines) => {
    expect(faults(x12File('004010', lines))).toEqual([])
    expect(faults(x12File('005010', lines))).toEqual([])
  })

  test('a 999 names the element by its composite position', () => {
    expect(
      faults(
        x12File(
          '005010',
          `ST*999*0001
          AK1*QM*17*005010
          AK2*214*0001
          IK3*AT7*5*0205*8
          IK4*2*1651*I6*ZZ
          IK5*E*5
          AK9*E*1*1*1`,
        ),
      ),
    ).toEqual([])
  })

  test('999 does not exist in 004010: the set is not known, and is told so', () => {
    expect(faults(x12File('004010', accepted.replaceAll('997', '999')))[0]).toContain('set.unsupported')
  })
})

describe('one fault gives one verdict, at its place', () => {
  test.each([
    ['a mandatory segment is missing', status, 'B10*PRO-1*LOAD-77*HAUL', '', ['segment.missing B10#1']],
    ['a segment too often', tender, 'B2A*00*LT', 'B2A*00*LT\nB2A*00*LT', ['segment.repeated B2A#4 = B2A*00*LT']],
    ['no such segment', status, 'L11*88*BM', 'QQ*1', ['segment.unknown QQ#3 = QQ*1']],
    ['a segment of another set', status, 'L11*88*BM', 'S5*1*LD', ['segment.not_in_set S5#3 = S5*1*LD']],
    ['a segment too late', tender, 'S5*2*UL', 'B2A*00*LT\nS5*2*UL', ['segment.out_of_sequence B2A#13 = B2A*00*LT']],
    ['a segment before its loop', status, 'L11*88*BM', 'MS1*AKRON*OH', ['segment.unexpected MS1#3 = MS1*AKRON*OH']],
    ['a mandatory value is missing', status, 'LOAD-77*HAUL', 'LOAD-77', ['element.missing B10#2 3']],
    ['too long', status, '*OH*US', '*OHIO*US', ['element.too_long MS1#6 2 = OHIO']],
    ['too short', status, 'AKRON', 'A', ['element.too_short MS1#6 1 = A']],
    ['no date', status, '20260302', '20260230', ['element.bad_date AT7#5 5 = 20260230']],
    ['no time', status, '0815', '2460', ['element.bad_time AT7#5 6 = 2460']],
    ['a leap day of a century that has one', status, '20260302', '20000229', []],
    ['a leap day of a century that has none', status, '20260302', '19000229', ['element.bad_date AT7#5 5 = 19000229']],
    ['no second', status, '0815', '081560', ['element.bad_time AT7#5 6 = 081560']],
    ['a sign within a number', status, 'AT8*G*L*1200', 'AT8*G*L*12-0', ['element.bad_number AT8#9 3 = 12-0']],
    ['no number', status, 'AT8*G*L*1200', 'AT8*G*L*12O0', ['element.bad_number AT8#9 3 = 12O0']],
    ['one of a pair', status, 'X3*NS', 'X3*', ['element.condition_unmet AT7#5 2']],
    ['two that exclude each other', status, 'X3*NS***', 'X3*NS*AA*NA*', ['element.excluded AT7#5 3']],
    ['too many elements', answer, 'N9*CN*PRO-1', 'N9*CN*PRO-1*****CN>1*9', ['element.too_many N9#3 8 = 9']],
    ['an element that has no components', answer, 'PRO-1', 'PRO>1', ['component.too_many N9#3 2.2 = 1']],
    ['nothing but a tag', status, 'MS2*HAUL*TR100', 'MS2', ['segment.empty MS2#7 = MS2']],
    [
      'separators at the end',
      status,
      'MS1*AKRON*OH*US',
      'MS1*AKRON*OH*US**',
      ['element.trailing_separator MS1#6 5 = *'],
    ],
    ['blanks after a code', status, 'X3*NS', 'X3*NS  ', ['element.padded AT7#5 2 = NS  ']],
    ['blanks after a number', status, 'AT8*G*L*1200', 'AT8*G*L*1200 ', ['element.padded AT8#9 3 = 1200 ']],
    ['a value too long even without its blanks', answer, 'N9*CN', 'N9*CNCN ', ['element.too_long N9#3 1 = CNCN ']],
    ['a code that no list has', accepted, 'AK5*E*5', 'AK5*Q*5', ['code.unknown AK5#6 1 = Q']],
  ])('%s', (_, lines, from, to, expected) => {
    expect(lines).toContain(from)
    const broken = lines.replace(from.replace('\n', '\n  '), to.replace('\n', '\n  '))
    expect(
      faults(
        x12File(
          '004010',
          broken
            .split('\n')
            .filter((line) => line.trim() !== '')
            .join('\n'),
        ),
      ),
    ).toEqual(expected)
  })

  test('a loop too often', () => {
    const parties = Array.from({ length: 6 }, (_, index) => `N1*SH*PARTY ${index}`).join('\n')
    expect(faults(x12File('004010', tender.replace('N1*SH*OAK MILLS*93*OAK1', parties)))).toEqual([
      'loop.repeated N1#11 = N1*SH*PARTY 5',
    ])
  })

  test('one stray segment does not spoil the rest', () => {
    const strayed = status.replace('LX*1', 'LX*1\n  QQ*1')
    expect(faults(x12File('004010', strayed))).toEqual(['segment.unknown QQ#5 = QQ*1'])
  })
})

describe('levels and sums', () => {
  const notice = (levels: string): Uint8Array =>
    x12File('004010', `ST*856*0001\nBSN*00*SHIP-1*20260301*1200\n${levels}`)

  test('the levels of a ship notice may skip numbers and come in any order of kinds', () => {
    expect(faults(notice('HL*1**S*1\nHL*3*1*O*1\nHL*7*3*I*0\nCTT*3'))).toEqual([])
  })

  test.each([
    ['no such parent', 'HL*1**S\nHL*2*9*O', ['tree.parent_missing HL#4 2 = HL*2*9*O']],
    ['the parent comes later', 'HL*1**S\nHL*2*3*O\nHL*3*1*T', ['tree.forward HL#4 2 = HL*2*3*O']],
    [
      'the same number twice',
      'HL*1**S\nHL*1*1*O',
      ['tree.cycle HL#4 2 = HL*1*1*O', 'tree.duplicate HL#4 1 = HL*1*1*O'],
    ],
    ['its own parent', 'HL*1**S\nHL*2*2*O', ['tree.cycle HL#4 2 = HL*2*2*O']],
    ['no children where some are announced', 'HL*1**S*1', ['tree.child_flag_wrong HL#3 4 = HL*1**S*1']],
    ['another number of levels than said', 'HL*1**S\nCTT*2', ['total.wrong CTT#4 1 = CTT*2']],
  ])('%s', (_, levels, expected) => {
    expect(faults(notice(levels)).toSorted()).toEqual(expected.toSorted())
  })

  test('the quantities of an order are summed exactly', () => {
    const order = (total: string): Uint8Array =>
      x12File('004010', `ST*850*0001\nBEG*00*SA*4711**20260301\nPO1*1*0.1*EA\nPO1*2*0.2*EA\nCTT*2*${total}`)
    expect(faults(order('0.3'))).toEqual([])
    expect(faults(order('0.30000000000000004')).join()).toContain('total.wrong CTT#5 2')
  })

  test('a despatch advice keeps its own tree and counts its lines', () => {
    const advice = (lines: string): Uint8Array =>
      edifactFile(`UNH+1+DESADV:D:96A:UN\nBGM+351+DA-1+9\nDTM+137:20260301:102\n${lines}`)
    expect(faults(advice('CPS+1\nCPS+2+1\nPAC+1\nLIN+1++4006381333931:EN\nQTY+12:20\nCNT+2:1'))).toEqual([])
    expect(faults(advice('CPS+1\nCPS+2+4\nPAC+1\nLIN+1++4006381333931:EN\nQTY+12:20\nCNT+2:2')).toSorted()).toEqual([
      'total.wrong CNT#9 1 = CNT+2:2',
      'tree.parent_missing CPS#5 2 = CPS+2+4',
    ])
  })
})

describe('EDIFACT values', () => {
  const message = (quantity: string): Uint8Array =>
    edifactFile(`UNH+1+ORDERS:D:96A:UN\nBGM+220+PO-1+9\nDTM+137:20260301:102\nLIN+1\n${quantity}\nUNS+S`)

  test.each([
    ['QTY+21:12', []],
    ['QTY+21:-1.5', []],
    ['QTY+21:1,5', ['element.decimal_mark QTY#5 1.2 = 1,5']],
    ['QTY+21:.5', ['element.digit_missing QTY#5 1.2 = .5']],
    ['QTY+21:123456789012345', []],
    ['QTY+21:-12345678901234.5', []],
    ['QTY+21:1234567890123456', ['element.too_long QTY#5 1.2 = 1234567890123456']],
    ['QTY+21:12:PCE:9', ['component.too_many QTY#5 1.4 = 9']],
    ['QTY+:12', ['element.missing QTY#5 1.1']],
    ['QTY+21:twelve', ['element.bad_number QTY#5 1.2 = twelve']],
  ])('%s', (line, expected) => {
    expect(faults(message(line))).toEqual(expected)
  })

  test('released characters do not count towards the length', () => {
    const order = (text: string): string[] =>
      faults(edifactFile(`UNH+1+ORDERS:D:96A:UN\nBGM+220+${text}+9\nDTM+137:20260301:102\nUNS+S`))
    expect(order(`${'A'.repeat(33)}?+?+`)).toEqual([])
    expect(order(`${'A'.repeat(34)}?+?+`)).toHaveLength(1)
  })

  test('the transport status is 9011 in D.96A and 4405 in D.01B', () => {
    const statusIn = (version: string): string[] =>
      readSets(edifactFile(`UNH+1+IFTSTA:${version}:UN\nBGM+23+S-1+9\nCNI+1+C-1\nSTS+1\nDTM+334:20260301:102`)).flatMap(
        ({ report }) => report.verdicts.map(({ dataElement }) => dataElement ?? ''),
      )
    expect(statusIn('D:96A')).toEqual([])
    const wrong = (version: string): (string | undefined)[] =>
      readSets(edifactFile(`UNH+1+IFTSTA:${version}:UN\nBGM+23+S-1+9\nCNI+1+C-1\nSTS+1+TOOLONG`)).flatMap(
        ({ report }) => report.verdicts.map(({ dataElement }) => dataElement),
      )
    expect(['D:96A', 'D:00B', 'D:01B', 'D:07B'].map(wrong)).toEqual([['9011'], ['9011'], ['4405'], ['4405']])
  })
})

describe('situations', () => {
  const notice = (line: string): string[] =>
    faults(x12File('004010', `ST*856*0001\nBSN*00*SHIP-1*20260301*1200\nHL*1**P\n${line}`))
  const advice = (line: string): string[] => faults(edifactFile(`UNH+1+DESADV:D:96A:UN\nBGM+351+DA-1+9\n${line}`))

  test('check digits of packages, items and parties are looked at where a qualifier says what they are', () => {
    expect(notice('MAN*GM*106141412345678908')).toEqual([])
    // With the application identifier it is the same number.
    expect(notice('MAN*GM*00106141412345678908')).toEqual([])
    expect(notice('MAN*GM*106141412345678909')).toEqual(['check_digit.wrong MAN#4 2 = MAN*GM*106141412345678909'])
    const [short] = readSets(edifactFile('UNH+1+DESADV:D:96A:UN\nBGM+351+DA-1+9\nNAD+SU+614141000013::9'))
    expect(short?.report.verdicts.find(({ code }) => code === 'check_digit.wrong')?.value).toBe('614141000013')
    expect(notice('MAN*CP*106141412345678909')).toEqual([])
    expect(notice('LIN**SK*A*UP*614141000012')).toEqual(
      notice('LIN**UP*614141000012').map((fault) => fault.replace('3 = LIN**UP', '5 = LIN**SK*A*UP')),
    )
    expect(advice('NAD+SU+0614141000012::9')).toEqual([])
    expect(advice('NAD+SU+0614141000013::9')).toEqual(['check_digit.wrong NAD#3 2 = NAD+SU+0614141000013::9'])
    expect(advice('NAD+SU+0614141000013::92')).toEqual([])
    expect(advice('EQD+CN+CSQU3054383')).toEqual([])
    expect(advice('EQD+CN+CSQU3054384')).toEqual(['check_digit.wrong EQD#3 2 = EQD+CN+CSQU3054384'])
  })

  test('the window of a stop does not end before it begins, each stop for itself', () => {
    const window = (pickUp: string, delivery: string): string[] =>
      faults(
        x12File(
          '004010',
          tender.replace('G62*37*20260302*I*0800*LT', pickUp).replace('G62*53*20260303*G*1400*LT', delivery),
        ),
      )
    const latest = 'G62*37*20260302*I*0800*LT\n  G62*38*20260302*K*'
    expect(window(`${latest}1200*LT`, 'G62*54*20260301*L*1400*LT')).toEqual([])
    expect(window(`${latest}1200*LT`, 'G62*37*20260303*I*1400*LT')).toEqual([])
    expect(window(`${latest}0700*LT`, 'G62*54*20260303*L*1400*LT')).toEqual([
      'date.order G62#12 2 = G62*38*20260302*K*0700*LT',
    ])
  })

  test('what was shipped is not expected before it left; a day is not before a minute of it', () => {
    const dates = (expected: string): string[] => advice(`DTM+11:202603011200:203\nDTM+17:${expected}:102`)
    expect(dates('20260301')).toEqual([])
    // A year of two digits belongs to no century that could be compared.
    expect(advice('DTM+11:260301:101\nDTM+17:20260228:102')).toEqual([])
    expect(dates('20260228')).toEqual(['date.order DTM#4 1 = DTM+17:20260228:102'])
  })

  test.each([
    ['20261301:102', true],
    ['20260230:102', true],
    ['202602291200:203', true],
    ['20240229:102', false],
    ['202612:616', false],
    ['301326:2', false],
    ['13012026:4', false],
  ])('a day that is in no calendar is told with its place: DTM+11:%s: %s', (date, isTold) => {
    expect(advice(`DTM+11:${date}`)).toEqual(isTold ? [`element.bad_date DTM#3 1 = DTM+11:${date}`] : [])
  })

  test('stops come in their order', () => {
    const swapped = tender.replace('S5*1*LD', 'S5*3*LD')
    expect(faults(x12File('004010', swapped))).toEqual(['sequence.wrong S5#13 1 = S5*2*UL'])
  })

  test('the end of a bounded loop names its beginning', () => {
    const stock = (end: string): string[] =>
      faults(
        x12File(
          '004010',
          `ST*846*0001\nBIA*00*MM*I-1*20260301\nLIN**SK*A\nQTY*33*5*EA\nLS*LOT\nREF*LT*7\nLE*${end}\nCTT*1`,
        ),
      )
    expect(stock('LOT')).toEqual([])
    expect(stock('BIN')).toEqual(['loop.bound_mismatch LE#7 1 = LE*BIN'])
  })
})

describe('totals', () => {
  const invoice = (total: string, more = ''): string[] =>
    faults(
      x12File(
        '004010',
        `ST*810*0001\nBIG*20260312*INV-1\nIT1*1*12*EA*4.5*PE*SK*A\nIT1*2*2*CA*30**SK*B\nTDS*${total}${more}\nCTT*2`,
      ),
    )

  test('the total of an invoice is what its lines, charges and taxes come to', () => {
    expect(invoice('11400')).toEqual([])
    expect(invoice('11500')).toEqual(['total.wrong TDS#5 1 = TDS*11500'])
    expect(invoice('12150', '\nSAC*C*D240***750')).toEqual([])
    expect(invoice('10650', '\nSAC*A*C310***750')).toEqual([])
    expect(invoice('13350', '\nTXI*ST*12\nSAC*C*D240***750')).toEqual([])
    // A tax that the seller states and does not add is his habit, not an error.
    expect(invoice('11400', '\nTXI*ST*12')).toEqual([])
  })

  test('lines whose price is not for a piece are not judged', () => {
    const priced = (basis: string): string[] =>
      faults(x12File('004010', `ST*810*0001\nBIG*20260312*INV-1\nIT1*1*500*EA*4.5*${basis}*SK*A\nTDS*2250\nCTT*1`))
    expect(priced('HP')).toEqual([])
    expect(priced('PE')).toEqual(['total.wrong TDS#4 1 = TDS*2250'])
  })

  test('a payment is the sum of what it is for', () => {
    const payment = (amount: string): string[] =>
      faults(
        x12File(
          '004010',
          `ST*820*0001\nBPR*I*${amount}*C*ACH\nENT*1\nADX*-6*01\nRMR*IV*INV-1*PO*190\nRMR*IV*INV-2*PO*70.5`,
        ),
      )
    expect(payment('254.5')).toEqual([])
    expect(payment('260.5')).toEqual([])
    expect(payment('250')).toEqual(['total.wrong BPR#2 2 = BPR*I*250*C*ACH'])
  })

  test('a freight invoice says at its head what its charges come to', () => {
    const freight = (amount: string): string[] =>
      faults(
        x12File(
          '004010',
          `ST*210*0001\nB3**F-1*S-1*PP**20260315*${amount}****HAUL\nLX*1\nL1*1*45*PH*24300\nLX*2\nL1*2***2333`,
        ),
      )
    expect(freight('26633')).toEqual([])
    expect(freight('26632')).toEqual(['total.wrong B3#2 7 = B3**F-1*S-1*PP**20260315*26632****HAUL'])
  })

  test('the amounts of the lines of an INVOIC are its total of lines, where every line says its amount', () => {
    const lines = (total: string, second = 'MOA+203:10'): string[] =>
      faults(
        edifactFile(
          `UNH+1+INVOIC:D:96A:UN\nBGM+380+I-1+9\nDTM+137:20260301:102\nLIN+1\nMOA+203:54\nLIN+2\n${second}\nUNS+S\nMOA+79:${total}`,
        ),
      )
    expect(lines('64')).toEqual([])
    expect(lines('65')).toEqual(['total.wrong MOA#9 1 = MOA+79:65'])
    expect(lines('65', 'QTY+47:1')).toEqual([])
  })

  test('the containers of a report are counted', () => {
    const report = (count: string): string[] =>
      faults(edifactFile(`UNH+1+CODECO:D:95B:UN\nBGM+34+G-1+9\nNAD+CF+X\nEQD+CN+CSQU3054383\nCNT+16:${count}`))
    expect(report('1')).toEqual([])
    expect(report('2')).toEqual(['total.wrong CNT#5 1 = CNT+16:2'])
  })
})

test('an item of a payment may have charges with taxes, and the head of an order amounts', () => {
  const payment = 'ST*820*0001\nBPR*I*10*C*ACH\nENT*1\nRMR*IV*INV-1*PO*10\nIT1*1\nREF*PO*9\nSAC*C*D240***750\nTXI*ST*12'
  expect(faults(x12File('004010', payment))).toEqual([])
  const order = 'ST*850*0001\nBEG*00*SA*PO-1**20260301\nAMT*TT*10\nPO1*1*1*EA***SK*A\nCTT*1'
  expect(faults(x12File('005010', order))).toEqual([])
  expect(faults(x12File('004010', order))).toEqual([])
})
