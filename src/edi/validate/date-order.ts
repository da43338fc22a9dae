import { packText } from '../bytes/text.ts'
import { packedAt, type Segment, textOf } from '../read/segment.ts'
import { calendarProblem } from './calendar-day.ts'
import type { MarkElement } from './levels.ts'

/** How a segment says a date: its qualifier, and the elements that are written one after the other. */
interface DatedSegment {
  readonly qualifier: readonly [element: number, component: number]
  readonly parts: readonly (readonly [element: number, component: number])[]
  /** The element that a finding names. */
  readonly element: number
  /** What must not come after what, by qualifier. */
  readonly pairs: readonly (readonly [earlier: string, later: string])[]
}

/** 011 shipped, 017 and 002 delivery, 010 requested ship, 037 and 038 ship not before and not after, 064 and 063 the same of delivery. */
const dtmX12: DatedSegment = {
  qualifier: [1, 1],
  parts: [
    [2, 1],
    [3, 1],
  ],
  element: 2,
  pairs: [
    ['011', '017'],
    ['010', '002'],
    ['037', '038'],
    ['064', '063'],
  ],
}
/** 37 and 38 pick up not before and not after, 53 and 54 the same of delivery, 11 shipped and 17 expected, 10 and 02 requested. */
const g62: DatedSegment = {
  qualifier: [1, 1],
  parts: [
    [2, 1],
    [4, 1],
  ],
  element: 2,
  pairs: [
    ['37', '38'],
    ['53', '54'],
    ['11', '17'],
    ['10', '02'],
  ],
}
/** 11 despatched and 17 expected, 10 and 2 requested, 64 and 63 the earliest and the latest delivery. */
const dtmEdifact: DatedSegment = {
  qualifier: [1, 1],
  parts: [[1, 2]],
  element: 1,
  pairs: [
    ['11', '17'],
    ['10', '2'],
    ['64', '63'],
  ],
}

const segments = { x12: { DTM: dtmX12, G62: g62 }, edifact: { DTM: dtmEdifact } } as const satisfies Readonly<
  Record<string, Readonly<Record<string, DatedSegment>>>
>

const paired: ReadonlySet<number> = new Set(
  [dtmX12, g62, dtmEdifact].flatMap(({ pairs }) => pairs.flat().map(packText)),
)

/** L2: a day of EDIFACT, whose format stands beside it, is one of the calendar. L5: of two dates of one loop, such as the window of a stop, the one that comes first is not after the other. */
export class DateOrderCheck {
  readonly #segments: Readonly<Record<string, DatedSegment>>
  /** Dates by qualifier, of the open instance of each loop. */
  readonly #dates = new Map<string, Map<string, string>>()

  constructor(syntax: 'x12' | 'edifact') {
    this.#segments = segments[syntax]
  }

  /** Whether a tag carries dates that are compared. */
  isDated(tag: string): boolean {
    return Object.hasOwn(this.#segments, tag)
  }

  /** A loop begins again. */
  begin(path: string): void {
    if (this.#dates.size > 0) this.#dates.delete(path)
  }

  reset(): void {
    if (this.#dates.size > 0) this.#dates.clear()
  }

  accept(segment: Segment, { tag, path }: { readonly tag: string; readonly path: string }, mark: MarkElement): void {
    const rule = this.#segments[tag]
    if (rule === undefined) return
    const problem = rule === dtmEdifact ? calendarProblem(segment) : undefined
    if (problem !== undefined) {
      mark(rule.element, textOf(segment, 1, 2))(problem)
      return
    }
    // Most dates stand alone.
    if (!paired.has(packedAt(segment, rule.qualifier[0], rule.qualifier[1]))) return
    const qualifier = textOf(segment, rule.qualifier[0], rule.qualifier[1])
    const pairs = rule.pairs.filter((pair) => pair.includes(qualifier))
    const date = rule.parts.map(([element, component]) => textOf(segment, element, component)).join('')
    let known = this.#dates.get(path)
    if (known === undefined) {
      known = new Map()
      this.#dates.set(path, known)
    }
    known.set(qualifier, date)
    for (const [earlier, later] of pairs)
      if (isAfter(known.get(earlier), known.get(later))) mark(rule.element, date)('date.order')
  }
}

/** Compared as far as both say it: a day is not after a minute of the same day. Years of two and four digits are not compared. */
function isAfter(first: string | undefined, second: string | undefined): boolean {
  if (first === undefined || second === undefined || !/^\d{6,}$/.test(first) || !/^\d{6,}$/.test(second)) return false
  const isShort = (text: string): boolean => text.length === 6 || text.length === 10
  if (isShort(first) !== isShort(second)) return false
  const length = Math.min(first.length, second.length)
  return first.slice(0, length) > second.slice(0, length)
}
