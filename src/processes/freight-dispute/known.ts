import { absolute, subtract } from '../../base/decimal.ts'
import type { Instant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { type InvoiceTold, invoiceKeys, takeInvoice } from '../freight-settlement/invoice.ts'
import { isCorrection, isNote } from '../freight-settlement/known.ts'
import { isSameAmount } from '../freight-settlement/matching.ts'
import type { Data } from '../posting.ts'
import { decimal, present, record, text } from '../told-document.ts'

/** What the process knows of what is in doubt about the freight of one load. */
export interface Known {
  /** By carrier and number of the invoice. */
  readonly disputes: Readonly<Record<string, Dispute>>
  /** Documents of carriers that may end one, by carrier and number: credit notes and corrected invoices. */
  readonly documents: Readonly<Record<string, Document>>
}

/** An objection to what an invoice asks for the load. */
export interface Dispute {
  /** Hub id of the invoice. */
  readonly invoice: string
  readonly number: string
  readonly carrier: string
  readonly currency?: string
  /** Why: outcome of the comparison, `not_delivered`. */
  readonly reason: string
  /** What is asked for the load. */
  readonly asked: string
  /** What was put aside for it. */
  readonly agreed: string
  readonly openedAt: Instant
  /** The invoice asks for other loads, too. */
  readonly isPart?: true
  /** It was sent to the carrier before this process followed it. */
  readonly isTold?: true
  /** What else the comparison found, for whoever reads it. */
  readonly match: Data
  /** What became of the invoice since: `cancelled`, `paid`, `rejected`. */
  readonly said: readonly string[]
  /** What the carrier answered, by the number of the answer. */
  readonly answers: Readonly<Record<string, CarrierAnswer>>
}

/** What a carrier said to an objection. */
export interface CarrierAnswer {
  readonly answer: 'accepted' | 'partially_accepted' | 'rejected'
  /** By how much he would ask for less. */
  readonly amount?: string
  readonly text?: string
  readonly at: Instant
}

/** A credit note or a corrected invoice. */
export interface Document {
  readonly number: string
  readonly carrier: string
  readonly kind: string
  readonly total: string
  readonly at: Instant
}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = { disputes: {}, documents: {} }

/** The objection that the branch is about, known by the key of the branch. */
export function disputeHere({ known, branchKey }: Here): Dispute | undefined {
  return known.disputes[branchKey]
}

/** How much of the invoice is in doubt. */
export function doubt(scope: Here): string {
  const { asked = '0', agreed = '0', reason } = disputeHere(scope) ?? {}
  return reason === 'not_delivered' ? asked : subtract(asked, agreed)
}

/** The newest answer of the carrier. */
export function answerHere(scope: Here): CarrierAnswer | undefined {
  return Object.values(disputeHere(scope)?.answers ?? {})
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1)
}

/** A document of the carrier of this kind. */
function documentHere(scope: Here, isKind: (one: Document) => boolean): Document | undefined {
  const { carrier, number, openedAt = '' } = disputeHere(scope) ?? {}
  return Object.values(scope.known.documents).find(
    (one) => one.carrier === carrier && one.number !== number && one.at >= openedAt && isKind(one),
  )
}

/** The corrected invoice that takes the place of the one in doubt. */
export function correctionHere(scope: Here): Document | undefined {
  return documentHere(scope, isCorrection)
}

/** The credit note of the carrier that came, whatever it says. */
export function creditHere(scope: Here): Document | undefined {
  return documentHere(scope, ({ kind }) => kind === 'credit_note')
}

/** Whether the credit note gives back what is in doubt. */
export function isCredited(scope: Here): boolean {
  const credit = creditHere(scope)
  return credit !== undefined && isSameAmount(absolute(credit.total), absolute(doubt(scope)))
}

interface DisputeTold extends InvoiceTold {
  readonly dispute?: Data
  readonly answers?: Dispute['answers']
  readonly id: string
}

/** Loads that are in doubt; of credit notes and corrected invoices, those that they are for. What is neither is nobody's here. */
function keys(fact: Fact): readonly string[] {
  const { object = {} } = fact.data as { object?: Data }
  const told = takeInvoice(fact, undefined, '')
  const isEnding = isCorrection(told) || isNote(told)
  return [...new Set([...Object.keys(record(object['disputes'])), ...(isEnding ? invoiceKeys(fact) : [])])]
}

function take(fact: Fact, state: unknown, key: string): DisputeTold {
  const { object = {} } = fact.data as { object?: Data }
  const dispute = record(object['disputes'])[key]
  return {
    ...takeInvoice(fact, state, key),
    id: fact.subject,
    ...(dispute === undefined ? {} : { dispute: record(dispute), answers: answersIn(object['disputeAnswers'], key) }),
  }
}

function remember(known: Known, { data, at }: Told): Known {
  const { dispute, id, number, carrier = '', kind, total, happened, answers = {} } = data as DisputeTold
  const key = `${carrier}:${number}`
  const since = known.documents[key]?.at ?? at
  const ending =
    kind === undefined
      ? {}
      : { documents: { ...known.documents, [key]: { number, carrier, kind, total, at: since < at ? since : at } } }
  if (dispute === undefined) return { ...known, ...ending }
  const before = known.disputes[key]
  const opened: Dispute = {
    invoice: id,
    number,
    carrier,
    reason: text(dispute['reason']) ?? '',
    asked: decimal(dispute['asked']) ?? total,
    agreed: decimal(dispute['agreed']) ?? '0',
    openedAt: text(dispute['openedAt']) ?? '',
    match: record(dispute['match']),
    ...(dispute['isTold'] === true ? { isTold: true as const } : {}),
    ...(dispute['isPart'] === true ? { isPart: true as const } : {}),
    ...present('currency', text(dispute['currency'])),
    said: [...new Set([...(before?.said ?? []), happened])].toSorted(),
    answers: { ...before?.answers, ...answers },
  }
  return { ...known, ...ending, disputes: { ...known.disputes, [key]: opened } }
}

/** What the carrier answered about the load: answers without a load are about all of them. */
function answersIn(told: unknown, load: string): Dispute['answers'] {
  const all = Object.entries(record(told)).flatMap(([id, one]): [string, CarrierAnswer][] => {
    const { answer, amount, text: words, answeredAt, load: about } = record(one)
    if (about !== undefined && about !== load) return []
    const more = { ...present('amount', decimal(amount)), ...present('text', text(words)) }
    return [[id, { answer: answer as CarrierAnswer['answer'], at: text(answeredAt) ?? '', ...more }]]
  })
  return Object.fromEntries(all)
}

const hears = (about: string): Subscription<Known> => ({
  about,
  keys,
  take,
  remember,
  starts: ({ disputes }) => Object.keys(disputes).length > 0,
})

/** What is told of invoices in doubt. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'freight_invoice.cancelled': hears('The carrier took it back.'),
  'freight_invoice.changed': hears('What is in doubt was written down, the carrier answered, or it was told anew.'),
  'freight_invoice.disputed': hears('Freight audit objects to it.'),
  'freight_invoice.paid': hears('The money has left.'),
  'freight_invoice.received': hears('A credit note or a corrected invoice comes.'),
  'freight_invoice.rejected': hears('It is not paid.'),
}

/** Facts that may change what is in doubt. */
export const disputeFacts: readonly string[] = Object.keys(subscribes)
