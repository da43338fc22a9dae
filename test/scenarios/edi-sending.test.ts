import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Fact } from '../../src/model/fact.ts'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import type { TransmissionState } from '../../src/model/transmission/state.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { bytesOf } from '../edi/interchanges.ts'
import { codesOf, record } from '../edi/recorder.ts'
import { SmallHub } from './small-hub.ts'

const taken: HttpResult = { outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }
const lost: HttpResult = { outcome: 'no_answer', wire: true, code: 'ETIMEDOUT' }
const hour = 3_600_000

function said(status: number, body: object): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) }
}

let hub: SmallHub
let replies: HttpResult[] = []

beforeEach(async () => {
  replies = []
  const partner = { partnerId: 'MERIDIANCARRIER', ownId: 'HARBORGOODSLTD', partnerQualifier: '02', ta1: 'never' }
  const route = (command: string, target: string, when?: Readonly<Record<string, string>>) => ({
    command,
    target,
    tenant: 'main',
    ...(when === undefined ? {} : { when }),
  })
  hub = await SmallHub.start({
    connections: [
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      { id: 'wms', connector: 'generic-wms', settings: {} },
      { id: 'dhl', connector: 'generic-carrier', settings: { carrier: 'dhl' } },
      {
        id: 'warehouse',
        connector: 'edi-partner',
        settings: { ...partner, url: 'https://edi.meridian.example', acknowledgementMinutes: 120 },
      },
      {
        id: 'advised',
        connector: 'edi-partner',
        settings: { ...partner, url: 'https://edi.meridian.example', advice: 'refusals', acknowledgementMinutes: 120 },
      },
      {
        id: 'buyer',
        connector: 'edi-partner',
        settings: { ...partner, partnerId: 'BUYER', standard: 'edifact', acknowledgementMinutes: 120 },
      },
    ],
    routes: [
      route('release_delivery', 'warehouse', { location: 'DC1' }),
      route('cancel_delivery', 'warehouse', { location: 'DC1' }),
      route('report_status', 'buyer'),
      route('acknowledge_interchange', 'warehouse', { connection: 'warehouse' }),
    ],
    answer: () => replies.shift() ?? taken,
  })
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

let events = 0
async function told(type: string, data: object): Promise<string> {
  const content = { eventId: `E${events++}`, type, occurredAt: '2026-04-12T10:00:00Z', data }
  const id = await hub.receive('erp', content)
  await hub.pass(2000)
  return id
}

const delivery = (deliveryNumber: string, more: object = {}) => ({
  deliveryNumber,
  orderNumber: 'SO1',
  location: 'DC1',
  lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
  ...more,
})

async function facts(): Promise<Fact[]> {
  const logs = await Promise.all([0, 1].map((partition) => hub.backbone.readLog(partition, -1, 10_000)))
  return logs.flat().map(({ fact }) => fact)
}

async function factTypes(prefix: string): Promise<string[]> {
  return (await facts()).map(({ type }) => type).filter((type) => type.startsWith(prefix))
}

function sent(): string[] {
  return hub.sent.map(({ request }) => Buffer.from(request.body ?? []).toString())
}

async function transmission(): Promise<TransmissionState> {
  const [issued] = (await facts()).filter(({ type }) => type === 'transmission.issued')
  const state = (await hub.backbone.states([issued?.subject ?? ''])).get(issued?.subject ?? '')
  return JSON.parse(state?.body ?? '{}') as TransmissionState
}

/** An interchange of the partner that answers ours. */
function answer(number: string, body: readonly string[], before: readonly string[] = []): string {
  const group =
    body.length === 0
      ? []
      : [
          `GS*FA*MERIDIANCARRIER*HARBORGOODSLTD*20260412*1400*${number}*X*004010`,
          'ST*997*0001',
          ...body,
          `SE*${body.length + 2}*0001`,
          `GE*1*${number}`,
        ]
  return [
    `ISA*00*          *00*          *02*MERIDIANCARRIER*ZZ*HARBORGOODSLTD *260412*1400*U*00401*${number.padStart(9, '0')}*0*P*>`,
    ...before,
    ...group,
    `IEA*${group.length === 0 ? 0 : 1}*${number.padStart(9, '0')}`,
    '',
  ].join('~')
}

const accepts = (group: string) => [`AK1*OW*${group}`, 'AK2*940*0001', 'AK5*A', 'AK9*A*1*1*1']
const rejects = (group: string) => [
  `AK1*OW*${group}`,
  'AK2*940*0001',
  'AK3*W01*8*0310*8',
  'AK4*5*234*7*SKU-1',
  'AK5*R*5',
  'AK9*R*1*1*0',
]

async function arrives(text: string): Promise<void> {
  await hub.receive('warehouse', text)
  await hub.pass(2000)
}

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
    replies = [lost, lost]
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
    const opened = (await facts()).find(({ type }) => type === 'delivery.exception_opened')
    expect(opened?.data).toMatchObject({
      category: 'document_unsent',
      reason: 'CONTENT_INVALID: At lines[0].sku: expected text, found nothing.',
    })
    await told('delivery.changed', delivery('80004'))
    expect(sent()).toHaveLength(1)
    expect(await factTypes('delivery.exception_resolved')).toEqual(['delivery.exception_resolved'])
  })
})

describe('the answer to a document', () => {
  beforeEach(async () => {
    await told('delivery.released', delivery('80001'))
  })

  test('closes the loop, and is not answered itself', async () => {
    await arrives(answer('71', accepts('1')))
    expect(await transmission()).toMatchObject({
      status: 'acknowledged',
      answers: [{ kind: '997', status: 'accepted' }],
    })
    expect(sent()).toHaveLength(1)
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.overdue')).toEqual([])
  })

  test('that says no is an exception at the delivery, with segment and element', async () => {
    await arrives(answer('71', rejects('1')))
    expect(await transmission()).toMatchObject({
      status: 'rejected',
      answers: [
        {
          sets: [
            {
              status: 'rejected',
              codes: ['5'],
              errors: [{ segment: 'W01', position: '8', element: '5', code: '7', text: 'SKU-1' }],
            },
          ],
        },
      ],
    })
    const opened = (await facts()).find(({ type }) => type === 'delivery.exception_opened')
    expect(opened?.data).toMatchObject({
      category: 'document_rejected',
      reason: '997 rejected · code 5 · W01 8 element 5 7 SKU-1',
    })
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.overdue')).toEqual([])
  })

  test('that does not come in the agreed time is overdue, and still counts when it comes', async () => {
    await hub.pass(3 * hour)
    expect(await transmission()).toMatchObject({ status: 'overdue' })
    expect(await factTypes('delivery.exception')).toEqual(['delivery.exception_opened'])
    await arrives(answer('71', accepts('1')))
    expect(await transmission()).toMatchObject({ status: 'acknowledged', open: [] })
    expect(await factTypes('delivery.exception')).toEqual(['delivery.exception_opened', 'delivery.exception_resolved'])
  })

  test('that comes twice counts once; one that contradicts it is shown and changes nothing', async () => {
    await arrives(answer('71', accepts('1')))
    await arrives(answer('72', accepts('1')))
    expect(await factTypes('transmission.acknowledged')).toHaveLength(1)
    await arrives(answer('73', rejects('1')))
    expect(await transmission()).toMatchObject({ status: 'acknowledged' })
    const opened = (await facts()).find(({ type }) => type === 'delivery.exception_opened')
    expect(opened?.data).toMatchObject({
      category: 'acknowledgement_mismatch',
      reason: 'The 997 says rejected, and the one before said accepted.',
    })
  })

  test('that speaks of another set than was sent does not count', async () => {
    await arrives(answer('71', ['AK1*OW*1', 'AK2*850*0001', 'AK5*A', 'AK9*A*1*1*1']))
    expect(await transmission()).toMatchObject({ status: 'sent', open: ['acknowledgement_mismatch'] })
  })

  test('to something that was never sent is shown, and is no error', async () => {
    await arrives(answer('71', accepts('4711')))
    const unmatched = (await facts()).find(({ type }) => type === 'transmission.unmatched')
    expect(unmatched?.data).toEqual({ kind: '997', number: '4711', status: 'accepted', connection: 'warehouse' })
    expect(await transmission()).toMatchObject({ status: 'sent' })
  })

  test('is read by a TA1 too: a refused interchange is a refused document', async () => {
    await arrives(answer('71', [], ['TA1*000000001*260412*1320*R*006']))
    expect(await transmission()).toMatchObject({ status: 'rejected', answers: [{ kind: 'TA1', codes: ['006'] }] })
  })

  test('counts even when the 997 itself is broken', async () => {
    await arrives(answer('71', [...accepts('1'), 'ZZZ*1']).replace('SE*7*', 'SE*99*'))
    expect(await transmission()).toMatchObject({ status: 'acknowledged' })
  })

  test('of somebody else does not count', async () => {
    await arrives(answer('71', rejects('1')).replace('MERIDIANCARRIER*ZZ', 'SOMEBODYELSE   *ZZ'))
    expect(await transmission()).toMatchObject({ status: 'sent', answers: [] })
  })

  test('of the business, an 824 after the 997, refuses the document with its own words', async () => {
    await arrives(answer('71', accepts('1')))
    const advice = ['BGN*11*ADV1*20260412', 'OTI*TR*TN*80001*****1*0001*940', 'TED*024*UNKNOWN ITEM*W01*8*5']
    const text = answer('72', advice).replace('GS*FA', 'GS*AG').replace('ST*997', 'ST*824')
    await arrives(text)
    expect(await transmission()).toMatchObject({ status: 'rejected' })
    const opened = (await facts()).find(({ type }) => type === 'delivery.exception_opened')
    expect(opened?.data).toMatchObject({ category: 'document_rejected' })
    // An 824 is a document like any other: it is acknowledged.
    expect(sent().filter((one) => one.includes('AK1*AG*'))).toHaveLength(1)
  })
})

describe('a partner whose receipt comes later', () => {
  const waiting = said(202, { said: 'waiting', messageId: '<1@interline>' })

  test('is asked about until the receipt confirms the document; nothing is sent twice', async () => {
    replies = [waiting, waiting, said(200, { said: 'processed', messageId: '<1@interline>' })]
    await told('delivery.released', delivery('80001'))
    await hub.pass(10 * 60_000)
    expect(hub.sent.map(({ request }) => request.method)).toEqual(['POST', 'GET', 'GET'])
    const [effect] = await hub.backbone.ledger.effects({ tenant: 'main', limit: 5 })
    expect(effect).toMatchObject({ state: 'applied', documentReference: '<1@interline>' })
  })

  test('that refuses the document stops the effect for a person', async () => {
    replies = [waiting, said(422, { said: 'processed/error: decryption-failed' })]
    await told('delivery.released', delivery('80001'))
    await hub.pass(10 * 60_000)
    const [effect] = await hub.backbone.ledger.effects({ tenant: 'main', limit: 5 })
    expect(effect).toMatchObject({ state: 'parked', reason: 'refused: processed/error: decryption-failed' })
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
    expect(told[0]).toContain("CNI+1+80009'STS+1+13'DTM+334:202604121030:203'LOC+175+:::Ghent, BE'")
    expect(codesOf(record(bytesOf(told[0] ?? '')))).toEqual([])
    await hub.pass(3 * hour)
    const overdue = (await facts()).find(({ type }) => type === 'transmission.overdue')
    expect(overdue?.data).toMatchObject({ connection: 'buyer', set: 'IFTSTA', number: '80009', interchange: 1 })
    const subject = (await facts()).find(({ type }) => type === 'shipment.exception_opened')?.subject ?? ''
    const state = JSON.parse((await hub.backbone.states([subject])).get(subject)?.body ?? '{}') as ShipmentState
    expect(state.projection.exceptions).toMatchObject([
      { category: 'document_unacknowledged', reason: 'Interchange 1 to buyer is not acknowledged.' },
    ])
  })
})
