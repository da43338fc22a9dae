import { markKind, type Segment, tagOf, textBetween } from './segment.ts'

/** Where a byte of a segment lies, counted as acknowledgements count; element 0 is the tag. */
export interface Location {
  readonly element: number
  readonly component: number
  readonly repetition: number
  readonly start: number
  readonly end: number
}

/** The element, repetition and component that hold a position of the segment's bytes. */
export function locate({ marks, markCount, start, end }: Segment, position: number): Location {
  let element = 0
  let repetition = 1
  let component = 1
  let from = start
  for (let at = 0; at < markCount; at++) {
    const mark = marks[at] ?? 0
    const place = start + (mark >> 2)
    if (place > position) return { element, component, repetition, start: from, end: place }
    from = place + 1
    if ((mark & 3) === markKind.element) {
      element++
      repetition = component = 1
    } else if ((mark & 3) === markKind.repetition) {
      repetition++
      component = 1
    } else component++
  }
  return { element, component, repetition, start: from, end }
}

/** What a finding about one value says of its place. */
export function placeOf(
  segment: Segment,
  at: Location,
): {
  segmentTag: string
  start: number
  end: number
  element: number
  component: number
  repetition: number
  value: string
} {
  return {
    segmentTag: tagOf(segment),
    start: segment.offset(at.start),
    end: segment.offset(at.end),
    element: at.element,
    component: at.component,
    repetition: at.repetition,
    value: textBetween(segment, at.start, Math.min(at.end, at.start + 396)).slice(0, 99),
  }
}
