import type { AdviceState } from './advice.ts'
import type { BatchState } from './batch.ts'
import type { LineState } from './line.ts'
import type { OutboxState } from './outbox.ts'
import type { AcknowledgementReport, DocumentDraft, TransmissionReport } from './report.ts'
import type { ResponseState } from './response.ts'

/**
 * `unwritable` no draft could be made · `numbering` waits for its control numbers · `sent` handed to the ledger, answers awaited ·
 * `acknowledged` all of them came · `rejected` the partner refused it · `overdue` an answer is late · `closed` by a person.
 */
export const transmissionStatuses = [
  'unwritable',
  'numbering',
  'sent',
  'acknowledged',
  'rejected',
  'overdue',
  'closed',
] as const

/** How far a transmission is. */
export type TransmissionStatus = (typeof transmissionStatuses)[number]

/** What is wrong with the receipt of the transport: it is late, it says no, or it proves other bytes than were sent. */
export type ReceiptStanding = 'overdue' | 'refused' | 'mismatched'

/** One document to a partner, until it is answered. Or, with `of`, a number by which a partner may name it. */
export interface TransmissionState {
  readonly of?: string
  /** What one partner knows of one thing, where several documents may tell of it: then there is nothing else in here. */
  readonly line?: LineState
  /** Documents that wait for each other: then there is nothing else in here. */
  readonly outbox?: OutboxState
  /** It is an interchange of several documents, and each of them has its own state. */
  readonly batch?: BatchState
  /** It is an interchange of the partner: then there is nothing else in here. */
  readonly advice?: AdviceState
  readonly status?: TransmissionStatus
  readonly report?: Omit<TransmissionReport, 'draft'>
  /** Until it has its numbers. */
  readonly draft?: DocumentDraft
  readonly document?: SentDocument
  readonly sends: number
  /** When what is awaited is late, ms. */
  readonly dueAt?: number
  /** What the partner’s business owes us, where the agreement says so. */
  readonly response?: ResponseState
  /** Absent: the receipt of the transport has come, is not late yet, or none is asked for. */
  readonly receipt?: ReceiptStanding
  /** In the order in which they came; the same answer again is not kept again. */
  readonly answers: readonly (AcknowledgementReport & { readonly at: string })[]
  /** Exceptions that are open at the object, by category. */
  readonly open: readonly string[]
}

/** What left, to the byte. */
export interface SentDocument
  extends Pick<DocumentDraft, 'standard' | 'partnership' | 'set' | 'number' | 'awaits' | 'minutes' | 'response'> {
  /** The whole interchange; of a document that left with others, its set. */
  readonly text: string
  readonly interchange: number
  /** First group; EDIFACT has none. */
  readonly group?: number
  /** The interchange that it left in, where others are in there too. */
  readonly batch?: string
  readonly at: string
}

/** A transmission before its first fact. */
export const unknownTransmission: TransmissionState = { sends: 0, answers: [], open: [] }

/** Answers that are kept of one document. */
export const answersMax = 20
