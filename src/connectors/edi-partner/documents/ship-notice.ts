import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Agreement } from '../policy.ts'
import { orderNumberIn } from './order-number.ts'
import { messageCode, momentOf, party, productOf, qualifiedValues, scacOf, unitCode, universal } from './parts.ts'
import type { Compose } from './writer.ts'

/** The number of the notice: the delivery, with the number of the confirmation where there are several. */
export function noticeNumber(owed: Reading): string {
  const confirmation = owed.at('confirmation').optionalText(10) ?? '1'
  const delivery = owed.at('deliveryNumber').text(28)
  return confirmation === '1' ? delivery : `${delivery}-${confirmation}`
}

function customerOrder(owed: Reading): string {
  const found = owed.at('customerPurchaseOrder').optionalText(22) ?? owed.at('orderNumber').optionalText(22)
  if (found === undefined) throw owed.at('customerPurchaseOrder').wrong('the order of the customer, or ours')
  return found
}

/** PRF: the order, and of a blanket order the release. */
function releaseOf(owed: Reading): EdiDocument {
  const found = orderNumberIn(owed, 'customerPurchaseOrder', 'orderNumber')
  if (found === undefined) throw owed.at('customerPurchaseOrder').wrong('the order of the customer, or ours')
  return { purchaseOrder: found.order, ...stated({ release: found.release }) }
}

/** 856: shipment, order and items as a tree, for the buyer. */
export const shipNotice: Compose = (owed, { settings, now }) => {
  const number = noticeNumber(owed)
  const scac = scacOf(owed.at('carrier'), settings)
  const shipped = momentOf(owed.at('confirmedAt'))
  const items = owed
    .at('lines')
    .list(9999)
    .map((line, index): EdiDocument => {
      const { qualifier, product } = productOf(line, settings)
      const lot = line.at('lot').optionalText(30)
      return {
        id: String(index + 3),
        parent: '2',
        kind: 'I',
        ...stated({ line: line.at('line').optionalText(20) }),
        products: { [qualifier]: product },
        shipped: line.at('quantity').decimal(),
        unit: unitCode(line.at('uom'), 'x12-355'),
        ...(lot === undefined ? {} : { references: qualifiedValues({ LT: lot }) }),
      }
    })
  if (items.length === 0) throw owed.at('lines').wrong('at least one line')
  const shipment: EdiDocument = {
    id: '1',
    kind: 'S',
    carriers: scac === undefined ? [] : [{ sequence: 'B', idQualifier: '2', id: scac }],
    references: qualifiedValues({ BM: owed.at('billOfLading').optionalText(30) }),
    marks: owed.at('trackingNumbers').each((one) => ({ qualifier: 'CP', value: one.text(48) })),
    ...(shipped === undefined ? {} : { dates: [{ qualifier: '011', at: shipped.at, ...zoneOf(shipped) }] }),
    parties: party('ST', owed.at('shipTo')),
  }
  return {
    number,
    document: {
      purpose: '00',
      shipment: number,
      at: now.slice(0, 16),
      structure: '0004',
      levels: [shipment, { id: '2', parent: '1', kind: 'O', ...releaseOf(owed) }, ...items],
    },
  }
}

function zoneOf({ zone }: { readonly zone: string }): EdiDocument {
  return zone === '' ? {} : { zone }
}

const trackedMost = 7

/** DESADV: the same for partners of EDIFACT. */
export const despatchAdvice: Compose = (owed, { settings, now }) => {
  const number = noticeNumber(owed)
  const shipped = universal(owed.at('confirmedAt'))
  const scac = scacOf(owed.at('carrier'), settings)
  const lines = owed.at('lines').list(9999)
  if (lines.length === 0) throw owed.at('lines').wrong('at least one line')
  // As many as a message has room for beside its other references.
  const tracked = owed
    .at('trackingNumbers')
    .each((one) => one.text(35))
    .slice(0, trackedMost)
  return {
    number,
    document: {
      type: '351',
      number,
      function: '9',
      dates: [
        { qualifier: '137', at: now.slice(0, 16) },
        ...(shipped === undefined ? [] : [{ qualifier: '11', at: shipped }]),
      ],
      references: [
        { qualifier: 'ON', value: customerOrder(owed) },
        { qualifier: 'DQ', value: owed.at('deliveryNumber').text(35) },
        ...qualifiedValues({ BM: owed.at('billOfLading').optionalText(35) }),
        ...tracked.map((value) => ({ qualifier: 'CN', value })),
      ],
      parties: [{ role: 'SU', ...messageCode(settings.ownId) }, ...receiver(owed.at('shipTo'))],
      ...(scac === undefined ? {} : { transports: [{ stage: '20', carrier: scac }] }),
      levels: [{ id: '1', lines: lines.map((line, index) => despatched(line, index, settings)) }],
    },
  }
}

/** NAD with an address by code, or by name. */
function receiver(place: Reading): EdiDocument[] {
  const [found] = party('ST', place)
  if (found === undefined) return []
  const { id, name, street, city, postalCode, country } = found
  return [
    {
      role: 'DP',
      ...stated({
        ...(typeof id === 'string' ? messageCode(id) : {}),
        name: cut(name),
        street: cut(street),
        city,
        postalCode,
        country: country === undefined ? undefined : cut(country, 2),
      }),
    } as EdiDocument,
  ]
}

function cut(text: unknown, length = 35): string | undefined {
  return typeof text === 'string' ? text.slice(0, length) : undefined
}

function despatched(line: Reading, index: number, settings: Agreement): EdiDocument {
  const { product } = productOf(line, settings)
  const isTradeItem = /^\d{8}(\d{4,6})?$/.test(product)
  const lot = line.at('lot').optionalText(35)
  return {
    line: line.at('line').optionalText(6) ?? String(index + 1),
    product: product.slice(0, 35),
    qualifier: isTradeItem ? 'EN' : 'SA',
    quantities: [{ qualifier: '12', quantity: line.at('quantity').decimal(), unit: unitCode(line.at('uom'), 'rec20') }],
    ...(lot === undefined ? {} : { numbers: [{ qualifier: 'BX', value: lot }] }),
  }
}
