import type { Level, Severity } from './code-row.ts'
import type { VerdictCode } from './codes.ts'

/** What somebody found, before the agreement says how bad it is. Positions count as acknowledgements count them. */
export interface Finding {
  readonly code: VerdictCode
  /** Byte range in the file as it came. For something missing: the place where it was looked for, of length 0. */
  readonly start: number
  readonly end: number
  /** Empty where the finding is about no segment. For a missing one: the tag that is missing. */
  readonly segmentTag?: string
  /** ST and UNH are 1; 0 outside of sets. For a missing segment: the last one before the gap. */
  readonly segmentNumber?: number
  /** Loop identifiers from the outside in, joined with `/`. */
  readonly loopPath?: string
  /** From 1; 0 or absent for the segment as a whole. */
  readonly element?: number
  readonly component?: number
  readonly repetition?: number
  /** Number of the data element in its directory. */
  readonly dataElement?: string
  /** At most 99 characters of the value as it was read. */
  readonly value?: string
}

/** Indices count from 0: interchanges in the file, groups in the interchange, sets in the group. -1 where there is none. */
export interface Place {
  readonly interchange: number
  readonly group: number
  readonly set: number
}

/** One entry of the error list: a finding, where it belongs, and what the agreement makes of it. */
export interface Verdict extends Finding, Place {
  readonly level: Level
  readonly severity: Severity
}

/** What a verdict keeps of a value. */
export const valueCharactersMax = 99

/** Hears of each finding at once, because a file may be too large to hold what is wrong with it. */
export type Report = (finding: Finding) => void
