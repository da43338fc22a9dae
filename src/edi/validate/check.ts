import { packText } from '../bytes/text.ts'
import type { SetCheck } from '../envelope/events.ts'
import type { CompiledSet, Position } from '../grammar/compiled.ts'
import type { Discriminator } from '../grammar/set.ts'
import { Automaton } from '../grammar/transition.ts'
import { copySegment, type Segment, tagOf, textOf } from '../read/segment.ts'
import type { SetTable } from '../table/set-table.ts'
import { TreeBuilder } from '../tree/builder.ts'
import type { LoopNode } from '../tree/tree.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { Finding, Report } from '../verdict/verdict.ts'
import { BalanceCheck, balancedTags } from './balance.ts'
import { DateOrderCheck } from './date-order.ts'
import { LevelCheck, type MarkElement } from './levels.ts'
import { Matcher } from './match.ts'
import { SegmentCheck } from './segment.ts'
import { isWatched, SituationCheck } from './situation.ts'
import { type SumRule, Sums, sumRulesOf } from './sums.ts'

/** ST, SE, UNH and UNT are the envelope's. */
const ST = packText('ST')
const UNH = packText('UNH')
const SE = packText('SE')
const UNT = packText('UNT')

/** What a segment has beyond its own rule, as bits. Most have nothing. */
const watch = { level: 1, sum: 2, situation: 4, balance: 8, date: 16, scope: 32 } as const

/** What is made once per compiled set: its automaton, and a check that no set uses at the moment. */
interface Workshop {
  readonly automaton: Automaton
  /** By position: what is to be looked at, bits of `watch`. */
  readonly watched: Uint8Array
  readonly sums: readonly SumRule[]
  idle: GrammarCheck | undefined
}
const workshops = new WeakMap<CompiledSet, Workshop>()

/** A segment is checked within one call: all sets can take turns with one check. */
const segmentChecks = { x12: new SegmentCheck('x12'), edifact: new SegmentCheck('edifact') } as const

function ignore(): void {}

/** What a set check is for besides verdicts. */
export interface CheckOptions {
  readonly syntax: 'x12' | 'edifact'
  /** Keep the segments as a tree, for the map. Costs memory with the size of the set. */
  readonly keepTree?: boolean
  /** Put the segments into this table, for the map. */
  readonly table?: SetTable
}

/** L2 to L5 and L7 of one set, segment by segment, with exact positions. */
export class GrammarCheck implements SetCheck {
  readonly #workshop: Workshop
  readonly #set: CompiledSet
  readonly #matcher: Matcher
  readonly #values: SegmentCheck
  readonly #kind: 'HL' | 'CPS'
  #report: Report = ignore
  #builder: TreeBuilder | undefined
  #table: SetTable | undefined
  /** Made when the first level comes: most sets have none. */
  #levels: LevelCheck | undefined
  readonly #sums: Sums
  readonly #balance: BalanceCheck
  readonly #dates: DateOrderCheck
  readonly #situation = new SituationCheck()
  #number = 0
  #lastEnd = 0
  #segment!: Segment
  #position: Position | undefined

  private constructor(set: CompiledSet, workshop: Workshop, syntax: CheckOptions['syntax']) {
    this.#workshop = workshop
    this.#set = set
    this.#matcher = new Matcher(workshop.automaton)
    this.#matcher.onTooFew = this.#tooFew
    this.#values = segmentChecks[syntax]
    this.#kind = syntax === 'x12' ? 'HL' : 'CPS'
    this.#sums = new Sums(workshop.sums)
    this.#balance = new BalanceCheck(set.identifier)
    this.#dates = new DateOrderCheck(syntax)
  }

  /** A check for the next set of a kind; one that is done is used again. */
  static open(set: CompiledSet, report: Report, { syntax, keepTree = false, table }: CheckOptions): GrammarCheck {
    let workshop = workshops.get(set)
    if (workshop === undefined) {
      workshop = openWorkshop(set, syntax)
      workshops.set(set, workshop)
    }
    const check = workshop.idle ?? new GrammarCheck(set, workshop, syntax)
    workshop.idle = undefined
    const [root] = set.loops
    check.#report = report
    check.#builder = keepTree && root !== undefined ? new TreeBuilder(root) : undefined
    check.#table = table
    if (root !== undefined) table?.begin(root)
    return check
  }

  get version(): string {
    return this.#set.agreedFor ?? this.#set.version
  }

  segment(segment: Segment, number: number): void {
    const { packed } = segment
    // What is missing at the end is missing after the last segment of content.
    if (packed === SE || packed === UNT) return
    this.#segment = segment
    if (packed !== ST && packed !== UNH) this.#content(segment, packed, number)
    this.#number = number
    this.#lastEnd = segment.offset(segment.end)
  }

  #content(segment: Segment, packed: number, number: number): void {
    const matcher = this.#matcher
    matcher.accept(packed, this.#tagOf, this.#qualifier)
    if (matcher.missing.length > 0) for (const position of matcher.missing) this.#missing(position)
    this.#number = number
    const { position, problem } = matcher
    this.#position = position
    if (problem !== undefined) this.#whole(problem)
    if (position === undefined) return
    if (position.isForbidden === true) this.#whole('partner.segment_forbidden')
    this.#values.check(segment, position.rule, this.#value)
    const watched = this.#workshop.watched[position.index] ?? 0
    if (watched !== 0) this.#look(watched, segment, position)
    if (this.#table !== undefined) this.#table.add(position, segment)
    if (this.#builder !== undefined) this.#builder.add(position, copySegment(segment))
  }

  #look(watched: number, segment: Segment, { packed, tag, loop }: Position): void {
    if ((watched & watch.level) !== 0) (this.#levels ??= new LevelCheck(this.#kind)).accept(segment, this.#mark)
    if ((watched & watch.sum) !== 0) this.#sums.accept(segment, tag, this.#mark)
    if ((watched & watch.scope) !== 0) this.#dates.begin(loop.path)
    if ((watched & watch.date) !== 0) this.#dates.accept(segment, { tag, path: loop.path }, this.#mark)
    if ((watched & watch.balance) !== 0) this.#balance.accept(segment, { tag, path: loop.path }, this.#mark)
    if ((watched & watch.situation) !== 0) this.#situation.accept(segment, packed, this.#mark)
  }

  end(): void {
    for (const position of this.#matcher.missingAtEnd) this.#missing(position)
    const [root] = this.#set.loops
    if (root !== undefined) this.#matcher.tooFew(root, this.#tooFew)
    this.#levels?.end()
    this.#balance.end()
    this.#table?.end()
    this.#table = undefined
    this.#levels = undefined
    this.#position = undefined
    this.#matcher.reset()
    this.#situation.reset()
    this.#dates.reset()
    this.#sums.reset()
    this.#report = ignore
    this.#workshop.idle = this
  }

  /** With `keepTree`, once: what was read, as far as it fitted. */
  takeTree(): LoopNode | undefined {
    const tree = this.#builder?.tree
    this.#builder = undefined
    return tree
  }

  readonly #tagOf = (): string => tagOf(this.#segment)

  readonly #qualifier = ({ element, component }: Discriminator): string => textOf(this.#segment, element, component)

  readonly #value = (found: Omit<Finding, 'segmentTag'>): void => {
    const { start, end, ...rest } = found
    this.#report({ ...rest, start: this.#segment.offset(start), end: this.#segment.offset(end), ...this.#place() })
  }

  /** Remembers the place, to be told now or when the set is over. */
  readonly #mark: MarkElement = (element, value) => {
    const { start, end } = this.#segment
    const place = { start: this.#segment.offset(start), end: this.#segment.offset(end), ...this.#place() }
    return (code) => this.#report({ code, element, value, ...place })
  }

  #whole(code: VerdictCode): void {
    const { start, end } = this.#segment
    this.#report({
      code,
      start: this.#segment.offset(start),
      end: this.#segment.offset(end),
      ...this.#place(),
    })
  }

  readonly #tooFew = ({ tag, isTrigger, loop }: Position): void => {
    this.#report({
      code: isTrigger ? 'partner.loop_too_few' : 'partner.segment_too_few',
      start: this.#lastEnd,
      end: this.#lastEnd,
      segmentTag: tag,
      segmentNumber: this.#number,
      loopPath: loop.path,
    })
  }

  /** Told of the last segment before the gap, as acknowledgements want it. */
  #missing(position: Position): void {
    const { isTrigger, loop, required, tag } = position
    const demand = isTrigger ? loop.required : required
    this.#report({
      code: demand === 'partner' ? 'partner.segment_required' : 'segment.missing',
      start: this.#lastEnd,
      end: this.#lastEnd,
      segmentTag: tag,
      segmentNumber: this.#number,
      loopPath: loop.path,
    })
  }

  #place(): Pick<Finding, 'segmentTag' | 'segmentNumber' | 'loopPath'> {
    return {
      segmentTag: tagOf(this.#segment),
      segmentNumber: this.#number,
      loopPath: this.#position?.loop.path ?? '',
    }
  }
}

function openWorkshop(set: CompiledSet, syntax: CheckOptions['syntax']): Workshop {
  const sums = sumRulesOf(set.identifier)
  const balanced = balancedTags(set.identifier)
  const dates = new DateOrderCheck(syntax)
  const dated = new Set(set.positions.filter(({ tag }) => dates.isDated(tag)).map(({ loop }) => loop))
  const watched = Uint8Array.from(
    set.positions,
    ({ tag, packed, loop, isTrigger }) =>
      (tag === 'HL' || tag === 'CPS' ? watch.level : 0) |
      (sums.some(({ of, trailer }) => of === tag || trailer === tag) ? watch.sum : 0) |
      (balanced.has(tag) ? watch.balance : 0) |
      (dates.isDated(tag) ? watch.date : 0) |
      (isTrigger && dated.has(loop) ? watch.scope : 0) |
      (isWatched(packed) ? watch.situation : 0),
  )
  return { automaton: new Automaton(set), watched, sums, idle: undefined }
}
