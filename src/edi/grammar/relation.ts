/**
 * A relational note: P all or none, R at least one, E at most one, C the first asks for all others, L the first asks for at least
 * one of the others. `parts` are positions from 1.
 */
export interface Relation {
  readonly kind: 'P' | 'R' | 'E' | 'C' | 'L'
  readonly parts: readonly number[]
}

/** How it is broken: what is missing, or what is too much. `undefined` when it holds. */
export type Broken = { readonly code: 'element.condition_unmet' | 'element.excluded'; readonly part: number }

/** Reads `P0304`. */
export function readRelation(text: string): Relation {
  const match = /^([PRECL])((?:\d\d){2,})$/.exec(text)
  if (match === null) throw new TypeError(`no relational note: ${text}`)
  return { kind: match[1] as Relation['kind'], parts: (match[2]?.match(/\d\d/g) ?? []).map(Number) }
}

/** `present` has bit n-1 set where position n holds a value. */
export function brokenBy({ kind, parts }: Relation, present: number): Broken | undefined {
  const missing = parts.filter((part) => !has(present, part))
  const there = parts.length - missing.length
  const [first = 0, ...others] = parts
  switch (kind) {
    case 'P':
      return there === 0 || missing[0] === undefined ? undefined : unmet(missing[0])
    case 'R':
      return there > 0 ? undefined : unmet(first)
    case 'E': {
      const second = parts.filter((part) => has(present, part))[1]
      return second === undefined ? undefined : { code: 'element.excluded', part: second }
    }
    case 'C': {
      const wanted = others.find((part) => !has(present, part))
      return has(present, first) && wanted !== undefined ? unmet(wanted) : undefined
    }
    case 'L':
      return has(present, first) && there < 2 ? unmet(others[0] ?? first) : undefined
  }
}

function has(present: number, part: number): boolean {
  return (present & (1 << (part - 1))) !== 0
}

function unmet(part: number): Broken {
  return { code: 'element.condition_unmet', part }
}
