import { add } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { dayThere, productOf, unitCode, universal } from './parts.ts'
import { messageParties, messageProduct } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** What came of one item: some of it may be damaged. */
interface Received {
  readonly line: Reading
  readonly number: string
  readonly quantity: string
  readonly damaged: string
}

function receivedLines(owed: Reading): Received[] {
  const groups = Map.groupBy(owed.at('lines').list(9999), (line) =>
    JSON.stringify(['line', 'sku', 'uom', 'lot'].map((name) => line.at(name).optionalText() ?? '')),
  )
  if (groups.size === 0) throw owed.at('lines').wrong('at least one line')
  return [...groups.values()].flatMap((same, index) => {
    const [line] = same
    if (line === undefined) return []
    const sum = (some: readonly Reading[]): string =>
      some.reduce((total, one) => add(total, one.at('quantity').decimal()), '0')
    const damaged = same.filter((one) => (one.at('status').optionalText() ?? 'available') === 'damaged')
    const number = line.at('line').optionalText(20) ?? String(index + 1)
    return [{ line, number, quantity: sum(same), damaged: sum(damaged) }]
  })
}

/** 861: a supplier hears what came of what he sent. */
export const receivingAdvice: Compose = (owed, { settings, now }) => {
  const number = owed.at('receiptNumber').text(22)
  return {
    number,
    document: {
      number,
      at: dayThere(owed.at('receivedAt'), settings) ?? now.slice(0, 10),
      purpose: '00',
      kind: '1',
      ...stated({ order: owed.at('purchaseOrderNumber').optionalText(22) }),
      parties: [{ role: 'BY', name: settings.ownId, idQualifier: '92', id: settings.ownId }],
      lines: receivedLines(owed).map(({ line, number: at, quantity, damaged }) => {
        const { qualifier, product } = productOf(line, settings)
        const unit = unitCode(line.at('uom'), 'x12-355')
        return {
          line: at,
          received: quantity,
          unit,
          ...(damaged === '0' ? {} : { questioned: damaged, questionedUnit: unit, condition: '01' }),
          products: { [qualifier]: product },
        }
      }),
    },
  }
}

/** RECADV: the same for partners of EDIFACT. What is damaged is not accepted. */
export const receivingMessage: Compose = (owed, { settings, now }) => {
  const number = owed.at('receiptNumber').text(35)
  const order = owed.at('purchaseOrderNumber').optionalText(35)
  const received = universal(owed.at('receivedAt'))
  return {
    number,
    document: {
      type: '632',
      number,
      function: '9',
      dates: [
        { qualifier: '137', at: now.slice(0, 16) },
        ...(received === undefined ? [] : [{ qualifier: '50', at: received }]),
      ],
      ...(order === undefined ? {} : { references: [{ qualifier: 'ON', value: order }] }),
      parties: messageParties(owed, { buyer: settings.ownId, supplier: settings.partnerId }),
      levels: [
        {
          id: '1',
          lines: receivedLines(owed).map(({ line, number: at, quantity, damaged }) => {
            const unit = unitCode(line.at('uom'), 'rec20')
            return {
              line: at.slice(0, 6),
              ...messageProduct(line, settings),
              quantities: [
                { qualifier: '48', quantity, unit },
                ...(damaged === '0' ? [] : [{ qualifier: '195', quantity: damaged, unit }]),
              ],
            }
          }),
        },
      ],
    },
  }
}
