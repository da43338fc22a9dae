import { Type } from 'typebox'
import { compare, isDecimal } from '../base/decimal.ts'
import { currency } from '../model/fields/currency.ts'
import type { Substitution } from '../model/stock/substitute.ts'

const item = (description: string) => Type.String({ minLength: 1, maxLength: 60, description })
const amount = (description: string) => Type.String({ minLength: 1, maxLength: 40, description })
const names = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 1000, description }))

/** What a row of master data may say about an item that may be sent instead of another. */
export const substitutionSchema = Type.Object(
  {
    sku: item('The item that was ordered.'),
    substitute: item('The item that may be sent instead.'),
    quantity: amount('So much of the ordered item, as a decimal: 2 where two small ones are one large one.'),
    uom: item('In which unit of the ordered item.'),
    substituteQuantity: amount('Is so much of the other one, as a decimal.'),
    substituteUom: item('In which unit of the other one.'),
    direction: Type.Optional(
      Type.Enum(['one_way', 'both'], {
        description: 'Whether the ordered item may be sent instead of the other one, too; one_way without it.',
      }),
    ),
    priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 99, description: '1 is tried first; 50 without it.' })),
    validFrom: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339. Absent: since ever.' })),
    validTo: Type.Optional(
      Type.String({ maxLength: 40, description: 'RFC 3339, first moment when it is not valid. Absent: no end.' }),
    ),
    customersAccept: names('Customers that have agreed, by the number in their orders; * is everybody.'),
    customersRefuse: names('Customers that never want it; * is everybody.'),
    channelsAccept: names('Channels whose customers have agreed; * is every channel.'),
    channelsRefuse: names('Channels over which it is never sent; * is every channel.'),
    priceRule: Type.Optional(
      Type.Enum(['ordered_item', 'own'], {
        description:
          'What is invoiced: the price of the item that was ordered, or one of its own, which has to be here; ordered_item without it.',
      }),
    ),
    unitPrice: Type.Optional(amount('Its own price, of one substituteUom, as a decimal.')),
    currency: Type.Optional(currency('Money of its own price, ISO 4217.')),
    status: Type.Optional(
      Type.Enum(['proposed', 'active', 'retired'], { description: 'Only an active one counts; proposed without it.' }),
    ),
  },
  { additionalProperties: false },
)

/** Names one relation: another time from which it is valid makes another one. */
export function substitutionKey({ sku, substitute, validFrom }: Partial<Substitution>): string {
  const name = [sku ?? '', substitute ?? ''].map(encodeURIComponent).join('/')
  return validFrom === undefined ? name : `${name}@${validFrom}`
}

/** What relations are found by, from either of their items. */
export function substitutionLookup(tenant: string, sku: string): string {
  return `substitute ${JSON.stringify([tenant, sku])}`
}

/** What is wrong with a row that has the right shape; undefined where nothing is. */
export function substitutionProblem(row: Partial<Substitution>): string | undefined {
  const { sku, substitute, quantity, substituteQuantity, priceRule = 'ordered_item', unitPrice, currency: money } = row
  const isPositive = (value: unknown): boolean => isDecimal(value) && compare(value, '0') > 0
  if (sku === substitute) return 'substitute: is the ordered item itself'
  if (!isPositive(quantity)) return 'quantity: expected a decimal above 0'
  if (!isPositive(substituteQuantity)) return 'substituteQuantity: expected a decimal above 0'
  const isPriced = isDecimal(unitPrice) && compare(unitPrice, '0') >= 0 && money !== undefined
  if (priceRule === 'own' && !isPriced)
    return 'unitPrice: expected a decimal and its currency where the price is its own'
  if (priceRule !== 'own' && unitPrice !== undefined) return 'priceRule: expected own where there is a unitPrice'
  // Backwards it would be the price of the other item.
  if (priceRule === 'own' && row.direction === 'both') return 'direction: expected one_way where the price is its own'
  return undefined
}
