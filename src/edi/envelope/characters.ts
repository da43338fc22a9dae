import { isUtf8 } from '../bytes/charset.ts'
import { byteClass, classTable, type Delimiters } from '../bytes/delimiters.ts'
import { locate, placeOf } from '../read/locate.ts'
import { markKind, type Segment, segmentFlags } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { Report } from '../verdict/verdict.ts'

/** What one set may hold of separators. A segment beyond it is no document but an attack or a broken sender. */
const elementsMax = 512
const componentsMax = 64
const repetitionsMax = 1024

/** Notices characters that must not be there: at most one verdict of a kind for each set, as one wrong set spoils every value. */
export class CharacterCheck {
  readonly #characterSet: string
  readonly #classes: Uint8Array
  #noted = new Set<VerdictCode>()

  constructor(delimiters: Delimiters, characterSet: string) {
    this.#classes = classTable(delimiters)
    this.#characterSet = characterSet
  }

  /** A new set begins: it gets its own verdicts. */
  renew(): void {
    if (this.#noted.size > 0) this.#noted = new Set()
  }

  /** Only segments that the scanner flagged, or that are full of separators, are looked at again. */
  check(segment: Segment, number: number, report: Report): void {
    if ((segment.flags & segmentFlags.control) !== 0) this.#note('bytes.control_character', segment, number, report)
    if ((segment.flags & segmentFlags.high) !== 0) this.#checkHigh(segment, number, report)
    if (segment.markCount > componentsMax && hasTooMany(segment))
      this.#report('segment.too_many_elements', segment, segment.start, number, report)
  }

  #checkHigh(segment: Segment, number: number, report: Report): void {
    if (segment.charset === 'utf-8') return
    const whole = segment.bytes.subarray(segment.start, segment.end)
    const code: VerdictCode | undefined =
      segment.charset === undefined
        ? isUtf8(whole)
          ? undefined
          : 'charset.not_utf8'
        : isUtf8(whole)
          ? 'charset.looks_like_utf8'
          : this.#characterSet === 'UNOA' || this.#characterSet === 'UNOB'
            ? 'charset.outside_declared'
            : undefined
    if (code !== undefined) this.#note(code, segment, number, report)
  }

  #note(code: VerdictCode, segment: Segment, number: number, report: Report): void {
    if (this.#noted.has(code)) return
    const wanted = code === 'bytes.control_character' ? byteClass.control : byteClass.high
    let at = segment.start
    while (at < segment.end && this.#classes[segment.bytes[at] ?? 0] !== wanted) at++
    if (at === segment.end) return
    this.#noted.add(code)
    this.#report(code, segment, at, number, report)
  }

  #report(code: VerdictCode, segment: Segment, at: number, number: number, report: Report): void {
    report({ code, segmentNumber: number, ...placeOf(segment, locate(segment, at)) })
  }
}

function hasTooMany({ marks, markCount }: Segment): boolean {
  let elements = 0
  let repetitions = 0
  let components = 0
  for (let at = 0; at < markCount; at++) {
    const kind = (marks[at] ?? 0) & 3
    if (kind === markKind.element) {
      elements++
      repetitions = components = 0
    } else if (kind === markKind.repetition) {
      repetitions++
      components = 0
    } else components++
    if (elements > elementsMax || repetitions >= repetitionsMax || components >= componentsMax) return true
  }
  return false
}
