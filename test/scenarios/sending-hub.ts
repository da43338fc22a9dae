import { beforeEach } from 'vitest'
import type { TransmissionState } from '../../src/model/transmission/state.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { erp, facts, partner, route, stateOf, taken, useEdiHub, wms } from './edi-hub.ts'

/** Nobody answers. */
export const lost: HttpResult = { outcome: 'no_answer', wire: true, code: 'ETIMEDOUT' }

/** An answer with JSON. */
export function said(status: number, body: object): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) }
}

let replies: HttpResult[] = []

/** What the outside answers next, in order; afterwards it takes everything. */
export function willAnswer(...next: readonly HttpResult[]): void {
  replies = [...next]
}

/** A hub with an ERP, a warehouse, a carrier and partners that speak EDI, for each test of the file. */
export function useSendingHub(): void {
  beforeEach(() => {
    replies = []
  })
  const meridian = { partnerId: 'MERIDIANCARRIER', partnerQualifier: '02', group: '997', acknowledgementMinutes: 120 }
  useEdiHub({
    connections: [
      erp,
      wms,
      { id: 'dhl', connector: 'generic-carrier', settings: { carrier: 'dhl' } },
      partner('warehouse', meridian),
      partner('advised', { ...meridian, advice: 'refusals' }),
      partner('buyer', { ...meridian, partnerId: 'BUYER', standard: 'edifact' }),
    ],
    routes: [
      route('release_delivery', 'warehouse', { location: 'DC1' }),
      route('cancel_delivery', 'warehouse', { location: 'DC1' }),
      route('report_status', 'buyer'),
      route('acknowledge_interchange', 'warehouse', { connection: 'warehouse' }),
    ],
    answer: () => replies.shift() ?? taken,
  })
}

/** A delivery as the ERP tells it. */
export const delivery = (deliveryNumber: string, more: object = {}) => ({
  deliveryNumber,
  orderNumber: 'SO1',
  location: 'DC1',
  lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
  ...more,
})

/** The first document that was sent. */
export async function transmission(): Promise<TransmissionState> {
  const [issued] = await facts('transmission.issued')
  return stateOf(issued?.subject ?? '')
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
