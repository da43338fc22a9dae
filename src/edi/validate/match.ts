import type { CompiledSet, Loop, Position } from '../grammar/compiled.ts'
import type { Discriminator } from '../grammar/set.ts'
import type { Automaton, Candidate, Ways } from '../grammar/transition.ts'

/** Why a segment stands nowhere, or once too often. */
export type MatchProblem =
  | 'segment.unknown'
  | 'segment.not_in_set'
  | 'segment.unexpected'
  | 'segment.out_of_sequence'
  | 'segment.repeated'
  | 'loop.repeated'

/** Reads the value that a discriminator asks for. */
export type Qualifier = (when: Discriminator) => string

const none: readonly Position[] = []

/**
 * Follows the segments of one set through its automaton. No backtracking: a segment that fits nowhere gives one problem and leaves
 * the state as it is, so that one stray segment does not spoil the rest.
 */
export class Matcher {
  readonly #automaton: Automaton
  readonly #set: CompiledSet
  /** How often each position was used in the open instance of its loop, and each loop in that of the loop around it. */
  readonly #used: Int32Array
  readonly #instances: Int32Array
  #at = -1
  /** What the last segment came to: its place, what had to come before it, and what is wrong. */
  position: Position | undefined
  problem: MatchProblem | undefined
  missing: readonly Position[] = none
  onTooFew: (position: Position) => void = () => {}

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#set = automaton.set
    this.#used = new Int32Array(this.#set.positions.length)
    this.#instances = new Int32Array(this.#set.loops.length)
  }

  /** Ready for the next set. */
  reset(): void {
    this.#used.fill(0)
    this.#instances.fill(0)
    this.#at = -1
    this.position = undefined
    this.problem = undefined
    this.missing = none
  }

  accept(packed: number, tagOf: () => string, qualifier: Qualifier): void {
    const ways = this.#automaton.ways(this.#at, packed)
    const { quick } = ways
    if (quick !== undefined && this.#isFree(quick)) this.#take(quick, undefined)
    else this.#choose(ways, tagOf, qualifier)
  }

  #choose({ candidates, isQualified }: Ways, tagOf: () => string, qualifier: Qualifier): void {
    const fitting = isQualified
      ? candidates.filter(({ target: { when } }) => when === undefined || when.codes.includes(qualifier(when)))
      : candidates
    const first = fitting[0]
    if (first === undefined) {
      this.position = undefined
      this.problem = this.#whyNot(tagOf())
      this.missing = none
      return
    }
    const free = this.#isFree(first) ? first : fitting.find((one) => this.#isFree(one) && isSafe(one))
    const chosen = free ?? first
    this.#take(chosen, free !== undefined ? undefined : chosen.target.isTrigger ? 'loop.repeated' : 'segment.repeated')
  }

  #take(chosen: Candidate, problem: MatchProblem | undefined): void {
    this.#enter(chosen)
    this.position = chosen.target
    this.missing = chosen.missing
    this.problem = problem
  }

  /** What is missing when the set ends here. */
  get missingAtEnd(): readonly Position[] {
    return this.#automaton.missingAtEnd(this.#at)
  }

  /** Segments and loops that came less often than the partner wants, told when their loop is left or the set is over. */
  tooFew(within: Loop, tell: (position: Position) => void): void {
    for (const position of this.#automaton.minimums) {
      const { loop, isTrigger, index } = position
      const holder = isTrigger ? loop.parent : loop
      const isInside = index >= within.start && index < within.end && !(isTrigger && loop === within)
      if (!isInside || holder === undefined || !this.#isOpen(holder, within)) continue
      const { min = 0 } = isTrigger ? loop : position
      // What never came at all is missing where it is required; to want two is to want one.
      if ((isTrigger ? this.instances(loop) : this.used(position)) < min) tell(position)
    }
  }

  #isOpen(holder: Loop, within: Loop): boolean {
    return holder === within || holder.parent === undefined || this.instances(holder) > 0
  }

  /** How often a position was used in the open instance of its loop. */
  used(position: Position): number {
    return this.#used[position.index] ?? 0
  }

  instances(loop: Loop): number {
    return this.#instances[loop.index] ?? 0
  }

  #isFree({ target, entersLoop }: Candidate): boolean {
    return entersLoop ? this.instances(target.loop) < target.loop.max : this.used(target) < target.max
  }

  #enter({ target, entersLoop }: Candidate): void {
    const { index, loop } = target
    if (entersLoop) {
      if (this.#automaton.minimums.length > 0 && this.instances(loop) > 0) this.tooFew(loop, this.onTooFew)
      // Loops are short: a call of `fill` costs more than it does.
      for (let at = loop.start; at < loop.end; at++) this.#used[at] = 0
      for (let at = loop.index + 1; at < loop.loopEnd; at++) this.#instances[at] = 0
      this.#instances[loop.index] = this.instances(loop) + 1
    }
    this.#used[index] = this.used(target) + 1
    this.#at = index
  }

  #whyNot(tag: string): MatchProblem {
    if (!this.#set.dictionary.segments.has(tag)) return 'segment.unknown'
    if (!this.#set.tags.has(tag)) return 'segment.not_in_set'
    const isOver = this.#set.positions.some((position) => position.tag === tag && position.index <= this.#at)
    return isOver ? 'segment.out_of_sequence' : 'segment.unexpected'
  }
}

/** Leaving a loop because its segment is used up must not skip what is mandatory. */
function isSafe({ climbs, missing }: Candidate): boolean {
  return !climbs || missing.length === 0
}
