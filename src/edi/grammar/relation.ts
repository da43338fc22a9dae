/**
 * A relational note: P all or none, R at least one, E at most one, C the first asks for all others, L the first asks for at least
 * one of the others. `parts` are positions from 1.
 */
export interface Relation {
  readonly kind: 'P' | 'R' | 'E' | 'C' | 'L'
  readonly parts: readonly number[]
  /** All parts, and all but the first, as bits: part n is bit n-1. */
  readonly mask: number
  readonly othersMask: number
}

/** How it is broken: what is missing, or what is too much. `undefined` when it holds. */
export type Broken = { readonly code: 'element.condition_unmet' | 'element.excluded'; readonly part: number }

/** Reads a relational note of X12 such as `P0304`: its condition and the positions that it is about. Throws TypeError. */
export function readRelation(text: string): Relation {
  const match = /^([PRECL])((?:\d\d){2,})$/.exec(text)
  if (match === null) throw new TypeError(`no relational note: ${text}`)
  const parts = (match[2]?.match(/\d\d/g) ?? []).map(Number)
  return { kind: match[1] as Relation['kind'], parts, mask: maskOf(parts), othersMask: maskOf(parts.slice(1)) }
}

/** Whether it holds, without saying what is wrong. `present` has bit n-1 set where position n holds a value. */
export function isKept({ kind, mask, othersMask }: Relation, present: number): boolean {
  const there = present & mask
  switch (kind) {
    case 'P':
      return there === 0 || there === mask
    case 'R':
      return there !== 0
    case 'E':
      return (there & (there - 1)) === 0
    case 'C':
      return (there & ~othersMask) === 0 || (there & othersMask) === othersMask
    case 'L':
      return (there & ~othersMask) === 0 || (there & othersMask) !== 0
  }
}

/** What is wrong, where it does not hold. */
export function brokenBy(relation: Relation, present: number): Broken | undefined {
  if (isKept(relation, present)) return undefined
  const { kind, parts } = relation
  const missing = parts.filter((part) => !has(present, part))
  const [first = 0, second = first] = parts
  switch (kind) {
    case 'P':
    case 'C':
      return unmet(missing[0] ?? first)
    case 'R':
      return unmet(first)
    case 'E':
      return { code: 'element.excluded', part: parts.filter((part) => has(present, part))[1] ?? first }
    case 'L':
      return unmet(second)
  }
}

function maskOf(parts: readonly number[]): number {
  return parts.reduce((mask, part) => mask | (1 << (part - 1)), 0)
}

function has(present: number, part: number): boolean {
  return (present & (1 << (part - 1))) !== 0
}

function unmet(part: number): Broken {
  return { code: 'element.condition_unmet', part }
}
