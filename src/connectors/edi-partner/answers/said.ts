import { type Segment, textOf } from '../../../edi/read/segment.ts'
import type { NumberScheme } from '../../../model/transmission/number.ts'
import type {
  AcknowledgementReport,
  AnsweredError,
  AnsweredSet,
  AnswerStatus,
} from '../../../model/transmission/report.ts'

/** An answer as the segments of one set say it, by the number of ours that it names. */
export interface Said extends Omit<AcknowledgementReport, 'connection'> {
  readonly scheme: NumberScheme
}

/** Reads one answering set, segment by segment, as far as it can be read: what is broken in it is its sender's matter. */
export interface AnswerReading {
  segment(tag: string, segment: Segment): void
  said(): readonly Said[]
}

/** Errors that are kept of one set. */
const errorsMax = 50

/** A set while its answer is read. */
export class OpenSet {
  readonly identifier: string
  readonly number: string
  status: AnswerStatus = 'accepted'
  codes: readonly string[] = []
  readonly errors: AnsweredError[] = []

  constructor(identifier: string, number: string) {
    this.identifier = identifier
    this.number = number
  }

  note(error: AnsweredError): void {
    if (this.errors.length < errorsMax) this.errors.push(error)
  }

  get answered(): AnsweredSet {
    const { identifier, number, status, codes, errors } = this
    return { identifier, number, status, codes, errors }
  }
}

/** Values of consecutive elements that are there. */
export function valuesOf(segment: Segment, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => textOf(segment, first + at).trim()).filter(
    (one) => one !== '',
  )
}

/** Members that say something. */
export function filled(error: AnsweredError): AnsweredError {
  return Object.fromEntries(Object.entries(error).filter(([, value]) => value !== ''))
}
