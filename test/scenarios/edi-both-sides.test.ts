import { describe, expect, test } from 'vitest'
import { arrives, interchange, partner, route, sent, told as toldBy, useEdiHub, wms } from './edi-hub.ts'

const commands = [
  'advise_adjustment',
  'advise_receipt',
  'advise_shipment',
  'advise_stock',
  'announce_receipt',
  'notify_shipment',
] as const

useEdiHub({
  connections: [
    wms,
    partner('shipper', { partnerId: 'MERIDIANCARRIER', partnerQualifier: '02', shipmentNumbers: 'shipment' }),
    partner('carrier', { partnerId: 'ROADWAY', shipmentNumbers: 'shipment', carrierCodes: ['mrdn=RDWY'] }),
    partner('owner', { partnerId: 'OWNER', adjustmentReason: '07' }),
  ],
  routes: [
    route('tender_shipment', 'carrier'),
    route('withdraw_tender', 'carrier'),
    route('answer_tender', 'shipper'),
    ...commands.map((command) => route(command, 'owner')),
  ],
})

const told = (type: string, data: object): Promise<string> => toldBy(type, data, 'wms')
const tender = (purpose: string): string =>
  interchange('SM', '204', [
    'B2**MRDN**LOAD77**PP',
    `B2A*${purpose}`,
    'L11*BOL77*BM',
    'S5*1*CL',
    'G62*37*20260413*I*0800*LT',
    'S5*2*CU',
    'N1*ST*QUAY STREET FOODS',
    'N4*GHENT**9000*BE',
  ])

const answers = (code: 'A' | 'D'): Promise<void> =>
  arrives('carrier', interchange('GF', '990', [`B1*RDWY*LOAD77*20260412*${code}`], 'ROADWAY'))

describe('between a shipper and a carrier', () => {
  test('a tender goes on to the carrier with its stops, and its answer back to the shipper', async () => {
    await arrives('shipper', tender('00'))
    const [offer = ''] = sent('carrier')
    expect(offer).toContain('~B2**RDWY**LOAD77**PP~B2A*00*LT~L11*BOL77*BM~')
    expect(offer).toContain('~S5*1*LD~G62*37*20260413*I*0800*')
    expect(offer).toContain('~S5*2*UL~N1*ST*')
    await answers('A')
    const [answer = ''] = sent('shipper')
    expect(answer).toContain('ST*990*0001~B1*')
    expect(answer).toContain('*LOAD77*20260412*A~')
    expect([sent('carrier').length, sent('shipper').length]).toEqual([1, 1])
  })

  test('a tender that is withdrawn is withdrawn at the carrier; one that he declines is declined', async () => {
    await arrives('shipper', tender('00'))
    await answers('D')
    expect(sent('shipper').map((text) => /B1\*\w+\*LOAD77\*\d+\*(\w)/.exec(text)?.[1])).toEqual(['D'])
    await arrives('shipper', tender('01'))
    expect(sent('carrier').map((text) => /B2A\*(\d\d)/.exec(text)?.[1])).toEqual(['00', '01'])
  })
})

describe('a warehouse that works for an owner', () => {
  test('tells what it shipped to the owner with a 945, to the customer with an 856, each confirmation once', async () => {
    const confirmed = {
      deliveryNumber: '80001',
      orderNumber: 'SO-1',
      location: 'DC1',
      carrier: 'dhl',
      packages: [{ trackingNumber: 'JD0146' }],
      lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
    }
    await told('shipment.confirmed', confirmed)
    await told('shipment.confirmed', confirmed)
    await told('shipment.confirmed', { ...confirmed, confirmation: 2 })
    expect(
      sent('owner')
        .map((text) => /ST\*(\d+)/.exec(text)?.[1] ?? '')
        .toSorted(),
    ).toEqual(['856', '856', '945', '945'])
    const advice = sent('owner').find((text) => text.includes('ST*945'))
    expect(advice).toContain('~W06*N*80001*20260412~N1*WH*DC1*92*DC1~N9*CO*SO-1~')
    expect(advice).toContain('~MAN*CP*JD0146~W12*CC*3*3**EA**SK*SKU-1~')
    expect(sent('owner').filter((text) => text.includes('BSN*00*80001-2*'))).toHaveLength(1)
  })

  test('tells what it received with a 944, what it corrected with a 947 and what it counted with an 846', async () => {
    const lines = [{ line: '1', sku: 'SKU-9', quantity: '40', uom: 'EA' }]
    await told('receipt.posted', { receiptNumber: 'R-1', purchaseOrderNumber: 'PO-1', location: 'DC1', lines })
    const moved = { sku: 'SKU-9', quantity: '2', uom: 'EA', document: { kind: 'adjustment', id: 'ADJ-1', line: '1' } }
    await told('movement', { ...moved, movement: 'adjust_loss', from: { location: 'DC1' } })
    await told('snapshot', {
      document: 'INV-1',
      lines: [{ line: '1', sku: 'SKU-9', quantity: '38', uom: 'EA', location: 'DC1' }],
    })
    const byWhat = Map.groupBy(sent('owner'), (text) => /ST\*(\d+)/.exec(text)?.[1] ?? '')
    expect([...byWhat.keys()].toSorted()).toEqual(['846', '944', '947'])
    expect(byWhat.get('944')?.[0]).toContain('~W17*F*20260412*R-1*PO-1~N1*WH*DC1*92*DC1~W07*40*EA**SK*SKU-9~')
    expect(byWhat.get('947')?.[0]).toContain('~W19*07*-2*EA**SK*SKU-9~')
    expect(byWhat.get('846')?.[0]).toContain('~QTY*33*38*EA~')
  })

  test('is told by 943 what a supplier announced by 856, unless the notice was taken back', async () => {
    const notice = (purpose: string) =>
      interchange('SH', '856', [
        `BSN*${purpose}*ASN-31*20260412*0900*0004`,
        'HL*1**S',
        'DTM*017*20260414',
        'HL*2*1*O',
        'PRF*PO-9',
        'HL*3*2*I',
        'LIN*1*SK*SKU-1',
        'SN1**12*EA',
        'CTT*3',
      ])
    await arrives('shipper', notice('00'))
    expect(sent('owner')).toHaveLength(1)
    expect(sent('owner')[0]).toContain('~W06*N*PO-9*20260412*ASN-31**PO-9~G62*17*20260414~W04*12*EA**SK*SKU-1~')
    await arrives('shipper', notice('01'))
    expect(sent('owner')).toHaveLength(1)
  })
})
