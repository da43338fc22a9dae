import { placeOf } from '../read/locate.ts'
import { rangeOf, type Segment } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { Report } from '../verdict/verdict.ts'

/** Reports an element of a header, with its bytes; where it is missing, the end of the segment. Components count from 1. */
export function reportValue(
  segment: Segment,
  [element, component]: readonly [number, number],
  code: VerdictCode,
  report: Report,
): void {
  const [start, end] = rangeOf(segment, element, component) ?? [segment.end, segment.end]
  const segmentNumber = code.startsWith('set.') ? 1 : 0
  report({ code, segmentNumber, ...placeOf(segment, { element, component, repetition: 1, start, end }) })
}
