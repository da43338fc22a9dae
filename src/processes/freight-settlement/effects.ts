import { isZero } from '../../base/decimal.ts'
import type { EffectDefinition } from '../engine/definition.ts'
import { effectsOf, postingsOf } from '../engine/effect.ts'
import { present } from '../told-document.ts'
import { accrualHere, accrualName, corrections, inBooks, postingDate } from './accrual.ts'
import { adjustments, isDecided } from './comparison.ts'
import { type Here, invoiceHere, type Known } from './known.ts'
import { masterHere } from './master.ts'
import { taxDecided } from './tax.ts'

const ofInvoice = { role: 'freight-audit', object: (scope: Here) => invoiceHere(scope)?.id } as const
const effect = effectsOf<Known>(ofInvoice)
/** The invoice is not in the books before it is done. */
const required = effectsOf<Known>({ ...ofInvoice, required: true })
const posting = postingsOf<Known>((scope) => {
  const { number: invoiceNumber, carrier } = invoiceHere(scope) ?? {}
  return { key: `freight:${scope.key}`, priority: 5, payload: { load: scope.key, invoiceNumber, carrier } }
})
const booking = effectsOf<Known>({ role: 'finance', object: () => undefined, required: true })
const ofMaster = { role: 'freight-audit', object: (scope: Here) => masterHere(scope)?.id } as const
const masterPosting = postingsOf<Known>((scope) => {
  const { number: invoiceNumber, carrier } = masterHere(scope) ?? {}
  return { key: `freight:${scope.key}`, priority: 5, payload: { invoiceNumber, carrier } }
})
const accrualPosting = postingsOf<Known>((scope) => ({
  key: `freight:${scope.key}`,
  priority: 5,
  payload: {
    deliveryNumber: accrualHere(scope).number,
    carrier: scope.branchKey,
    currency: accrualHere(scope).currency,
    postingDate: postingDate(scope),
  },
}))

/** What the ERP and carriers are asked and told. */
export const effects: Readonly<Record<string, EffectDefinition<Known>>> = {
  'correct-accrual': booking(
    'What is put aside is changed by the difference, once for each change of the price; in other money, what was there is taken back in its own and the new price put aside.',
    'adjust_freight_accrual',
    (scope) =>
      corrections(scope).map(({ name, delta, currency }) =>
        accrualPosting(scope, name, { delta, ...present('currency', currency) }),
      ),
  ),
  'post-accrual': booking(
    'The ERP puts the money aside, in the period of the goods issue. What a warehouse confirms is posted by the standing rule, under the same name.',
    'post_freight_accrual',
    (scope) => {
      const { amount, currency } = accrualHere(scope)
      return accrualPosting(scope, accrualName(scope), { lines: [{ charge: 'linehaul', amount, currency }] })
    },
  ),
  'reverse-accrual': booking(
    'The ERP takes back what was put aside, once for each kind of money.',
    'reverse_freight_accrual',
    (scope) =>
      inBooks(scope).map(({ amount, currency }, at) =>
        accrualPosting(scope, `${accrualName(scope)}${at === 0 ? '' : `:${currency ?? ''}`}`, {
          amount,
          ...present('currency', currency),
        }),
      ),
  ),
  'adjust-accrual': required(
    'What was put aside becomes what is paid without tax; by the difference, once per invoice.',
    'adjust_freight_accrual',
    (scope) =>
      (isDecided(scope) ? adjustments(scope) : []).map(({ delta, currency, isReleased }) =>
        posting(scope, `${scope.key}:${scope.branchKey}${isReleased === true ? `:${currency ?? ''}` : ''}`, {
          delta,
          currency,
        }),
      ),
  ),
  'post-invoice': required(
    'The ERP books the invoice with its tax, once per carrier and number.',
    'post_freight_invoice',
    (scope) =>
      invoiceHere(scope)?.isPart === true || scope.chosen['isPart'] === true
        ? undefined
        : posting(scope, scope.branchKey, {
            amount: scope.choice('pay'),
            ...(isZero(taxDecided(scope)) ? {} : { tax: taxDecided(scope) }),
            currency: invoiceHere(scope)?.currency,
            asked: invoiceHere(scope)?.total,
            dueDate: invoiceHere(scope)?.due,
          }),
  ),
  'post-master': booking(
    'The ERP books an invoice over several loads with its tax, once per carrier and number, when all of them are settled.',
    'post_freight_invoice',
    (scope) => {
      const { total, currency, due, settled } = masterHere(scope) ?? {}
      return masterPosting(scope, scope.branchKey, {
        amount: scope.choice('pay'),
        ...(isZero(taxDecided(scope)) ? {} : { tax: taxDecided(scope) }),
        ...{ currency, asked: total, dueDate: due },
        loads: Object.entries(settled ?? {}).map(([load, { pay, tax }]) => ({
          ...{ load, amount: pay },
          ...present('tax', tax),
        })),
      })
    },
  ),
  'refuse-master': effectsOf<Known>(ofMaster)(
    'The carrier is told each fault of his invoice (824, APERAK).',
    'send_application_advice',
    (scope) => {
      const { faults, n } = scope.chosen
      return masterPosting(scope, `${scope.branchKey}${typeof n === 'number' && n > 1 ? `:${n}` : ''}`, { faults })
    },
  ),
  'send-application-advice': effect(
    'The carrier is told each fault of his invoice (824, APERAK).',
    'send_application_advice',
    (scope) => {
      const { faults, n } = scope.chosen
      return posting(scope, `${nameHere(scope)}${typeof n === 'number' && n > 1 ? `:${n}` : ''}`, { faults })
    },
  ),
}

/** The name of what is said to the carrier: of an invoice over several loads there is one for each. */
function nameHere(scope: Here): string {
  return invoiceHere(scope)?.isPart === true ? `${scope.branchKey}:${scope.key}` : scope.branchKey
}
