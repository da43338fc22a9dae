import { digitsAt } from '../bytes/text.ts'
import type { Scanner } from './scanner.ts'
import { markKind, rangeOf, type Segment, segmentFlags } from './segment.ts'
import { packedTag, readerTags } from './tag.ts'

/** The declared length of binary content in bytes; -1 if the element is no whole number. */
export function binaryLength(segment: Segment, element: number): number {
  const range = rangeOf(segment, element)
  return range === undefined ? -1 : digitsAt(segment.bytes, range[0], range[1])
}

/**
 * BIN and BDS hold bytes of any kind, counted by a length element before them. X12.5. Cuts the segment before its content and
 * returns the length; -1 if this is no such segment, or not yet enough of it, or the length is none.
 */
export function cutBeforeBinary(scanner: Scanner): number {
  if (scanner.bytes[scanner.start] !== 0x42 || scanner.markCount === 0) return -1
  const tag = packedTag(scanner)
  const lengthElement = tag === readerTags.BIN ? 1 : tag === readerTags.BDS ? 2 : 0
  if (lengthElement === 0) return -1
  const content = elementMark(scanner, lengthElement + 1)
  if (content === undefined) return -1
  const length = binaryLength(scanner, lengthElement)
  // Not a number: read as an ordinary segment, and the element's own check reports it.
  if (length < 0) return -1
  const contentStart = scanner.start + (content.mark >> 2) + 1
  scanner.markCount = content.index
  scanner.end = contentStart - 1
  scanner.next = contentStart
  scanner.flags = segmentFlags.binary
  return length
}

/** The mark of an element, with its place in the table. */
function elementMark(scanner: Scanner, element: number): { mark: number; index: number } | undefined {
  let count = 0
  for (let index = 0; index < scanner.markCount; index++) {
    const mark = scanner.marks[index] ?? 0
    if ((mark & 3) === markKind.element && ++count === element) return { mark, index }
  }
  return undefined
}
