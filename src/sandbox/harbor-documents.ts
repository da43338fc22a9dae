import type { EdiDocument } from '../edi/map/read.ts'

/** A line of goods. */
export interface HarborLine {
  readonly sku: string
  readonly quantity: string
}

/** What the warehouse at the harbor says about one order or receipt; `at` is `YYYY-MM-DDThh:mm`. */
export interface HarborNews {
  readonly number: string
  readonly at: string
  readonly lines: readonly HarborLine[]
}

/** 944: goods came in. */
export function receiptOf({ number, at, lines }: HarborNews, purchaseOrder: string): EdiDocument {
  return {
    purpose: 'F',
    date: at.slice(0, 10),
    receipt: number,
    order: purchaseOrder,
    parties: [{ role: 'WH', name: 'HARBOR FULFILMENT', idQualifier: '91', id: harborLocation }],
    references: [{ qualifier: 'PO', value: purchaseOrder }],
    dates: [{ qualifier: '09', at: at.slice(0, 10) }],
    lines: lines.map(({ sku, quantity }) => ({ received: quantity, unit: 'EA', qualifier: 'VN', product: sku })),
  }
}

/** 945: the goods of a delivery have left. */
export function shippingAdviceOf({ number, at, lines }: HarborNews, proNumber: string): EdiDocument {
  return {
    purpose: 'F',
    order: number,
    date: at.slice(0, 10),
    parties: [{ role: 'SF', name: 'HARBOR FULFILMENT', idQualifier: '91', id: harborLocation }],
    references: [{ qualifier: 'CN', value: proNumber }],
    dates: [{ qualifier: '11', at: at.slice(0, 10) }],
    method: 'M',
    scac: 'FWST',
    routing: 'FREIGHTWEST',
    packages: [
      {
        number: '1',
        lines: lines.map(({ sku, quantity }) => ({
          status: 'CC',
          ordered: quantity,
          shipped: quantity,
          unit: 'EA',
          qualifier: 'VN',
          product: sku,
        })),
      },
    ],
  }
}

/** 856: the same goods, announced to whoever gets them. */
export function shipNoticeOf({ number, at, lines }: HarborNews): EdiDocument {
  return {
    purpose: '00',
    shipment: `SN${number}`,
    at,
    structure: '0001',
    levels: [
      { id: '1', kind: 'S', dates: [{ qualifier: '011', at }] },
      { id: '2', parent: '1', kind: 'O', purchaseOrder: `P${number}` },
      ...lines.map(({ sku, quantity }, index) => ({
        id: `${index + 3}`,
        parent: '2',
        kind: 'I',
        products: { VN: sku },
        shipped: quantity,
        unit: 'EA',
      })),
    ],
  }
}

/** 214: the truck of the delivery has left (AF) or arrived (D1). */
export function statusOf({ number, at }: HarborNews, proNumber: string, status: 'AF' | 'D1'): EdiDocument {
  return {
    pro: proNumber,
    shipment: number,
    scac: 'FWST',
    entries: [
      {
        number: '1',
        statuses: [{ status, statusReason: 'NS', at, zone: 'UT', city: 'HARBORTOWN', country: 'US' }],
      },
    ],
  }
}

/** Where the warehouse is, as both sides write it. */
export const harborLocation = 'HARBOR-DC1'
