import { describe, expect, test } from 'vitest'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import { bytesOf } from '../edi/interchanges.ts'
import { codesOf, record } from '../edi/recorder.ts'
import { facts, factTypes, hour, hub, sent, stateOf, told } from './edi-hub.ts'
import { delivery, lost, useSendingHub, willAnswer } from './sending-hub.ts'

useSendingHub()

describe('a delivery that is released at a warehouse that speaks EDI', () => {
  test('is ordered with a 940 that passes every check, once, however often it is told', async () => {
    await told('delivery.released', delivery('80001'))
    await told('delivery.released', delivery('80001'))
    expect(sent()).toHaveLength(1)
    const [order = ''] = sent()
    expect(order).toContain('GS*OW*HARBORGOODSLTD*MERIDIANCARRIER*')
    expect(order).toContain('W05*N*80001~N1*WH*DC1*92*DC1~N9*CO*SO1~LX*1~W01*3*EA**SK*SKU-1~N9*LI*10~W76*3~')
    expect(codesOf(record(bytesOf(order)))).toEqual([])
    expect(await factTypes('transmission.issued')).toHaveLength(1)
  })

  test('gets the same bytes under the same numbers when nobody knows whether they arrived', async () => {
    willAnswer(lost, lost)
    await told('delivery.released', delivery('80001'))
    await hub.pass(hour)
    const attempts = sent()
    expect(attempts.length).toBeGreaterThan(2)
    expect(new Set(attempts).size).toBe(1)
  })

  test('takes dense control numbers, in the order of the deliveries, whatever the batch', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        hub.accept(
          'erp',
          JSON.stringify({
            eventId: `B${index}`,
            type: 'delivery.released',
            occurredAt: '2026-04-12T10:00:00Z',
            data: delivery(String(81_000 + index)),
          }),
        ),
      ),
    )
    await hub.pass(60_000)
    const numbers = sent().map((text) => `${/\*(\d{9})\*0\*P\*/.exec(text)?.[1]} ${/GE\*1\*(\d+)~/.exec(text)?.[1]}`)
    const expected = Array.from({ length: 40 }, (_, index) => `${String(index + 1).padStart(9, '0')} ${index + 1}`)
    expect(new Set(numbers)).toEqual(new Set(expected))
    expect(numbers).toHaveLength(40)
  })

  test('is withdrawn with another 940 when it is cancelled after that, and not before', async () => {
    await told('delivery.created', delivery('80002'))
    await told('delivery.cancelled', delivery('80002'))
    expect(sent()).toEqual([])
    await told('delivery.released', delivery('80003'))
    await told('delivery.cancelled', { deliveryNumber: '80003' })
    expect(sent().map((text) => /W05\*(\w)\*(\d+)/.exec(text)?.slice(1))).toEqual([
      ['N', '80003'],
      ['F', '80003'],
    ])
  })

  test('that cannot be written is an exception at the delivery, and is sent when it is told whole', async () => {
    await told('delivery.released', delivery('80004', { lines: [{ line: '10', quantity: '3', uom: 'EA' }] }))
    expect(sent()).toEqual([])
    const [opened] = await facts('delivery.exception_opened')
    expect(opened?.data).toMatchObject({
      category: 'document_unsent',
      reason: 'CONTENT_INVALID: At lines[0].sku: expected text, found nothing.',
    })
    await told('delivery.changed', delivery('80004'))
    expect(sent()).toHaveLength(1)
    expect(await factTypes('delivery.exception_resolved')).toEqual(['delivery.exception_resolved'])
  })
})

describe('a set of a partner that is well-formed and cannot be understood', () => {
  const shipped = (terminator = '~') =>
    [
      'ISA*00*          *00*          *02*MERIDIANCARRIER*ZZ*HARBORGOODSLTD *260412*1400*U*00401*000000081*0*P*>',
      'GS*SW*MERIDIANCARRIER*HARBORGOODSLTD*20260412*1400*81*X*004010',
      'ST*945*0001',
      'W06*N*80001*20260412',
      'LX*1',
      'W12*CC*3*3**EA**SK*SKU-1',
      'SE*5*0001',
      'GE*1*81',
      'IEA*1*000000081',
      '',
    ].join(terminator)

  test('is acknowledged, refused with an 824, and answered once, however often it comes', async () => {
    await hub.receive('advised', shipped())
    await hub.receive('advised', shipped())
    await hub.pass(2000)
    const advice = sent().filter((text) => text.includes('ST*824*'))
    expect(advice).toHaveLength(1)
    expect(advice[0]).toContain('OTI*TR*TN*0001*****81*0001*945~TED*024*At 945 0001.')
    expect(codesOf(record(bytesOf(advice[0] ?? '')))).toEqual([])
    expect((await hub.backbone.parked({ limit: 5 })).map(({ code }) => code)).toContain('CONTENT_INVALID')
    // It is a document of ours: the partner owes a 997 for it.
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.overdue')).toEqual(['transmission.overdue'])
    const [parked] = await hub.backbone.parked({ limit: 1 })
    await hub.backbone.release([parked?.message ?? ''], 'anna')
    await hub.pass(60_000)
    expect(sent().filter((text) => text.includes('ST*824*'))).toHaveLength(1)
  })

  test('is not answered where the agreement does not ask for it', async () => {
    await hub.receive('warehouse', shipped())
    await hub.pass(2000)
    expect(sent().filter((text) => text.includes('ST*824*'))).toEqual([])
  })
})

describe('the scans of a shipment', () => {
  test('are told to a customer as IFTSTA, and his silence is an exception of the shipment', async () => {
    await hub.receive('wms', {
      eventId: 'W1',
      type: 'shipment.confirmed',
      occurredAt: '2026-04-12T10:00:00Z',
      data: {
        deliveryNumber: '80009',
        location: 'DC1',
        carrier: 'dhl',
        packages: [{ trackingNumber: 'JD014600006281230701' }],
        lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
      },
    })
    const scan = {
      eventId: 'S1',
      type: 'scan',
      occurredAt: '2026-04-12T12:30:00+02:00',
      data: { trackingNumber: 'JD014600006281230701', code: 'picked_up', place: { city: 'Ghent', country: 'BE' } },
    }
    await hub.receive('dhl', scan)
    await hub.receive('dhl', scan)
    await hub.receive('dhl', { ...scan, eventId: 'S2', data: { ...scan.data, code: 'position_updated' } })
    await hub.pass(2000)
    const told = sent().filter((text) => text.startsWith('UNB'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(
      "CNI+1+80009'STS+1+13'RFF+CW:JD014600006281230701'DTM+334:202604121030:203'LOC+175+:::Ghent, BE'",
    )
    expect(codesOf(record(bytesOf(told[0] ?? '')))).toEqual([])
    await hub.pass(3 * hour)
    const [overdue] = await facts('transmission.overdue')
    expect(overdue?.data).toMatchObject({ connection: 'buyer', set: 'IFTSTA', number: '80009', interchange: 1 })
    const [opened] = await facts('shipment.exception_opened')
    const state = await stateOf<ShipmentState>(opened?.subject ?? '')
    expect(state.projection.exceptions).toMatchObject([
      { category: 'document_unacknowledged', reason: 'Interchange 1 to buyer is not acknowledged.' },
    ])
  })
})
