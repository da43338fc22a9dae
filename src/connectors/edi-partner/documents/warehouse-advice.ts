import { add, compare, subtract } from '../../../base/decimal.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Agreement } from '../policy.ts'
import { dayThere, momentOf, parties, productOf, qualifiedValues, scacOf, unitCode, warehouseOf } from './parts.ts'
import { noticeNumber } from './ship-notice.ts'
import type { Compose } from './writer.ts'

/** What MAN may hold of one group of lines. */
const marksMax = 10
/** Longest lot that W07 and W12 have room for; a longer one is a reference. */
const lotMax = 12

/** 945: a warehouse tells the owner what it shipped. */
export const shippingAdvice: Compose = (owed, { settings }) => {
  const number = owed.at('deliveryNumber').text(22)
  const marks = owed.at('trackingNumbers').each((one) => ({ qualifier: 'CP', value: one.text(48) }))
  const carrier = scacOf(owed.at('carrier'), settings)
  const lines = owed
    .at('lines')
    .list(9999)
    .map((line): EdiDocument => shippedLine(line, settings))
  if (lines.length === 0) throw owed.at('lines').wrong('at least one line')
  const date = dayThere(owed.at('confirmedAt'), settings)
  if (date === undefined) throw owed.at('confirmedAt').wrong('when the goods left')
  return {
    number,
    document: {
      purpose: 'N',
      order: number,
      date,
      ...stated({
        // What tells the confirmations of one delivery apart.
        shipment: (owed.at('confirmation').optionalText(10) ?? '1') === '1' ? undefined : noticeNumber(owed),
        purchaseOrder: owed.at('customerPurchaseOrder').optionalText(22),
      }),
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      references: qualifiedValues({ CO: owed.at('orderNumber').optionalText(30) }),
      dates: [{ qualifier: '11', at: date }],
      method: 'M',
      ...stated({ scac: carrier, routing: carrier === undefined ? owed.at('carrier').excerpt(35) : undefined }),
      packages: [
        { marks: marks.slice(0, marksMax), lines },
        // The lines of a confirmation are not told by package: the other packages are named without lines.
        ...chunks(marks.slice(marksMax)).map((some) => ({ marks: some })),
      ],
    },
  }
}

function shippedLine(line: Reading, settings: Agreement): EdiDocument {
  const shipped = line.at('quantity').decimal()
  return {
    status: 'CC',
    ordered: shipped,
    shipped,
    unit: unitCode(line.at('uom'), 'x12-355'),
    ...productOf(line, settings),
    ...lotOf(line),
  }
}

/** A lot where it has room, or as a reference; with the number of the line. */
function lotOf(line: Reading): EdiDocument {
  const lot = line.at('lot').optionalText(30)
  return {
    ...(lot !== undefined && lot.length <= lotMax ? { lot } : {}),
    references: qualifiedValues({
      LI: line.at('line').optionalText(30),
      LT: lot !== undefined && lot.length > lotMax ? lot : undefined,
    }),
  }
}

/** 944: a warehouse tells the owner what it received; what is damaged is an exception of its line. */
export const receiptAdvice: Compose = (owed, { settings, now }) => {
  const number = owed.at('receiptNumber').text(12)
  const groups = Map.groupBy(owed.at('lines').list(9999), (line) =>
    JSON.stringify(['line', 'sku', 'uom', 'lot'].map((name) => line.at(name).optionalText() ?? '')),
  )
  if (groups.size === 0) throw owed.at('lines').wrong('at least one line')
  return {
    number,
    document: {
      purpose: 'F',
      date: dayThere(owed.at('receivedAt'), settings) ?? now.slice(0, 10),
      receipt: number,
      ...stated({
        order: owed.at('purchaseOrderNumber').optionalText(22),
        shipment: owed.at('asnNumber').optionalText(30),
      }),
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      lines: [...groups.values()].map((same) => receivedLine(same, settings)),
    },
  }
}

function receivedLine(same: readonly Reading[], settings: Agreement): EdiDocument {
  const [line] = same
  if (line === undefined) return {}
  let received = '0'
  const exceptions: EdiDocument[] = []
  const unit = unitCode(line.at('uom'), 'x12-355')
  for (const one of same) {
    const quantity = one.at('quantity').decimal()
    const status = one.at('status').optionalText() ?? 'available'
    received = add(received, quantity)
    if (status === 'available') continue
    if (status !== 'damaged') throw one.at('status').wrong('available or damaged')
    exceptions.push({ quantity, unit, condition: '01' })
  }
  return {
    received,
    unit,
    ...productOf(line, settings),
    ...lotOf(line),
    ...(exceptions.length === 0 ? {} : { exceptions }),
  }
}

/** 947: a warehouse tells the owner of a correction; the sign says which way. */
export const adjustmentAdvice: Compose = (owed, { settings, now }) => {
  const number = owed.at('document').at('id').text(22)
  const told = owed.at('reasonCode').optionalText() ?? ''
  const listed = /^(?:x12-181 )?([A-Z0-9]{2})$/.exec(told)?.[1]
  const reason = listed ?? settings.adjustmentReason
  if (!/^[A-Z0-9]{2}$/.test(reason))
    throw owed.at('reasonCode').wrong('a reason of list 181, or adjustmentReason in the settings')
  const quantity = owed.at('delta').decimal()
  if (compare(quantity, '0') === 0) throw owed.at('delta').wrong('a change')
  return {
    number,
    document: {
      date: dayThere(owed.at('effectiveAt'), settings) ?? now.slice(0, 10),
      warehouseNumber: number,
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      lines: [
        {
          reason,
          quantity: subtract(quantity, '0'),
          unit: unitCode(owed.at('uom'), 'x12-355'),
          ...productOf(owed, settings),
          ...lotOf(owed),
        },
      ],
    },
  }
}

/** Element 673: what of the stock a quantity is. */
const stockQualifiers: Readonly<Record<string, string>> = { available: '33', damaged: '20', quality_hold: 'QH' }

/** 846: how much of an item there is, at an instant. */
export const inventoryAdvice: Compose = (owed, { settings, now }) => {
  const number = owed.at('document').at('id').text(30)
  const status = owed.at('status').optionalText() ?? 'available'
  const qualifier = stockQualifiers[status]
  if (qualifier === undefined) throw owed.at('status').wrong('available, damaged or quality_hold')
  const { qualifier: kind, product } = productOf(owed, settings)
  const at = momentOf(owed.at('effectiveAt'))
  return {
    number,
    document: {
      purpose: '00',
      type: 'MM',
      number,
      at: at?.at ?? now.slice(0, 10),
      ...(at === undefined || at.zone === '' ? {} : { dates: [{ qualifier: '007', at: at.at, zone: at.zone }] }),
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      items: [
        {
          line: '1',
          products: { [kind]: product },
          references: qualifiedValues({ LT: owed.at('lot').optionalText(30) }),
          quantities: [
            { qualifier, quantity: owed.at('quantity').decimal(), unit: unitCode(owed.at('uom'), 'x12-355') },
          ],
        },
      ],
    },
  }
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / marksMax) }, (_, at) =>
    list.slice(at * marksMax, (at + 1) * marksMax),
  )
}
