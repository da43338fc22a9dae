import { describe, expect, test } from 'vitest'
import { bytesOf, group, set, x12 } from '../../../test/edi/interchanges.ts'
import { edifactFile, x12File } from '../../../test/edi/sets.ts'
import type { Assertion } from '../../model/fact.ts'
import type { ShipmentReport, TrackingReport } from '../../model/report.ts'
import { exampleSettings } from '../kit/golden.ts'
import { receipt } from './interchange.ts'
import type { Agreement } from './policy.ts'
import { agreement } from './settings.ts'
import { translate } from './translate.ts'

function said(bytes: Uint8Array, settings: Partial<Agreement> = {}): readonly Assertion[] {
  const document = { bytes, contentType: 'application/edi-x12', headers: {}, content: undefined }
  const known = { ...(exampleSettings(agreement) as Agreement), ...settings }
  const result = translate(document, { settings: known, connection: 'depot', receivedAt: 0, messageId: 'm' })
  return 'assertions' in result ? result.assertions : []
}

const receiving = `
  ST*861*0001
  BRA*RCV-31*20260311*00*1*0930
  REF*SI*80004711
  N1*WH*NORTH DEPOT*91*DEPOT-N
  RCD*1*12*EA***2*EA*01
  LIN*1*SK*MUG-BLUE
  CTT*1`

test('what a customer received moves no stock of ours, and posts no receipt into our books', () => {
  const assertions = said(x12File('004010', receiving))
  expect(assertions.map(({ type }) => type)).toEqual(['delivery.reported'])
  expect(assertions[0]?.data).toMatchObject({
    parts: { receipts: { 'RCV-31': { lines: [{ sku: 'MUG-BLUE', received: '12', damaged: '2' }] } } },
  })
})

test.each([
  ['as many', '2', { rejected: '2' }],
  ['some', '1', { rejected: '1', damaged: '1' }],
  ['more', '3', { rejected: '3' }],
])('what is damaged and goes back for it is one quantity, not two: %s', (_, returned, expected) => {
  const both = receiving.replace('RCD*1*12*EA***2*EA*01', `RCD*1*12*EA*${returned}*EA*2*EA*01`)
  const [kept] = said(x12File('004010', both))
  expect(kept?.data).toMatchObject({
    parts: { receipts: { 'RCV-31': { lines: [{ received: '12', discrepancy: 'x12-412 01', ...expected }] } } },
  })
  expect(JSON.stringify(kept?.data).includes('"damaged"')).toBe('damaged' in expected)
  const quantities = said(x12File('004010', both), { receipts: 'warehouse' })
    .slice(1)
    .map(({ data }) => Number((data as { quantity: string }).quantity))
  expect(quantities.reduce((sum, one) => sum + one, 0)).toBe(12)
  expect(quantities[0]).toBe(12 - Math.max(2, Number(returned)))
})

test('what a warehouse received for us is a goods receipt, with what is damaged apart', () => {
  const assertions = said(x12File('004010', receiving), { receipts: 'warehouse' })
  expect(assertions.map(({ type }) => type)).toEqual([
    'goods_receipt.reported',
    'inventory.movement_reported',
    'inventory.movement_reported',
  ])
  expect(assertions.slice(1).map(({ data }) => data)).toMatchObject([
    { quantity: '10', to: { location: 'DEPOT-N' } },
    { quantity: '2', to: { location: 'DEPOT-N', status: 'damaged' } },
  ])
})

test('an order is the customer’s, or our own to a supplier, as the agreement says', () => {
  const order = x12File(
    '004010',
    `
    ST*850*0001
    BEG*00*SA*0004711**20260301
    PO1*1*12*EA***SK*MUG-BLUE
    CTT*1`,
  )
  expect(said(order, { system: 'elm' })).toMatchObject([
    {
      type: 'order.reported',
      about: { references: [{ scheme: 'customer_order', issuer: 'elm', value: '0004711' }] },
      data: { status: 'received' },
    },
  ])
  expect(said(order, { orders: 'purchase', orderSystem: 'erp' })).toMatchObject([
    {
      type: 'purchase_order.reported',
      about: { references: [{ scheme: 'purchase_order', issuer: 'erp', value: '0004711' }] },
      data: { status: 'issued' },
    },
  ])
})

test('a supplier’s refusal is kept with the order and does not acknowledge it', () => {
  const answer = (code: string): Uint8Array =>
    x12File(
      '004010',
      `
      ST*855*0001
      BAK*00*${code}*PO-9*20260301
      PO1*1*12*EA***SK*MUG-BLUE
      CTT*1`,
    )
  const statuses = (code: string): unknown[] =>
    said(answer(code)).map(({ data }) => (data as { status?: unknown }).status)
  expect(statuses('AD')).toEqual([undefined, 'acknowledged'])
  expect(statuses('RD')).toEqual([undefined])
  expect(statuses('AH')).toEqual([undefined])
})

test.each([
  [['ACK*IR*12*EA'], '0'],
  [['ACK*IA*8*EA', 'ACK*IR*4*EA'], '8'],
  [['ACK*IA*12*EA'], '12'],
])('of a line that a supplier answers with %j, %s come', (acknowledged, quantity) => {
  const answer = ['ST*855*0001', 'BAK*00*AC*PO-9*20260301', 'PO1*1*12*EA***SK*MUG-BLUE', ...acknowledged, 'CTT*1']
  expect(said(x12File('004010', answer.join('\n')))[0]?.data).toMatchObject({
    parts: { answers: { '2026-03-01': { lines: [{ quantity }] } } },
  })
})

test('a quantity that moved is not taken for one that is there', () => {
  const report = edifactFile(`
    UNH+1+INVRPT:D:96A:UN
    BGM+35+INV-3+9
    DTM+137:20260304:102
    NAD+WH+DEPOT-N::92
    LIN+1++MUG-BLUE:SA
    QTY+145:40:PCE
    QTY+17:41:PCE
    QTY+145:5:PCE
    INV+2++4`)
  expect(said(report, { onHand: 'available' }).map(({ data }) => data)).toMatchObject([
    { sku: 'MUG-BLUE', status: 'available', quantity: '40' },
  ])
})

test('a status that nobody knows is counted once for a file, in whatever sets it stands; a set without a map each time', () => {
  const status = (number: string): string[] => [
    `B10*PRO${number}*BOL${number}*MRDN`,
    'LX*1',
    'AT7*ZZ*NS***20260114*0815*LT',
    'MS1*GHENT*OV*BE',
  ]
  const group214 = group({ sets: ['0001', '0002'].map((number) => set({ number, body: status(number) })) })
  const document = { bytes: bytesOf(x12({ groups: [group214] })), contentType: '', headers: {}, content: undefined }
  const settings = exampleSettings(agreement) as Agreement
  const result = translate(document, { settings, connection: 'depot', receivedAt: 0, messageId: 'm' })
  expect(result).toMatchObject({ assertions: [{}, {}], unknownCodes: [{ table: 'x12-1650', code: 'ZZ' }] })
})

test('a set that nobody understands parks the file only where it counts: not in a group that is rejected', () => {
  const empty = set({ number: '0001', body: ['B10*PRO1*BOL1*MRDN', 'LX*1', 'AT7*X3*NS'] })
  const whole = group({ sets: [empty] })
  const translated = (text: string) =>
    translate(
      { bytes: bytesOf(text), contentType: '', headers: {}, content: undefined },
      { settings: exampleSettings(agreement) as Agreement, connection: 'depot', receivedAt: 0, messageId: 'm' },
    )
  expect(() => translated(x12({ groups: [whole] }))).toThrow(/a date/)
  expect(translated(x12({ groups: [whole.replace('GE*1*', 'GE*9*')] }))).toEqual({
    ignored: 'No set was accepted that says something.',
  })
})

describe('one set of three cannot be understood', () => {
  const status = (number: string, at: string) =>
    set({ number, body: [`B10*PRO${number}*BOL${number}*MRDN`, 'LX*1', `AT7*X3*NS***${at}*LT`] })
  const sets = [
    status('0001', '20260114*0815'),
    set({ number: '0002', body: ['B10*PRO2*BOL2*MRDN', 'LX*1', 'AT7*X3*NS'] }),
  ]
  const file = x12({ groups: [group({ sets: [...sets, status('0003', '20260114*0915')] })] })
  const read = (settings: Partial<Agreement>) =>
    translate(
      { bytes: bytesOf(file), contentType: '', headers: {}, content: undefined },
      {
        settings: { ...(exampleSettings(agreement) as Agreement), ...settings },
        ...{ connection: 'depot', receivedAt: 0, messageId: 'm' },
      },
    )

  test('it waits with its place, and the others count', () => {
    const told = read({ notUnderstood: 'park_set' })
    const pros = 'assertions' in told ? told.assertions.map(({ about }) => about.references[0]?.value) : []
    expect(pros).toEqual(['PRO0001', 'PRO0003'])
    expect('rest' in told && told.rest).toMatchObject({
      code: 'EDI_SETS_PARKED',
      values: { sets: 2, faults: 1, first: expect.stringContaining('214 0002') },
    })
  })

  test('all wait where that was agreed', () => {
    expect(() => read({ notUnderstood: 'park_file' })).toThrow(/a date/)
  })
})

const offered = `
  ST*204*0001
  B2**HAUL**80004711**PP
  B2A*00*LT
  L11*BOL-88*BM
  G62*64*20260303*1*1800*LT
  MS3*HAUL*B**M
  S5*1*LD
  G62*37*20260302*I*0800
  G62*38*20260302*K*1000*ET
  N1*SF*OAK MILLS
  S5*2*UL
  G62*53*20260303*G*1200*LT
  N1*ST*ELM STORES`

test('times of a tender that name no zone go by the zone that was agreed; one that names its own by that', () => {
  const told = (settings: Partial<Agreement>): unknown => said(x12File('004010', offered), settings)[0]?.data
  expect(told({ timeZone: 'America/Chicago' })).toMatchObject({
    respondBy: '2026-03-04T00:00:00.000Z',
    plannedPickup: '2026-03-02T14:00:00.000Z',
    stops: [
      { planned: { from: '2026-03-02T14:00:00.000Z', to: '2026-03-02T15:00:00.000Z' } },
      { planned: { from: '2026-03-03T18:00:00.000Z' } },
    ],
  })
  expect(told({})).toMatchObject({ plannedPickup: '2026-03-02T08:00:00.000Z' })
})

test('the windows of a tender say in which zone they were told; where none was known, none is said', () => {
  const zones = (lines: string, settings: Partial<Agreement> = {}) => {
    const [told] = said(x12File('004010', lines), settings)
    return (told?.data as ShipmentReport | undefined)?.stops?.map(({ planned }) => planned?.tz)
  }
  const pickup = (from: string, to: string) =>
    offered.replace('G62*37*20260302*I*0800', from).replace('G62*38*20260302*K*1000*ET', to)
  expect(zones(offered)).toEqual([undefined, undefined])
  expect(zones(offered, { timeZone: 'America/New_York' })).toEqual(['America/New_York', 'America/New_York'])
  // Two zones in one window are none that holds for both.
  expect(zones(offered, { timeZone: 'America/Chicago' })).toEqual([undefined, 'America/Chicago'])
  expect(zones(pickup('G62*37*20260302*I*0800*ET', 'G62*38*20260302*K*1000*ET'))).toEqual([
    'America/New_York',
    undefined,
  ])
  expect(zones(pickup('G62*37*20260302*I*0800*UT', 'G62*38*20260302*K*1000*GM'))).toEqual(['UTC', undefined])
})

test('the last day of a window, and of an answer, belongs to it, in the zone that was agreed', () => {
  const days = offered
    .replace('G62*64*20260303*1*1800*LT', 'G62*64*20260303')
    .replace('G62*37*20260302*I*0800', 'G62*37*20260302')
    .replace('G62*38*20260302*K*1000*ET', 'G62*38*20260302')
  const told = (settings: Partial<Agreement>): unknown => said(x12File('004010', days), settings)[0]?.data
  expect(told({})).toMatchObject({
    respondBy: '2026-03-04T00:00:00.000Z',
    plannedPickup: '2026-03-02T00:00:00.000Z',
    stops: [{ planned: { from: '2026-03-02T00:00:00.000Z', to: '2026-03-03T00:00:00.000Z' } }, {}],
  })
  expect(told({ timeZone: 'America/Chicago' })).toMatchObject({
    respondBy: '2026-03-04T06:00:00.000Z',
    stops: [
      { planned: { from: '2026-03-02T06:00:00.000Z', to: '2026-03-03T06:00:00.000Z', tz: 'America/Chicago' } },
      {},
    ],
  })
})

test.each([
  ['a trailer has the number that its owner painted on it', 'MS2*HAUL*TR 100', 'TR100'],
  ['a container has the mark of its owner, and its check digit', 'MS2*ABCU*123456*CN*0', 'ABCU1234560'],
  ['a container whose number has all its digits', 'MS2*ABCU*1234560', 'ABCU1234560'],
  ['a chassis', 'MS2*ABCZ*55', 'ABCZ55'],
  ['nothing is known of the number', 'MS2***TL', undefined],
])('what moved in a 214 is said with each of its events: %s', (_, segment, expected) => {
  const status = `
    ST*214*0001
    B10*PRO771122*80004711*HAUL
    LX*1
    AT7*AF*NS***20260302*1030*ET
    MS1*AKRON*OH*US
    ${segment}`
  const [told] = said(x12File('004010', status))
  expect((told?.data as TrackingReport | undefined)?.events.map(({ equipment }) => equipment)).toEqual([expected])
})

test('thousands of sets are answered: where not all of them can be named, those with errors are, and all are counted', () => {
  const answerTo = (count: number): string => {
    const wrong = set({ number: '77777', segmentsDeclared: '99' })
    const sets = [wrong, ...Array.from({ length: count }, (_, at) => set({ number: `${100_001 + at}` }))]
    const bytes = bytesOf(x12({ groups: [group({ sets })] }))
    const document = { bytes, contentType: 'application/edi-x12', headers: {}, content: undefined }
    const settings = exampleSettings(agreement) as Agreement
    const [told] = receipt(document, { settings, connection: 'depot', receivedAt: 0, messageId: 'm' })
    return (told as { data: { answer: { text: string } } }).data.answer.text
  }
  expect(answerTo(3).match(/AK2\*/g)).toHaveLength(4)
  const short = answerTo(12_000)
  expect(short.match(/AK2\*214\*(\d+)/g)).toEqual(['AK2*214*77777'])
  expect(short).toContain('AK5*R*4')
  expect(short).toContain('AK9*P*12001*12001*12000')
})
