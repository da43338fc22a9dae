import { stated } from '../../kit/stated.ts'
import { dayThere, parties, productOf, qualifiedValues, scacOf, unitCode, warehouseOf } from './parts.ts'
import type { Compose } from './writer.ts'

/** 943: the owner announces goods to a warehouse. */
export const transferAdvice: Compose = (owed, { settings, now }) => {
  const number = owed.at('asnNumber').text(30)
  const orders = owed.at('purchaseOrders').each((one) => one.text(22))
  const scac = scacOf(owed.at('carrier'), settings)
  const expected = dayThere(owed.at('expectedAt'), settings)
  const lines = owed.at('lines').list(9999)
  if (lines.length === 0) throw owed.at('lines').wrong('at least one line')
  return {
    number,
    document: {
      purpose: 'N',
      order: orders[0] ?? owed.at('asnNumber').text(22),
      date: dayThere(owed.at('shippedAt'), settings) ?? now.slice(0, 10),
      shipment: number,
      ...stated({ purchaseOrder: orders[0] }),
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      references: qualifiedValues({
        BM: owed.at('billOfLading').optionalText(30),
        CN: owed.at('proNumber').optionalText(30),
      }),
      ...(expected === undefined ? {} : { dates: [{ qualifier: '17', at: expected }] }),
      ...(scac === undefined ? {} : { method: 'M', scac }),
      lines: lines.map((line) => ({
        shipped: line.at('quantity').decimal(),
        unit: unitCode(line.at('uom'), 'x12-355'),
        ...productOf(line, settings),
        references: qualifiedValues({
          LI: line.at('line').optionalText(30),
          PO: line.at('purchaseOrder').optionalText(30),
          LT: line.at('lot').optionalText(30),
        }),
      })),
    },
  }
}
