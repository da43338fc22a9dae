import type { LoopNode } from '../tree/tree.ts'

/** What belongs together in a file: a delivery with its lines, a movement, a whole snapshot. */
export interface FlatDocument {
  /** For a map. Records that others stand below are loops, the others segments; what the file says of all documents comes first. */
  readonly tree: LoopNode
  /** Lines of the file where it begins and where its last record begins. */
  readonly row: number
  readonly lastRow: number
  /** Bytes of the original file. */
  readonly start: number
  readonly end: number
  /** What is wrong in it; a row that cannot be read counts for the documents on both sides of it. */
  readonly faults: number
}

/** What a file comes to. */
export interface FlatSummary {
  readonly rows: number
  readonly documents: number
  readonly faultyDocuments: number
  readonly faults: number
  /** Of them, those that make the whole file doubtful: a wrong header, a trailer that does not fit. */
  readonly fileFaults: number
}
