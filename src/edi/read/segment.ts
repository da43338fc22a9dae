import { type Charset, decodeText, isUtf8 } from '../bytes/charset.ts'
import { byteClass, type Delimiters } from '../bytes/delimiters.ts'
import { latin1Text, packBytes } from '../bytes/text.ts'

/** What the scanner noticed in a segment, so that the common case needs no second look. */
export const segmentFlags = { released: 1, control: 2, high: 4, unterminated: 8, truncated: 16, binary: 32 } as const

/** Marks are positions relative to the segment's start, times four, plus one of these. */
export const markKind = {
  element: byteClass.element - 1,
  component: byteClass.component - 1,
  repetition: byteClass.repetition - 1,
} as const

/**
 * A segment as it lies in the reader's window. Valid only during the call that hands it over: the bytes are overwritten
 * afterwards. Elements, components and repetitions count from 1; nothing becomes a string before somebody asks.
 */
export interface Segment {
  readonly bytes: Uint8Array
  /** End of the segment before; white space may stand between. */
  readonly gapStart: number
  /** First byte of the tag and the byte after the last one of content, in `bytes`. */
  readonly start: number
  readonly end: number
  /** Where the content after the tag begins to be marked; grows, `markCount` of them are valid. */
  readonly marks: Uint32Array
  readonly markCount: number
  readonly flags: number
  /** Its tag as `packBytes` packs it: told once, because everybody asks. */
  readonly packed: number
  readonly delimiters: Delimiters
  readonly charset: Charset | undefined
  /** Position in the original file of a position in `bytes`. */
  offset(position: number): number
}

/** The tag as text, whatever it is: whether the standard has it is for the validation. */
export function tagOf(segment: Segment): string {
  return latin1Text(segment.bytes, segment.start, tagEnd(segment))
}

/** Where the tag ends, in `bytes`: the position of its first delimiter, or the end of a segment that is nothing but a tag. */
export function tagEnd({ start, end, marks, markCount }: Segment): number {
  return markCount === 0 ? end : start + ((marks[0] ?? 0) >> 2)
}

/** First and last position of a value, or `undefined` where the segment has no such element, repetition or component. */
export function rangeOf(
  segment: Segment,
  element: number,
  component = 1,
  repetition = 1,
): readonly [number, number] | undefined {
  const at = markOf(segment, element, component, repetition)
  return at < 0 ? undefined : [startAt(segment, at), endAt(segment, at)]
}

/** A value as text; empty where there is none. */
export function textOf(segment: Segment, element: number, component = 1, repetition = 1): string {
  const at = markOf(segment, element, component, repetition)
  return at < 0 ? '' : textBetween(segment, startAt(segment, at), endAt(segment, at))
}

/** A code of up to four ASCII bytes as `packBytes` packs it, without making a string of it; -1 where there is none or it is longer. */
export function packedAt(segment: Segment, element: number, component = 1): number {
  const at = markOf(segment, element, component, 1)
  if (at < 0) return -1
  const from = startAt(segment, at)
  const to = endAt(segment, at)
  return from < to ? packBytes(segment.bytes, from, to) : -1
}

/** Which mark a value follows; -1 where there is no such value. */
function markOf({ marks, markCount }: Segment, element: number, component: number, repetition: number): number {
  let atElement = 0
  let atRepetition = 1
  let atComponent = 1
  for (let at = 0; at < markCount; at++) {
    const kind = (marks[at] as number) & 3
    if (kind === markKind.element) {
      if (++atElement > element) return -1
      atRepetition = atComponent = 1
    } else if (kind === markKind.repetition) {
      atRepetition++
      atComponent = 1
    } else atComponent++
    if (atElement === element && atRepetition === repetition && atComponent === component) return at
  }
  return -1
}

function startAt({ start, marks }: Segment, at: number): number {
  return start + ((marks[at] as number) >> 2) + 1
}

function endAt({ start, end, marks, markCount }: Segment, at: number): number {
  return at + 1 < markCount ? start + ((marks[at + 1] as number) >> 2) : end
}

/** Text between two positions: release characters taken out, decoded by the declared set. */
export function textBetween(
  segment: Pick<Segment, 'bytes' | 'flags' | 'delimiters' | 'charset'>,
  from: number,
  to: number,
): string {
  const { bytes, flags, delimiters, charset } = segment
  if ((flags & (segmentFlags.released | segmentFlags.high)) === 0) return latin1Text(bytes, from, to)
  const plain =
    (flags & segmentFlags.released) === 0
      ? bytes.subarray(from, to)
      : unreleasedBytes(bytes, from, to, delimiters.release)
  // X12 declares no character set: UTF-8 if it is valid, else what most senders of single bytes use.
  return decodeText(plain, charset ?? (isUtf8(plain) ? 'utf-8' : 'windows-1252'))
}

/** The bytes of a value without its release characters; a copy. */
export function unreleasedBytes(bytes: Uint8Array, from: number, to: number, release: number): Uint8Array {
  const plain = new Uint8Array(to - from)
  let written = 0
  for (let at = from; at < to; at++) {
    if (bytes[at] === release && at + 1 < to) at++
    plain[written++] = bytes[at] ?? 0
  }
  return plain.subarray(0, written)
}

/** A segment that outlives the call: tag, then elements of repetitions of components, as text. */
export interface CopiedSegment {
  readonly tag: string
  readonly elements: readonly (readonly (readonly string[])[])[]
  readonly offset: number
}

const emptyElement: string[][] = [['']]

/** All of a segment as text, to be kept when the reader moves on; values that are missing are empty. */
export function copySegment(segment: Segment): CopiedSegment {
  const { marks, markCount, start, end } = segment
  const elements: string[][][] = []
  for (let at = 0; at < markCount; at++) {
    const mark = marks[at] ?? 0
    const kind = mark & 3
    const from = start + (mark >> 2) + 1
    const next = at + 1 < markCount ? (marks[at + 1] ?? 0) : -1
    const to = next < 0 ? end : start + (next >> 2)
    // Half of the elements of a document are empty: they share one.
    if (kind === markKind.element && from >= to && (next < 0 || (next & 3) === markKind.element)) {
      elements.push(emptyElement)
      continue
    }
    const text = textBetween(segment, from, to)
    const element = elements[elements.length - 1]
    if (kind === markKind.element || element === undefined) elements.push([[text]])
    else if (kind === markKind.repetition) element.push([text])
    else element[element.length - 1]?.push(text)
  }
  return { tag: tagOf(segment), elements, offset: segment.offset(start) }
}
