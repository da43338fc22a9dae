import { brokenBy, isKept } from '../grammar/relation.ts'
import type { ElementSlot, SegmentRule, ValueSlot } from '../grammar/segment.ts'
import { markKind, type Segment, segmentFlags, textBetween } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import { valueCharactersMax } from '../verdict/verdict.ts'
import { type RawValue, valueProblem } from './value.ts'

/** Where in a segment something is wrong, in positions of the window. */
export interface ValueFinding {
  readonly code: VerdictCode
  readonly start: number
  readonly end: number
  readonly element: number
  readonly component?: number
  readonly repetition?: number
  readonly dataElement?: string
  readonly value?: string
}

/** Told once for each finding of a segment. */
export type TellValue = (finding: ValueFinding) => void

/** Checks the values of one segment against its rule, in one pass over its marks. Reused from segment to segment. */
export class SegmentCheck {
  #segment!: Segment
  #rule!: SegmentRule
  #tell!: TellValue
  /** Where the value at hand stands; kept only for values that are looked at closely. */
  #element = 0
  #repetition = 1
  #component = 1
  /** An element beyond those of the rule was told. */
  #isTooMany = false
  /** Bytes are characters: nothing is released, nothing above ASCII. */
  #isPlain = true
  /** One for all values: most of them are looked at once and never again. */
  readonly #raw: { -readonly [K in keyof RawValue]: RawValue[K] }

  constructor(syntax: 'x12' | 'edifact') {
    this.#raw = { bytes: new Uint8Array(0), start: 0, end: 0, decimalMark: 0, characters: 0, syntax }
  }

  check(segment: Segment, rule: SegmentRule, tell: TellValue): void {
    this.#segment = segment
    this.#rule = rule
    this.#tell = tell
    this.#isTooMany = false
    const isPlain = (segment.flags & (segmentFlags.released | segmentFlags.high)) === 0
    this.#isPlain = isPlain
    const { marks, markCount, start, end } = segment
    const { width, elements, min, max, composites } = rule.lengths
    /** Bit n-1: element or component n holds something. */
    let present = 0
    let components = 0
    let element = 0
    let repetition = 1
    let component = 1
    for (let at = 0; at < markCount; at++) {
      const mark = marks[at] as number
      const from = start + (mark >> 2) + 1
      const to = at + 1 < markCount ? start + ((marks[at + 1] as number) >> 2) : end
      const kind = mark & 3
      if (kind === markKind.component) component++
      else {
        if (components !== 0) this.#closeRepetition(element, repetition, components, from - 1)
        components = 0
        component = 1
        repetition = kind === markKind.repetition ? repetition + 1 : 1
        if (kind === markKind.element) element++
      }
      if (from >= to) continue
      if (element > elements) {
        if (rule.isOpen) present |= 1 << 31
        else this.#tooMany(element, from, to)
        continue
      }
      present |= 1 << (element - 1)
      if (component <= width && (composites & (1 << (element - 1))) !== 0) components |= 1 << (component - 1)
      // Most values are texts of a good length in their place: nothing else is to be looked at.
      const index = (element - 1) * width + component - 1
      const length = to - from
      const isGood =
        isPlain && component <= width && length <= (max[index] as number) && length >= (min[index] as number)
      if (!isGood || repetition > 1) this.#value(element, repetition, component, from, to)
    }
    if (components !== 0) this.#closeRepetition(element, repetition, components, end)
    this.#element = element
    this.#whole(present)
  }

  #tooMany(element: number, start: number, end: number): void {
    if (!this.#isTooMany) this.#tell({ code: 'element.too_many', start, end, element })
    this.#isTooMany = true
  }

  #value(element: number, repetition: number, component: number, from: number, to: number): void {
    const slot = this.#rule.elements[element - 1]
    if (slot === undefined) return
    const value = slot.components[component - 1]
    this.#element = element
    this.#repetition = repetition
    this.#component = component
    if (slot.isForbidden) this.#find('partner.element_forbidden', from, to, slot.components[0])
    if (this.#repetition === slot.repeat + 1 && this.#component === 1)
      this.#find('repetition.too_many', from, to, slot.components[0])
    if (value === undefined) {
      this.#find('component.too_many', from, to, undefined)
      return
    }
    const problem = this.#problem(from, to, value)
    const unpadded = problem === undefined ? to : this.#unpadded(from, to)
    // What is wrong with blanks and right without them is read without them.
    const isPadded = unpadded < to && this.#problem(from, unpadded, value) === undefined
    if (isPadded) this.#find('element.padded', from, to, value)
    else if (problem !== undefined) this.#find(problem, from, to, value)
    if (!value.isPlain) this.#codes(from, isPadded ? unpadded : to, value)
  }

  #problem(from: number, to: number, { rule }: ValueSlot): VerdictCode | undefined {
    const { bytes, delimiters } = this.#segment
    const raw = this.#raw
    raw.bytes = bytes
    raw.decimalMark = delimiters.decimal
    raw.start = from
    raw.end = to
    raw.characters = this.#isPlain ? to - from : this.#characters(from, to)
    return valueProblem(raw, rule)
  }

  /** Where the value ends without the blanks that senders of X12 fill up with; a value of nothing else stays. */
  #unpadded(from: number, to: number): number {
    if (this.#raw.syntax !== 'x12') return to
    let end = to
    while (end > from && this.#segment.bytes[end - 1] === 0x20) end--
    return end === from ? to : end
  }

  #codes(from: number, to: number, value: ValueSlot): void {
    const { codes } = value.rule
    if (codes === undefined && value.codes === undefined && value.pattern === undefined && !value.isForbidden) return
    const text = textBetween(this.#segment, from, to)
    if (value.isForbidden) this.#find('partner.element_forbidden', from, to, value)
    if (codes?.has(text) === false) this.#find('code.unknown', from, to, value)
    else if (value.codes?.has(text) === false) this.#find('partner.code_forbidden', from, to, value)
    if (value.pattern?.test(text) === false) this.#find('partner.pattern', from, to, value)
  }

  /** Composites are judged as a whole: mandatory components and their relational notes. */
  #closeRepetition(element: number, repetition: number, present: number, end: number): void {
    const slot = this.#rule.elements[element - 1]
    if (slot === undefined) return
    this.#element = element
    this.#repetition = repetition
    if ((present & slot.requiredComponents) !== slot.requiredComponents)
      for (const [index, { required, rule }] of slot.components.entries())
        if (required !== 'none' && (present & (1 << index)) === 0)
          this.#missing(slot, { component: index + 1, end, required, dataElement: rule.id })
    for (const relation of slot.relations) {
      if (isKept(relation, present)) continue
      const broken = brokenBy(relation, present)
      if (broken === undefined) continue
      const dataElement = slot.components[broken.part - 1]?.rule.id ?? slot.id
      this.#tell({ code: broken.code, start: end, end, element: this.#element, component: broken.part, dataElement })
    }
  }

  #missing(
    slot: ElementSlot,
    at: { component: number; end: number; required: 'standard' | 'partner'; dataElement: string },
  ): void {
    const { component, end, required, dataElement } = at
    const code = required === 'partner' ? 'partner.element_required' : 'element.missing'
    const repetition = slot.repeat > 1 ? { repetition: this.#repetition } : {}
    this.#tell({ code, start: end, end, element: this.#element, component, dataElement, ...repetition })
  }

  #whole(present: number): void {
    const { elements, relations, tag } = this.#rule
    const { start, end, markCount, marks } = this.#segment
    if (present === 0 && !this.#isTooMany && (elements.length > 0 || this.#rule.isOpen)) {
      this.#tell({ code: 'segment.empty', start, end, element: 0, value: tag })
    }
    if ((present & this.#rule.requiredMask) !== this.#rule.requiredMask) this.#missingElements(present)
    for (const relation of relations) {
      if (isKept(relation, present)) continue
      const broken = brokenBy(relation, present)
      if (broken === undefined) continue
      const dataElement = elements[broken.part - 1]?.id ?? ''
      this.#tell({ code: broken.code, start: end, end, element: broken.part, dataElement })
    }
    if (markCount > 0 && start + ((marks[markCount - 1] ?? 0) >> 2) + 1 >= end)
      this.#tell({ code: 'element.trailing_separator', start: end - 1, end, element: this.#element })
  }

  #missingElements(present: number): void {
    const { end } = this.#segment
    for (const [index, slot] of this.#rule.elements.entries()) {
      if (slot.required === 'none' || (present & (1 << index)) !== 0) continue
      const code = slot.required === 'partner' ? 'partner.element_required' : 'element.missing'
      this.#tell({ code, start: end, end, element: index + 1, dataElement: slot.id })
    }
  }

  #characters(from: number, to: number): number {
    // Code points: the directories count characters, not the halves of one.
    let count = 0
    for (const _ of textBetween(this.#segment, from, to)) count++
    return count
  }

  #find(code: VerdictCode, start: number, end: number, value: ValueSlot | undefined): void {
    const slot = this.#rule.elements[this.#element - 1]
    this.#tell({
      code,
      start,
      end,
      element: this.#element,
      ...(slot?.isComposite || this.#component > 1 ? { component: this.#component } : {}),
      ...(slot !== undefined && slot.repeat > 1 ? { repetition: this.#repetition } : {}),
      ...(value === undefined ? {} : { dataElement: value.rule.id }),
      value: textBetween(this.#segment, start, Math.min(end, start + 4 * valueCharactersMax)).slice(
        0,
        valueCharactersMax,
      ),
    })
  }
}
