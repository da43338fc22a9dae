import { type EnvelopeOptions, EnvelopeReader } from '../../src/edi/envelope/envelope-reader.ts'
import type { GroupReport, InterchangeReport, SetReport } from '../../src/edi/envelope/events.ts'
import { type CopiedSegment, copySegment } from '../../src/edi/read/segment.ts'
import type { Verdict } from '../../src/edi/verdict/verdict.ts'

/** All that the envelope told about a file, kept. */
export interface Recording {
  readonly segments: CopiedSegment[]
  readonly numbers: number[]
  readonly ends: number[]
  readonly verdicts: Verdict[]
  readonly sets: SetReport[]
  readonly groups: GroupReport[]
  readonly interchanges: InterchangeReport[]
  binaryBytes: number
}

/** Reads a file, cut into pieces at the given positions. */
export function record(bytes: Uint8Array, cuts: readonly number[] = [], options: EnvelopeOptions = {}): Recording {
  const made: Recording = {
    segments: [],
    numbers: [],
    ends: [],
    verdicts: [],
    sets: [],
    groups: [],
    interchanges: [],
    binaryBytes: 0,
  }
  const reader = new EnvelopeReader(
    {
      segment: (segment, number) => {
        made.segments.push(copySegment(segment))
        made.numbers.push(number)
        made.ends.push(segment.offset(segment.end))
      },
      binary: (content) => {
        made.binaryBytes += content.length
      },
      setClosed: (report) => {
        made.sets.push(report)
        made.verdicts.push(...report.verdicts)
      },
      groupClosed: (report) => {
        made.groups.push(report)
        made.verdicts.push(...report.verdicts)
      },
      interchangeClosed: (report) => {
        made.interchanges.push(report)
        made.verdicts.push(...report.verdicts)
      },
      stray: (verdict) => made.verdicts.push(verdict),
    },
    options,
  )
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    // A copy, wiped afterwards: whoever keeps a view of it is found out.
    const piece = new Uint8Array(bytes.subarray(from, cut))
    reader.feed(piece)
    piece.fill(0x58)
    from = cut
  }
  reader.end()
  return made
}

export const codesOf = (recording: Recording): string[] => recording.verdicts.map(({ code }) => code)

/** A segment as one line, with the usual delimiters. */
export function line({ tag, elements }: CopiedSegment): string {
  const element = (repetitions: readonly (readonly string[])[]): string =>
    repetitions.map((components) => components.join('>')).join('^')
  return [tag, ...elements.map(element)].join('*')
}
