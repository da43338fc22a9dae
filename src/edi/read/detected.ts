import type { Delimiters } from '../bytes/delimiters.ts'
import type { CleaningRule } from './cleaner.ts'
import type { FaultCode } from './fault.ts'

/** What the first bytes of an interchange say about how to read the rest. */
export interface Detected {
  readonly syntax: 'x12' | 'edifact'
  readonly delimiters: Delimiters
  /** Bytes before the first segment that are no segment themselves: a UNA. */
  readonly skip: number
  /** Those bytes as they stand in the file. */
  readonly skipped?: Uint8Array
  readonly rule: CleaningRule | undefined
  /** The header is read by counting separators, not by position. */
  readonly isFixedWidth: boolean
  /** UNH without UNB. */
  readonly isBare: boolean
  readonly faults: readonly FaultCode[]
  /** The delimiters as they stand in the file, where one is longer than a byte. */
  readonly sequences: Readonly<Partial<Record<'segment' | 'component', Uint8Array>>>
}

/** Bytes that detection may need to see after the start of a header. */
export const headerBytes = 512

/** Columns at which mainframes break lines. */
const widths = [72, 80, 132]

/** Lines of one of the usual widths that end in the middle of a segment: the line ends are transport, not data. */
export function isWrapped(bytes: Uint8Array, segment: number): boolean {
  const isLineEnd = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d
  if (isLineEnd(segment)) return false
  const first = bytes.findIndex(isLineEnd)
  if (!widths.includes(first) || bytes[first - 1] === segment) return false
  const second = bytes[first] === 0x0d && bytes[first + 1] === 0x0a ? first + 2 : first + 1
  const next = bytes.subarray(second).findIndex(isLineEnd)
  return next === first || next < 0
}

/** A control byte that the interchange does not use, to stand for a sequence of several bytes. */
export function freeByte(bytes: Uint8Array, taken: readonly number[]): number {
  for (let byte = 0x1f; byte > 0; byte--)
    if (byte !== 0x0a && byte !== 0x0d && byte !== 0x09 && !taken.includes(byte) && !bytes.includes(byte)) return byte
  return 0x01
}
