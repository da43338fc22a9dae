import { stated } from '../../kit/stated.ts'
import { dayOf, parties, productOf, qualifiedValues, scacOf, unitCode, warehouseOf } from './parts.ts'
import type { Compose } from './writer.ts'

/** 940: the owner orders a warehouse to ship a delivery, or takes the order back. */
export const warehouseOrder: Compose = (owed, { settings, command, isChange }) => {
  const number = owed.at('deliveryNumber').text(22)
  const scac = scacOf(owed.at('carrier'), settings)
  const requested =
    dayOf(owed.at('requestedShipDate')) ?? dayOf(owed.at('requestedShip')) ?? dayOf(owed.at('plannedShip').at('from'))
  const lines = owed.at('lines').list(10_000)
  if (lines.length === 0) throw owed.at('lines').wrong('at least one line')
  return {
    number,
    document: {
      purpose: command === 'cancel_delivery' ? 'F' : isChange ? 'R' : 'N',
      order: number,
      ...stated({ purchaseOrder: owed.at('customerPurchaseOrder').optionalText(22) }),
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      references: qualifiedValues({ CO: owed.at('orderNumber').optionalText(30) }),
      ...(requested === undefined ? {} : { dates: [{ qualifier: '10', at: requested }] }),
      ...(scac === undefined ? {} : { payment: 'PP', method: 'M', scac }),
      groups: [
        {
          lines: lines.map((line) => ({
            ordered: line.at('quantity').decimal(),
            unit: unitCode(line.at('uom'), 'x12-355'),
            ...productOf(line, settings),
            references: qualifiedValues({
              LI: line.at('line').optionalText(30),
              LT: line.at('lot').optionalText(30),
            }),
          })),
        },
      ],
    },
  }
}
