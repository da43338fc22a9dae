import { expect, test } from 'vitest'
import { x12File } from '../../../../test/edi/sets.ts'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'
import type { ShipmentReport, TrackingReport } from '../../../model/report.ts'
import { exampleSettings } from '../../kit/golden.ts'
import type { Agreement } from '../policy.ts'
import { agreement } from '../settings.ts'
import { translate } from '../translate.ts'

const tender = `
  ST*204*0001
  B2**MRDN**80004711**PP
  B2A*00*LT
  S5*1*PL
  L11*PO-77*PO
  L11*DOCK9*ZZ
  G62*37*20260302*I*0800*UT
  N1*SF*OAK MILLS*92*OAK1
  N3*1 MILL LANE*GATE 2
  N4*RENO*NV*89501*US
  S5*2*UL
  L11*APT-3*AO
  N1*ST*ELM STORES
  N4*BOSTON*MA*02101*US
  S5*3*PU
  N1*ST*ASH STORES
  N4*SALEM*MA*01970*US
  OID*1*PO-78`

/** What a partner of the example agreement says. */
function read(lines: string): unknown {
  const document = {
    bytes: x12File('004010', lines),
    contentType: 'application/edi-x12',
    headers: {},
    content: undefined,
  }
  const settings = exampleSettings(agreement) as Agreement
  const said = translate(document, { settings, connection: 'depot', receivedAt: 0, messageId: 'm' })
  if (!('assertions' in said)) throw new Error(JSON.stringify(said).slice(0, 1500))
  return said.assertions[0]?.data
}

function told(text: string): ShipmentReport {
  const [assertion] = understood(text, mirror)
  return assertion?.data as ShipmentReport
}
const offered = read(tender) as ShipmentReport

test('each stop of a 204 is known with its place, its window, its numbers, and whether it is all', () => {
  expect(offered.stops).toMatchObject([
    {
      seq: 1,
      type: 'pickup',
      isPart: true,
      final: false,
      planned: { from: '2026-03-02T08:00Z' },
      location: 'OAK1',
      address: {
        name: 'OAK MILLS',
        lines: ['1 MILL LANE', 'GATE 2'],
        city: 'RENO',
        region: 'NV',
        postalCode: '89501',
        country: 'US',
      },
      references: [
        { scheme: 'purchase_order', value: 'PO-77' },
        { scheme: 'x12-ZZ', value: 'DOCK9' },
      ],
    },
    { seq: 2, type: 'delivery', address: { city: 'BOSTON' }, references: [{ scheme: 'appointment', value: 'APT-3' }] },
    { seq: 3, final: true, isPart: true, references: [{ scheme: 'purchase_order', value: 'PO-78' }] },
  ])
})

test('a load goes on to the carrier with all that is known of its stops', () => {
  const { shipTo, stops } = offered
  const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
  const payload = { references, carrier: 'mrdn', stops, shipTo }
  const written = told(textOf('tender_shipment', payload, agreed()))
  const bare = (all: ShipmentReport['stops']) =>
    JSON.parse(JSON.stringify(all, (name, value: unknown) => (name === 'issuer' ? undefined : value))) as unknown
  expect(bare(written.stops)).toEqual(bare(stops))
})

test('an IFTMIN names every place where goods are fetched or handed over', () => {
  const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
  const payload = { references, carrier: 'mrdn', stops: offered.stops, shipTo: offered.shipTo }
  const text = textOf('instruct_transport', payload, agreed({ standard: 'edifact' }))
  const [assertion] = understood(text, agreed({ ...mirror, standard: 'edifact' }))
  expect((assertion?.data as ShipmentReport | undefined)?.stops).toMatchObject([
    { seq: 1, type: 'pickup', location: 'OAK1', address: { name: 'OAK MILLS', city: 'RENO', country: 'US' } },
    { seq: 2, type: 'delivery', final: false, address: { name: 'ELM STORES', city: 'BOSTON' } },
    { seq: 3, type: 'delivery', final: true, address: { name: 'ASH STORES', city: 'SALEM' } },
  ])
})

test('a 214 says at which stop it was, for each entry or for all', () => {
  const status = `
    ST*214*0001
    B10*PRO-1*80004711*MRDN
    L11*2*QN
    LX*1
    AT7*D1*NS***20260303*1200*UT
    LX*2
    AT7*X1*NS***20260303*1400*UT
    L11*3*QN`
  expect((read(status) as TrackingReport).events).toMatchObject([
    { code: 'unloaded', stop: { seq: 2 } },
    { code: 'arrived_at_delivery', stop: { seq: 3 } },
  ])
})

test('our 214 says at which stop it was', () => {
  const references = [{ scheme: 'delivery', issuer: 'erp', value: '80007' }]
  const at = (minute: number): string => `2026-03-02T10:1${minute}:00Z`
  const events = [
    { code: 'in_transit', occurredAt: at(0) },
    { code: 'delivered', occurredAt: at(1), stop: 2 },
    { code: 'delivered', occurredAt: at(2), stop: 3 },
  ]
  const text = textOf('report_status', { references, carrier: 'mrdn', events }, agreed())
  const [assertion] = understood(text, mirror)
  expect((assertion?.data as TrackingReport | undefined)?.events.map(({ stop }) => stop?.seq)).toEqual([
    undefined,
    2,
    3,
  ])
})
