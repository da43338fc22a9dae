import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { dayOf } from './parts.ts'
import { amountOf } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** BPR-04. Both sides know what ZZZ means: the bank says it. */
const methods: Readonly<Record<string, string>> = { cheque: 'CHK', clearing: 'ACH', wire: 'FWT' }

/** 820: what money is for that goes to a supplier or carrier. It moves none: the bank does. */
export const remittanceAdvice: Compose = (owed, { settings, now }) => {
  const number = owed.at('paymentNumber').text(30)
  const items = owed.at('items').list(9999)
  if (items.length === 0) throw owed.at('items').wrong('at least one invoice that is paid')
  const currency = owed.at('currency').optionalText(3) ?? owed.at('amount').at('currency').optionalText(3)
  return {
    number,
    document: {
      handling: 'I',
      amount: amountOf(owed.at('amount')),
      creditOrDebit: 'C',
      method: methods[owed.at('method').optionalText(20) ?? ''] ?? 'ZZZ',
      date: dayOf(owed.at('paidAt')) ?? now.slice(0, 10),
      traceType: '3',
      trace: number,
      ...(currency === undefined ? {} : { currencyOf: 'PR', currency }),
      parties: [
        { role: 'PR', name: settings.ownId, idQualifier: '92', id: settings.ownId },
        { role: 'PE', name: settings.partnerId, idQualifier: '92', id: settings.partnerId },
      ],
      entities: [{ number: '1', items: items.map(paidItem) }],
    },
  }
}

function paidItem(item: Reading): EdiDocument {
  const adjustments = item.at('adjustments').each((one) => ({
    amount: amountOf(one.at('amount')),
    reason: one.at('reason').text(2),
  }))
  return {
    qualifier: 'IV',
    number: item.at('invoiceNumber').text(30),
    action: 'PO',
    paid: amountOf(item.at('amount')),
    ...stated({ total: optionalAmount(item.at('total')), discount: optionalAmount(item.at('discount')) }),
    ...(adjustments.length === 0 ? {} : { adjustments }),
  }
}

function optionalAmount(amount: Reading): string | undefined {
  return amount.present ? amountOf(amount) : undefined
}
