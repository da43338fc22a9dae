import { expect, test } from 'vitest'
import { x12File } from '../../../../test/edi/sets.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { DocumentReport } from '../../../model/report.ts'
import { exampleSettings } from '../../kit/golden.ts'
import type { Agreement } from '../policy.ts'
import { agreement } from '../settings.ts'
import { translate } from '../translate.ts'

function said(lines: string, settings: Partial<Agreement> = {}): readonly Assertion[] {
  const bytes = x12File('004010', lines)
  const document = { bytes, contentType: 'application/edi-x12', headers: {}, content: undefined }
  const known = { ...(exampleSettings(agreement) as Agreement), ...settings }
  const told = translate(document, { settings: known, connection: 'depot', receivedAt: 0, messageId: 'm' })
  return 'assertions' in told ? told.assertions : []
}

function partsOf(assertion: Assertion | undefined, list: string): Readonly<Record<string, unknown>> {
  return (assertion?.data as DocumentReport | undefined)?.parts?.[list] ?? {}
}

const ofRelease = { entity: 'purchase_order', references: [expect.objectContaining({ value: 'PO-9 17' })] }

test('a ship notice, an invoice and a receipt of a release are of the release, not of the blanket order', () => {
  const notice = said(`
    ST*856*0001
    BSN*00*SHP-9*20260309*1200
    HL*1**S
    HL*2*1*O
    PRF*PO-9*17
    HL*3*2*I
    LIN*1*SK*MUG-BLUE
    SN1*1*12*EA
    CTT*3`)
  expect(notice[0]?.data).toMatchObject({ object: { purchaseOrders: ['PO-9 17'] } })
  expect(notice[1]?.about).toMatchObject(ofRelease)
  const [invoice] = said(`
    ST*810*0001
    BIG*20260312*INV-77*20260301*PO-9*17*DI
    IT1*1*12*EA*4.5**SK*MUG-BLUE
    TDS*5400
    CTT*1`)
  expect(invoice?.about).toMatchObject(ofRelease)
  const receipt = said(`
    ST*861*0001
    BRA*R-1*20260312*00*2
    PRF*PO-9*17
    RCD*1*12*EA
    LIN**SK*MUG-BLUE
    CTT*1`)
  expect(JSON.stringify(receipt)).toContain('PO-9 17')
})

test('what an invoice asks for beside its goods, and its tax, are kept: a charge, an allowance, nothing that is only said', () => {
  const [invoice] = said(`
    ST*810*0001
    BIG*20260312*INV-77*20260301*PO-9**DI
    CUR*SE*USD
    N1*RE*FIRST FACTORS*92*BANK
    N1*SU*CLAY WORKS*92*CLAY
    IT1*1*12*EA*4.5**SK*MUG-BLUE
    SAC*A*C310***300**********VOLUME
    TDS*6576
    TXI*ST*3.76
    SAC*C*D240***1500**********FREIGHT
    SAC*N*F050***100
    CTT*1`)
  expect(partsOf(invoice, 'invoices')['INV-77']).toMatchObject({
    supplier: 'CLAY',
    total: { amount: '65.76', currency: 'USD' },
    tax: { amount: '3.76', currency: 'USD' },
    charges: [{ code: 'D240', amount: { amount: '15', currency: 'USD' }, text: 'FREIGHT' }],
    lines: [{ charges: [{ code: 'C310', amount: { amount: '-3', currency: 'USD' }, text: 'VOLUME' }] }],
  })
})

test('when a line is to leave is not when it is to be there', () => {
  const [order] = said(`
    ST*850*0001
    BEG*00*SA*PO-9**20260301
    PO1*1*12*EA*4.5**SK*MUG-BLUE
    DTM*010*20260305
    PO1*2*12*EA*4.5**SK*MUG-RED
    DTM*064*20260309
    CTT*2`)
  expect(order?.data).toMatchObject({
    object: { lines: [{ requestedShip: '2026-03-05' }, { requestedDelivery: '2026-03-09' }] },
  })
  expect(JSON.stringify(order).match(/requestedDelivery/g)).toHaveLength(1)
})

test.each([
  ['R2', 'rejected', '0'],
  ['R4', 'rejected', '0'],
  ['IW', 'held', '12'],
  ['AR', 'accepted', '12'],
])('a line that a supplier refuses for a reason is refused, and none of it comes: %s', (code, answer, quantity) => {
  const [told] = said(
    `
    ST*855*0001
    BAK*00*AC*PO-9*20260301
    PO1*1*12*EA*4.5**SK*MUG-BLUE
    ACK*${code}*12*EA
    CTT*1`,
    { orders: 'purchase' },
  )
  const [part] = Object.values(partsOf(told, 'answers'))
  expect(part).toMatchObject({ lines: [{ quantity, answers: [{ answer }] }] })
})

test('two changes of one day without numbers are two, and one that comes again is one', () => {
  const change = (line: string): string[] =>
    Object.keys(
      partsOf(
        said(`
    ST*860*0001
    BCH*04*SA*PO-9***20260301*****20260304
    POC*${line}*QI*16*4*EA*4.5**SK*MUG-BLUE
    CTT*1`)[0],
        'changes',
      ),
    )
  expect(change('1')).toEqual([expect.stringMatching(/^2026-03-04 /)])
  expect(change('1')).not.toEqual(change('2'))
  expect(change('1')).toEqual(change('1'))
})

test('a warehouse ships the lot that the owner names beside the quantity', () => {
  const [released] = said(`
    ST*940*0001
    W05*N*DEL-1*PO-9
    N1*WH*DEPOT*92*DEPOT
    LX*1
    W01*12*EA**VN*MUG-BLUE********LOT-7
    W76*12`)
  expect(released?.data).toMatchObject({ object: { lines: [{ sku: 'MUG-BLUE', lot: 'LOT-7' }] } })
})

test('where goods are shipped from is not whose they are', () => {
  const [notice] = said(`
    ST*856*0001
    BSN*00*SHP-9*20260309*1200
    HL*1**S
    N1*SF*NORTH DEPOT*92*DEPOT-N
    N1*SU*CLAY WORKS*92*CLAY
    HL*2*1*O
    PRF*PO-9
    HL*3*2*I
    LIN*1*SK*MUG-BLUE
    SN1*1*12*EA
    CTT*3`)
  expect(notice?.data).toMatchObject({ object: { supplier: 'CLAY' } })
})

test('what is announced to a warehouse keeps the line and the order of each item', () => {
  const [notice] = said(`
    ST*943*0001
    W06*N*SO-1*20260309*SHP-9
    N1*WH*DEPOT*92*DEPOT
    W04*12*EA**VN*MUG-BLUE
    N9*LI*20
    N9*PO*PO-9
    W04*3*EA**VN*MUG-RED
    N9*PO*PO-10
    W03*15`)
  expect(notice?.data).toMatchObject({
    object: {
      purchaseOrders: ['PO-9', 'PO-10'],
      lines: [
        { line: '20', purchaseOrder: 'PO-9' },
        { line: '2', purchaseOrder: 'PO-10' },
      ],
    },
  })
})

test('an order that a ship notice names without PRF, in a reference of the level, is not lost', () => {
  const told = said(`
    ST*856*0001
    BSN*00*SHP-9*20260309*1200
    HL*1**S
    HL*2*1*O
    REF*PO*PO-9
    HL*3*2*I
    LIN*1*SK*MUG-BLUE
    SN1*1*12*EA
    CTT*3`)
  expect(told.map(({ type }) => type)).toEqual(['asn.reported', 'purchase_order.reported'])
  expect(told[0]?.data).toMatchObject({ object: { purchaseOrders: ['PO-9'], lines: [{ purchaseOrder: 'PO-9' }] } })
})
