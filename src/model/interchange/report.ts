/** An answer to an interchange, whole but for the control numbers that it will get. */
export interface AnswerDraft {
  /** ASCII. Slots are characters of the private use area: `interchangeSlot`, and `groupSlot` for the first group and so on. */
  readonly text: string
  /** Group numbers that it needs. */
  readonly groups: number
  /** Width that the interchange number is filled up to with zeros; 0 leaves it as it is. */
  readonly width: number
}

/** Stands for the interchange control number until it is known: a code point of Unicode’s private use area, which ASCII cannot hold. */
export const interchangeSlot = 0xe000

/** Stands for the number of the first group; those of further groups count on from here, up to U+F8FF. */
export const groupSlot = 0xe001

/** Data of `interchange.reported`: an interchange of a partner came in and was judged. */
export interface InterchangeReport {
  /** The message that held it: the same one again, after a release, is no repetition. */
  readonly message: string
  /** Where it came in, and where its answer goes. */
  readonly connection: string
  readonly standard: 'x12' | 'edifact'
  /** The pair of partners and the environment whose control numbers the answer takes. */
  readonly partnership: string
  readonly controlNumber: string
  /** Of the bytes from header to trailer: tells a repetition from another interchange with the same number. */
  readonly contentHash: string
  readonly isTest: boolean
  readonly status: 'accepted' | 'accepted_with_errors' | 'rejected'
  readonly sets: number
  readonly setsAccepted: number
  /** The first ones; `verdictCount` counts all. */
  readonly verdicts: readonly ReportedVerdict[]
  readonly verdictCount: number
  readonly answer?: AnswerDraft
  /** What it is answered with if its number was used for other content before. */
  readonly conflictAnswer?: AnswerDraft
}

/** A verdict as the control tower shows it. */
export interface ReportedVerdict {
  readonly code: string
  readonly severity: string
  readonly group: number
  readonly set: number
  readonly segment?: string
  readonly segmentNumber?: number
  readonly element?: number
  readonly start: number
  readonly end: number
}
