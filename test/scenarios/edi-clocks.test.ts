import { describe, expect, test } from 'vitest'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import type { TransmissionState } from '../../src/model/transmission/state.ts'
import {
  arrives,
  decided,
  erp,
  facts,
  factTypes,
  hour,
  hub,
  interchange,
  partner,
  route,
  sent,
  stateOf,
  told,
  useEdiHub,
} from './edi-hub.ts'

useEdiHub({
  connections: [
    erp,
    partner('carrier', {
      ...{ partnerId: 'ROADWAY', awaits: 'nothing' },
      ...{ carrierCodes: ['mrdn=RDWY'], responseMinutes: ['204=120'] },
    }),
    partner('depot', {
      partnerId: 'NORTHDEPOT',
      awaits: 'nothing',
      responseMinutes: ['940=240', '943=120'],
      location: 'DC1',
    }),
    partner('shipper', { partnerId: 'MERIDIANCARRIER', partnerQualifier: '02', awaits: 'nothing' }),
  ],
  routes: [
    route('tender_shipment', 'carrier'),
    route('withdraw_tender', 'carrier'),
    route('release_delivery', 'depot'),
    route('cancel_delivery', 'depot'),
    route('answer_tender', 'shipper'),
    route('announce_receipt', 'depot'),
  ],
})

const answers = (code: 'A' | 'D') =>
  arrives('carrier', interchange('GF', '990', [`B1*RDWY*80001*20260412*${code}`], 'ROADWAY'))

/** The object of the first fact of a type. */
async function firstWith<S>(type: string): Promise<S> {
  const [first] = await facts(type)
  return stateOf(first?.subject ?? '')
}
const shipment = () => firstWith<ShipmentState>('shipment.tendered')
const document = () => firstWith<TransmissionState>('transmission.issued')
const categories = async (): Promise<string[]> =>
  (await shipment()).projection.exceptions.map(({ category }) => category)

const load = { deliveryNumber: '80001', carrier: 'mrdn', stops: [{ type: 'pickup' }, { type: 'delivery' }] }

describe('a tender that we sent', () => {
  test('says by when it is to be answered, and the answer in time closes it', async () => {
    await told('shipment.tendered', load)
    expect(sent()[0]).toMatch(/~G62\*64\*\d{8}\*1\*\d{4}\*UT~/)
    expect((await document()).response).toMatchObject({ answer: 'tender_response', status: 'awaited' })
    await answers('A')
    expect((await facts('transmission.answered')).map(({ data }) => data)).toMatchObject([
      { set: '204', number: '80001', answer: 'tender_response', isLate: false },
    ])
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.unanswered')).toEqual([])
    expect(await categories()).toEqual([])
    expect('awaited' in (await shipment())).toBe(false)
  })

  test('is an exception of the shipment when nobody answers, until the late answer closes it', async () => {
    await told('shipment.tendered', load)
    await hub.pass(1.9 * hour)
    expect(await factTypes('transmission.unanswered')).toEqual([])
    await hub.pass(0.2 * hour)
    expect(await factTypes('transmission.unanswered')).toEqual(['transmission.unanswered'])
    expect(await categories()).toEqual(['document_unanswered'])
    await answers('A')
    expect((await facts('transmission.answered'))[0]?.data).toMatchObject({ isLate: true })
    expect(await categories()).toEqual([])
    expect((await document()).open).toEqual([])
  })

  test('is answered by a refusal too, and by a withdrawal that needs no answer', async () => {
    await told('shipment.tendered', load)
    await answers('D')
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.unanswered')).toEqual([])
    await told('shipment.tendered', { ...load, deliveryNumber: '80002' })
    await told('shipment.tender_withdrawn', { deliveryNumber: '80002' })
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.unanswered')).toEqual([])
  })

  test('that a person closes waits for nobody', async () => {
    await told('shipment.tendered', load)
    const [issued] = await facts('transmission.issued')
    await decided('carrier', issued?.subject ?? '', 'close')
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.unanswered')).toEqual([])
    expect((await document()).response).toBeUndefined()
  })

  test('has the deadline of the shipment where it has one, and the shipment says itself that it is over', async () => {
    await told('shipment.tendered', { ...load, respondBy: '2100-01-01T12:00:00Z' })
    expect((await document()).response).toMatchObject({ dueAt: Date.UTC(2100, 0, 1, 12), isOfObject: true })
    await told('shipment.tendered', { ...load, deliveryNumber: '80003', respondBy: '2000-01-01T12:00:00Z' })
    await hub.pass(hour)
    const [opened] = await facts('shipment.exception_opened')
    expect(opened?.data).toMatchObject({ category: 'tender_unanswered' })
    expect(await factTypes('shipment.exception_opened')).toHaveLength(1)
  })
})

test('an order to a warehouse waits for the shipping advice, and the delivery shows that it is late', async () => {
  const lines = [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }]
  await told('delivery.released', { deliveryNumber: '81001', location: 'DC1', lines })
  await hub.pass(4.1 * hour)
  expect((await facts('delivery.exception_opened')).map(({ data }) => data)).toMatchObject([
    { category: 'document_unanswered', reason: 'The 940 81001 to depot is not answered.' },
  ])
  const shipped = ['W06*N*81001*20260412', 'W27*M*RDWY', 'LX*1', 'MAN*CP*PRO-1', 'W12*CC*3*3**EA**SK*SKU-1', 'N9*LI*10']
  await arrives('depot', interchange('SW', '945', shipped, 'NORTHDEPOT'))
  expect(await factTypes('delivery.exception_resolved')).toEqual(['delivery.exception_resolved'])
  expect((await facts('transmission.answered'))[0]?.data).toMatchObject({ answer: 'shipping_advice', isLate: true })
})

describe('goods that we announced to a warehouse', () => {
  const announced = (): Promise<void> =>
    arrives(
      'shipper',
      interchange('SH', '856', [
        'BSN*00*ASN-31*20260412*0900',
        'HL*1**S',
        'HL*2*1*O',
        'PRF*PO-9',
        'HL*3*2*I',
        'LIN*1*SK*SKU-1',
        'SN1**12*EA',
      ]),
    )
  const received = (notice: string): Promise<void> =>
    arrives(
      'depot',
      interchange(
        'RE',
        '944',
        [`W17*F*20260414*R-${notice}*PO-9*${notice}`, 'N1*WH*DC1*92*DC1', 'W07*12*EA**SK*SKU-1', 'W14*12'],
        'NORTHDEPOT',
      ),
    )

  test('are awaited until the warehouse says that it has received them', async () => {
    await announced()
    await received('ASN-31')
    await hub.pass(2.1 * hour)
    expect((await facts('transmission.answered')).map(({ data }) => data)).toMatchObject([
      { set: '943', number: 'ASN-31', answer: 'receiving_advice', isLate: false },
    ])
    expect(await factTypes('asn.exception')).toEqual([])
  })

  test('are an exception of the notice when nothing of them is received, until they are', async () => {
    await announced()
    await hub.pass(2.1 * hour)
    expect((await facts('asn.exception_opened')).map(({ data }) => data)).toMatchObject([
      { category: 'document_unanswered', reason: 'The 943 ASN-31 to depot is not answered.' },
    ])
    await received('ASN-30')
    expect(await factTypes('asn.exception_resolved')).toEqual([])
    await received('ASN-31')
    expect(await factTypes('asn.exception_resolved')).toEqual(['asn.exception_resolved'])
    expect((await facts('transmission.answered'))[0]?.data).toMatchObject({ isLate: true })
  })
})

describe('a tender that we received', () => {
  const tender = (respondBy: string) =>
    arrives(
      'shipper',
      interchange('SM', '204', ['B2**MRDN**80009**PP', 'B2A*00', `G62*64*${respondBy}`, 'S5*1*CL', 'S5*2*CU']),
    )

  test('is to be answered by its own deadline', async () => {
    await tender('20000101*1*1200*UT')
    await hub.pass(hour)
    expect(await categories()).toEqual(['tender_unanswered'])
    await told('shipment.tender_accepted', { deliveryNumber: '80009' })
    expect(await categories()).toEqual([])
    expect(sent().at(-1)).toMatch(/B1\*MRDN\*80009\*\d{8}\*A~/)
  })

  test('that is answered in time waits for nobody', async () => {
    await tender('21000101*1*1200*UT')
    await told('shipment.tender_accepted', { deliveryNumber: '80009' })
    await hub.pass(hour)
    expect(await categories()).toEqual([])
  })
})
