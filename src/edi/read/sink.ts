import type { Charset } from '../bytes/charset.ts'
import type { Detected } from './detected.ts'
import type { FaultCode } from './fault.ts'
import type { Segment } from './segment.ts'

/** Something wrong with the bytes of a range of the original file. */
export interface Fault {
  readonly code: FaultCode
  readonly start: number
  readonly end: number
}

/** What the reader tells, in the order of the file. */
export interface ReaderSink {
  /** A header was recognised; its segment (ISA, UNB) follows as the first one. */
  interchangeFound(detected: Detected, offset: number): void
  segment(segment: Segment): void
  /** A piece of the content of the binary segment that came last. */
  binary(bytes: Uint8Array): void
  fault(fault: Fault): void
  /** White space outside of interchanges: only who writes the file again wants it. */
  space?(bytes: Uint8Array): void
  /** No more segments of this interchange come: its trailer was read, another header begins, or the file ends. */
  interchangeEnded(offset: number): void
}

/** Limits and wishes of the agreement. */
export interface ReaderOptions {
  readonly segmentBytesMax: number
  readonly interchangeBytesMax: number
  /** Read text by this set, whatever the interchange declares. */
  readonly charset?: Charset
}

/** 64 KiB a segment and 2 GiB an interchange: a partner that needs more says so in its agreement. */
export const readerDefaults: ReaderOptions = { segmentBytesMax: 64 * 1024, interchangeBytesMax: 2 ** 31 }
