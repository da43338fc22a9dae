import { stated } from '../../kit/stated.ts'
import { momentOf, productOf, unitCode } from './parts.ts'
import { tradeLines } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** BGN-01. */
const purposes: Readonly<Record<string, string>> = { requested: '13', authorized: '11' }

/** 180: goods are to come back, or may. */
export const returnNotice: Compose = (owed, { settings, now }) => {
  const number = owed.at('returnNumber').text(30)
  const standing = owed.at('standing').text(20)
  const purpose = Object.hasOwn(purposes, standing) ? purposes[standing] : undefined
  if (purpose === undefined) throw owed.at('standing').wrong('requested or authorized')
  const at = momentOf(owed.at('at'))
  return {
    number,
    document: {
      purpose,
      number,
      at: at?.at ?? now.slice(0, 10),
      ...(at === undefined || at.zone === '' ? {} : { zone: at.zone }),
      ...stated({ order: owed.at('customerPurchaseOrder').optionalText(22) }),
      lines: tradeLines(owed, (line) => {
        const { qualifier, product } = productOf(line, settings)
        return {
          qualifier,
          product,
          quantity: line.at('quantity').decimal(),
          unit: unitCode(line.at('uom'), 'x12-355'),
        }
      }),
    },
  }
}
