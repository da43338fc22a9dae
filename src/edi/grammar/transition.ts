import type { CompiledSet, Loop, Position } from './compiled.ts'

/** A place where the next segment may stand, seen from the one before. */
export interface Candidate {
  readonly target: Position
  /** The segment begins an instance of the target's loop. */
  readonly entersLoop: boolean
  /** An instance of an outer loop goes on. */
  readonly climbs: boolean
  /** What had to come in between. */
  readonly missing: readonly Position[]
}

/** Where a tag may go from a position, in the order in which it is to be tried. */
export interface Ways {
  readonly candidates: readonly Candidate[]
  /** A qualifier decides between some of them. */
  readonly isQualified: boolean
  /** The one to take if it is free: the first, where no qualifier decides. */
  readonly quick: Candidate | undefined
}

const nowhere: Ways = { candidates: [], isQualified: false, quick: undefined }

/** What was asked from one position: the last answer at hand, because the next set asks the same. */
interface Known {
  packed: number
  ways: Ways
  readonly all: Map<number, Ways>
}

/**
 * The automaton of a set: where a tag may go from a position. Filled as it is asked, because most pairs never come. First the
 * position itself and those after it in the open loop, then the next instance of that loop, then the loop around it.
 */
export class Automaton {
  readonly set: CompiledSet
  /** Positions, and triggers for their loops, that a partner wants several of. Mostly none. */
  readonly minimums: readonly Position[]
  readonly #known: Known[]
  readonly #tags: ReadonlySet<number>
  readonly #items: readonly (readonly Position[])[]
  #endings: (readonly Position[] | undefined)[] = []

  constructor(set: CompiledSet) {
    this.set = set
    this.minimums = set.positions.filter(
      ({ min, isTrigger, loop }) => min !== undefined || (isTrigger && loop.min !== undefined),
    )
    this.#known = Array.from({ length: set.positions.length + 1 }, () => ({
      packed: -1,
      ways: nowhere,
      all: new Map<number, Ways>(),
    }))
    this.#tags = new Set(set.positions.map(({ packed }) => packed))
    // What stands directly in a loop: its segments, and the triggers of the loops in it.
    this.#items = set.loops.map((loop) =>
      set.positions.filter(
        (position) => position.loop === loop || (position.isTrigger && position.loop.parent === loop),
      ),
    )
  }

  /** `from` is the index of the last position, -1 at the beginning. */
  ways(from: number, packed: number): Ways {
    const known = this.#known[from + 1]
    if (known === undefined) return nowhere
    if (known.packed === packed) return known.ways
    // Tags that the set does not have are not kept: a hostile file has no end of them.
    const found = known.all.get(packed) ?? (this.#tags.has(packed) ? this.#learn(from, packed, known) : nowhere)
    known.packed = packed
    known.ways = found
    return found
  }

  #learn(from: number, packed: number, known: Known): Ways {
    const candidates = this.#search(from, packed)
    const isQualified = candidates.some(({ target }) => target.when !== undefined)
    const found: Ways = { candidates, isQualified, quick: isQualified ? undefined : candidates[0] }
    known.all.set(packed, found)
    return found
  }

  /** What is still missing when the set ends after a position. */
  missingAtEnd(from: number): readonly Position[] {
    this.#endings[from + 1] ??= [...this.#climb(from)].flatMap(({ after }) => after.filter(isRequired))
    return this.#endings[from + 1] ?? []
  }

  #search(from: number, packed: number): Candidate[] {
    const found: Candidate[] = []
    const skipped: Position[] = []
    let climbs = false
    for (const { loop, at, after } of this.#climb(from)) {
      // The trigger itself comes again only with its loop.
      if (at !== undefined && !at.isTrigger && at.packed === packed)
        found.push({ target: at, entersLoop: false, climbs, missing: [] })
      for (const [index, item] of after.entries()) {
        if (item.packed !== packed) continue
        const missing = [...skipped, ...after.slice(0, index).filter(isRequired)]
        found.push({ target: item, entersLoop: item.isTrigger && item.loop !== loop, climbs, missing })
      }
      skipped.push(...after.filter(isRequired))
      const trigger = this.set.positions[loop.start]
      if (loop.parent !== undefined && trigger?.packed === packed)
        found.push({ target: trigger, entersLoop: true, climbs, missing: [...skipped] })
      climbs = true
    }
    return found
  }

  /** The open loops from the inside out, each with what comes after the last position in it. */
  *#climb(
    from: number,
  ): Generator<{ readonly loop: Loop; readonly at: Position | undefined; readonly after: readonly Position[] }> {
    const last = this.set.positions[from]
    let loop: Loop | undefined = last === undefined ? this.set.loops[0] : last.loop
    let at = last
    let cursor = from
    while (loop !== undefined) {
      const inside = this.#items[loop.index] ?? []
      const reached = cursor
      yield { loop, at, after: inside.filter(({ index }) => index > reached) }
      cursor = loop.end - 1
      at = undefined
      loop = loop.parent
    }
  }
}

/** A loop is asked for at its first segment. */
function isRequired(position: Position): boolean {
  if (position.isForbidden === true) return false
  return (position.isTrigger ? position.loop.required : position.required) !== 'none'
}
