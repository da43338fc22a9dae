import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Fact } from '../../src/model/fact.ts'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import type { TransmissionState } from '../../src/model/transmission/state.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { group, set, x12 } from '../edi/interchanges.ts'
import { SmallHub } from './small-hub.ts'

const taken: HttpResult = { outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }
const hour = 3_600_000

let hub: SmallHub

beforeEach(async () => {
  const partner = (id: string, partnerId: string, more: object = {}) => ({
    id,
    connector: 'edi-partner',
    settings: {
      url: `https://${id}.example`,
      partnerId,
      ownId: 'HARBORGOODSLTD',
      ta1: 'never',
      group: 'none',
      awaits: 'nothing',
      ...more,
    },
  })
  const route = (command: string, target: string) => ({ command, target, tenant: 'main' })
  hub = await SmallHub.start({
    connections: [
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      partner('carrier', 'ROADWAY', { carrierCodes: ['mrdn=RDWY'], responseMinutes: ['204=120'] }),
      partner('depot', 'NORTHDEPOT', { responseMinutes: ['940=240'], location: 'DC1' }),
      partner('shipper', 'MERIDIANCARRIER', { partnerQualifier: '02' }),
    ],
    routes: [
      route('tender_shipment', 'carrier'),
      route('withdraw_tender', 'carrier'),
      route('release_delivery', 'depot'),
      route('cancel_delivery', 'depot'),
      route('answer_tender', 'shipper'),
    ],
    answer: () => taken,
  })
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

let events = 0
async function told(type: string, data: object): Promise<void> {
  const occurredAt = new Date(hub.time.now).toISOString()
  await hub.receive('erp', { eventId: `C${++events}`, type, occurredAt, data })
  await hub.pass(2000)
}

let numbers = 700
async function arrives(connection: string, from: string, functional: string, name: string, body: readonly string[]) {
  const number = String(++numbers)
  const sets = [set({ identifier: name, body })]
  const text = x12({
    number: number.padStart(9, '0'),
    groups: [group({ identifier: functional, number, sets })],
  })
  await hub.receive(connection, text.replace('*02*MERIDIANCARRIER*', from))
  await hub.pass(2000)
}
const answers = (code: 'A' | 'D') =>
  arrives('carrier', '*ZZ*ROADWAY        *', 'GF', '990', [`B1*RDWY*80001*20260412*${code}`])

async function facts(prefix: string): Promise<Fact[]> {
  const logs = await Promise.all([0, 1].map((partition) => hub.backbone.readLog(partition, -1, 10_000)))
  return logs
    .flat()
    .map(({ fact }) => fact)
    .filter(({ type }) => type.startsWith(prefix))
}
const types = async (prefix: string): Promise<string[]> => (await facts(prefix)).map(({ type }) => type)

async function stateOf<S>(prefix: string): Promise<S> {
  const [first] = await facts(prefix)
  const subject = first?.subject ?? ''
  return JSON.parse((await hub.backbone.states([subject])).get(subject)?.body ?? '{}') as S
}
const shipment = () => stateOf<ShipmentState>('shipment.tendered')
const document = () => stateOf<TransmissionState>('transmission.issued')
const categories = async (): Promise<string[]> =>
  (await shipment()).projection.exceptions.map(({ category }) => category)

const load = { deliveryNumber: '80001', carrier: 'mrdn', stops: [{ type: 'pickup' }, { type: 'delivery' }] }

describe('a tender that we sent', () => {
  test('says by when it is to be answered, and the answer in time closes it', async () => {
    await told('shipment.tendered', load)
    const [sent] = hub.sent.map(({ request }) => Buffer.from(request.body ?? []).toString())
    expect(sent).toMatch(/~G62\*64\*\d{8}\*1\*\d{4}\*UT~/)
    expect((await document()).response).toMatchObject({ answer: 'tender_response', status: 'awaited' })
    await answers('A')
    expect((await facts('transmission.answered')).map(({ data }) => data)).toMatchObject([
      { set: '204', number: '80001', answer: 'tender_response', isLate: false },
    ])
    await hub.pass(3 * hour)
    expect(await types('transmission.unanswered')).toEqual([])
    expect(await categories()).toEqual([])
    expect('awaited' in (await shipment())).toBe(false)
  })

  test('is an exception of the shipment when nobody answers, until the late answer closes it', async () => {
    await told('shipment.tendered', load)
    await hub.pass(1.9 * hour)
    expect(await types('transmission.unanswered')).toEqual([])
    await hub.pass(0.2 * hour)
    expect(await types('transmission.unanswered')).toEqual(['transmission.unanswered'])
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
    expect(await types('transmission.unanswered')).toEqual([])
    await told('shipment.tendered', { ...load, deliveryNumber: '80002' })
    await told('shipment.tender_withdrawn', { deliveryNumber: '80002' })
    await hub.pass(3 * hour)
    expect(await types('transmission.unanswered')).toEqual([])
  })

  test('that a person closes waits for nobody', async () => {
    await told('shipment.tendered', load)
    const [issued] = await facts('transmission.issued')
    const connection = hub.connections.get('carrier')
    if (connection === undefined || issued === undefined) throw new Error('nothing was sent')
    const references = [{ scheme: 'transmission', value: issued.subject }]
    const decided = {
      type: 'transmission.decided',
      about: { entity: 'transmission', references, unknown: 'create' },
      data: { action: 'close', by: 'anna', reason: 'phoned' },
    }
    await hub.node.intake.accept({
      connection,
      body: new TextEncoder().encode(JSON.stringify([decided])),
      contentType: 'application/json',
      headers: {},
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      asserts: true,
    })
    await hub.pass(3 * hour)
    expect(await types('transmission.unanswered')).toEqual([])
    expect((await document()).response).toBeUndefined()
  })

  test('has the deadline of the shipment where it has one, and the shipment says itself that it is over', async () => {
    await told('shipment.tendered', { ...load, respondBy: '2100-01-01T12:00:00Z' })
    expect((await document()).response).toMatchObject({ dueAt: Date.UTC(2100, 0, 1, 12), isOfObject: true })
    await told('shipment.tendered', { ...load, deliveryNumber: '80003', respondBy: '2000-01-01T12:00:00Z' })
    await hub.pass(hour)
    const [opened] = await facts('shipment.exception_opened')
    expect(opened?.data).toMatchObject({ category: 'tender_unanswered' })
    expect(await types('shipment.exception_opened')).toHaveLength(1)
  })
})

test('an order to a warehouse waits for the shipping advice, and the delivery shows that it is late', async () => {
  const lines = [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }]
  await told('delivery.released', { deliveryNumber: '81001', location: 'DC1', lines })
  await hub.pass(4.1 * hour)
  expect((await facts('delivery.exception_opened')).map(({ data }) => data)).toMatchObject([
    { category: 'document_unanswered', reason: 'The 940 81001 to depot is not answered.' },
  ])
  await arrives('depot', '*ZZ*NORTHDEPOT     *', 'SW', '945', [
    'W06*N*81001*20260412',
    'W27*M*RDWY',
    'LX*1',
    'MAN*CP*PRO-1',
    'W12*CC*3*3**EA**SK*SKU-1',
    'N9*LI*10',
  ])
  expect(await types('delivery.exception_resolved')).toEqual(['delivery.exception_resolved'])
  expect((await facts('transmission.answered'))[0]?.data).toMatchObject({ answer: 'shipping_advice', isLate: true })
})

describe('a tender that we received', () => {
  const tender = (respondBy: string) =>
    arrives('shipper', '*02*MERIDIANCARRIER*', 'SM', '204', [
      'B2**MRDN**80009**PP',
      'B2A*00',
      `G62*64*${respondBy}`,
      'S5*1*CL',
      'S5*2*CU',
    ])

  test('is to be answered by its own deadline', async () => {
    await tender('20000101*1*1200*UT')
    await hub.pass(hour)
    expect(await categories()).toEqual(['tender_unanswered'])
    await told('shipment.tender_accepted', { deliveryNumber: '80009' })
    expect(await categories()).toEqual([])
    const answer = hub.sent.map(({ request }) => Buffer.from(request.body ?? []).toString()).at(-1)
    expect(answer).toMatch(/B1\*MRDN\*80009\*\d{8}\*A~/)
  })

  test('that is answered in time waits for nobody', async () => {
    await tender('21000101*1*1200*UT')
    await told('shipment.tender_accepted', { deliveryNumber: '80009' })
    await hub.pass(hour)
    expect(await categories()).toEqual([])
  })
})
