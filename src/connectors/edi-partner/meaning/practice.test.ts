import { expect, test } from 'vitest'
import { x12File } from '../../../../test/edi/sets.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { ShipmentReport, StockAssertionReport } from '../../../model/report.ts'
import type { StockState } from '../../../model/stock/state.ts'
import { evolveStock } from '../../../model/stock/stock.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import { exampleSettings } from '../../kit/golden.ts'
import type { Agreement } from '../policy.ts'
import { agreement } from '../settings.ts'
import { translate } from '../translate.ts'

interface Said {
  readonly assertions: readonly Assertion[]
  readonly unknownCodes: readonly UnknownCode[]
}

function said(
  lines: string,
  { version = '004010', ...settings }: Partial<Agreement> & { version?: string } = {},
): Said {
  const bytes = x12File(version, lines)
  const document = { bytes, contentType: 'application/edi-x12', headers: {}, content: undefined }
  const known = { ...(exampleSettings(agreement) as Agreement), ...settings }
  const told = translate(document, { settings: known, connection: 'depot', receivedAt: 0, messageId: 'm' })
  return { assertions: [], unknownCodes: [], ...told }
}

function tendered(stop: string): NonNullable<ShipmentReport['stops']>[number] | undefined {
  const { assertions } = said(`
    ST*204*0001
    B2**MRDN**80004711**PP
    B2A*00
    ${stop}
    S5*9*UL`)
  return (assertions[0]?.data as ShipmentReport | undefined)?.stops?.[0]
}

test.each([
  ['pick-up', 'LD', '10', ['I', 'K']],
  ['delivery', 'UL', '68', ['G', 'L']],
  ['pick-up in two letters', 'LD', '69', ['EP', 'LP']],
  ['delivery in two letters', 'UL', '70', ['ED', 'LD']],
])(
  'one date of a stop with its earliest and its latest time is a window: %s',
  (_, reason, date, [earliest, latest]) => {
    const stop = tendered(`S5*1*${reason}
    G62*${date}*20260302*${earliest}*0800*UT
    G62*${date}*20260302*${latest}*1630*UT`)
    expect(stop?.planned).toMatchObject({ from: '2026-03-02T08:00Z', to: '2026-03-02T16:30Z' })
  },
)

test('when a load is to leave says nothing of when it is to arrive', () => {
  const stop = tendered(`S5*1*UL
    G62*10*20260302*Y*0800*UT
    G62*70*20260304*X*1130*UT`)
  expect(stop?.planned).toMatchObject({ from: '2026-03-04T11:30Z' })
})

test.each([
  ['PA', 'pickup'],
  ['SL', 'pickup'],
  ['SU', 'delivery'],
  ['WL', 'other'],
])('a trailer that is fetched loaded is picked up, one that is left is delivered: %s', (reason, type) => {
  expect(tendered(`S5*1*${reason}`)).toMatchObject({ type })
})

test.each([
  ['C', 'tender_countered'],
  ['E', 'tender_declined'],
])('a carrier makes another offer, or declines, in the other words for it too: %s', (answer, event) => {
  const { assertions, unknownCodes } = said(`
    ST*990*0001
    B1*MRDN*80004711*20260302*${answer}
    L9*400*1450`)
  expect(unknownCodes).toEqual([])
  expect(assertions[0]?.data).toMatchObject({ event })
})

test('what a carrier asks for is the amount, unless several may be parts of one another', () => {
  const conditions = (charges: string): unknown =>
    (
      said(`
    ST*990*0001
    B1*MRDN*80004711*20260302*B
    ${charges}
    K1*FUEL IS IN IT`).assertions[0]?.data as ShipmentReport | undefined
    )?.conditions
  expect(conditions('L9*400*1450.5')).toEqual({ amount: '1450.5', text: 'FUEL IS IN IT' })
  expect(conditions('L9*400*1450\nL9*FUE*210')).toEqual({ text: 'FUEL IS IN IT' })
})

test('the numbers of an answer and of a freight invoice are read where 005010 has them', () => {
  const answer = said(
    `
    ST*990*0001
    B1*MRDN*80004711*20260302*A
    L11*55120*CN`,
    { version: '005010' },
  )
  expect(answer.assertions[0]?.about.references).toContainEqual(expect.objectContaining({ value: '55120' }))
  const invoice = said(
    `
    ST*210*0001
    B3**INV-7*80004711*PP**20260302*125000****MRDN
    L11*BOL-9*BM
    L11*PO-9*PO
    L11*55120*CN
    LX*1
    L1*1*125000*FR*125000`,
    { version: '005010' },
  )
  expect(invoice.assertions[0]?.data).toMatchObject({ object: { bol: 'BOL-9', pro: '55120', purchaseOrder: 'PO-9' } })
})

test('the words of an order are read where 005010 has them', () => {
  const { assertions } = said(
    `
    ST*850*0001
    BEG*00*SA*PO-9**20260302
    N9*ZZ*ROUTING
    MTX**SHIP IN ONE PIECE
    MTX**CALL THE DOCK FIRST
    PO1*1*12*EA***SK*MUG-BLUE`,
    { version: '005010' },
  )
  expect(assertions[0]?.data).toMatchObject({ object: { note: 'SHIP IN ONE PIECE\nCALL THE DOCK FIRST' } })
})

test('an invoice that one payment names twice is paid in two parts, and neither hides the other', () => {
  const { assertions } = said(`
    ST*820*0001
    BPR*I*90*C*ACH************20260302
    TRN*1*TRACE-5
    ENT*1
    RMR*IV*INV-9**60
    RMR*IV*INV-9**30`)
  const parts = assertions.map(
    ({ data }) => (data as { parts?: { payments?: Record<string, unknown> } }).parts?.payments,
  )
  expect(parts).toEqual([
    { 'TRACE-5': expect.objectContaining({ amount: '60' }) },
    { 'TRACE-5 2': expect.objectContaining({ amount: '30' }) },
  ])
})

function counted(lines: string): readonly Partial<StockAssertionReport>[] {
  return said(lines, { location: 'DEPOT-N', timeZone: 'America/Denver' }).assertions.map(
    ({ data }) => data as StockAssertionReport,
  )
}

test('stock is counted by lot and by warehouse, as of the moment that names a zone', () => {
  const found = counted(`
    ST*846*0001
    BIA*00*MM*SNAP-5*20260302*0815
    DTM*007*20260302*0815*ET
    LIN*1*SK*MUG-BLUE*LT*L-77
    QTY*33*12*EA
    N1*WH*SOUTH DEPOT*92*DEPOT-S
    LIN*2*SK*MUG-BLUE
    REF*LT*L-78
    QTY*33*5*EA
    LIN*3*SK*MUG-RED
    QTY*33*4*EA
    REF*BT*B-1
    QTY*33*3*EA
    REF*BT*B-2`)
  expect(found.map(({ lot, location, quantity }) => [lot, location, quantity])).toEqual([
    ['L-77', 'DEPOT-S', '12'],
    ['L-78', 'DEPOT-N', '5'],
    ['B-1', 'DEPOT-N', '4'],
    ['B-2', 'DEPOT-N', '3'],
  ])
  expect(found[0]?.effectiveAt).toMatchObject({ at: '2026-03-02T13:15:00.000Z', tz: 'America/New_York' })
})

test('what was delivered is no stock, and what cannot be used is damaged', () => {
  const lines = `
    ST*846*0001
    BIA*00*MM*SNAP-5*20260302
    LIN*1*SK*MUG-BLUE
    QTY*33*12*EA
    QTY*20*2*EA
    QTY*QD*400*EA`
  expect(counted(lines).map(({ status, quantity }) => [status, quantity])).toEqual([
    ['available', '12'],
    ['damaged', '2'],
  ])
  expect(said(lines, { location: 'DEPOT-N' }).unknownCodes).toEqual([{ table: 'x12-673-stock', code: 'QD' }])
})

test('the lot of what a warehouse received for us is kept', () => {
  const { assertions } = said(
    `
    ST*861*0001
    BRA*RCV-31*20260311*00*1*0930
    N1*WH*NORTH DEPOT*91*DEPOT-N
    RCD*1*12*EA
    LIN*1*SK*MUG-BLUE
    REF*LT*L-77`,
    { receipts: 'warehouse' },
  )
  expect(assertions[1]?.data).toMatchObject({ quantity: '12', lot: 'L-77' })
})

interface Notice {
  readonly packages: readonly string[]
  readonly lines: readonly Readonly<Record<string, unknown>>[]
  readonly shippedAt?: string
  readonly expectedAt?: string
}

function noticed(levels: string, settings: Partial<Agreement> = {}): Notice {
  const [notice] = said(
    `
    ST*856*0001
    BSN*00*SHP-1*20260302*0815
    HL*1**S
    ${levels.trim()}
    CTT*9`,
    { severities: ['total.wrong=ignore'], ...settings },
  ).assertions
  if (notice === undefined) throw new Error('the notice says nothing')
  return (notice.data as { object: Notice }).object
}

test('lots below an item are lines of it, and what they leave of it is another', () => {
  const { lines } = noticed(`
    HL*2*1*O
    PRF*PO-9
    HL*3*2*P
    LIN*7*SK*MUG-BLUE*CH*PT
    SN1**12*CA
    MAN*GM*00106141410000000011
    HL*4*3*ZZ
    LIN**LT*L-77
    SN1**5*CA
    HL*5*3*ZZ
    LIN**LT*L-78
    SN1**4*CA`)
  const common = { line: '7', sku: 'MUG-BLUE', uom: 'XCS', purchaseOrder: 'PO-9', sscc: '106141410000000011' }
  expect(lines).toEqual([
    { ...common, quantity: '3' },
    { ...common, quantity: '5', lot: 'L-77' },
    { ...common, quantity: '4', lot: 'L-78' },
  ])
})

test('packs below an item that count otherwise do not change how much of it comes', () => {
  const { lines } = noticed(`
    HL*2*1*I
    LIN*7*SK*MUG-BLUE
    SN1**24*EA
    HL*3*2*P
    SN1**2*CA`)
  expect(lines).toMatchObject([{ sku: 'MUG-BLUE', quantity: '24', uom: 'C62' }])
})

test('every package of a level is announced; in which of several a line is, nobody says', () => {
  const { packages, lines } = noticed(`
    HL*2*1*I
    LIN*7*SK*MUG-BLUE
    SN1**24*EA
    MAN*GM*00106141410000000011
    MAN*AA*106141410000000028`)
  expect(packages).toEqual(['106141410000000011', '106141410000000028'])
  expect(lines[0]).not.toHaveProperty('sscc')
})

test('when goods leave and come is said with its zone, and a day stays a day', () => {
  const levels = `DTM*011*20260302*0815*ET
    DTM*017*20260304
    HL*2*1*I
    LIN*7*SK*MUG-BLUE
    SN1**24*EA`
  expect(noticed(levels)).toMatchObject({ shippedAt: '2026-03-02T13:15:00.000Z', expectedAt: '2026-03-04' })
  expect(noticed(levels.replace('*ET', ''), { timeZone: '' })).toMatchObject({ shippedAt: '2026-03-02T08:15' })
})

test('a day in a freight invoice is that of the delivery only where it says so', () => {
  const delivered = (qualifier: string): unknown =>
    said(`
    ST*210*0001
    B3**INV-7*80004711*PP**20260302*125000**20260301*${qualifier}*MRDN
    LX*1
    L1*1*125000*FR*125000`).assertions[0]?.data
  expect(delivered('035')).toMatchObject({ object: { deliveredAt: '2026-03-01' } })
  expect(delivered('017')).not.toMatchObject({ object: { deliveredAt: '2026-03-01' } })
})

test('a country in three letters is the country', () => {
  const stop = `
    N1*ST*NORTH DEPOT
    N4*RENO*NV*89501*USA`
  const [tender] = said(`
    ST*204*0001
    B2**MRDN**80004711**PP
    B2A*00
    S5*1*LD
    S5*2*UL${stop}`).assertions
  expect(tender?.data).toMatchObject({ shipTo: { country: 'US' } })
  const [order] = said(`
    ST*850*0001
    BEG*00*SA*PO-9**20260302${stop}
    PO1*1*12*EA***SK*MUG-BLUE`).assertions
  expect(order?.data).toMatchObject({ object: { shipTo: { country: 'US' } } })
})

test('the parts of a line of an order keep their days', () => {
  const [order] = said(`
    ST*850*0001
    BEG*00*RL*BLANKET-9*0007*20260302
    PO1*1*500*EA***SK*MUG-BLUE
    SCH*200*EA***002*20260401
    SCH*300*EA***002*20260501`).assertions
  expect(order?.data).toMatchObject({
    object: {
      lines: [
        {
          schedule: [
            { quantity: '200', uom: 'C62', date: '2026-04-01', qualifier: '002' },
            { quantity: '300', uom: 'C62', date: '2026-05-01', qualifier: '002' },
          ],
        },
      ],
    },
  })
})

test('a receiving advice whose lines refer to the order is about that order', () => {
  const { assertions } = said(`
    ST*861*0001
    BRA*RC-1*20260302*00*1
    RCD*1*10*EA
    LIN*1*UP*012345678905
    REF*PO*PO-77`)
  expect(JSON.stringify(assertions)).toContain('PO-77')
})

test.each([
  ['in a reference', 'IT1*1*10*EA*5**VN*ABC\n REF*PO*PO-77'],
  ['among the numbers of the product', 'IT1*1*10*EA*5**VN*ABC*PO*PO-77'],
])('an invoice whose lines name one order is about that order: %s', (_, line) => {
  const { assertions } = said(`
    ST*810*0001
    BIG*20260302*INV-1
    ${line}
    TDS*5000`)
  expect(assertions[0]?.about.references).toMatchObject([{ scheme: 'purchase_order', value: 'PO-77' }])
})

test('an invoice whose lines name several orders is about none that we could choose', () => {
  const several = `
    ST*810*0001
    BIG*20260302*INV-1
    IT1*1*10*EA*5**VN*ABC*PO*PO-77
    IT1*2*10*EA*5**VN*ABD*PO*PO-78
    TDS*10000`
  expect(() => said(several)).toThrow(/number of an order/)
})

test('a line of a receipt is the one that its reference names (N9*LI), else its place; what is damaged of it keeps its number', () => {
  const { assertions } = said(`
    ST*944*0001
    W17*F*20260302*RCV-5*PO-9*SHP-77
    N1*WH*NORTH DEPOT*91*DEPOT-N
    W07*100*EA**SK*MUG-BLUE
    N9*LI*30
    W13*4*EA*01
    W07*20*EA**SK*BOWL
    W14*120`)
  expect(assertions[0]?.data).toMatchObject({
    object: {
      lines: [{ line: '30', quantity: '96' }, { line: '30', quantity: '4', status: 'damaged' }, { line: '2' }],
    },
  })
  const movements = assertions.flatMap(({ type, data }) => (type === 'inventory.movement_reported' ? [data] : []))
  const documents = movements.map((one) => (one as StockAssertionReport).document)
  expect(new Set(documents.map((one) => JSON.stringify(one))).size).toBe(3)
})

test('a receipt is the same whether its lines are named or not: sent again, nothing is booked twice', () => {
  const receipt = (reference: string) =>
    said(`
    ST*944*0001
    W17*F*20260302*RCV-5*PO-9*SHP-77
    N1*WH*NORTH DEPOT*91*DEPOT-N
    W07*100*EA**SK*MUG-BLUE
    ${reference}
    W13*4*EA*01
    W07*20*EA**SK*BOWL
    W14*120`).assertions.filter(({ type }) => type === 'inventory.movement_reported')
  const named = receipt('N9*LI*30')
  expect(named).toEqual(receipt('G69*BLUE MUG'))
  const folded = (told: readonly Assertion[]) =>
    told.reduce<StockState | undefined>((state, { type, data }, index) => {
      const { sku } = data as { readonly sku: string }
      if (sku !== 'MUG-BLUE') return state
      const one = { id: `f${index}`, type, subject: 'itm_1', tenant: 'main', recordedAt: '2026-03-02T12:00:00Z', data }
      return evolveStock(state, { ...one, source: 'depot', causation: 'm', correlation: 'itm_1', trace: '0' }).state
    }, undefined)
  expect(folded([...receipt('G69*BLUE MUG'), ...named])?.balances).toEqual(folded(named)?.balances)
})
