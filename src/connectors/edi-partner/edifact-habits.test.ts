import { describe, expect, test } from 'vitest'
import { edifactFile } from '../../../test/edi/sets.ts'
import type { Assertion } from '../../model/fact.ts'
import type { TrackingReport } from '../../model/report.ts'
import type { Translation } from '../kit/connector.ts'
import { exampleSettings } from '../kit/golden.ts'
import type { Agreement } from './policy.ts'
import { agreement } from './settings.ts'
import { translate } from './translate.ts'

function read(segments: string, settings: Partial<Agreement> = {}): Translation {
  const document = { bytes: edifactFile(segments), contentType: 'application/edifact', headers: {}, content: undefined }
  const known = { ...(exampleSettings(agreement) as Agreement), ...settings }
  return translate(document, { settings: known, connection: 'depot', receivedAt: 0, messageId: 'm' })
}

function said(segments: string, settings: Partial<Agreement> = {}): readonly Assertion[] {
  const result = read(segments, settings)
  return 'assertions' in result ? result.assertions : []
}

function dataOf(segments: string, settings: Partial<Agreement> = {}): unknown {
  return said(segments, settings)[0]?.data
}

const status = (directory: string, ...segments: readonly string[]): string =>
  [`UNH+1+IFTSTA:D:${directory}:UN`, 'BGM+23+ST-1+9', 'CNI+1+80004711', ...segments].join('\n')

function eventOf(segments: string, settings: Partial<Agreement> = {}): TrackingReport['events'][number] | undefined {
  return (dataOf(segments, settings) as TrackingReport | undefined)?.events[0]
}

describe('the code of a status is from the list that its directory and its agency say', () => {
  test.each([
    ['95B', 'STS+1+21', 'delivered'],
    ['97B', 'STS+1+21::9', 'delivered'],
    ['99B', 'STS+1+21', 'delivered'],
    ['99B', 'STS+1+21::6', 'delivered'],
    ['99B', 'STS+1+21::86', 'unknown'],
    ['96A', 'STS+1+21:ZZZ:87', 'unknown'],
    ['96A', 'STS+1+21::91', 'unknown'],
    ['01A', 'STS+1+21', 'unknown'],
    ['10B', 'STS+1+21', 'unknown'],
  ])('D.%s %s is %s', (directory, segment, code) => {
    expect(eventOf(status(directory, segment, 'DTM+334:202603020600:203'))?.code).toBe(code)
  })

  test('a list that was agreed on counts where the directory says nothing, and no better than inferred', () => {
    for (const segments of [
      status('10B', 'STS+1+21', 'DTM+334:20260302:102'),
      status('96A', 'STS+1+21::87', 'DTM+334:20260302:102'),
    ])
      expect(eventOf(segments, { statusList: 'recommendation-24' })).toMatchObject({
        code: 'delivered',
        confidence: 'inferred',
      })
  })

  test('where the directory only names another list (4405, D.98A to D.00B), it is inferred', () => {
    const confidence = (directory: string) => eventOf(status(directory, 'STS+1+21', 'DTM+334:20260302:102'))?.confidence
    expect(['96A', '97B', '98B', '00B'].map(confidence)).toEqual(['exact', 'exact', 'inferred', 'inferred'])
  })

  test('an unknown code of the sender’s own list is counted apart from those of the directory', () => {
    expect(read(status('96A', 'STS+1+21:ZZZ:87', 'DTM+334:20260302:102'))).toMatchObject({
      unknownCodes: [{ table: 'edifact-9011-own', code: '21' }],
    })
  })
})

describe('the place of a status', () => {
  const way = ['TDT+20+024E+1', 'LOC+9+SGSIN:139:6:SINGAPORE', 'LOC+11+DEHAM:139:6:HAMBURG']
  const at = (code: string, ...segments: readonly string[]) =>
    eventOf(status('96A', `STS+1+${code}`, 'DTM+334:202603020600:203', ...segments))?.place

  test('is the end of the way that the event belongs to, where both ends are told', () => {
    expect(at('1', ...way)).toEqual({ name: 'HAMBURG', unlocode: 'DEHAM', country: 'DE' })
    expect(at('24', ...way)).toEqual({ name: 'SINGAPORE', unlocode: 'SGSIN', country: 'SG' })
  })

  test('is where it happened, before any end of the way', () => {
    expect(at('31', 'LOC+175+FRLEH:139:6', ...way)).toEqual({ unlocode: 'FRLEH', country: 'FR' })
  })

  test('is not told where nobody knows which of several is meant', () => {
    expect(at('31', ...way)).toBeUndefined()
  })

  test('is not the destination of the consignment', () => {
    const segments =
      'UNH+1+IFTSTA:D:96A:UN\nBGM+23+ST-1+9\nCNI+1+80004711\nLOC+8+USNYC:139:6\nSTS+1+13\nDTM+334:20260302:102'
    expect(eventOf(segments)).not.toHaveProperty('place')
  })

  test.each([
    ['LOC+175+HAMBU:TER:ZZZ', { name: 'HAMBU' }],
    ['LOC+175+HAMBU::92', { name: 'HAMBU' }],
    ['LOC+14+:::ULM+DE:162', { name: 'ULM', country: 'DE' }],
    ['LOC+14+:::ULM+:::DE', { name: 'ULM', country: 'DE' }],
    ['LOC+165+DEHAM:139:6+CTB:TER:ZZZ', { name: 'CTB', unlocode: 'DEHAM', country: 'DE' }],
  ])('%s is %j', (segment, place) => {
    expect(at('31', segment)).toEqual(place)
  })
})

describe('a status of a parcel', () => {
  const parcel = `
    UNH+1+IFTSTA:D:99B:UN
    BGM+23+ST-1+O4
    RFF+CW:1Z999AA10123456784
    CNI+1
    STS+1+56
    DTM+78:260302174530:202
    FTX+AVA+++NOBODY AT HOME`

  test('is known by the number of its package, and happened when it says, in its words', () => {
    const [told] = said(parcel)
    expect(told?.about.references).toEqual([{ scheme: 'tracking_number', value: '1Z999AA10123456784' }])
    expect(told?.data).toMatchObject({
      events: [
        {
          code: 'delivery_attempted',
          occurredAt: { at: '2026-03-02T17:45:30.000Z', precision: 'second' },
          raw: { text: 'NOBODY AT HOME' },
        },
      ],
    })
  })

  test('that is expected (79) has not happened', () => {
    expect(eventOf(parcel.replace('DTM+78', 'DTM+79'))?.classifier).toBe('estimated')
  })
})

describe('a status whose code stands where its list and agency belong', () => {
  const day = 'DTM+78:20260302:102'

  test('is unknown without a list, keeps its words, and the other statuses count', () => {
    const result = read(status('07B', 'STS+1:D2:21', day, 'FTX+AVA+++LEFT AT THE DOOR', 'STS+1:E1', day))
    expect(result).toMatchObject({
      assertions: [
        {
          data: {
            events: [
              { code: 'unknown', raw: { code: '21', subcode: 'D2', text: 'LEFT AT THE DOOR' } },
              { code: 'unknown', raw: { code: 'E1' } },
            ],
          },
        },
      ],
      unknownCodes: [
        { table: 'edifact-4405', code: '21' },
        { table: 'edifact-4405', code: 'E1' },
      ],
    })
  })

  test('is inferred at best, where a list was agreed on or the directory has one', () => {
    for (const [directory, settings] of [
      ['07B', { statusList: 'recommendation-24' }],
      ['96A', {}],
    ] as const)
      expect(eventOf(status(directory, 'STS+1:D2:21', day), settings)).toMatchObject({
        code: 'delivered',
        confidence: 'inferred',
      })
  })

  test('is not read where the code stands in its place too', () => {
    expect(eventOf(status('96A', 'STS+1:D2:21+1', day))).toMatchObject({ raw: { code: '1' } })
  })
})

describe('a supplier answers an order', () => {
  const answer = (bgm: string, ...lines: readonly string[]): unknown =>
    (
      dataOf(['UNH+1+ORDRSP:D:96A:UN', bgm, 'DTM+137:20260302:102', 'RFF+ON:PO-9', ...lines, 'UNS+S'].join('\n')) as {
        parts: { answers: Record<string, unknown> }
      }
    ).parts.answers['RSP-1']

  test('with fewer than were ordered, on another day: that is what is compared', () => {
    const lines = ['LIN+1+3+0614141000012:EN', 'QTY+21:120:PCE', 'QTY+113:100:PCE', 'DTM+67:20260320:102']
    expect(answer('BGM+231+RSP-1+4', ...lines)).toMatchObject({
      answer: 'changed',
      lines: [{ quantity: '100', answers: [{ answer: 'changed', quantity: '100', uom: 'C62', date: '2026-03-20' }] }],
    })
  })

  test('and refuses a line: nothing of it comes', () => {
    expect(answer('BGM+231+RSP-1+4', 'LIN+1+7+0614141000012:EN', 'QTY+21:2:PCE')).toMatchObject({
      lines: [{ quantity: '0', answers: [{ answer: 'rejected', quantity: '2' }] }],
    })
  })

  test.each([
    [['5', '5'], 'accepted'],
    [['7', '7'], 'rejected'],
    [['5', '7'], 'changed'],
    [['3', '3'], 'changed'],
  ])('line by line in an original document: %j is %s', (actions, expected) => {
    const lines = actions.flatMap((action, index) => [`LIN+${index + 1}+${action}+0614141000012:EN`, 'QTY+21:2:PCE'])
    expect(answer('BGM+231+RSP-1+9', ...lines)).toMatchObject({ answer: expected })
  })

  test.each([
    ['28', 'changed'],
    ['30', 'changed'],
    ['34', 'changed'],
    ['44', 'accepted'],
    ['45', 'changed'],
  ])('with function %s: %s', (code, expected) => {
    expect(answer(`BGM+231+RSP-1+${code}`, 'LIN+1++0614141000012:EN', 'QTY+21:2:PCE')).toMatchObject({
      answer: expected,
    })
  })

  test('and says nothing of a line: then of the whole neither', () => {
    expect(answer('BGM+231+RSP-1+9', 'LIN+1++0614141000012:EN', 'QTY+21:2:PCE')).not.toHaveProperty('answer')
  })
})

describe('the business answers a document of ours (APERAK)', () => {
  const answered = (bgm: string, ...segments: readonly string[]): unknown =>
    dataOf(['UNH+1+APERAK:D:96A:UN', bgm, 'RFF+ACW:DES-1', ...segments].join('\n'))

  test.each([
    ['BGM+313+AP-1+27', [], 'rejected'],
    ['BGM+313+AP-1+29', [], 'accepted'],
    ['BGM+313+AP-1+29', ['ERC+100'], 'accepted'],
    ['BGM+313+AP-1+34', ['ERC+42'], 'accepted_with_errors'],
    ['BGM+313+AP-1+9', ['ERC+42'], 'rejected'],
    ['BGM+313+AP-1+9', [], 'accepted'],
    ['BGM+313+AP-1+9+RE', [], 'rejected'],
    ['BGM+313+AP-1+9+AP', ['ERC+42'], 'accepted'],
  ])('%s with %j: %s', (bgm, segments, status) => {
    expect(answered(bgm, ...segments)).toMatchObject({ kind: 'APERAK', number: 'DES-1', status })
  })
})

describe('products and lots', () => {
  const notice = `
    UNH+1+DESADV:D:96A:UN
    BGM+351+DA-1+9
    DTM+137:20260302:102
    DTM+358:20260305:102
    RFF+ON:PO-9
    CPS+1
    LIN+1++10614141000415:EN
    PIA+1+4006381333931:SRV+MUG-BLUE:IN
    QTY+12:12:PCE
    PCI+36E
    DTM+361:20270331:102
    GIN+BX+LOT-7
    LIN+++10614141000415:EN
    QTY+12:6:PCE
    PCI+33E
    GIN+BJ+106141412345678908`

  test('a notice names products as the order does, with the lots and packages that are marked on the goods', () => {
    expect(dataOf(notice, { products: 'IN EN' })).toMatchObject({
      object: {
        expectedAt: '2026-03-05',
        packages: ['106141412345678908'],
        lines: [
          { line: '1', sku: 'MUG-BLUE', lot: 'LOT-7' },
          { line: '2', sku: '10614141000415', sscc: '106141412345678908' },
        ],
      },
    })
  })

  test('a product whose number nobody claims is that number; a week of delivery is no day', () => {
    const order =
      'UNH+1+ORDERS:D:96A:UN\nBGM+220+4711+9\nDTM+137:20260301:102\nLIN+1\nPIA+1+MUG-BLUE\nQTY+21:12\nDTM+2:202612:616\nUNS+S'
    const { object } = dataOf(order) as { object: { lines: unknown } }
    expect(object.lines).toEqual([{ line: '1', sku: 'MUG-BLUE', quantity: '12', uom: 'C62' }])
  })

  test.each(['00000000:102', '000000000000:203'])('a day of zeros (%s) is unknown, and nothing is refused', (none) => {
    const order = (date: string): string =>
      `UNH+1+ORDERS:D:96A:UN\nBGM+220+4711+9\nDTM+137:20260301:102\nDTM+2:${date}\nLIN+1++MUG:EN\nQTY+21:12\nDTM+2:${date}\nUNS+S`
    expect(JSON.stringify(said(order('20260305:102')))).toContain('2026-03-05')
    expect(said(order(none))).toHaveLength(1)
    expect(JSON.stringify(said(order(none)))).not.toContain('0000-')
    expect(said(order('20261301:102'))).toEqual([])
  })

  test('stock of two lots in two warehouses is two assertions', () => {
    const report = `
      UNH+1+INVRPT:D:96A:UN
      BGM+35+IR-1+9
      DTM+366:202603020600:203
      NAD+WH+DEPOT-N::92
      LIN+1++0614141000012:EN
      QTY+145:10:PCE
      GIN+BX+LOT-A
      LOC+18+HALL-1::92
      QTY+145:5:PCE
      GIN+BX+LOT-B`
    expect(said(report, { onHand: 'available' }).map(({ data }) => data)).toMatchObject([
      { quantity: '10', lot: 'LOT-A', location: 'HALL-1', document: { line: '1.145' } },
      { quantity: '5', lot: 'LOT-B', location: 'DEPOT-N', document: { line: '1.145.2' } },
    ])
  })

  test.each([
    [['48:100', '124:4'], { received: '100', damaged: '4' }],
    [['194:96', '124:4'], { received: '100', damaged: '4' }],
    [['194:96', '195:4', '124:3'], { received: '100', rejected: '4' }],
  ])('a receipt of %j keeps what is damaged, once', (quantities, expected) => {
    const advice = [
      'UNH+1+RECADV:D:96A:UN',
      'BGM+632+R-1+9',
      'DTM+50:20260302:102',
      'RFF+ON:PO-9',
      'CPS+1',
      'LIN+1++0614141000012:EN',
    ]
    const [kept] = said([...advice, ...quantities.map((one) => `QTY+${one}:PCE`)].join('\n'))
    const told = kept?.data as { parts: { receipts: Record<string, { lines: unknown[] }> } } | undefined
    expect(told?.parts.receipts['R-1']?.lines).toEqual([{ line: '1', sku: '0614141000012', uom: 'C62', ...expected }])
  })
})

test('a carrier is told when to come', () => {
  const instruction = (date: string) =>
    `UNH+1+IFTMIN:D:96A:UN\nBGM+610+80001234+9\nRFF+CU:80001234\nTDT+20++30+31\n${date}\nNAD+CN+++KUNDE+WEG 1+LYON++69001+FR`
  expect(dataOf(instruction('DTM+200:202603020800:203'), { timeZone: 'Europe/Berlin' })).toMatchObject({
    plannedPickup: '2026-03-02T07:00:00.000Z',
  })
})

test('a temperature below zero stops no report of a reefer', () => {
  const report =
    'UNH+1+CODECO:D:95B:UN\nBGM+34+G-1+9\nNAD+CF+LINEA:160:ZZZ\nEQD+CN+CSQU3054383+45R1:102:5+++5\nRFF+BN:BK-1\nDTM+7:202603020800:203\nTMP+2+-18:CEL\nCNT+16:1'
  expect(dataOf(report)).toMatchObject({ events: [{ code: 'gate_in', equipment: 'CSQU3054383' }] })
})
