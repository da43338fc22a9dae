import type { ElementSlot } from './segment.ts'

/**
 * Lengths of the values of a segment in flat tables, by element and component, so that most values are judged without following a
 * reference. Where more than the length counts, nothing fits: the value is looked at closely.
 */
export interface Lengths {
  /** Components of the longest composite; the value of component c in element e is at (e - 1) * width + c - 1. */
  readonly width: number
  readonly elements: number
  readonly min: Int32Array
  readonly max: Int32Array
  /** Bit n-1: element n is a composite, and judged as a whole too. */
  readonly composites: number
}

const most = 2 ** 31 - 1

/** How short and how long each component of a segment may be, as flat tables by element and component. */
export function lengthsOf(slots: readonly ElementSlot[]): Lengths {
  const width = Math.max(1, ...slots.map(({ components }) => components.length))
  const min = new Int32Array(slots.length * width).fill(1)
  const max = new Int32Array(slots.length * width)
  for (const [index, { components, isForbidden }] of slots.entries())
    for (const [at, { rule, isPlain }] of components.entries()) {
      if (!isPlain || isForbidden === true) continue
      min[index * width + at] = rule.min
      max[index * width + at] = Math.min(rule.max, most)
    }
  const composites = slots.reduce((mask, { isComposite }, index) => (isComposite ? mask | (1 << index) : mask), 0)
  return { width, elements: slots.length, min, max, composites }
}
