import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Agreement } from '../policy.ts'
import { dayOf, messageCode, party, productOf, unitCode } from './parts.ts'

/** Lines of an order, of its answer or of an invoice; a document without any says nothing. */
export function tradeLines(owed: Reading, make: (line: Reading, number: string) => EdiDocument): EdiDocument[] {
  const lines = owed.at('lines').list(9999)
  if (lines.length === 0) throw owed.at('lines').wrong('at least one line')
  return lines.map((line, index) => make(line, line.at('line').optionalText(20) ?? String(index + 1)))
}

/** Line, quantity, price and product of the X12 sets about orders and invoices. */
export function pricedLine(line: Reading, number: string, settings: Agreement): EdiDocument {
  const { qualifier, product } = productOf(line, settings)
  const price = line.at('price').optionalDecimal()
  return {
    line: number,
    quantity: line.at('quantity').decimal(),
    unit: unitCode(line.at('uom'), 'x12-355'),
    ...stated({ price }),
    products: { [qualifier]: product },
    ...described(line, 'x12'),
  }
}

/** The same in EDIFACT; `qualifier` says what the quantity is: 21 ordered, 47 invoiced. */
export function messageLine(line: Reading, number: string, qualifier: string, settings: Agreement): EdiDocument {
  const price = line.at('price').optionalDecimal()
  return {
    line: number.slice(0, 6),
    ...messageProduct(line, settings),
    quantities: [{ qualifier, quantity: line.at('quantity').decimal(), unit: unitCode(line.at('uom'), 'rec20') }],
    ...(price === undefined ? {} : { prices: [{ qualifier: 'AAA', price }] }),
    ...described(line, 'edifact'),
  }
}

/** A trade item number, or what the supplier calls it. */
export function messageProduct(line: Reading, settings: Agreement): EdiDocument {
  const { product } = productOf(line, settings)
  const isTradeItem = /^\d{8}(\d{4,6})?$/.test(product)
  return { product: product.slice(0, 35), qualifier: isTradeItem ? 'EN' : 'SA' }
}

function described(line: Reading, standard: 'x12' | 'edifact'): EdiDocument {
  const text = line.at('description').excerpt(standard === 'x12' ? 80 : 35)
  return text === undefined ? {} : { descriptions: [{ kind: 'F', text }] }
}

/** The buyer, the supplier and the place of the goods, for EDIFACT. */
export function messageParties(
  owed: Reading,
  { buyer, supplier }: { readonly buyer: string; readonly supplier: string },
): EdiDocument[] {
  return [
    { role: 'BY', ...messageCode(buyer) },
    { role: 'SU', ...messageCode(supplier) },
    ...messagePlace('DP', owed.at('shipTo')),
  ]
}

/** NAD by code or by address; none where nothing is known. */
export function messagePlace(role: string, place: Reading): EdiDocument[] {
  const [found] = party('ST', place)
  return found === undefined ? [] : messageParty(role, found)
}

/** NAD of a party that is written as X12 has it. */
export function messageParty(role: string, found: EdiDocument): EdiDocument[] {
  const { id, name, street, city, postalCode, country } = found
  const cut = (text: unknown, length = 35): string | undefined =>
    typeof text === 'string' ? text.slice(0, length) : undefined
  return [
    {
      role,
      ...stated({
        ...(typeof id === 'string' ? messageCode(id) : {}),
        name: cut(name),
        street: cut(street),
        city: cut(city),
        postalCode: cut(postalCode, 9),
        country: cut(country, 2),
      }),
    } as EdiDocument,
  ]
}

/** When the customer wants the goods. */
export function wantedOn(owed: Reading): string | undefined {
  return dayOf(owed.at('requestedDelivery')) ?? dayOf(owed.at('requestedDeliveryDate'))
}

/** An amount of an object, which may be a number alone or one with its currency. */
export function amountOf(total: Reading): string {
  return total.at('amount').present ? total.at('amount').decimal() : total.decimal()
}

/** How a change of an order is told apart from another one: the minute in which it is written. */
export function changeNumber(now: string): string {
  return now.replaceAll(/\D/g, '').slice(4, 12)
}
