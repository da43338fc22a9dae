import type { Instant } from '../../base/instant.ts'
import type { AnswerDraft } from '../interchange/report.ts'
import type { BatchParts } from './batch-parts.ts'
import type { BusinessAnswer } from './business-answer.ts'

/** A document that is written but for its control numbers, and what is expected after it was sent. */
export interface DocumentDraft extends AnswerDraft {
  readonly standard: 'x12' | 'edifact'
  /** The pair of partners and the environment whose control numbers it takes. */
  readonly partnership: string
  /** `940`, `DESADV`. */
  readonly set: string
  /** What the business calls the document: number of the delivery, the shipment, the receipt. */
  readonly number: string
  /** What the partner owes us for it, by the agreement. */
  readonly awaits: readonly AwaitedAnswer[]
  /** How long that may take. */
  readonly minutes: number
  /** What the partner’s business owes us for it. */
  readonly response?: ExpectedResponse
  /** It leaves in one interchange with others: then `text` is empty, and these are its pieces. */
  readonly batch?: BatchDraft
}

/** How long a document may wait for others, how many there may be, and what it is put together from. */
export interface BatchDraft {
  readonly minutes: number
  readonly most: number
  readonly parts: BatchParts
}

/** An answer of the business and its deadline. */
export interface ExpectedResponse {
  readonly answer: BusinessAnswer
  /** How long it may take from the sending on. */
  readonly minutes: number
  /** The deadline of the object itself, where it has one. */
  readonly by?: Instant
}

/** `technical` is TA1, `functional` 997, 999 or CONTRL; a CONTRL is both. */
export type AwaitedAnswer = 'technical' | 'functional'

/** Data of `transmission.reported`: a partner is owed a document. */
export interface TransmissionReport {
  /** Where it goes. */
  readonly connection: string
  readonly command: string
  /** Hub id of the object that it tells of. */
  readonly about: string
  /** Process that waits for what becomes of it, and the natural key that it knows it by. */
  readonly origin?: { readonly process: string; readonly naturalKey: string }
  readonly externalReference: string
  /** Documents of one key reach the partner in order. */
  readonly key: string
  readonly priority: number
  /** Where several documents tell of one thing: the line that they belong to. */
  readonly line?: string
  /** It changes what an earlier one said. */
  readonly purpose?: 'change'
  /** How often the object had been answered when the document was owed. */
  readonly already?: number
  readonly draft?: DocumentDraft
  /** Why there is no draft, and what was to be written: it can be tried again when the agreement is corrected. */
  readonly problem?: string
  readonly payload?: unknown
  /** The partner has no name for codes of ours in it: it is written as soon as each has one. */
  readonly waitsFor?: NamesAwaited
}

/** Codes that wait for the name that a partner has for them. */
export interface NamesAwaited {
  /** Keys of `codeKey`. */
  readonly codes: readonly string[]
  /** When it was owed: names count that were valid then. */
  readonly since: Instant
}

/**
 * Data of `transmission.revision_reported`: a partner is to know of something as it is now. Whether it is new to him, a change, or no news
 * is decided where it is known what he was told: both documents are written, and one of them is sent at most.
 */
export interface RevisionReport
  extends Omit<TransmissionReport, 'draft' | 'problem' | 'payload' | 'purpose' | 'waitsFor'>,
    Revision {
  readonly line: string
  /** Of the first document; later ones are counted behind it. */
  readonly naturalKey: string
  readonly original: WrittenReport
  /** Absent: there is only one way to tell it. */
  readonly change?: WrittenReport
}

/** A draft, or why there is none. */
export type WrittenReport = Pick<TransmissionReport, 'draft' | 'problem' | 'payload' | 'waitsFor'>

/** What a partner is to know: that something is offered, or no longer. */
export interface Revision {
  readonly kind: 'offer' | 'withdrawal'
  /** Two offers of one round with the same content are one. */
  readonly content: string
  /** How often it was offered before and came to nothing: what is offered again is not a change. */
  readonly round: number
}

/** Data of `transmission.version_reported`, to the line that a document belongs to. */
export interface VersionReport {
  readonly version: string
  readonly outcome: 'issued' | 'rejected' | 'unwritable'
}

/** Data of `transmission.acknowledgement_reported`: a partner answered something that was sent. */
export interface AcknowledgementReport {
  readonly kind: AnswerKind
  /** Which number of ours the partner names. */
  readonly number: string
  readonly status: AnswerStatus
  /** Of the interchange or group as a whole: TA105, AK905, 0085. */
  readonly codes: readonly string[]
  /** Sets that the partner names, in its order. */
  readonly sets: readonly AnsweredSet[]
  /** Where the answer came in. */
  readonly connection: string
}

/** The message that answers: TA1, 997, 999 and 824 of X12, CONTRL and APERAK of EDIFACT. */
export type AnswerKind = 'TA1' | '997' | '999' | 'CONTRL' | '824' | 'APERAK'

/** What a partner makes of what we sent; `partly_accepted` is a group of which it took some sets and refused others. */
export type AnswerStatus = 'accepted' | 'accepted_with_errors' | 'partly_accepted' | 'rejected'

/** What a partner says of one set. */
export interface AnsweredSet {
  readonly identifier: string
  readonly number: string
  readonly status: AnswerStatus
  /** AK502 and so on, 0085. */
  readonly codes: readonly string[]
  readonly errors: readonly AnsweredError[]
}

/** Where a partner found something wrong, in the counting of its standard. */
export interface AnsweredError {
  readonly segment?: string
  readonly position?: string
  readonly element?: string
  readonly code?: string
  /** What stood there, or the partner's own words. */
  readonly text?: string
}

/** Data of `transmission.decided`: somebody looked at it. */
export interface TransmissionDecision {
  /** `send_again`: the same bytes under the same numbers; `close`: nothing more is expected. */
  readonly action: 'send_again' | 'close'
  readonly by: string
  readonly reason: string
}
