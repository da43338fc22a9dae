import { readInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Evolve, Fact } from '../fact.ts'
import { partnershipSubject } from '../interchange/interchange.ts'
import { acknowledged } from './acknowledged.ts'
import { advised } from './advice.ts'
import { type BatchedReport, distributed, handedOver, partCame } from './batch.ts'
import { tellObject } from './exchange-problem.ts'
import { acknowledgementTimer, batched, issued, numbered } from './issue.ts'
import { revised, versionSettled } from './line.ts'
import { transmissionSubject } from './number.ts'
import { batchTimer, type QueuedReport, queued, windowOver } from './outbox.ts'
import type {
  AcknowledgementReport,
  BatchDraft,
  DocumentDraft,
  TransmissionDecision,
  TransmissionReport,
} from './report.ts'
import { responded, responseTimer, unanswered } from './response.ts'
import { type TransmissionState, unknownTransmission } from './state.ts'
import { superseded, tellLine } from './superseded.ts'
import { receipted } from './transport-receipt.ts'

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
    case 'transmission.advice_reported':
      return advised(state, fact)
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
    case 'transmission.receipt_reported':
      return receipted(state, fact)
    case 'transmission.response_reported':
      return businessAnswered(state, fact)
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
        {
          rule: 'unwritable',
          type: 'transmission.unwritable',
          data: { ...told, payload: undefined, waitsFor: undefined },
        },
        ...tellObject(report.about, { ...about, isOpen: true, reason: problem }),
        ...tellLine(report.line, fact.subject, 'unwritable'),
      ],
      timers: [],
    }
  }
  const { problem: _, payload: __, waitsFor: ___, ...fine } = report
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

/** By the object that was answered, or by a document of the partner that names ours. One that names nothing of ours is his own. */
function businessAnswered(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { of } = state
  if (of === undefined) return state.report === undefined ? silent(state) : responded(state, fact)
  return { state, facts: [{ rule: 'named', type: fact.type, subject: of, data: fact.data }], timers: [] }
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
  return isSettled ? { ...evolution, timers: [{ name: acknowledgementTimer, at: null }] } : evolution
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
  const { dueAt, response, ...rest } = state
  const isWaiting = response !== undefined && response.status !== 'answered'
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
    state: {
      ...rest,
      status: 'closed',
      open: [],
      ...(response === undefined || isWaiting ? {} : { response }),
    },
    facts: [{ rule: 'closed', type: 'transmission.closed', data: { by, reason } }, ...closing],
    timers: [
      ...(dueAt === undefined ? [] : [{ name: acknowledgementTimer, at: null }]),
      ...(isWaiting ? [{ name: responseTimer, at: null }] : []),
    ],
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
  if (name !== acknowledgementTimer || dueAt === undefined || (readInstant(due) ?? 0) < dueAt) return silent(state)
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
