import { isAlphanumeric, isBlank } from '../bytes/delimiters.ts'
import { latin1Text, packBytes, packText } from '../bytes/text.ts'
import type { Scanner } from './scanner.ts'

/** Tags that the reader itself has to know, packed as `packBytes` does. */
export const readerTags = {
  IEA: packText('IEA'),
  UNZ: packText('UNZ'),
  BIN: packText('BIN'),
  BDS: packText('BDS'),
  UNO: packText('UNO'),
}

/** The tag of the segment that the scanner stands on, as an integer. */
export function packedTag({ bytes, start, end, marks, markCount }: Scanner): number {
  return packBytes(bytes, start, markCount === 0 ? end : start + ((marks[0] ?? 0) >> 2))
}

/** ISA, UNA and UNB where a segment must start: the interchange before was not closed. */
export function isHeader({ bytes, start, next, delimiters }: Scanner, isWhole: boolean): boolean {
  const first = bytes[start]
  if (first !== 0x49 && first !== 0x55) return false
  if (next - start < 4 && !isWhole) return false
  const tag = latin1Text(bytes, start, start + 3)
  const after = bytes[start + 3]
  return (
    (tag === 'ISA' || tag === 'UNA' || tag === 'UNB') &&
    !isAlphanumeric(after) &&
    !isBlank(after) &&
    after !== delimiters.segment
  )
}

/**
 * Text that stands before a tag: line ends spelt out, comment signs. The tag is what follows the last character that no tag
 * has. Returns where the text began, or -1 if there is none.
 */
export function trimTag(scanner: Scanner): number {
  const { bytes, start, marks, markCount } = scanner
  const first = bytes[start] as number
  const end = markCount === 0 ? scanner.end : start + ((marks[0] as number) >> 2)
  if (end - start <= 3 && isAlphanumeric(first) && isAlphanumeric(bytes[end - 1])) return -1
  let from = end
  while (from > start && isAlphanumeric(bytes[from - 1])) from--
  if (from === start || from === end) return -1
  const by = (from - start) << 2
  for (let index = 0; index < markCount; index++) marks[index] = (marks[index] ?? 0) - by
  scanner.start = from
  return start
}
