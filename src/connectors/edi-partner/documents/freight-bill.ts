import { multiply } from '../../../base/decimal.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { creditOf } from './invoice.ts'
import { dayOf, dayThere, messageCode, party, qualifiedValues, requiredScac } from './parts.ts'
import { amountOf } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** Element 150. What is not here, and is no carriage, must say its own code. */
const chargeCodes: Readonly<Record<string, string>> = { fuel: 'FUE', insurance: 'INS' }
/** B3-04. */
const payments: Readonly<Record<string, string>> = { collect: 'CC', prepaid: 'PP', third_party: 'TP' }

/** 210: who had something carried is to pay for it, charge by charge. */
export const freightBill: Compose = (owed, { settings }) => {
  const number = owed.at('invoiceNumber').text(22)
  const delivered = dayThere(owed.at('deliveredAt'), settings)
  const currency = currencyOf(owed)
  const terms = owed.at('freightTerms').optionalText(20) ?? 'prepaid'
  const payment = payments[terms]
  if (payment === undefined) throw owed.at('freightTerms').wrong('prepaid, collect or third_party')
  const total = amountOf(owed.at('total'))
  return {
    number,
    document: {
      invoice: number,
      ...stated({ shipment: shipmentOf(owed, 30) }),
      payment,
      date: billedOn(owed),
      amount: total,
      ...(delivered === undefined ? {} : { deliveredOn: delivered, dateQualifier: '035' }),
      scac: requiredScac(owed.at('carrier'), settings),
      ...stated({ currency }),
      references: qualifiedValues(carriersNumbers(owed, 30)),
      parties: [...party('BT', owed.at('billTo')), ...party('CN', owed.at('shipTo'))],
      lines: chargesOf(owed).map((charge, index) => x12Charge(charge, `${index + 1}`)),
      ...weightOf(owed),
      charge: total,
      ...stated({ pieces: owed.at('packages').optionalText(7) }),
    },
  }
}

function x12Charge(charge: Reading, line: string): EdiDocument {
  const code = charge.at('code').text(20)
  const own = charge.at('accessorial').optionalText(3) ?? chargeCodes[code]
  if (code !== 'linehaul' && own === undefined)
    throw charge.at('accessorial').wrong('the code of the charge that the partner knows')
  const text = charge.at('description').excerpt(50)
  return {
    ...(text === undefined ? {} : { descriptions: [{ line, text }] }),
    charges: [{ line, amount: amountOf(charge.at('amount')), ...(code === 'linehaul' ? {} : stated({ code: own })) }],
  }
}

function weightOf(owed: Reading): EdiDocument {
  const grams = owed.at('weightGrams').optionalDecimal()
  return grams === undefined ? {} : { weight: multiply(grams, '0.001'), weightQualifier: 'G', weightUnit: 'K' }
}

/** INVOIC: the same for partners of EDIFACT. */
export const freightBillMessage: Compose = (owed, { settings, now }) => {
  const number = owed.at('invoiceNumber').text(35)
  const due = dayOf(owed.at('dueDate'))
  const currency = currencyOf(owed)
  const credit = creditOf(owed)
  return {
    number,
    document: {
      type: credit.isCredit ? '381' : '380',
      number,
      function: '9',
      dates: [
        { qualifier: '137', at: now.slice(0, 16) },
        { qualifier: '3', at: billedOn(owed) },
      ],
      references: qualifiedValues({ ...carriersNumbers(owed, 35), CU: shipmentOf(owed, 35) }).map((reference) => ({
        ...reference,
      })),
      parties: [
        { role: 'CA', id: requiredScac(owed.at('carrier'), settings) },
        { role: 'BY', ...messageCode(settings.partnerId) },
      ],
      ...(currency === undefined ? {} : { currencies: [{ usage: '2', currency }] }),
      ...(due === undefined ? {} : { terms: [{ type: '3', dates: [{ qualifier: '13', at: due }] }] }),
      lines: chargesOf(owed).map((charge, index) => ({
        line: `${index + 1}`,
        descriptions: [{ kind: 'F', text: charge.at('description').excerpt(35) ?? charge.at('code').text(35) }],
        amounts: [{ qualifier: '203', amount: credit.amount(charge.at('amount')) }],
      })),
      amounts: [{ qualifier: '77', amount: credit.amount(owed.at('total')), ...stated({ currency }) }],
    },
  }
}

function chargesOf(owed: Reading): readonly Reading[] {
  const charges = owed.at('charges').list(999)
  if (charges.length === 0) throw owed.at('charges').wrong('at least one charge')
  return charges
}

function billedOn(owed: Reading): string {
  const day = dayOf(owed.at('invoiceDate'))
  if (day === undefined) throw owed.at('invoiceDate').wrong('the day of the invoice')
  return day
}

function shipmentOf(owed: Reading, length: number): string | undefined {
  return owed.at('shipmentNumber').optionalText(length) ?? owed.at('deliveryNumber').optionalText(length)
}

function carriersNumbers(owed: Reading, length: number): Readonly<Record<string, string | undefined>> {
  return { BM: owed.at('billOfLading').optionalText(length), CN: owed.at('proNumber').optionalText(length) }
}

function currencyOf(owed: Reading): string | undefined {
  return owed.at('currency').optionalText(3) ?? owed.at('total').at('currency').optionalText(3)
}
