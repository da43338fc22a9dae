import { describe, expect, test } from 'vitest'
import {
  arrives,
  erp,
  facts,
  factTypes,
  hour,
  hub,
  interchange,
  partner,
  route,
  sent,
  told,
  useEdiHub,
} from './edi-hub.ts'

useEdiHub({
  connections: [
    erp,
    partner('meridian', { partnerId: 'MERIDIANCARRIER', partnerQualifier: '02', carrierCodes: ['mrdn=MRDN'] }),
    partner('roadway', { partnerId: 'ROADWAY', carrierCodes: ['rdwy=RDWY'], responseMinutes: ['204=120'] }),
    partner('north', { partnerId: 'NORTHDEPOT' }),
    partner('south', { partnerId: 'SOUTHDEPOT', changes: 'refused' }),
  ],
  routes: [
    ...['tender_shipment', 'withdraw_tender'].flatMap((command) => [
      route(command, 'meridian', { carrier: 'mrdn' }),
      route(command, 'roadway', { carrier: 'rdwy' }),
    ]),
    ...['release_delivery', 'cancel_delivery'].flatMap((command) => [
      route(command, 'north', { location: 'DC1' }),
      route(command, 'south', { location: 'DC2' }),
    ]),
    route('answer_tender', 'meridian'),
  ],
})

/** What a 204 is for, and for which carrier. */
const tenders = (target = ''): string[] =>
  sent(target)
    .filter((text) => text.includes('ST*204*'))
    .map((text) => `${/B2\*\*(\w+)/.exec(text)?.[1]} ${/B2A\*(\w+)/.exec(text)?.[1]}`)
const orders = (target: string): string[] => sent(target).map((text) => /W05\*(\w)/.exec(text)?.[1] ?? '')

const load = {
  deliveryNumber: '80001',
  carrier: 'mrdn',
  stops: [{ type: 'pickup', planned: { from: '2026-05-01T08:00:00Z' } }, { type: 'delivery' }],
}
const later = { ...load, stops: [{ type: 'pickup', planned: { from: '2026-05-01T10:00:00Z' } }, { type: 'delivery' }] }

describe('a tender', () => {
  test('that changes is changed at the carrier, once; told again as it was, nothing is sent', async () => {
    await told('shipment.tendered', load)
    await told('shipment.tendered', load)
    await told('shipment.tendered', later)
    await told('shipment.tendered', later)
    await told('shipment.planned', { deliveryNumber: '80001', mode: 'ltl' })
    expect(tenders('meridian')).toEqual(['MRDN 00', 'MRDN 04', 'MRDN 04'])
    expect(sent('meridian')[1]).toContain('G62*37*20260501*I*1000*')
    expect((await facts('shipment.tender_changed')).map(({ data }) => data)).toMatchObject([
      { changed: ['stops'], carrier: 'mrdn' },
      { changed: ['mode'] },
    ])
  })

  test('that is withdrawn can be offered again as a new one; never told, nothing is withdrawn', async () => {
    await told('shipment.tender_withdrawn', { deliveryNumber: '80002', carrier: 'mrdn' })
    expect(tenders()).toEqual([])
    await told('shipment.tendered', load)
    await told('shipment.tender_withdrawn', { deliveryNumber: '80001' })
    await told('shipment.tender_withdrawn', { deliveryNumber: '80001' })
    await told('shipment.tendered', load)
    expect(tenders('meridian')).toEqual(['MRDN 00', 'MRDN 01', 'MRDN 00'])
  })

  test('that was declined is offered anew to the same carrier, and to another one', async () => {
    await told('shipment.tendered', load)
    await told('shipment.tender_declined', { deliveryNumber: '80001' })
    await told('shipment.tendered', load)
    await told('shipment.tender_declined', { deliveryNumber: '80001' })
    await told('shipment.tendered', { ...load, carrier: 'rdwy' })
    expect(tenders('meridian')).toEqual(['MRDN 00', 'MRDN 00'])
    expect(tenders('roadway')).toEqual(['RDWY 00'])
  })

  test('that goes to another carrier is taken back from the first, under his own code', async () => {
    await told('shipment.tendered', load)
    await told('shipment.tendered', { ...load, carrier: 'rdwy' })
    expect(tenders('meridian')).toEqual(['MRDN 00', 'MRDN 01'])
    expect(tenders('roadway')).toEqual(['RDWY 00'])
  })

  test('that is changed waits for the answer to the change, not for the one to the offer', async () => {
    await told('shipment.tendered', { ...load, carrier: 'rdwy' })
    await hub.pass(hour)
    await told('shipment.tendered', { ...later, carrier: 'rdwy' })
    await hub.pass(1.2 * hour)
    expect(await facts('transmission.unanswered')).toEqual([])
    await hub.pass(hour)
    expect(await facts('transmission.unanswered')).toHaveLength(1)
  })

  test('is answered once however often it is accepted, and again when it is declined and accepted', async () => {
    await told('shipment.tendered', { ...load, carrier: 'rdwy' })
    const say = (word: string) => told(`shipment.tender_${word}`, { deliveryNumber: '80001' })
    await say('accepted')
    await say('accepted')
    await say('declined')
    await say('accepted')
    expect(sent('meridian').map((text) => /B1\*\w+\*80001\*\d+\*(\w)/.exec(text)?.[1])).toEqual(['A', 'D', 'A'])
  })
})

describe('a delivery that was ordered at a warehouse', () => {
  const lines = (quantity: string) => [{ line: '10', sku: 'SKU-1', quantity, uom: 'EA' }]
  const delivery = (quantity: string, location = 'DC1') => ({
    deliveryNumber: '81001',
    location,
    lines: lines(quantity),
  })

  test('and changes is replaced there, as long as it has not left', async () => {
    await told('delivery.released', delivery('3'))
    await told('delivery.changed', delivery('5'))
    await told('delivery.changed', delivery('5'))
    await told('delivery.changed', { deliveryNumber: '81001', colour: 'blue' })
    expect(orders('north')).toEqual(['N', 'R'])
    expect(sent('north')[1]).toContain('W01*5*EA')
    await told('delivery.goods_issued', { deliveryNumber: '81001' })
    await told('delivery.changed', delivery('6'))
    expect(orders('north')).toEqual(['N', 'R'])
  })

  test('is taken back there when another warehouse is to ship it', async () => {
    await told('delivery.released', delivery('3'))
    await told('delivery.changed', delivery('3', 'DC2'))
    expect(orders('north')).toEqual(['N', 'F'])
    expect(orders('south')).toEqual(['N'])
  })

  test('that takes no changes is an exception for a person', async () => {
    await told('delivery.released', delivery('3', 'DC2'))
    await told('delivery.changed', delivery('5', 'DC2'))
    expect(orders('south')).toEqual(['N'])
    expect((await facts('delivery.exception_opened')).map(({ data }) => data)).toMatchObject([
      {
        category: 'document_unsent',
        reason: 'EDI_CHANGE_NOT_AGREED: The partner takes no 940 that changes an earlier one.',
      },
    ])
  })

  test('is ordered anew where the warehouse refused the first order', async () => {
    await told('delivery.released', delivery('3'))
    const refusal = ['AK1*OW*1', 'AK2*940*0001', 'AK5*R*5', 'AK9*R*1*1*0']
    await arrives('north', interchange('FA', '997', refusal, 'NORTHDEPOT'))
    await told('delivery.changed', delivery('5'))
    expect(orders('north')).toEqual(['N', 'N'])
    expect(await factTypes('delivery.exception')).toEqual(['delivery.exception_opened', 'delivery.exception_resolved'])
  })

  test('changes twice while the warehouse is told nothing yet: only the last word is told', async () => {
    const say = (type: string, quantity: string, second: number) =>
      hub.accept(
        'erp',
        JSON.stringify({
          eventId: `${type} ${quantity}`,
          type,
          occurredAt: new Date(hub.time.now + second).toISOString(),
          data: delivery(quantity),
        }),
      )
    await Promise.all([
      say('delivery.released', '3', 1),
      say('delivery.changed', '4', 2),
      say('delivery.changed', '5', 3),
      say('delivery.changed', '6', 4),
    ])
    await hub.pass(5000)
    expect(orders('north')).toEqual(['N', 'R'])
    expect(sent('north')[1]).toContain('W01*6*EA')
  })
})
