import type { Assertion, Entity, Reference } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { DocumentReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peekName, peekText } from '../kit/peek.ts'
import { plainObject } from '../kit/plain.ts'
import { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'
import { isTender, tenderAssertion, tenderNumbers } from './tender.ts'

interface Settings {
  readonly system: string
}

/** Which object an event type is about, and the status of its state machine that it stands for. */
interface Meaning {
  readonly entity: Entity
  readonly number: string
  readonly status?: string
  /** A step that others may have left behind already. */
  readonly reached?: string
  /** Member that says who numbers it, where that is not this system. */
  readonly issuer?: string
  /** It answers a change that the customer wants, which is kept under the number of the change. */
  readonly changeAnswer?: 'accepted' | 'rejected'
  /** It answers an objection to what a carrier asks for. */
  readonly isDisputeAnswer?: true
}

/** Vehicles at docks, as a yard or a carrier's desk tells them. */
const appointments = Object.fromEntries(
  (
    [
      'requested',
      'confirmed',
      'rescheduled',
      'checked_in',
      'at_dock',
      'loading',
      'completed',
      'no_show',
      'cancelled',
    ] as const
  ).map((status): [string, Meaning] => [
    `appointment.${status}`,
    { entity: 'appointment', number: 'appointmentNumber', status },
  ]),
)

/** What carriers ask for is numbered by them: two carriers may use the same number. */
const freightInvoice = { entity: 'freight_invoice', number: 'invoiceNumber', issuer: 'carrier' } as const
const freightInvoices: Readonly<Record<string, Meaning>> = {
  // Told again when it turns out what it is for, by which time it may have been looked at.
  'freight_invoice.received': { ...freightInvoice, reached: 'received' },
  'freight_invoice.paid': { ...freightInvoice, status: 'paid' },
  'freight_invoice.cancelled': { ...freightInvoice, status: 'cancelled' },
}

const events: Readonly<Record<string, Meaning>> = {
  ...appointments,
  ...freightInvoices,
  'freight_invoice.dispute_responded': { ...freightInvoice, isDisputeAnswer: true },
  'delivery.cancelled': { entity: 'delivery', number: 'deliveryNumber', status: 'cancelled' },
  'delivery.changed': { entity: 'delivery', number: 'deliveryNumber' },
  'delivery.created': { entity: 'delivery', number: 'deliveryNumber', reached: 'created' },
  'delivery.goods_issued': { entity: 'delivery', number: 'deliveryNumber', status: 'goods_issued' },
  'delivery.released': { entity: 'delivery', number: 'deliveryNumber', reached: 'released' },
  'invoice.blocked': { entity: 'invoice', number: 'invoiceNumber', status: 'blocked' },
  'invoice.cancelled': { entity: 'invoice', number: 'invoiceNumber', status: 'cancelled' },
  'invoice.credited': { entity: 'invoice', number: 'invoiceNumber', status: 'credited' },
  'invoice.disputed': { entity: 'invoice', number: 'invoiceNumber', status: 'disputed' },
  'invoice.issued': { entity: 'invoice', number: 'invoiceNumber', status: 'issued' },
  'invoice.paid': { entity: 'invoice', number: 'invoiceNumber', status: 'paid' },
  'invoice.pending_pod': { entity: 'invoice', number: 'invoiceNumber', status: 'pending_pod' },
  'invoice.ready': { entity: 'invoice', number: 'invoiceNumber', status: 'ready' },
  'invoice.released': { entity: 'invoice', number: 'invoiceNumber', status: 'released' },
  'invoice.sent': { entity: 'invoice', number: 'invoiceNumber', status: 'sent' },
  'order.accepted': { entity: 'order', number: 'orderNumber', status: 'accepted' },
  'order.cancelled': { entity: 'order', number: 'orderNumber', status: 'cancelled' },
  'order.change_accepted': { entity: 'order', number: 'orderNumber', changeAnswer: 'accepted' },
  'order.change_rejected': { entity: 'order', number: 'orderNumber', changeAnswer: 'rejected' },
  'order.changed': { entity: 'order', number: 'orderNumber' },
  'order.created': { entity: 'order', number: 'orderNumber', status: 'received' },
  'order.held': { entity: 'order', number: 'orderNumber', status: 'on_hold' },
  'order.hold_released': { entity: 'order', number: 'orderNumber', status: 'accepted' },
  'order.released': { entity: 'order', number: 'orderNumber', status: 'released' },
  'payment.made': { entity: 'payment', number: 'paymentNumber', status: 'made' },
  'payment.reversed': { entity: 'payment', number: 'paymentNumber', status: 'reversed' },
  'purchase_order.acknowledged': {
    entity: 'purchase_order',
    number: 'purchaseOrderNumber',
    status: 'acknowledged',
  },
  'purchase_order.cancelled': { entity: 'purchase_order', number: 'purchaseOrderNumber', status: 'cancelled' },
  'purchase_order.changed': { entity: 'purchase_order', number: 'purchaseOrderNumber' },
  'purchase_order.issued': { entity: 'purchase_order', number: 'purchaseOrderNumber', status: 'issued' },
  'return.authorized': { entity: 'return', number: 'returnNumber', status: 'authorized' },
}

/** The sender's event id; messages about one object do not overtake each other. */
export function identify({ content }: Document): Identity | undefined {
  const identity = peekText(content, 'eventId')
  if (identity === undefined) return undefined
  const type = peekText(content, 'type') ?? ''
  if (isTender(type)) {
    const number = tenderNumbers.map((name) => peekName(content, 'data', name)).find((one) => one !== undefined)
    return number === undefined ? { identity } : { identity, orderKey: `shipment ${number}` }
  }
  const known = meaningOf(type)
  const number = known === undefined ? undefined : peekName(content, 'data', known.number)
  return known === undefined || number === undefined
    ? { identity }
    : { identity, orderKey: `${known.entity} ${number}` }
}

/** Orders, deliveries, purchase orders, returns and invoices of the ERP or shop as canonical reports. */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const type = root.at('type').text(100)
  if (isTender(type)) {
    const { at } = root.at('occurredAt').time()
    return { assertions: [tenderAssertion(type, root.at('data').object(), { system: context.settings.system, at })] }
  }
  const known = meaningOf(type)
  if (known === undefined) return { assertions: [], unknownCodes: [{ table: 'generic-erp-event', code: type }] }
  const occurred = root.at('occurredAt').time()
  const data = root.at('data').object()
  const revision = root.at('revision').whole()
  const report: DocumentReport = {
    ...contentOf(data, known, occurred.at),
    ...(known.status === undefined ? {} : { status: known.status }),
    ...(known.reached === undefined ? {} : { reached: known.reached }),
    ...(revision === undefined ? {} : { revision }),
  }
  // The number of the object alone: a customer's purchase order may have many orders, which must not become one.
  const own: Reference = {
    scheme: known.entity,
    issuer: known.issuer === undefined ? context.settings.system : data.at(known.issuer).name(60),
    value: data.at(known.number).name(100),
  }
  const assertion: Assertion<DocumentReport> = {
    type: `${known.entity}.reported`,
    about: { entity: known.entity, references: [own], unknown: 'create' },
    occurredAt: occurred.at,
    data: report,
  }
  return { assertions: [assertion] }
}

function contentOf(
  data: Reading,
  { changeAnswer, isDisputeAnswer }: Meaning,
  at: string,
): Pick<DocumentReport, 'object' | 'parts'> {
  if (isDisputeAnswer === true) return disputeAnswerIn(data, at)
  return changeAnswer === undefined ? { object: plainObject(data) } : changeAnswerIn(data, changeAnswer)
}

const answers: ReadonlySet<string> = new Set(['accepted', 'partially_accepted', 'rejected'])

/** What a carrier says to an objection. The invoice itself stays as he sent it. */
function disputeAnswerIn(data: Reading, answeredAt: string): Pick<DocumentReport, 'object' | 'parts'> {
  const answer = data.at('answer').text(30)
  if (!answers.has(answer)) throw data.at('answer').wrong([...answers].join(', '))
  const load = data.at('load').optionalName(100)
  const part = stated({
    answer,
    answeredAt,
    amount: data.at('amount').optionalDecimal(),
    text: data.at('text').optionalText(1000),
    load: load === undefined ? undefined : normalizeIdentifier({ scheme: 'delivery', value: load.toUpperCase() }),
  })
  const object = { invoiceNumber: data.at('invoiceNumber').name(100), carrier: data.at('carrier').name(60) }
  return { object, parts: { disputeAnswers: { [data.at('answerNumber').name(60)]: part } } }
}

/** Lines that are told with the answer are those of the change; the order has its own. */
function changeAnswerIn(data: Reading, answer: string): Pick<DocumentReport, 'object' | 'parts'> {
  const { changeNumber: _, lines, ...object } = plainObject(data)
  const part = { answer, ...(lines === undefined ? {} : { lines }) }
  return { object, parts: { changeAnswers: { [data.at('changeNumber').name(60)]: part } } }
}

/** `toString` is no event type, although every object has one. */
function meaningOf(type: string): Meaning | undefined {
  return Object.hasOwn(events, type) ? events[type] : undefined
}
