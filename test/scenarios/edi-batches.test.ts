import { describe, expect, test } from 'vitest'
import type { TransmissionState } from '../../src/model/transmission/state.ts'
import { bytesOf, edifact, message } from '../edi/interchanges.ts'
import { record } from '../edi/recorder.ts'
import {
  arrives,
  decided,
  erp,
  facts,
  factTypes,
  hub,
  interchange,
  minute,
  partner,
  route,
  sent,
  stateOf,
  told,
  useEdiHub,
  wms,
} from './edi-hub.ts'

const together = { acknowledgementMinutes: 120, batchMinutes: 15 }

useEdiHub({
  connections: [
    erp,
    wms,
    partner('depot', { ...together, partnerId: 'MERIDIANCARRIER', partnerQualifier: '02', batchMost: 4 }),
    partner('buyer', { ...together, partnerId: '5400000000010', partnerQualifier: '14', standard: 'edifact' }),
  ],
  routes: [
    route('release_delivery', 'depot'),
    route('cancel_delivery', 'depot'),
    route('tender_shipment', 'depot'),
    route('notify_shipment', 'buyer'),
  ],
})

const released = (number: string, sku = 'SKU-1') =>
  told('delivery.released', {
    deliveryNumber: number,
    location: 'DC1',
    lines: [{ line: '10', sku, quantity: '3', uom: 'EA' }],
  })
/** What became of each document, by its number. */
async function documents(): Promise<Record<string, TransmissionState>> {
  const subjects = [...new Set((await facts('transmission.batched')).map(({ subject }) => subject))]
  const all = await Promise.all(subjects.map((subject) => stateOf<TransmissionState>(subject)))
  return Object.fromEntries(all.map((state) => [state.document?.number ?? '', state]))
}
const statuses = async () =>
  Object.fromEntries(Object.entries(await documents()).map(([number, { status }]) => [number, status]))

const answers = (body: readonly string[]) => arrives('depot', interchange('FA', '997', body))

describe('documents that leave together', () => {
  test('wait for the window, and are one interchange with right counts and numbers in every level', async () => {
    await released('80001')
    await hub.pass(5 * minute)
    await told('shipment.tendered', { deliveryNumber: '80001', carrier: 'mrdn', stops: [{ type: 'pickup' }] })
    await released('80002')
    await hub.pass(9 * minute)
    expect(sent()).toEqual([])
    await hub.pass(2 * minute)
    expect(sent()).toHaveLength(1)
    const [text = ''] = sent()
    const { interchanges, groups, sets } = record(bytesOf(text))
    expect(interchanges.map(({ header }) => header.controlNumber)).toEqual(['000000001'])
    expect(groups.map(({ header }) => [header.functionalIdentifier, header.controlNumber])).toEqual([
      ['OW', '1'],
      ['SM', '2'],
    ])
    expect(sets.map(({ header }) => [header.identifier, header.controlNumber])).toEqual([
      ['940', '0001'],
      ['940', '0002'],
      ['204', '0003'],
    ])
    expect(text).toContain('GE*2*1~')
    expect(text).toContain('GE*1*2~IEA*2*000000001~')
  })

  test('leave before their time when there are as many as one interchange holds', async () => {
    for (const number of ['1', '2', '3', '4', '5']) await released(`8000${number}`)
    await hub.pass(2000)
    expect(sent().map((text) => record(bytesOf(text)).sets.length)).toEqual([4])
    await hub.pass(16 * minute)
    expect(sent().map((text) => record(bytesOf(text)).sets.length)).toEqual([4, 1])
    expect(Object.keys(await documents()).toSorted()).toEqual(['80001', '80002', '80003', '80004', '80005'])
  })

  test('are apart where their values need other delimiters', async () => {
    await released('80001')
    await released('80002', 'SKU*~2')
    await hub.pass(16 * minute)
    expect(sent()).toHaveLength(2)
    expect(new Set(sent().map((text) => text[3])).size).toBe(2)
  })

  test('are answered one by one: what is refused is an exception of its delivery only', async () => {
    await released('80001')
    await released('80002')
    await released('80003')
    await hub.pass(16 * minute)
    await answers([
      'AK1*OW*1',
      'AK2*940*0001',
      'AK5*A',
      'AK2*940*0002',
      'AK3*W01*5**8',
      'AK4*5*234*7',
      'AK5*R*5',
      'AK9*P*3*3*2',
    ])
    expect(await statuses()).toEqual({ 80001: 'acknowledged', 80002: 'rejected', 80003: 'acknowledged' })
    const opened = await facts('delivery.exception_opened')
    expect(opened.map(({ data }) => data)).toMatchObject([
      { category: 'document_rejected', reason: '997 rejected · code 5 · W01 5 element 5 7' },
    ])
    await hub.pass(180 * minute)
    expect(await factTypes('transmission.overdue')).toEqual([])
  })

  test('are overdue one by one, and settled by an answer to the interchange', async () => {
    await released('80001')
    await released('80002')
    await hub.pass(140 * minute)
    expect(await facts('delivery.exception_opened')).toHaveLength(2)
    await answers(['AK1*OW*1', 'AK9*A*2*2*2'])
    expect(await statuses()).toEqual({ 80001: 'acknowledged', 80002: 'acknowledged' })
    expect(await facts('delivery.exception_resolved')).toHaveLength(2)
  })

  test('that name a set which was not in there are shown', async () => {
    await released('80001')
    await hub.pass(16 * minute)
    await answers(['AK1*OW*1', 'AK2*940*0009', 'AK5*R*5', 'AK9*R*1*1*0'])
    expect((await facts('transmission.unmatched')).map(({ data }) => data)).toMatchObject([
      { kind: '997', number: '1' },
    ])
  })

  test('are sent again with the same bytes under the same numbers, all of them', async () => {
    await released('80001')
    await released('80002')
    await hub.pass(16 * minute)
    const [subject = ''] = (await facts('transmission.batched')).map((fact) => fact.subject)
    await decided('depot', subject, 'send_again')
    expect(sent()).toHaveLength(2)
    expect(new Set(sent()).size).toBe(1)
    expect(Object.values(await documents()).map(({ sends }) => sends)).toEqual([2, 2])
  })
})

test('messages of EDIFACT leave together too, and a CONTRL answers each', async () => {
  const confirmed = (number: string) =>
    told(
      'shipment.confirmed',
      {
        deliveryNumber: number,
        orderNumber: `SO-${number}`,
        location: 'DC1',
        carrier: 'dhl',
        packages: [{ trackingNumber: `JD${number}` }],
        lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
      },
      'wms',
    )
  await confirmed('90001')
  await confirmed('90002')
  await hub.pass(16 * minute)
  const [text = ''] = sent()
  const { sets } = record(bytesOf(text))
  expect(sets.map(({ header }) => [header.identifier, header.controlNumber])).toEqual([
    ['DESADV', '1'],
    ['DESADV', '2'],
  ])
  expect(text).toMatch(/UNZ\+2\+1'$/)
  const contrl = message({
    type: 'CONTRL:D:3:UN',
    body: ["UCI+1+HARBORGOODSLTD:ZZ+5400000000010:14+7'", "UCM+2+DESADV:D:96A:UN+4+12'"].map((one) => one.slice(0, -1)),
  })
  await arrives('buyer', edifact({ messages: [contrl] }).replace('+5400000000027:14+', '+HARBORGOODSLTD:ZZ+'))
  expect(await statuses()).toEqual({ 90001: 'acknowledged', 90002: 'rejected' })
})

test('what changes while it waits is told once more, as it is when the next window is over', async () => {
  const changed = (quantity: string) =>
    told('delivery.changed', {
      deliveryNumber: '80001',
      location: 'DC1',
      lines: [{ line: '10', sku: 'SKU-1', quantity, uom: 'EA' }],
    })
  await released('80001')
  await changed('4')
  await changed('5')
  await hub.pass(16 * minute)
  expect(sent().map((text) => /W05\*(\w)/.exec(text)?.[1])).toEqual(['N'])
  await hub.pass(16 * minute)
  expect(sent().map((text) => `${/W05\*(\w)/.exec(text)?.[1]} ${/W01\*(\d+)/.exec(text)?.[1]}`)).toEqual(['N 3', 'R 5'])
})
