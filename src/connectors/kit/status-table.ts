import type { ExceptionCategory, TrackingCode } from '../../model/shipment/codes.ts'
import type { UnknownCode } from './connector.ts'

/**
 * A vendor's code list as data, with its source in the comment above it. Confidence A: seen in the vendor's own enumeration; B: in
 * a secondary source or in traffic; C: weak. A C row behaves as unmapped until the owner of the connection confirmed the code.
 */
export interface StatusTable {
  /** Name of the vocabulary, as unknown codes are counted under it. */
  readonly name: string
  readonly confidence: Confidence
  readonly rows: Readonly<Record<string, StatusRow>>
}

/** How good the source of a row is, from A to C, as the head of this file says. */
export type Confidence = 'A' | 'B' | 'C'

/** What one code of a vendor means. */
export interface StatusRow {
  readonly event: TrackingCode
  /** Only where it differs from the table's. */
  readonly confidence?: Confidence
  readonly classifier?: 'estimated' | 'planned'
  /** Only where it differs from what the event opens by itself. */
  readonly exception?: ExceptionCategory
}

/** What a code means, and how sure that is. */
export interface Mapped {
  readonly code: TrackingCode
  readonly classifier: 'actual' | 'estimated' | 'planned'
  readonly confidence: 'exact' | 'inferred' | 'unmapped'
  readonly exception?: ExceptionCategory
}

const none: readonly UnknownCode[] = []

/** What a code means that no table has: it is kept, and moves nothing. */
export const unmapped: Mapped = { code: 'unknown', classifier: 'actual', confidence: 'unmapped' }

/** Looks the codes of one message up and remembers those that no table maps. */
export class CodeReader {
  /** Made for the first one: most messages have none. */
  #unknown: Map<string, UnknownCode> | undefined
  readonly #confirmed: readonly string[]

  constructor(confirmed: readonly string[] = []) {
    this.#confirmed = confirmed
  }

  /** Each code once, in the order of the message. */
  get unknown(): readonly UnknownCode[] {
    return this.#unknown === undefined ? none : [...this.#unknown.values()]
  }

  /** What no row maps, or only an unconfirmed C row, stays unknown and moves nothing. A code that was not said is not counted. */
  read(table: StatusTable, code: string | undefined): Mapped {
    if (code === undefined) return unmapped
    const row = Object.hasOwn(table.rows, code) ? table.rows[code] : undefined
    const confidence = row?.confidence ?? table.confidence
    if (row === undefined || (confidence === 'C' && !this.#confirmed.includes(code))) {
      this.#unknown ??= new Map()
      this.#unknown.set(`${table.name} ${code}`, {
        table: table.name,
        code,
        ...(row === undefined ? {} : { suggestion: row.event }),
      })
      return unmapped
    }
    return {
      code: row.event,
      classifier: row.classifier ?? 'actual',
      confidence: confidence === 'B' ? 'inferred' : 'exact',
      ...(row.exception === undefined ? {} : { exception: row.exception }),
    }
  }
}

/** The finer code where it says something, else the coarser one, which is only a guess when a finer code was there and unknown. */
export function finest(fine: Mapped | undefined, coarse: Mapped): Mapped {
  if (fine === undefined) return coarse
  if (fine.code !== 'unknown') return fine
  return fine.confidence === 'unmapped' && coarse.confidence === 'exact'
    ? { ...coarse, confidence: 'inferred' }
    : coarse
}
