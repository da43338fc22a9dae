/** A segment of an X12 or EDIFACT file for people. Places are bytes of the message as it came. */
export interface ViewedSegment {
  /** From 0, in the whole message. */
  readonly index: number
  readonly tag: string
  readonly start: number
  /** Elements of repetitions of components, as text. */
  readonly elements: readonly { readonly dataElement?: string; readonly values: readonly (readonly string[])[] }[]
}

/** Something that is wrong, and exactly where. */
export interface ViewedVerdict {
  readonly code: string
  readonly severity: string
  readonly title: string
  readonly start: number
  readonly end: number
  /** Index of the segment that it is about, or of the one behind which something is missing; absent before the first. */
  readonly segment?: number
  /** From 1; absent where the segment as a whole is meant. */
  readonly element?: number
  readonly value?: string
  /** The bytes at the place, and some before and behind, as Latin-1 with marks for what cannot be shown. */
  readonly before: string
  readonly at: string
  readonly after: string
}

/** A part of what a message holds. */
export interface SegmentView {
  readonly syntax: 'x12' | 'edifact'
  /** Segments that were read. */
  readonly total: number
  readonly segments: readonly ViewedSegment[]
  readonly verdicts: readonly ViewedVerdict[]
  /** More is wrong than is told here. */
  readonly hasMoreVerdicts: boolean
  /** Bytes that were looked at; a longer message is looked at in part. */
  readonly bytesRead: number
}

/** Reads the segments from `from` on; undefined where no interchange begins in the message. */
export type ViewSegments = (body: Uint8Array, from: number) => SegmentView | undefined
