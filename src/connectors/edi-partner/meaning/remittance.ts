import { add, compare, subtract } from '../../../base/decimal.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Naming } from './naming.ts'
import { carrierOf } from './number.ts'
import { partyName } from './party.ts'
import type { Meaning } from './tender.ts'

/** RMR-01: what names one of our invoices. */
const invoiceQualifiers: ReadonlySet<string> = new Set(['IV', 'IK'])

/**
 * 820: what a payment is for. Each item is kept with our invoice; that the invoice is paid is said apart, and only where the payer
 * says what he was to pay: what he takes off is his word, and is kept.
 */
export function remittance(root: Reading, naming: Naming): Meaning {
  const unknown = new Map<string, UnknownCode>()
  const items = [root, ...(root.at('entities').optionalList(10_000) ?? [])].flatMap(
    (holder) => holder.at('items').optionalList(10_000) ?? [],
  )
  if (items.length === 0) throw root.at('items').wrong('at least one item that is paid')
  const key = root.at('trace').optionalText(60) ?? root.at('date').optionalText(20) ?? '1'
  const paidAt = root.at('date').optionalText(20)
  const currency = root.at('currency').optionalText(3)
  const payee = carrierOf(partyName(root, ['PE']), naming)
  const told = new Map<string, number>()
  const assertions = items.flatMap((item): Assertion[] => {
    const qualifier = item.at('qualifier').optionalText(3) ?? 'none'
    if (!invoiceQualifiers.has(qualifier)) {
      unknown.set(qualifier, { table: 'x12-128-remittance', code: qualifier })
      return []
    }
    const number = item.at('number').text(60)
    const about = paidInvoice(number, payee, naming)
    // An invoice that comes again under one trace number is paid in parts.
    const part = (told.get(number) ?? 0) + 1
    told.set(number, part)
    const adjustments = item.at('adjustments').each((one) =>
      stated({
        amount: one.at('amount').decimal(),
        reason: one.at('reason').optionalText(3),
        number: one.at('number').optionalText(60),
      }),
    )
    const paid = item.at('paid').decimal()
    const total = item.at('total').optionalDecimal()
    const discount = item.at('discount').optionalDecimal()
    const payment = {
      amount: paid,
      ...(adjustments.length === 0 ? {} : { adjustments }),
      ...stated({ total, discount, currency, paidAt, method: root.at('method').optionalText(3) }),
    }
    const settled = adjustments.reduce((sum, { amount = '0' }) => subtract(sum, amount), add(paid, discount ?? '0'))
    const isPaid = total === undefined ? undefined : compare(settled, total) >= 0
    // A freight invoice has no status for a part of it: the payment is kept, and says how much it was.
    const status =
      isPaid === true ? 'paid' : isPaid === false && naming.payments === 'ours' ? 'partially_paid' : undefined
    return [
      {
        type: `${about.entity}.reported`,
        about,
        data: {
          object: { invoiceNumber: number },
          parts: { payments: { [part === 1 ? key : `${key} ${part}`]: payment } },
        },
      },
      ...(status === undefined ? [] : [{ type: `${about.entity}.reported`, about, data: { status, object: {} } }]),
    ]
  })
  return { assertions, unknownCodes: [...unknown.values()] }
}

/** One of ours, or one that a carrier sent us. */
function paidInvoice(number: string, payee: string | undefined, naming: Naming): Assertion['about'] {
  const { payments, orderSystem } = naming
  return payments === 'ours'
    ? {
        entity: 'invoice',
        references: [{ scheme: 'invoice', issuer: orderSystem, value: number }],
        unknown: 'create',
      }
    : {
        entity: 'freight_invoice',
        references: [{ scheme: 'freight_invoice', ...stated({ issuer: payee }), value: number }],
        unknown: 'create',
      }
}
