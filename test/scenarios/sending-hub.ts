import { afterEach, beforeEach, expect } from 'vitest'
import type { Fact } from '../../src/model/fact.ts'
import type { TransmissionState } from '../../src/model/transmission/state.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

const taken: HttpResult = { outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }
/** Nobody answers. */
export const lost: HttpResult = { outcome: 'no_answer', wire: true, code: 'ETIMEDOUT' }
/** In milliseconds. */
export const hour = 3_600_000

/** An answer with JSON. */
export function said(status: number, body: object): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) }
}

/** The hub of the running test. */
export let hub: SmallHub
let replies: HttpResult[] = []

/** What the outside answers next, in order; afterwards it takes everything. */
export function willAnswer(...next: readonly HttpResult[]): void {
  replies = [...next]
}

/** A hub with an ERP, a warehouse, a carrier and partners that speak EDI, for each test of the file. */
export function useSendingHub(): void {
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
          settings: {
            ...partner,
            url: 'https://edi.meridian.example',
            advice: 'refusals',
            acknowledgementMinutes: 120,
          },
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
}

let events = 0
/** The ERP tells something. Answers the id of the message. */
export async function told(type: string, data: object): Promise<string> {
  const content = { eventId: `E${events++}`, type, occurredAt: '2026-04-12T10:00:00Z', data }
  const id = await hub.receive('erp', content)
  await hub.pass(2000)
  return id
}

/** A delivery as the ERP tells it. */
export const delivery = (deliveryNumber: string, more: object = {}) => ({
  deliveryNumber,
  orderNumber: 'SO1',
  location: 'DC1',
  lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
  ...more,
})

/** The whole log. */
export async function facts(): Promise<Fact[]> {
  const logs = await Promise.all([0, 1].map((partition) => hub.backbone.readLog(partition, -1, 10_000)))
  return logs.flat().map(({ fact }) => fact)
}

/** Types of facts on the log that begin so. */
export async function factTypes(prefix: string): Promise<string[]> {
  return (await facts()).map(({ type }) => type).filter((type) => type.startsWith(prefix))
}

/** Bodies that left. */
export function sent(): string[] {
  return hub.sent.map(({ request }) => Buffer.from(request.body ?? []).toString())
}

/** The first document that was sent. */
export async function transmission(): Promise<TransmissionState> {
  const [issued] = (await facts()).filter(({ type }) => type === 'transmission.issued')
  const state = (await hub.backbone.states([issued?.subject ?? ''])).get(issued?.subject ?? '')
  return JSON.parse(state?.body ?? '{}') as TransmissionState
}

/** An interchange of the partner that answers ours. */
export function answer(number: string, body: readonly string[], before: readonly string[] = []): string {
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

/** A 997 that accepts our 940. */
export const accepts = (group: string) => [`AK1*OW*${group}`, 'AK2*940*0001', 'AK5*A', 'AK9*A*1*1*1']
/** A 997 that rejects it, with segment and element. */
export const rejects = (group: string) => [
  `AK1*OW*${group}`,
  'AK2*940*0001',
  'AK3*W01*8*0310*8',
  'AK4*5*234*7*SKU-1',
  'AK5*R*5',
  'AK9*R*1*1*0',
]

/** The warehouse answers. */
export async function arrives(text: string): Promise<void> {
  await hub.receive('warehouse', text)
  await hub.pass(2000)
}
