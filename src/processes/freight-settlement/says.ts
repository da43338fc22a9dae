import { compare, isZero } from '../../base/decimal.ts'
import type { DocumentReport } from '../../model/report.ts'
import type { Saying } from '../engine/definition.ts'
import { reportedAccrual } from '../freight-accrual.ts'
import type { Data } from '../posting.ts'
import { present } from '../told-document.ts'
import { accrualHere, accrualsHere, postingDate } from './accrual.ts'
import { agreedHere, faults, matchHere } from './comparison.ts'
import { settledName } from './invoice.ts'
import { type Accrual, type Here, invoiceHere, type Known } from './known.ts'
import { masterHere } from './master.ts'
import { askedHere, isAdditional } from './other-invoices.ts'
import { isBookedWhole } from './part.ts'
import { accruedFor } from './put-aside.ts'
import { taxDecided } from './tax.ts'

/** What the process says of invoices and of what is put aside. */
export const says: Readonly<Record<string, Saying<Known>>> = {
  accrued: accrualSaying('It is in the books: `freight_accrual.reported`.', 'posted'),
  'accrual-reversed': accrualSaying('It is taken back: `freight_accrual.reported`.', 'reversed'),
  again: {
    about: 'What was refused, or was held for one sent before, is looked at again: `freight_invoice.reported`.',
    make: (scope) =>
      scope.chosen['isAgain'] === true ? invoiceReports(scope, [{ status: 'received', object: {} }]) : [],
  },
  approved: saying('It may be paid: `freight_invoice.reported` with the comparison.', (scope) => {
    // From here on it stays where it is, whatever load the carrier may name later.
    const object = { match: matchHere(scope), approved: scope.choice('pay'), settledAs: scope.key }
    if (scope.chosen['isShort'] === true) return [...base(scope, object), { status: 'short_paid', object: {} }]
    return [...base(scope, object), { status: 'approved', object: {} }]
  }),
  dispute: {
    about: 'What is in doubt, and why: `freight_invoice.reported`. The process freight-dispute begins with it.',
    make: (scope) => [
      ...invoiceReports(scope, [
        ...base(scope, { match: matchHere(scope), settledAs: scope.key }),
        {
          status: 'disputed',
          object: {
            dispute: { reason: scope.choice('reason'), amount: scope.choice('amount'), openedAt: scope.since },
          },
        },
      ]),
      ...objection(scope),
    ],
  },
  duplicate: saying('It was sent before: `freight_invoice.reported`.', (scope) => [
    { status: 'duplicate', object: { duplicateOf: scope.choice('of') } },
  ]),
  'load-found': saying('Which delivery the load is: `freight_invoice.reported`.', (scope) => [
    { object: { settledAs: scope.choice('load') } },
  ]),
  posted: {
    about:
      'It is in the books: `freight_invoice.reported`, and `freight_accrual.reported` of what it takes the place of.',
    make: (scope) => [...invoiceReports(scope, [{ status: 'posted', object: {} }]), ...matchedAccruals(scope)],
  },
  rejected: saying('It is not paid: `freight_invoice.reported`.', (scope) => [
    { status: 'rejected', object: { faults: scope.chosen['faults'] ?? faults(scope) } },
  ]),
  unmatched: saying('No load is known for it: `freight_invoice.reported`.', (scope) =>
    accruedFor(scope).length === 0 ? [{ status: 'unmatched', object: {} }] : [],
  ),
  variance: saying('It differs by more than is tolerated: `freight_invoice.reported`.', (scope) => [
    { status: 'variance', object: { match: matchHere(scope) } },
  ]),
  'master-approved': {
    about: 'It may be paid: `freight_invoice.reported`.',
    make: (scope) => {
      const { revisions } = scope.chosen
      const object = { approved: scope.choice('pay'), ...present('approvedRevisions', revisions) }
      const isWhole = compare(scope.choice('pay'), masterHere(scope)?.total ?? '0') === 0
      return masterReports(scope, [
        { status: isWhole ? 'matched' : 'variance', object },
        { status: isWhole ? 'approved' : 'short_paid', object: {} },
      ])
    },
  },
  'master-again': {
    about: 'What was refused is looked at again, load by load: `freight_invoice.reported`.',
    make: (scope) =>
      scope.chosen['isAgain'] === true
        ? masterReports(scope, [{ status: 'received', object: {}, parts: { refused: refusal(scope) } }])
        : [],
  },
  'master-posted': {
    about: 'It is in the books: `freight_invoice.reported`.',
    make: (scope) => masterReports(scope, [{ status: 'posted', object: {} }]),
  },
  'master-rejected': {
    about: 'It is not paid: `freight_invoice.reported`.',
    make: (scope) =>
      masterReports(scope, [
        { status: 'rejected', object: { faults: scope.chosen['faults'] }, parts: { refused: refusal(scope) } },
      ]),
  },
  'part-settled': {
    about: 'What is paid for a load of an invoice over several loads: `freight_invoice.reported`, a part of it.',
    make: (scope) => {
      const { id: subject, isPart, part: told } = invoiceHere(scope) ?? {}
      if (subject === undefined || isPart !== true || isBookedWhole(scope)) return []
      const isPaid = scope.state() === 'posting'
      const tax = isPaid && !isZero(taxDecided(scope)) ? { tax: taxDecided(scope) } : {}
      const part = isPaid
        ? { pay: scope.choice('pay'), tolerated: scope.choice('tolerated'), ...tax }
        : { pay: '0', tolerated: '0' }
      const name = told === undefined ? scope.key : settledName(scope.key, told.revision)
      const data: DocumentReport = { object: {}, parts: { settled: { [name]: part } } }
      return [{ type: 'freight_invoice.reported', subject, data }]
    },
  },
}

/** What is refused, by the name of what the carrier asked for. */
function refusal(scope: Here): Data {
  return { [scope.choice('of')]: { isRefused: true } }
}

/** What is in doubt of an invoice about the load: a part of it. Said once for each load. */
function objection(scope: Here) {
  const { id: subject, isPart, currency } = invoiceHere(scope) ?? {}
  if (subject === undefined) return []
  const match = matchHere(scope)
  const part = {
    ...{ reason: scope.choice('reason'), asked: askedHere(scope), agreed: agreedHere(scope), match },
    openedAt: scope.choice('openedAt') === '' ? scope.since : scope.choice('openedAt'),
    ...present('currency', currency),
    ...(scope.chosen['isTold'] === true ? { isTold: true } : {}),
    ...(isPart === true ? { isPart } : {}),
  }
  const data: DocumentReport = { object: {}, parts: { disputes: { [scope.key]: part } } }
  return [{ type: 'freight_invoice.reported', subject, data }]
}

/** The word of the invoice as a whole on a part of it: none; only whoever has all of it speaks for it. */
function saying(about: string, reports: (scope: Here) => readonly DocumentReport[]) {
  return { about, make: (scope: Here) => invoiceReports(scope, reports(scope)) }
}

function invoiceReports(scope: Here, reports: readonly DocumentReport[]) {
  const { id: subject, isPart } = invoiceHere(scope) ?? {}
  return subject === undefined || isPart === true
    ? []
    : reports.map((data) => ({ type: 'freight_invoice.reported', subject, data }))
}

function masterReports(scope: Here, reports: readonly DocumentReport[]) {
  const subject = masterHere(scope)?.id
  return subject === undefined ? [] : reports.map((data) => ({ type: 'freight_invoice.reported', subject, data }))
}

/** The accruals that the invoice was compared with: nothing of them is left. */
function matchedAccruals(scope: Here) {
  const carrier = invoiceHere(scope)?.carrier
  if (carrier === undefined || isAdditional(scope)) return []
  return [...Map.groupBy(accruedFor(scope), ({ number }) => number)].flatMap(([deliveryNumber, some]) =>
    deliveryNumber === undefined
      ? []
      : reportedAccrual(scope.tenant, { status: 'matched', object: { deliveryNumber, carrier, ...numbersOf(some) } }),
  )
}

/** Whoever is asked for the same load by a number of its carrier has to hear of it, too. */
function numbersOf(all: readonly Accrual[]): { readonly trackingNumbers?: readonly string[] } {
  const numbers = [...new Set(all.flatMap(({ trackingNumbers = [] }) => trackingNumbers))].toSorted()
  return numbers.length === 0 ? {} : { trackingNumbers: numbers }
}

function accrualSaying(about: string, status: string) {
  return {
    about,
    make: (scope: Here) => {
      const { number: deliveryNumber, charges, currency } = accrualHere(scope)
      const more = {
        period: postingDate(scope)?.slice(0, 7),
        ...present('currency', currency),
        ...numbersOf(accrualsHere(scope)),
      }
      const object = { deliveryNumber, carrier: scope.branchKey, charges, ...more }
      const reached = scope.chosen['isAdjusted'] === true && status === 'posted' ? 'adjusted' : status
      return scope.branchKey === '' ? [] : [reportedAccrual(scope.tenant, { status: reached, object })]
    },
  }
}

/** The steps of the invoice before what is said now, where nobody took them yet. */
function base(scope: Here, object: Data): readonly DocumentReport[] {
  const { outcome } = matchHere(scope)
  const isDisputed = scope.chosen['isDisputed'] === true
  if (isDisputed) return []
  return outcome === 'over' ||
    outcome === 'no_accrual' ||
    outcome === 'currency_mismatch' ||
    scope.choice('reason') !== ''
    ? [{ status: 'variance', object }]
    : [{ status: 'matched', object }]
}
