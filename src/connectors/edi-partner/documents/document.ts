import { InterlineError } from '../../../base/errors.ts'
import { writeInstant } from '../../../base/instant.ts'
import { limits } from '../../../base/limits.ts'
import { edifactDelimiters, x12Delimiters } from '../../../edi/bytes/delimiters.ts'
import { writeDocument } from '../../../edi/map/write.ts'
import { mapOf } from '../../../edi/maps/all.ts'
import { findSet } from '../../../edi/sets/find.ts'
import { segmentsOfTree } from '../../../edi/tree/segments.ts'
import { writeEdifact } from '../../../edi/write/edifact.ts'
import { withSlots } from '../../../edi/write/slots.ts'
import { anyText } from '../../../edi/write/unwritable.ts'
import type { WrittenSet } from '../../../edi/write/written.ts'
import { writeX12 } from '../../../edi/write/x12.ts'
import { functionalIdentifierOf } from '../../../edi/x12/functional-identifiers.ts'
import type { AnswerDraft } from '../../../model/interchange/report.ts'
import type { AwaitedAnswer, DocumentDraft } from '../../../model/transmission/report.ts'
import type { OwedDocument } from '../../kit/connector.ts'
import { Reading } from '../../kit/reading.ts'
import { agreedOn } from '../agreed-on.ts'
import { isAgreed } from '../agreed-sets.ts'
import { answerSets } from '../answers/answer-sets.ts'
import type { Agreement } from '../policy.ts'
import { applicationAdvice, applicationError } from './application-advice.ts'
import { batchParts } from './batch.ts'
import { containerOrder, containerReport } from './container-message.ts'
import { freightBill, freightBillMessage } from './freight-bill.ts'
import { inventoryMessage } from './inventory-message.ts'
import { invoice, invoiceMessage } from './invoice.ts'
import { order, orderChange, orderChangeMessage, orderMessage } from './order.ts'
import { changeAnswer, orderAnswer, orderAnswerMessage } from './order-answer.ts'
import { requirePassing } from './own-check.ts'
import { receivingAdvice, receivingMessage } from './receiving.ts'
import { remittanceAdvice } from './remittance.ts'
import { expectedResponse } from './responses.ts'
import { returnNotice } from './return.ts'
import { despatchAdvice, shipNotice } from './ship-notice.ts'
import { consignmentStatus, roadStatus } from './status.ts'
import { tender, tenderAnswer } from './tender.ts'
import { transferAdvice } from './transfer-advice.ts'
import { billOfLading, bookingAnswer, firmBooking, transportInstruction } from './transport-message.ts'
import { adjustmentAdvice, inventoryAdvice, receiptAdvice, shippingAdvice } from './warehouse-advice.ts'
import { warehouseOrder } from './warehouse-order.ts'
import type { Compose } from './writer.ts'

interface Form {
  readonly set: string
  readonly compose: Compose
  /** Where what changes is told in a set of its own. */
  readonly change?: { readonly set: string; readonly compose: Compose }
}

/** What a command is in each standard. */
const forms: Readonly<Record<string, { readonly x12?: Form; readonly edifact?: Form }>> = {
  advise_adjustment: { x12: { set: '947', compose: adjustmentAdvice } },
  advise_application: {
    x12: { set: '824', compose: applicationAdvice },
    edifact: { set: 'APERAK', compose: applicationError },
  },
  advise_payment: { x12: { set: '820', compose: remittanceAdvice } },
  advise_receipt: { x12: { set: '944', compose: receiptAdvice } },
  advise_shipment: { x12: { set: '945', compose: shippingAdvice } },
  advise_stock: {
    x12: { set: '846', compose: inventoryAdvice },
    edifact: { set: 'INVRPT', compose: inventoryMessage },
  },
  announce_receipt: { x12: { set: '943', compose: transferAdvice } },
  announce_return: { x12: { set: '180', compose: returnNotice } },
  answer_order: {
    x12: { set: '855', compose: orderAnswer },
    edifact: { set: 'ORDRSP', compose: orderAnswerMessage },
  },
  answer_order_change: {
    x12: { set: '865', compose: changeAnswer },
    edifact: { set: 'ORDRSP', compose: orderAnswerMessage },
  },
  answer_tender: { x12: { set: '990', compose: tenderAnswer }, edifact: { set: 'IFTMBC', compose: bookingAnswer } },
  bill_customer: { x12: { set: '810', compose: invoice }, edifact: { set: 'INVOIC', compose: invoiceMessage } },
  bill_freight: {
    x12: { set: '210', compose: freightBill },
    edifact: { set: 'INVOIC', compose: freightBillMessage },
  },
  cancel_delivery: { x12: { set: '940', compose: warehouseOrder } },
  confirm_receipt: {
    x12: { set: '861', compose: receivingAdvice },
    edifact: { set: 'RECADV', compose: receivingMessage },
  },
  instruct_transport: {
    x12: { set: '211', compose: billOfLading },
    edifact: { set: 'IFTMIN', compose: transportInstruction },
  },
  notify_shipment: { x12: { set: '856', compose: shipNotice }, edifact: { set: 'DESADV', compose: despatchAdvice } },
  order_containers: { edifact: { set: 'COPARN', compose: containerOrder } },
  order_goods: {
    x12: { set: '850', compose: order, change: { set: '860', compose: orderChange } },
    edifact: { set: 'ORDERS', compose: orderMessage, change: { set: 'ORDCHG', compose: orderChangeMessage } },
  },
  release_delivery: { x12: { set: '940', compose: warehouseOrder } },
  report_gate_moves: { edifact: { set: 'CODECO', compose: containerReport } },
  report_status: { x12: { set: '214', compose: roadStatus }, edifact: { set: 'IFTSTA', compose: consignmentStatus } },
  report_vessel_moves: { edifact: { set: 'COARRI', compose: containerReport } },
  tender_shipment: { x12: { set: '204', compose: tender }, edifact: { set: 'IFTMBF', compose: firmBooking } },
  withdraw_order: {
    x12: { set: '860', compose: orderChange },
    edifact: { set: 'ORDCHG', compose: orderChangeMessage },
  },
  withdraw_tender: { x12: { set: '204', compose: tender }, edifact: { set: 'IFTMBF', compose: firmBooking } },
}

const withdrawals: ReadonlySet<string> = new Set(['cancel_delivery', 'withdraw_order', 'withdraw_tender'])

/** Commands that a partner can get as a document. */
export const documentCommands: readonly string[] = Object.keys(forms)

/** What is missing in an agreement before it can have this document at all. */
export function documentProblem(command: string, agreed: Agreement): string | undefined {
  const problems = agreed.editions.map(({ settings }) => problemIn(command, { ...agreed, ...settings }))
  if (problems.length === 0) return problemIn(command, agreed)
  // An edition that has the document is enough: the others have their days.
  return problems.includes(undefined) ? undefined : problems[0]
}

function problemIn(command: string, settings: Agreement): string | undefined {
  const { standard } = settings
  const form = forms[command]?.[standard]
  if (form === undefined) return `there is no document of ${standard} for it`
  const refused = [form, ...(form.change === undefined ? [] : [form.change])].find(({ set }) => !isSent(set, settings))
  if (refused !== undefined) return `its agreement does not send ${refused.set} ${versionSent(settings)}`
  const needed = ['partnerId', 'ownId', ...(command === 'order_containers' ? ['containerOrder' as const] : [])] as const
  const missing = needed.find((name) => settings[name] === '')
  return missing === undefined ? undefined : `its documents need the setting ${missing}`
}

/**
 * Writes what a partner is owed, whole but for its control numbers, and reads it back with our own check: what would be rejected here
 * does not leave the house. Throws EDI_DOCUMENT_UNKNOWN, EDI_DOCUMENT_TOO_LARGE, EDI_DOCUMENT_INVALID, CONTENT_INVALID.
 */
export function writeOwed(
  { command, payload, purpose }: OwedDocument,
  { settings: agreed, at }: { readonly settings: Agreement; readonly at: number },
): DocumentDraft {
  const day = writeInstant(at).slice(0, 10)
  const settings = agreedOn(agreed, day)
  if (settings === undefined) throw new InterlineError('EDI_NOTHING_AGREED', { day })
  const { standard } = settings
  const first = forms[command]?.[standard]
  const form = purpose === 'change' ? (first?.change ?? first) : first
  if (form === undefined) throw new InterlineError('EDI_DOCUMENT_UNKNOWN', { command, standard })
  if (!isSent(form.set, settings))
    throw new InterlineError('EDI_SET_NOT_AGREED', { set: form.set, version: versionSent(settings) })
  for (const name of ['partnerId', 'ownId'] as const)
    if (settings[name] === '') throw new InterlineError('EDI_AGREEMENT_INCOMPLETE', { setting: name })
  if (purpose === 'change' && settings.changes === 'refused')
    throw new InterlineError('EDI_CHANGE_NOT_AGREED', { set: form.set })
  const now = writeInstant(at)
  const owed = new Reading(asText(payload))
  const { number, document, respondBy } = form.compose(owed, { settings, command, now, isChange: purpose === 'change' })
  const written = setOf(form.set, document, settings)
  const draft = withSlots(standard === 'x12' ? 1 : 0, standard, (numbers) =>
    standard === 'x12'
      ? inX12(written, { settings, now, ...numbers })
      : inEdifact(written, { settings, now, ...numbers }),
  )
  requireSize(draft, form.set)
  requirePassing(draft, form.set, settings)
  // What is taken back is not answered.
  const response = withdrawals.has(command)
    ? undefined
    : expectedResponse(form.set, settings.responseMinutes, respondBy)
  const partnership = partnershipOf(settings)
  const { batchMinutes: minutes, batchMost: most } = settings
  return {
    ...draft,
    ...(minutes === 0 ? {} : { text: '', batch: { minutes, most, parts: batchParts(draft, standard, partnership) } }),
    standard,
    partnership,
    set: form.set,
    number,
    awaits: awaited[settings.awaits],
    minutes: settings.acknowledgementMinutes,
    ...(response === undefined ? {} : { response }),
  }
}

/** The partition that writes a document and reads it back does nothing else meanwhile, and must not lose its lease over it. */
function requireSize({ text }: AnswerDraft, set: string): void {
  const most = limits.documentCharacters
  if (text.length > most) throw new InterlineError('EDI_DOCUMENT_TOO_LARGE', { set, size: text.length, most })
}

function isSent(set: string, settings: Agreement): boolean {
  return isAgreed(settings.sends, set, versionSent(settings)) === 'yes' || answerSets.has(set)
}

/** As the tables name it. */
function versionSent({ standard, x12Version, edifactVersion }: Agreement): string {
  return standard === 'x12' ? x12Version : edifactVersion.split(':').slice(0, 2).join('.')
}

/** What is owed, with counts as text like every other number. */
function asText(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asText(member)]))
}

const awaited: Readonly<Record<Agreement['awaits'], readonly AwaitedAnswer[]>> = {
  nothing: [],
  technical: ['technical'],
  functional: ['functional'],
  both: ['technical', 'functional'],
}

/** As the receipt of an interchange of this partner names the pair: both count with the same numbers. */
export function partnershipOf({ standard, partnerQualifier, partnerId, ownQualifier, ownId, test }: Agreement): string {
  const environment = test ? 'test' : 'production'
  return `${standard} ${partnerQualifier}:${partnerId}: ${ownQualifier}:${ownId}: ${environment}`
}

function setOf(set: string, document: Parameters<typeof writeDocument>[0], settings: Agreement): WrittenSet {
  const rows = mapOf(set, versionSent(settings))
  const isX12 = settings.standard === 'x12'
  const grammar = findSet(set, versionSent(settings))
  if (rows === undefined || grammar === undefined)
    throw new InterlineError('EDI_DOCUMENT_UNKNOWN', { command: set, standard: settings.standard })
  return {
    identifier: set,
    controlNumber: isX12 ? '0001' : '1',
    version: isX12 ? '' : settings.edifactVersion,
    segments: segmentsOfTree(grammar, writeDocument(document, rows)),
  }
}

interface Envelope {
  readonly settings: Agreement
  readonly now: string
  readonly interchange: number
  readonly group: number
}

function inX12(set: WrittenSet, { settings, now, interchange, group }: Envelope): Uint8Array {
  const { partnerId, partnerQualifier, ownId, ownQualifier, x12Version, test, awaits } = settings
  const digits = now.replaceAll(/\D/g, '')
  return writeX12({
    sender: { qualifier: ownQualifier, id: ownId, routing: '' },
    receiver: { qualifier: partnerQualifier, id: partnerId, routing: '' },
    date: digits.slice(0, 8),
    time: digits.slice(8, 12),
    version: x12Version === '005010' ? '00501' : '00401',
    controlNumber: `${interchange}`,
    isTest: test,
    wantsAcknowledgement: awaits === 'technical' || awaits === 'both',
    delimiters: x12Delimiters,
    mayChooseDelimiters: true,
    text: { ...anyText, isAsciiOnly: true, unwritable: 'transliterate' },
    before: [],
    groups: [
      {
        functionalIdentifier: functionalIdentifierOf(set.identifier) ?? '',
        sender: settings.ownGroupId === '' ? ownId : settings.ownGroupId,
        receiver: settings.partnerGroupId === '' ? partnerId : settings.partnerGroupId,
        controlNumber: `${group}`,
        version: x12Version,
        sets: [set],
      },
    ],
  }).bytes
}

function inEdifact(set: WrittenSet, { settings, now, interchange }: Envelope): Uint8Array {
  const { partnerId, partnerQualifier, ownId, ownQualifier, test, awaits } = settings
  const digits = now.replaceAll(/\D/g, '')
  return writeEdifact({
    characterSet: 'UNOC',
    syntaxVersion: '3',
    sender: { qualifier: ownQualifier, id: ownId, routing: '' },
    receiver: { qualifier: partnerQualifier, id: partnerId, routing: '' },
    date: digits.slice(0, 8),
    time: digits.slice(8, 12),
    controlNumber: `${interchange}`,
    applicationReference: '',
    agreement: '',
    wantsAcknowledgement: awaits !== 'nothing',
    isTest: test,
    delimiters: edifactDelimiters,
    unwritable: 'transliterate',
    isAsciiOnly: true,
    messages: [set],
  }).bytes
}
