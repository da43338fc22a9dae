import type { Assertion } from '../../../model/fact.ts'
import type { DocumentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { chargeKind } from './charge-kind.ts'
import { allowancesOf, chargedLines, taxOf } from './charges-edifact.ts'
import { x12Charges, x12Tax } from './charges-x12.ts'
import { type LoadNumbers, lineLoads } from './line-load.ts'
import type { Naming } from './naming.ts'
import { carrierOf, lineProducts, numberOf, orderNumberOf, productPairs, qualified, skuOf, unitOf } from './number.ts'
import { partyName } from './party.ts'
import { edifactPrice, x12Price } from './price.ts'
import type { Meaning } from './tender.ts'

/** An amount; its currency only where the document says it. */
export interface Amount {
  readonly amount: string
  readonly currency?: string
}

/** BIG-07 and BGM 1001: what an invoice is that is none. */
const kinds: Readonly<Record<string, string>> = {
  CN: 'credit_note',
  CR: 'credit_note',
  DI: 'invoice',
  DR: 'debit_note',
  380: 'invoice',
  381: 'credit_note',
  383: 'debit_note',
  384: 'corrected_invoice',
}

/** 810: a supplier invoices what he delivered. Kept with the order that it is about, for whoever matches it. */
export function invoice(root: Reading, naming: Naming): Meaning {
  const currency = root.at('currency').optionalText(3)
  const amount = root.at('total').optionalDecimal()
  if (amount === undefined) throw root.at('total').wrong('an amount')
  const told = root.at('lines').optionalList(10_000) ?? []
  const order = orderNumberOf(root) ?? qualified(root.at('references'), ['PO']) ?? orderOfAll(told)
  if (order === undefined) throw root.at('order').wrong('the number of an order')
  const lines = told.map((line, index) => ({
    line: line.at('line').optionalText(20) ?? String(index + 1),
    sku: skuOf(line, productPairs(line), naming),
    ...stated({
      quantity: line.at('quantity').optionalDecimal(),
      uom: line.at('unit').present ? unitOf(line, 'unit', 'x12-355') : undefined,
      price: x12Price(line),
      charges: someOf(x12Charges(line, currency)),
    }),
  }))
  const tax = x12Tax(root)
  const part = {
    total: money(amount, currency),
    lines,
    ...stated({
      kind: kindOf(root.at('type').optionalText(2)),
      invoiceDate: root.at('date').optionalText(),
      due: root.at('terms').optionalList()?.[0]?.at('due').optionalText(),
      tax: tax === undefined ? undefined : money(tax, currency),
      charges: someOf(x12Charges(root, currency)),
      // Who is to be paid may be the supplier's bank.
      supplier: partyName(root, ['SU', 'SE', 'VN', 'II', 'RI', 'RE']),
      delivery: qualified(root.at('references'), ['SI', 'DO']),
    }),
  }
  return { assertions: [keptWithOrder(order, root.at('invoice').text(60), part, naming)] }
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
  const amount = totalOf(root)
  const number = root.at('number').text(60)
  const dates = root.at('dates')
  const kind = kindOf(root.at('type').optionalText(3))
  const invoiceDate = qualified(dates, ['3', '137'], 'at')
  const due = qualified(dates, ['13'], 'at') ?? dueOf(root)
  if (naming.invoices === 'carrier')
    return { assertions: [freightInvoiceOf(root, { number, amount, currency, invoiceDate, due, kind }, naming)] }
  const told = root.at('lines').optionalList(10_000) ?? []
  const orders = [root, ...told].map((one) => qualified(one.at('references'), ['ON']))
  const order = orders.find((one) => one !== undefined)
  if (order === undefined) throw root.at('references').wrong('the number of an order (ON)')
  const lines = told.map((line, index) => {
    const [quantity] = ['47', '12', '21'].flatMap((qualifier) =>
      (line.at('quantities').optionalList() ?? []).filter((one) => one.at('qualifier').optionalText() === qualifier),
    )
    return {
      line: line.at('line').optionalText(20) ?? String(index + 1),
      sku: skuOf(line, lineProducts(line), naming),
      ...stated({
        quantity: quantity?.at('quantity').optionalDecimal(),
        uom: quantity?.at('unit').present === true ? unitOf(quantity, 'unit', 'rec20') : undefined,
        price: edifactPrice(line),
        amount: qualified(line.at('amounts'), ['203', '38'], 'amount'),
        charges: someOf(allowancesOf(line, currency)),
      }),
    }
  })
  const tax = taxOf(root)
  const part = {
    total: money(amount, currency),
    lines,
    ...stated({
      tax: tax === undefined ? undefined : money(tax, currency),
      charges: someOf(allowancesOf(root, currency)),
      kind,
      invoiceDate,
      due,
      supplier: partyName(root, ['SU', 'SE', 'II']),
      delivery: qualified(root.at('references'), ['DQ', 'AAK']),
    }),
  }
  return { assertions: [keptWithOrder(order, number, part, naming)] }
}

function someOf<T>(all: readonly T[]): readonly T[] | undefined {
  return all.length === 0 ? undefined : all
}

/** MOA 9 is due, 77 the invoice, 39 and 86 totals of it: the first that is said. */
function totalOf(root: Reading): string {
  const found = qualified(root.at('amounts'), ['77', '9', '39', '86'], 'amount')
  if (found === undefined) throw root.at('amounts').wrong('the amount of the invoice (77, 9, 39 or 86)')
  return found
}

function dueOf(root: Reading): string | undefined {
  const terms = root.at('terms').each((one) => qualified(one.at('dates'), ['13'], 'at'))
  return terms.find((one) => one !== undefined)
}

/** RFF 1153. */
const messageNumbers: LoadNumbers = { shipment: ['CU', 'DQ'], bol: ['BM', 'HWB'], trackingNumber: ['CN', 'AAM'] }

function freightInvoiceOf(
  root: Reading,
  asked: {
    readonly number: string
    readonly amount: string
    readonly currency: string | undefined
    readonly invoiceDate: string | undefined
    readonly due: string | undefined
    readonly kind: string | undefined
  },
  naming: Naming,
): Assertion {
  const carrier = carrierOf(partyName(root, ['CA', 'SU', 'SE', 'II']), naming)
  const told = root.at('lines').optionalList(10_000) ?? []
  const loads = lineLoads(root, told, messageNumbers)
  const holders = loads === undefined ? [root, ...told] : []
  const numbers = Object.entries(messageNumbers).map(([name, qualifiers]) => [
    name,
    holders.map((one) => qualified(one.at('references'), qualifiers)).find((one) => one !== undefined),
  ])
  const { number, amount, currency, invoiceDate, due, kind } = asked
  return freightAssertion(number, carrier, {
    total: money(amount, currency),
    // What is asked for besides is behind the lines of the document.
    lines: chargedLines(root, amount, currency).map((line, index) => ({ ...line, ...loads?.[index] })),
    ...stated({ kind, invoiceDate, dueDate: due, ...Object.fromEntries(numbers) }),
  })
}

/** B3-10, element 374: delivered and received. The others are days that were planned, or of something else. */
const deliveredDates: ReadonlySet<string> = new Set(['035', '050'])

/** N9 and L11, element 128. */
const setNumbers: LoadNumbers = { bol: ['BM'], pro: ['CN', '2I'] }

/** 210: a carrier invoices a shipment, or one for each line, charge by charge. */
export function freightInvoice(root: Reading, naming: Naming): Meaning {
  const currency = root.at('currency').optionalText(3)
  const carrier = carrierOf(root.at('scac').optionalText(), naming)
  const amount = root.at('amount').optionalDecimal()
  if (amount === undefined) throw root.at('amount').wrong('an amount')
  const told = root.at('lines').optionalList(10_000) ?? []
  const loads = root.at('shipment').present ? undefined : lineLoads(root, told, setNumbers)
  const lines = told.map((line, index) => ({
    line: line.at('number').optionalText(20) ?? String(index + 1),
    charges: line.at('charges').each((charge) => {
      const code = charge.at('code').optionalText(3)
      const kind = chargeKind(code, 'x12-150')
      return stated({
        code: kind,
        amount: money(charge.at('amount').optionalDecimal() ?? '0', currency),
        text: charge.at('text').excerpt(100) ?? (kind === code ? undefined : code),
      })
    }),
    ...loads?.[index],
    ...stated({ description: line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(200) }),
  }))
  const object = {
    total: money(amount, currency),
    lines,
    ...stated({
      invoiceDate: root.at('date').optionalText(),
      deliveredAt: deliveredDates.has(root.at('dateQualifier').optionalText(3) ?? '035')
        ? root.at('deliveredOn').optionalText()
        : undefined,
      shipment: root.at('shipment').optionalText(60),
      bol: numberOf(root, setNumbers['bol'] ?? []),
      pro: numberOf(root, setNumbers['pro'] ?? []),
      purchaseOrder: numberOf(root, ['PO']),
      correction: root.at('correction').optionalText(2),
      weight: root.at('weight').optionalDecimal(),
      pieces: root.at('pieces').optionalDecimal(),
    }),
  }
  return { assertions: [freightAssertion(root.at('invoice').text(60), carrier, object)] }
}

function freightAssertion(
  number: string,
  carrier: string | undefined,
  object: Readonly<Record<string, unknown>>,
): Assertion<DocumentReport> {
  return {
    type: 'freight_invoice.reported',
    about: {
      entity: 'freight_invoice',
      references: [{ scheme: 'freight_invoice', ...stated({ issuer: carrier }), value: number }],
      unknown: 'create',
    },
    data: { reached: 'received', object: { invoiceNumber: number, ...stated({ carrier }), ...object } },
  }
}

function keptWithOrder(
  order: string,
  number: string,
  part: Readonly<Record<string, unknown>>,
  { orderSystem }: Naming,
): Assertion<DocumentReport> {
  return {
    type: 'purchase_order.reported',
    about: {
      entity: 'purchase_order',
      references: [{ scheme: 'purchase_order', issuer: orderSystem, value: order }],
      unknown: 'create',
    },
    data: { object: { purchaseOrderNumber: order }, parts: { invoices: { [number]: part } } },
  }
}

function kindOf(code: string | undefined): string | undefined {
  return code === undefined ? undefined : Object.hasOwn(kinds, code) ? kinds[code] : code
}

function money(amount: string, currency: string | undefined): Amount {
  return { amount, ...stated({ currency }) }
}
