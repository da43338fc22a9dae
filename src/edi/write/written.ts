/** A value; or components; or repetitions of components. Empty text stands for an element that is not there. */
export type WrittenElement = string | readonly string[] | readonly (readonly string[])[]

/** A segment to be written. Elements count from 1 in the standards: the first entry here is element 1. */
export interface WrittenSegment {
  readonly tag: string
  readonly elements: readonly WrittenElement[]
}

/** One set or message without its control segments: these are made while writing, from the number and the count. */
export interface WrittenSet {
  /** `214`, `IFTSTA`. */
  readonly identifier: string
  /** ST02, 0062. */
  readonly controlNumber: string
  /** ST03 where it is used; `D:96A:UN` or `D:96A:UN:EAN004` in EDIFACT. */
  readonly version: string
  readonly segments: readonly WrittenSegment[]
}

/** Shortens the building of segments in code: `segment('AK1', 'SM', '7')`. */
export function segment(tag: string, ...elements: readonly WrittenElement[]): WrittenSegment {
  return { tag, elements }
}

/** Repetitions of components, whatever form the element was given in. */
export function repetitionsOf(element: WrittenElement): readonly (readonly string[])[] {
  if (typeof element === 'string') return [[element]]
  return element.every((part) => typeof part === 'string') ? [element] : (element as readonly (readonly string[])[])
}
