import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Evolve, Fact } from '../fact.ts'
import { filled, partnershipSubject } from '../interchange/interchange.ts'
import { acknowledged } from './acknowledged.ts'
import { type BatchedReport, distributed, handedOver, partCame, tellMembers } from './batch.ts'
import { setText } from './batch-parts.ts'
import { tellObject } from './exchange-problem.ts'
import { revised, versionSettled } from './line.ts'
import { documentName, numberSubject, transmissionSubject } from './number.ts'
import { batchTimer, type QueuedReport, queued, windowOver } from './outbox.ts'
import type {
  AcknowledgementReport,
  BatchDraft,
  DocumentDraft,
  TransmissionDecision,
  TransmissionReport,
} from './report.ts'
import { expecting, responded, responseTimer, unanswered } from './response.ts'
import { type SentDocument, type TransmissionState, unknownTransmission } from './state.ts'
import { superseded, tellLine } from './superseded.ts'

const timer = 'acknowledgement'

/**
 * Folds what becomes of one document to a partner: it is owed once, gets its control numbers once, is sent with the same bytes however
 * often, and waits for its answers with a timer. What goes wrong is told to the object that it is about.
 */
export const evolveTransmission: Evolve<TransmissionState> = (state = unknownTransmission, fact) => {
  switch (fact.type) {
    case 'transmission.number_reported':
      return silent({ ...state, of: (fact.data as { readonly of: string }).of })
    case 'transmission.acknowledgement_reported':
      return answered(state, fact)
    case 'transmission.reported':
      return owed(state, fact, fact.data as TransmissionReport)
    case 'transmission.numbers_reported':
      return numbered(state, fact, fact.data as { readonly interchange: number; readonly group: number })
    case 'transmission.decided':
      return decided(state, fact, fact.data as TransmissionDecision)
    case 'transmission.revision_reported':
      return revised(state, fact)
    case 'transmission.version_reported':
      return versionSettled(state, fact)
    case 'transmission.superseded_reported':
      return superseded(state, fact)
    case 'transmission.queued_reported':
      return queued(state, fact)
    case 'transmission.collected_reported':
      return handedOver(state, fact)
    case 'transmission.part_reported':
      return partCame(state, fact)
    case 'transmission.batched_reported':
      return batched(state, fact, fact.data as BatchedReport)
    case 'transmission.response_reported':
      return responded(state, fact)
    case 'expectation.missed':
      return timedOut(state, fact, (fact.data as { readonly timer: string }).timer)
    default:
      return silent(state)
  }
}

function timedOut(state: TransmissionState, fact: Fact, name: string): Evolution<TransmissionState> {
  if (name === batchTimer) return windowOver(state, fact)
  return name === responseTimer ? unanswered(state, fact) : missed(state, fact)
}

/** Known already: the same intent, decided again. One that could not be written is tried anew with what is known now. */
function owed(state: TransmissionState, fact: Fact, told: TransmissionReport): Evolution<TransmissionState> {
  const isUnwritten = state.status === 'unwritable' || (state.status === 'closed' && state.document === undefined)
  if (state.status !== undefined && !isUnwritten) return silent(state)
  const { draft, ...report } = told
  if (draft === undefined) {
    const { problem = 'It could not be written.' } = report
    if (state.report?.problem === problem)
      return { state, facts: tellLine(report.line, fact.subject, 'unwritable'), timers: [] }
    const about = { category: 'document_unsent', transmission: fact.subject, connection: report.connection } as const
    return {
      state: { ...state, status: 'unwritable', report, open: ['document_unsent'] },
      facts: [
        { rule: 'unwritable', type: 'transmission.unwritable', data: { ...told, payload: undefined } },
        ...tellObject(report.about, { ...about, isOpen: true, reason: problem }),
        ...tellLine(report.line, fact.subject, 'unwritable'),
      ],
      timers: [],
    }
  }
  const { problem: _, payload: __, ...fine } = report
  return {
    state: { ...state, status: 'numbering', report: fine, draft },
    facts: [
      draft.batch === undefined ? numbersFor(fact, draft) : intoOutbox(fact, report.connection, draft, draft.batch),
    ],
    timers: [],
  }
}

function numbersFor(fact: Fact, { partnership, groups }: DocumentDraft): Derived {
  return {
    rule: 'numbers',
    type: 'partnership.answer_reported',
    subject: partnershipSubject(fact.tenant, partnership),
    data: { interchange: fact.subject, groups },
  }
}

/** It waits for others to the same partner. */
function intoOutbox(
  fact: Fact,
  connection: string,
  draft: DocumentDraft,
  { minutes, most, parts }: BatchDraft,
): Derived {
  const data: QueuedReport = { transmission: fact.subject, characters: parts.set.length, minutes, most }
  return {
    rule: 'queued',
    type: 'transmission.queued_reported',
    subject: transmissionSubject(fact.tenant, `outbox:${connection}:${draft.partnership}:${parts.key}`),
    data,
  }
}

function numbered(
  state: TransmissionState,
  fact: Fact,
  numbers: { readonly interchange: number; readonly group: number },
): Evolution<TransmissionState> {
  const { draft, report, ...rest } = state
  if (draft === undefined || report === undefined) return silent(state)
  const { partnership, set, number } = draft
  const document: SentDocument = {
    ...documentOf(draft),
    text: filled(draft, numbers),
    interchange: numbers.interchange,
    ...(draft.groups === 0 ? {} : { group: numbers.group }),
    at: fact.recordedAt,
  }
  const groups = Array.from({ length: draft.groups }, (_, at) => ['group_number', `${numbers.group + at}`] as const)
  const names = [
    ['interchange_number', `${document.interchange}`] as const,
    ...groups,
    ...(state.batch === undefined ? documentNumbers(set, number) : []),
  ]
  const issuing = issued({ ...rest, report, document }, fact)
  return {
    ...issuing,
    facts: [...aliases(fact, partnership, names), ...known(document, fact.subject), ...issuing.facts],
  }
}

/** What is known of the document before it has its numbers. */
function documentOf({
  standard,
  partnership,
  set,
  number,
  awaits,
  minutes,
  response,
}: DocumentDraft | SentDocument): Omit<SentDocument, 'text' | 'interchange' | 'at'> {
  return { standard, partnership, set, number, awaits, minutes, ...(response === undefined ? {} : { response }) }
}

function documentNumbers(set: string, number: string): (readonly [string, string])[] {
  return [
    ['document_number', documentName(set, number)],
    ['document_number', number],
  ]
}

function aliases(fact: Fact, partnership: string, names: readonly (readonly [string, string])[]): Derived[] {
  return names.map(([scheme, value], index) => ({
    rule: `number-${index}`,
    type: 'transmission.number_reported',
    subject: numberSubject(fact.tenant, scheme, partnership, value),
    data: { of: fact.subject },
  }))
}

/** It left in one interchange with others, or did so once more. */
function batched(
  state: TransmissionState,
  fact: Fact,
  { batch, interchange, group, set: place }: BatchedReport,
): Evolution<TransmissionState> {
  const { draft, ...rest } = state
  const before = draft ?? state.document
  if (before === undefined || state.report === undefined) return silent(state)
  const { partnership, set, number } = before
  const document: SentDocument = {
    ...documentOf(before),
    text: draft?.batch === undefined ? (state.document?.text ?? '') : setText(draft.batch.parts, place),
    interchange,
    ...(group === undefined ? {} : { group }),
    batch,
    at: state.document?.at ?? fact.recordedAt,
  }
  const issuing = issued({ ...rest, document }, fact)
  if (draft === undefined) return issuing
  const names = aliases(fact, partnership, documentNumbers(set, number))
  return { ...issuing, facts: [...names, ...known(document, fact.subject), ...issuing.facts] }
}

/** So that people find it by its numbers. */
function known({ interchange, number, partnership }: SentDocument, subject: string): Derived[] {
  const references = [
    { scheme: 'interchange', issuer: partnership, value: `${interchange}` },
    { scheme: 'document', issuer: partnership, value: number },
  ]
  return [{ rule: 'identified', type: 'transmission.identified', subject, data: { references } }]
}

/** Hands the bytes to the ledger, and waits for what the agreement says. */
function issued(before: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { report, document } = before
  if (report === undefined || document === undefined) return silent(before)
  const sends = before.sends + 1
  const isAwaited = document.awaits.length > 0
  const dueAt = (readInstant(fact.recordedAt) ?? 0) + document.minutes * 60_000
  const { dueAt: _, ...rest } = before
  const { connection, command, about, externalReference, key, priority } = report
  const { standard, set, number, interchange, group, text, batch } = document
  const closing = before.open.flatMap((category) =>
    tellObject(about, {
      category: category as Parameters<typeof tellObject>[1]['category'],
      isOpen: false,
      transmission: fact.subject,
      connection,
      reason: 'It is sent.',
    }),
  )
  const { facts: asking, timers: answering, ...expected } = expecting(before, fact)
  const data = {
    ...{ connection, command, about, externalReference, key, priority, standard, set, number, interchange },
    ...(group === undefined ? {} : { group }),
    ...{ text, sends },
  }
  const after = { ...rest, sends }
  // What left with others was handed to the ledger with them.
  const own: Derived =
    batch === undefined
      ? { rule: `issued-${sends}`, type: 'transmission.issued', data }
      : { rule: `batched-${sends}`, type: 'transmission.batched', data: { ...data, batch } }
  return {
    state: {
      ...rest,
      status: isAwaited ? 'sent' : 'acknowledged',
      sends,
      open: [],
      answers: [],
      ...(isAwaited ? { dueAt } : {}),
      ...expected,
    },
    facts: [
      own,
      ...tellMembers(after, fact.subject),
      ...closing,
      ...asking,
      ...tellLine(report.line, fact.subject, 'issued'),
    ],
    timers: [
      ...(isAwaited ? [{ name: timer, at: writeInstant(dueAt), data: { awaits: document.awaits } }] : []),
      ...answering,
    ],
  }
}

function answered(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { of } = state
  if (of !== undefined) {
    return {
      state,
      facts: [{ rule: 'named', type: fact.type, subject: of, data: fact.data }],
      timers: [],
    }
  }
  const report = fact.data as AcknowledgementReport
  if (state.batch !== undefined) return { state, facts: distributed(state, report), timers: [] }
  if (state.document === undefined) {
    const { kind, number, status, connection } = report
    // Nobody sent it: shown, counted, and otherwise without effect.
    return {
      state,
      facts: [{ rule: 'unmatched', type: 'transmission.unmatched', data: { kind, number, status, connection } }],
      timers: [],
    }
  }
  const { dueAt } = state
  const evolution = acknowledged(state, fact, report)
  const isSettled = dueAt !== undefined && evolution.state.dueAt === undefined
  return isSettled ? { ...evolution, timers: [{ name: timer, at: null }] } : evolution
}

function decided(
  state: TransmissionState,
  fact: Fact,
  { action, by, reason }: TransmissionDecision,
): Evolution<TransmissionState> {
  const { report, document } = state
  if (report === undefined) return silent(state)
  if (action === 'send_again') {
    if (document?.batch !== undefined) return sentAgain(state, fact, document.batch)
    return document === undefined ? silent(state) : issued(state, fact)
  }
  const { dueAt, ...rest } = state
  const closing = state.open.flatMap((category) =>
    tellObject(report.about, {
      category: category as Parameters<typeof tellObject>[1]['category'],
      isOpen: false,
      transmission: fact.subject,
      connection: report.connection,
      reason,
    }),
  )
  return {
    state: { ...rest, status: 'closed', open: [] },
    facts: [{ rule: 'closed', type: 'transmission.closed', data: { by, reason } }, ...closing],
    timers: dueAt === undefined ? [] : [{ name: timer, at: null }],
  }
}

/** What left in one interchange is sent again in one: the same bytes under the same numbers. */
function sentAgain(state: TransmissionState, fact: Fact, batch: string): Evolution<TransmissionState> {
  const facts = [{ rule: 'batch', type: 'transmission.decided', subject: batch, data: fact.data }]
  return { state, facts, timers: [] }
}

/** The answer is late. It may still come, and then it counts. */
function missed(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { document, report, dueAt } = state
  const { timer: name, due } = fact.data as { readonly timer: string; readonly due: string }
  // A timer of an earlier sending says nothing about this one.
  if (name !== timer || dueAt === undefined || (readInstant(due) ?? 0) < dueAt) return silent(state)
  if (document === undefined || report === undefined || state.status !== 'sent') return silent(state)
  const { connection } = report
  const { set, number, interchange, awaits } = document
  const reason = `Interchange ${interchange} to ${connection} is not acknowledged.`
  return {
    state: { ...state, status: 'overdue', open: [...state.open, 'document_unacknowledged'] },
    facts: [
      { rule: 'overdue', type: 'transmission.overdue', data: { connection, set, number, interchange, awaits, due } },
      ...tellObject(report.about, {
        category: 'document_unacknowledged',
        isOpen: true,
        transmission: fact.subject,
        connection,
        reason,
      }),
    ],
    timers: [],
  }
}

function silent(state: TransmissionState): Evolution<TransmissionState> {
  return { state, facts: [], timers: [] }
}
