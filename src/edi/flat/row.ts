import type { FaultCode } from './fault-codes.ts'

/** A row of the file before anybody knows what it means. Valid only while it is handed over. */
export interface Row {
  /** Cells of a CSV row; a fixed line is its only cell. */
  readonly cells: readonly string[]
  /** The text as it stands, without its line end. */
  readonly text: string
  /** Line of the file where it begins, from 1. */
  readonly line: number
  /** Bytes of the original file, without the line end. */
  readonly start: number
  readonly end: number
}

/** Who takes rows as they come. */
export interface RowSink {
  row(row: Row): void
  /** A stretch that is no row. */
  broken(fault: {
    readonly code: FaultCode
    readonly line: number
    readonly start: number
    readonly end: number
    readonly text: string
  }): void
}

/** Text in pieces to rows. */
export interface Rows {
  push(text: string, isLast: boolean): void
}

/** How many bytes a stretch of text takes in the file, so that faults have places there. */
export type SizeOf = (text: string, from: number, to: number) => number
