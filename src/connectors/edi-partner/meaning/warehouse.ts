import { compare, subtract } from '../../../base/decimal.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { rowNames } from '../../kit/row-name.ts'
import { stated } from '../../kit/stated.ts'
import { movementAssertion } from '../../kit/stock.ts'
import { goodsReceipt, numberOf, type WarehouseLine } from '../../kit/warehouse.ts'
import { whenOf } from './moment.ts'
import type { Naming } from './naming.ts'
import { locationOf, productsOf, qualified, skuOf, unitOf } from './number.ts'
import type { Meaning } from './tender.ts'

/** W13-03, element 412: what of a receipt is damaged. Over and short are said of the quantity, which is what came. */
export const conditions: Readonly<Record<string, string | undefined>> = {
  '01': 'damaged',
  '02': undefined,
  '03': undefined,
  '07': undefined,
}

/** 944: goods came into the warehouse. */
export function receiptAdvice(root: Reading, settings: Naming): Meaning {
  const unknownCodes: UnknownCode[] = []
  const told = root.at('lines').list(10_000)
  const lines = told.flatMap((line, index) => receivedLines(line, index, settings, unknownCodes))
  if (lines.length === 0) throw root.at('lines').wrong('at least one line that was received')
  return {
    assertions: goodsReceipt(
      {
        receipt: root.at('receipt').text(60),
        location: locationOf(root, settings),
        purchaseOrder: qualified(root.at('references'), ['PO']) ?? root.at('order').optionalText(60),
        notice: root.at('shipment').optionalText(60),
        lines,
        at: whenOf(root, ['09', '50'], settings),
      },
      settings,
    ),
    unknownCodes,
  }
}

/** What is damaged is a line of its own; the rest of the quantity is good. */
function receivedLines(line: Reading, index: number, settings: Naming, unknown: UnknownCode[]): WarehouseLine[] {
  const common = {
    // N9*LI is the line that the depositor announced. It is no part of the name of the movement: the same receipt, sent again by a warehouse that
    // has begun to name lines, or understood again since we read them, would be booked twice.
    ...numberOf(qualified(line.at('references'), ['LI']), index),
    isUnnumbered: true as const,
    sku: skuOf(line, productsOf(line), settings),
    uom: unitOf(line, 'unit', 'x12-355'),
    ...stated({ lot: line.at('lot').optionalText(60) ?? qualified(line.at('references'), ['LT']) }),
  }
  let good = line.at('received').decimal()
  const damaged = line.at('exceptions').each((one) => {
    const condition = one.at('condition').text(2)
    if (!Object.hasOwn(conditions, condition)) unknown.push({ table: 'x12-412', code: condition })
    const status = conditions[condition]
    if (status === undefined) return []
    const quantity = positive(one.at('quantity'), one.at('quantity').decimal())
    good = subtract(good, quantity)
    return { ...common, quantity, status }
  })
  if (compare(good, '0') < 0) throw line.at('received').wrong('at least what is damaged')
  const whole = compare(good, '0') === 0 ? [] : [{ ...common, quantity: good }]
  return [...whole, ...damaged.flat()]
}

/** 947: the warehouse corrected its stock. The sign says which way; the reason is kept with it. */
export function adjustmentAdvice(root: Reading, settings: Naming): Meaning {
  const location = locationOf(root, settings)
  const at = whenOf(root, [], settings)
  const id = root.at('warehouseNumber').optionalText(60) ?? root.at('depositorNumber').text(60)
  const lines = root
    .at('lines')
    .list(10_000)
    .map((line) => ({
      reason: () => line.at('reason').text(2),
      sku: skuOf(line, productsOf(line), settings),
      quantity: line.at('quantity').decimal(),
      uom: unitOf(line, 'unit', 'x12-355'),
      ...stated({ lot: line.at('lot').optionalText(60) ?? qualified(line.at('references'), ['LT']) }),
    }))
    .filter(({ quantity }) => compare(quantity, '0') !== 0)
  // Its lines have no numbers.
  const names = rowNames(lines)
  const assertions = lines.map(({ reason, quantity, ...line }, index): Assertion => {
    const isLoss = quantity.startsWith('-')
    return movementAssertion({
      ...line,
      type: isLoss ? 'adjust_loss' : 'adjust_gain',
      quantity: isLoss ? quantity.slice(1) : quantity,
      effectiveAt: at,
      ...(isLoss ? { from: { location } } : { to: { location } }),
      document: { system: settings.system, kind: 'adjustment', id, ...stated({ sequence: names[index] }) },
      reasonCode: `x12-181 ${reason()}`,
    })
  })
  return { assertions }
}

/** A quantity of goods that came or went. Throws CONTENT_INVALID below zero. */
export function positive(place: Reading, quantity: string): string {
  if (quantity.startsWith('-')) throw place.wrong('a quantity that is not negative')
  return quantity
}
