import type { EdiDocument } from '../../edi/map/read.ts'

/** A line of goods. Prices are in the currency of the document. */
export interface Line {
  readonly sku: string
  readonly quantity: string
  readonly price: string
}

/** What a document is about; `on` is its day. */
export interface Subject {
  readonly number: string
  readonly on: string
  readonly lines: readonly Line[]
}

/** Where goods of the retailer lie that it has only deposited. */
export const depositLocation = 'NORTHGATE-BAY'
/** Who carries for the simulated house, as the retailer writes it, and as everybody else does. */
export const fleet = { scac: 'MRDN', name: 'meridian' } as const

/** 850: the retailer orders goods. */
export function purchaseOrder({ number, on, lines }: Subject): EdiDocument {
  return {
    purpose: '00',
    type: 'SA',
    order: number,
    date: on,
    currencyOf: 'BY',
    currency: 'EUR',
    parties: [
      { role: 'BY', name: 'NORTHGATE', idQualifier: '92', id: 'NORTHGATE' },
      { role: 'ST', name: 'NORTHGATE STORE 7', idQualifier: '92', id: 'STORE-7' },
    ],
    lines: lines.map(({ sku, quantity, price }, at) => ({
      line: String(at + 1),
      quantity,
      unit: 'EA',
      price,
      products: { SK: sku },
    })),
    summary: {},
  }
}

/** 940: goods that the retailer has deposited are to leave. */
export function shippingOrder({ number, lines }: Subject): EdiDocument {
  return {
    purpose: 'N',
    order: number,
    parties: [
      { role: 'WH', name: 'NORTHGATE BAY', idQualifier: '91', id: depositLocation },
      { role: 'ST', name: 'NORTHGATE STORE 7', idQualifier: '92', id: 'STORE-7' },
    ],
    payment: 'PP',
    method: 'M',
    scac: fleet.scac,
    groups: [
      {
        number: '1',
        lines: lines.map(({ sku, quantity }) => ({ ordered: quantity, unit: 'EA', qualifier: 'SK', product: sku })),
      },
    ],
  }
}

/** 204: a load is offered to the fleet of the house. */
export function loadTender({ number, on }: Subject, trackingNumber: string): EdiDocument {
  return {
    scac: fleet.scac,
    shipment: number,
    payment: 'PP',
    purpose: '00',
    references: [{ value: trackingNumber, qualifier: 'CN' }],
    stops: [
      { sequence: '1', reason: 'LD', windows: [{ qualifier: '37', at: on }] },
      { sequence: '2', reason: 'UL', windows: [{ qualifier: '53', at: on }] },
    ],
  }
}

/** ORDERS: the trading house orders goods. */
export function order({ number, on, lines }: Subject): EdiDocument {
  return {
    type: '220',
    number,
    function: '9',
    dates: [{ qualifier: '137', at: on }],
    parties: [{ role: 'BY', id: 'BALTICA' }],
    currencies: [{ usage: '2', currency: 'EUR' }],
    lines: lines.map(({ sku, quantity, price }, at) => ({
      line: String(at + 1),
      product: sku,
      qualifier: 'SA',
      quantities: [{ qualifier: '21', quantity, unit: 'PCE' }],
      prices: [{ qualifier: 'AAA', price }],
    })),
  }
}

/** ORDRSP: the trading house takes our order. */
export function orderAnswer({ number, on, lines }: Subject): EdiDocument {
  return {
    type: '231',
    number: `R${number}`,
    function: '29',
    dates: [{ qualifier: '137', at: on }],
    references: [{ qualifier: 'ON', value: number }],
    parties: [{ role: 'SU', id: 'BALTICA' }],
    lines: lines.map(({ sku, quantity }, at) => ({
      line: String(at + 1),
      action: '5',
      product: sku,
      qualifier: 'SA',
      quantities: [{ qualifier: '21', quantity, unit: 'PCE' }],
    })),
  }
}

/** DESADV: what it has ordered to be sent to us. */
export function despatchAdvice({ number, on, lines }: Subject): EdiDocument {
  return {
    type: '351',
    number: `A${number}`,
    function: '9',
    dates: [
      { qualifier: '137', at: on },
      { qualifier: '11', at: on },
    ],
    references: [{ qualifier: 'ON', value: number }],
    parties: [{ role: 'SU', id: 'BALTICA' }],
    levels: [
      {
        id: '1',
        lines: lines.map(({ sku, quantity }, at) => ({
          line: String(at + 1),
          product: sku,
          qualifier: 'SA',
          quantities: [{ qualifier: '12', quantity, unit: 'PCE' }],
        })),
      },
    ],
  }
}

/** IFTSTA: where the goods are; 13 is picked up, 21 delivered. `at` is `YYYY-MM-DDThh:mm`. */
export function consignmentStatus(number: string, status: '13' | '21', at: string): EdiDocument {
  return {
    type: '23',
    number: `S${number}-${status}`,
    function: '9',
    dates: [{ qualifier: '137', at }],
    parties: [{ role: 'CA', id: 'BALTICA' }],
    consignments: [{ sequence: '1', number, statuses: [{ category: '1', status, dates: [{ qualifier: '334', at }] }] }],
  }
}
