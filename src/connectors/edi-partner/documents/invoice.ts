import { negate } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { orderNumberIn } from './order-number.ts'
import { dayOf } from './parts.ts'
import { amountOf, messageLine, messageParties, pricedLine, tradeLines } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** How a document says that money goes back. */
interface Credit {
  readonly isCredit: boolean
  /** An amount of ours as it stands in the document: its type says which way the money goes, so what is given back has no sign. */
  amount(told: Reading): string
}

/** Whether the document is a credit note: it says so itself, or comes to less than nothing. */
export function creditOf(owed: Reading): Credit {
  const isNegative = amountOf(owed.at('total')).startsWith('-')
  return {
    isCredit: isNegative || owed.at('kind').optionalText(40) === 'credit_note',
    amount: (told) => (isNegative ? negate(amountOf(told)) : amountOf(told)),
  }
}

function orderOf(owed: Reading, length: number): string | undefined {
  return owed.at('customerPurchaseOrder').optionalText(length) ?? owed.at('orderNumber').optionalText(length)
}

/** 810: a customer is to pay. The ERP says what; nothing is added up here. */
export const invoice: Compose = (owed, { settings, now }) => {
  const number = owed.at('invoiceNumber').text(22)
  const currency = currencyOf(owed)
  const due = dayOf(owed.at('dueDate'))
  const credit = creditOf(owed)
  return {
    number,
    document: {
      date: dayOf(owed.at('invoiceDate')) ?? now.slice(0, 10),
      invoice: number,
      ...orderNumberIn(owed, 'customerPurchaseOrder', 'orderNumber'),
      ...stated({ type: typeOf(owed, credit, x12Types) }),
      ...(currency === undefined ? {} : { currencyOf: 'SE', currency }),
      parties: [{ role: 'SE', name: settings.ownId, idQualifier: '92', id: settings.ownId }],
      ...(due === undefined ? {} : { terms: [{ kind: '01', due }] }),
      lines: tradeLines(owed, (line, at) => pricedLine(line, at, settings)),
      total: credit.amount(owed.at('total')),
    },
  }
}

/** INVOIC: the same for partners of EDIFACT. */
export const invoiceMessage: Compose = (owed, { settings, now }) => {
  const number = owed.at('invoiceNumber').text(35)
  const order = orderOf(owed, 35)
  const currency = currencyOf(owed)
  const due = dayOf(owed.at('dueDate'))
  const credit = creditOf(owed)
  return {
    number,
    document: {
      type: typeOf(owed, credit, messageTypes) ?? '380',
      number,
      function: '9',
      dates: [
        { qualifier: '137', at: now.slice(0, 16) },
        { qualifier: '3', at: dayOf(owed.at('invoiceDate')) ?? now.slice(0, 10) },
      ],
      ...(order === undefined ? {} : { references: [{ qualifier: 'ON', value: order }] }),
      parties: messageParties(owed, { buyer: settings.partnerId, supplier: settings.ownId }),
      ...(currency === undefined ? {} : { currencies: [{ usage: '2', currency }] }),
      ...(due === undefined ? {} : { terms: [{ type: '3', dates: [{ qualifier: '13', at: due }] }] }),
      lines: tradeLines(owed, (line, at) => messageLine(line, at, '47', settings)),
      amounts: [{ qualifier: '77', amount: credit.amount(owed.at('total')), ...stated({ currency }) }],
    },
  }
}

/** BIG-07, element 640. */
const x12Types: Readonly<Record<string, string>> = {
  credit_note: 'CR',
  customer: 'DI',
  debit_note: 'DR',
  invoice: 'DI',
}
/** BGM 1001. */
const messageTypes: Readonly<Record<string, string>> = {
  corrected_invoice: '384',
  credit_note: '381',
  customer: '380',
  debit_note: '383',
  invoice: '380',
  pro_forma: '325',
}

/** What the document is; undefined where there is no code for what it says that it is. */
function typeOf(owed: Reading, { isCredit }: Credit, types: Readonly<Record<string, string>>): string | undefined {
  const kind = isCredit ? 'credit_note' : (owed.at('kind').optionalText(40) ?? 'invoice')
  return Object.hasOwn(types, kind) ? types[kind] : undefined
}

function currencyOf(owed: Reading): string | undefined {
  return owed.at('currency').optionalText(3) ?? owed.at('total').at('currency').optionalText(3)
}
