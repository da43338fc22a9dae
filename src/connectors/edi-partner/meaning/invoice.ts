import type { Assertion } from '../../../model/fact.ts'
import type { DocumentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { allowancesOf, taxOf } from './charges-edifact.ts'
import { x12Charges, x12Tax } from './charges-x12.ts'
import { freightMessage, type InvoiceHeading, serviceInvoice } from './freight-invoice.ts'
import { kindOf, money, type Sign, signed, signOf } from './invoice-kind.ts'
import type { Naming } from './naming.ts'
import { isProduct, lineProducts, orderNumberOf, productPairs, qualified, skuOf, unitOf } from './number.ts'
import { partyName } from './party.ts'
import { edifactPrice, x12Price } from './price.ts'
import type { Meaning } from './tender.ts'

/** BIG-08 (353) and BGM 1225: the document takes back the one with the same number. */
const cancelled: ReadonlySet<string> = new Set(['01', '1'])

/** 810: a supplier invoices what he delivered, kept with the order that it is about for whoever matches it; or somebody a service. */
export function invoice(root: Reading, naming: Naming): Meaning {
  const currency = root.at('currency').optionalText(3)
  const amount = root.at('total').optionalDecimal()
  if (amount === undefined) throw root.at('total').wrong('an amount')
  const heading: InvoiceHeading = {
    number: root.at('invoice').text(60),
    amount,
    currency,
    invoiceDate: root.at('date').optionalText(),
    due: root.at('terms').optionalList()?.[0]?.at('due').optionalText(),
    kind: kindOf(root.at('type').optionalText(2)),
    isCancelled: cancelled.has(root.at('purpose').optionalText(2) ?? ''),
  }
  if (naming.invoices === 'carrier') return { assertions: [serviceInvoice(root, heading, naming)] }
  const told = root.at('lines').optionalList(10_000) ?? []
  const order = orderNumberOf(root) ?? qualified(root.at('references'), ['PO']) ?? orderOfAll(told)
  if (order === undefined) throw root.at('order').wrong('the number of an order, or invoices: carrier in the settings')
  const sign = signOf(heading.kind, amount)
  const lines = told.map((line, index) => ({
    line: line.at('line').optionalText(20) ?? String(index + 1),
    ...productOf(line, productPairs(line), naming),
    ...stated({
      quantity: line.at('quantity').optionalDecimal(),
      uom: line.at('unit').present ? unitOf(line, 'unit', 'x12-355') : undefined,
      price: x12Price(line),
      charges: someOf(signed(x12Charges(line, currency), sign)),
    }),
  }))
  const tax = x12Tax(root)
  const more = stated({
    tax: tax === undefined ? undefined : money(tax, currency, sign),
    charges: someOf(signed(x12Charges(root, currency), sign)),
    // Who is to be paid may be the supplier's bank.
    supplier: partyName(root, ['SU', 'SE', 'VN', 'II', 'RI', 'RE']),
    delivery: qualified(root.at('references'), ['SI', 'DO']),
  })
  return { assertions: [keptWithOrder(order, heading, { lines, ...more }, naming)] }
}

/** The product of a line. A service, or freight that is asked for besides, has none: it is told in words, and compared with nothing. */
function productOf(
  line: Reading,
  numbers: Parameters<typeof skuOf>[1],
  naming: Naming,
): { readonly sku?: string; readonly description?: string } {
  if (numbers.some(([qualifier, value]) => value !== undefined && isProduct(qualifier ?? '')))
    return { sku: skuOf(line, numbers, naming) }
  return stated({ description: line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(200) })
}

/** The order that lines name, where it is one and the same: in a reference or among the numbers of the product. */
function orderOfAll(lines: readonly Reading[]): string | undefined {
  const orders = lines.map(
    (line) =>
      qualified(line.at('references'), ['PO']) ?? productPairs(line).find(([qualifier]) => qualifier === 'PO')?.[1],
  )
  const [first] = orders
  return orders.every((one) => one === first) ? first : undefined
}

/** INVOIC: of a supplier, or of a carrier where the setting says so. */
export function commercialInvoice(root: Reading, naming: Naming): Meaning {
  const currency = root.at('currencies').optionalList()?.[0]?.at('currency').optionalText(3)
  const code = root.at('type').optionalText(3)
  const kind = kindOf(code)
  // It asks for nothing: it is shown to a customs office.
  if (kind === 'pro_forma')
    return { assertions: [], unknownCodes: [{ table: 'edifact-1001-invoice', code: code ?? '' }] }
  const dates = root.at('dates')
  const isCancelled = cancelled.has(root.at('function').optionalText(3) ?? '')
  const heading: InvoiceHeading = {
    number: root.at('number').text(60),
    amount: totalOf(root, isCancelled),
    currency,
    invoiceDate: qualified(dates, ['3', '137'], 'at'),
    due: qualified(dates, ['13'], 'at') ?? dueOf(root),
    kind,
    isCancelled,
  }
  if (naming.invoices === 'carrier') return { assertions: [freightMessage(root, heading, naming)] }
  const told = root.at('lines').optionalList(10_000) ?? []
  const orders = [root, ...told].map((one) => qualified(one.at('references'), ['ON']))
  const order = orders.find((one) => one !== undefined)
  if (order === undefined)
    throw root.at('references').wrong('the number of an order (ON), or invoices: carrier in the settings')
  const sign = signOf(kind, heading.amount)
  const tax = taxOf(root)
  const more = stated({
    tax: tax === undefined ? undefined : money(tax, currency, sign),
    charges: someOf(signed(allowancesOf(root, currency), sign)),
    supplier: partyName(root, ['SU', 'SE', 'II']),
    delivery: qualified(root.at('references'), ['DQ', 'AAK']),
  })
  const lines = told.map((line, index) => messageLine(line, index, { currency, sign, naming }))
  return { assertions: [keptWithOrder(order, heading, { lines, ...more }, naming)] }
}

function messageLine(
  line: Reading,
  index: number,
  { currency, sign, naming }: { readonly currency: string | undefined; readonly sign: Sign; readonly naming: Naming },
): Readonly<Record<string, unknown>> {
  const [quantity] = ['47', '12', '21'].flatMap((qualifier) =>
    (line.at('quantities').optionalList() ?? []).filter((one) => one.at('qualifier').optionalText() === qualifier),
  )
  const amount = qualified(line.at('amounts'), ['203', '38'], 'amount')
  return {
    line: line.at('line').optionalText(20) ?? String(index + 1),
    ...productOf(line, lineProducts(line), naming),
    ...stated({
      quantity: quantity?.at('quantity').optionalDecimal(),
      uom: quantity?.at('unit').present === true ? unitOf(quantity, 'unit', 'rec20') : undefined,
      price: edifactPrice(line),
      amount: amount === undefined ? undefined : money(amount, undefined, sign).amount,
      charges: someOf(signed(allowancesOf(line, currency), sign)),
    }),
  }
}

function someOf<T>(all: readonly T[]): readonly T[] | undefined {
  return all.length === 0 ? undefined : all
}

/** MOA 9 is due, 77 the invoice, 39 and 86 totals of it: the first that is said. */
function totalOf(root: Reading, isCancelled: boolean): string {
  const found = qualified(root.at('amounts'), ['77', '9', '39', '86'], 'amount')
  if (found === undefined && isCancelled) return '0'
  if (found === undefined) throw root.at('amounts').wrong('the amount of the invoice (77, 9, 39 or 86)')
  return found
}

function dueOf(root: Reading): string | undefined {
  const terms = root.at('terms').each((one) => qualified(one.at('dates'), ['13'], 'at'))
  return terms.find((one) => one !== undefined)
}

/** What an invoice says, beside the others about the same order. One that is taken back is told under a key of its own: nothing is unsaid. */
function keptWithOrder(
  order: string,
  { number, amount, currency, kind, invoiceDate, due, isCancelled }: InvoiceHeading,
  said: Readonly<Record<string, unknown>>,
  { orderSystem }: Naming,
): Assertion<DocumentReport> {
  const part = isCancelled
    ? { purpose: 'cancelled', invoiceNumber: number, lines: [] }
    : { total: money(amount, currency, signOf(kind, amount)), ...said, ...stated({ kind, invoiceDate, due }) }
  return {
    type: 'purchase_order.reported',
    about: {
      entity: 'purchase_order',
      references: [{ scheme: 'purchase_order', issuer: orderSystem, value: order }],
      unknown: 'create',
    },
    data: {
      object: { purchaseOrderNumber: order },
      parts: { invoices: { [isCancelled ? `${number} cancelled` : number]: part } },
    },
  }
}
