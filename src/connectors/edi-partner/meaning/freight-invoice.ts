import type { Assertion } from '../../../model/fact.ts'
import type { DocumentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { chargeKind } from './charge-kind.ts'
import { x12ChargedLines } from './charged-lines-x12.ts'
import { type ChargedLine, chargedLines } from './charges-edifact.ts'
import { money, signed, signOf } from './invoice-kind.ts'
import { type LoadNumbers, lineLoads } from './line-load.ts'
import type { Naming } from './naming.ts'
import { carrierOf, numberOf, orderNumberOf, qualified } from './number.ts'
import { partyName } from './party.ts'
import type { Meaning } from './tender.ts'

/** What an invoice says of itself, whichever standard it is written in. */
export interface InvoiceHeading {
  readonly number: string
  readonly amount: string
  readonly currency: string | undefined
  readonly invoiceDate: string | undefined
  readonly due: string | undefined
  readonly kind: string | undefined
  /** It takes back the one with the same number. */
  readonly isCancelled: boolean
}

/** RFF 1153. */
const messageNumbers: LoadNumbers = { shipment: ['CU', 'DQ'], bol: ['BM', 'HWB'], trackingNumber: ['CN', 'AAM'] }

/** INVOIC of a carrier. */
export function freightMessage(root: Reading, heading: InvoiceHeading, naming: Naming): Assertion {
  const carrier = carrierOf(partyName(root, ['CA', 'SU', 'SE', 'II']), naming)
  const lines = chargedLines(root, heading.amount, heading.currency)
  return toldBy(carrier, heading, loaded(root, lines, messageNumbers))
}

/** REF of an 810. */
const invoiceNumbers: LoadNumbers = { shipment: ['SI', 'DO'], bol: ['BM'], pro: ['CN', '2I'] }

/** 810 of a carrier or of who else is paid for a service: it mostly names no order, and its lines no goods. */
export function serviceInvoice(root: Reading, heading: InvoiceHeading, naming: Naming): Assertion {
  const carrier = carrierOf(partyName(root, ['CA', 'SU', 'SE', 'VN', 'II', 'RI', 'RE']), naming)
  const order = orderNumberOf(root) ?? qualified(root.at('references'), ['PO'])
  const lines = x12ChargedLines(root, heading.amount, heading.currency)
  return toldBy(carrier, heading, { ...loaded(root, lines, invoiceNumbers), ...stated({ purchaseOrder: order }) })
}

/** The charges with the numbers of the load: those of each line where they name several, else those of the document or of a line. */
function loaded(
  root: Reading,
  lines: readonly ChargedLine[],
  names: LoadNumbers,
): { readonly lines: readonly ChargedLine[] } & Readonly<Record<string, unknown>> {
  const told = root.at('lines').optionalList(10_000) ?? []
  const loads = lineLoads(root, told, names)
  const holders = loads === undefined ? [root, ...told] : []
  const numbers = Object.entries(names).map(([name, qualifiers]) => [
    name,
    holders.map((one) => qualified(one.at('references'), qualifiers)).find((one) => one !== undefined),
  ])
  // What is asked for besides is behind the lines of the document.
  return { lines: lines.map((line, index) => ({ ...line, ...loads?.[index] })), ...stated(Object.fromEntries(numbers)) }
}

function toldBy(
  carrier: string | undefined,
  { number, amount, currency, invoiceDate, due, kind, isCancelled }: InvoiceHeading,
  { lines, ...numbers }: { readonly lines: readonly ChargedLine[] } & Readonly<Record<string, unknown>>,
): Assertion {
  if (isCancelled) return cancellation(number, carrier)
  const sign = signOf(kind, amount)
  return freightAssertion(number, carrier, {
    total: money(amount, currency, sign),
    lines: lines.map((line) => ({ ...line, charges: signed(line.charges, sign) })),
    ...stated({ kind, invoiceDate, dueDate: due }),
    ...numbers,
  })
}

function cancellation(number: string, carrier: string | undefined): Assertion<DocumentReport> {
  const { about, type } = freightAssertion(number, carrier, {})
  const object = { invoiceNumber: number, ...stated({ carrier }) }
  return { type, about, data: { status: 'cancelled', object, reason: 'The carrier took it back.' } }
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

/** A carrier's invoice as he told it. */
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
