import type { TrackingCode } from '../../model/shipment/codes.ts'

/**
 * One row of a vendor's code list. Confidence A: seen in the vendor's own enumeration; B: in a secondary source; C: weak. A C row
 * behaves as unmapped until the owner of the connection confirmed the code.
 */
export interface StatusRow {
  readonly event: TrackingCode
  readonly confidence?: 'A' | 'B' | 'C'
  readonly classifier?: 'estimated' | 'planned'
  readonly exception?: string
}

export type StatusTable = Readonly<Record<string, StatusRow>>

export interface Mapped {
  readonly code: string
  readonly classifier: 'actual' | 'estimated' | 'planned'
  readonly confidence: 'exact' | 'inferred' | 'unmapped'
  readonly exception?: string
}

export const unmapped: Mapped = { code: 'unknown', classifier: 'actual', confidence: 'unmapped' }

/** Looks a code up. What no row maps, or only an unconfirmed C row, stays unknown and moves nothing. */
export function mapStatus(table: StatusTable, code: string, confirmed: readonly string[] = []): Mapped {
  const row = Object.hasOwn(table, code) ? table[code] : undefined
  if (row === undefined || (row.confidence === 'C' && !confirmed.includes(code))) return unmapped
  return {
    code: row.event,
    classifier: row.classifier ?? 'actual',
    confidence: row.confidence === 'B' ? 'inferred' : 'exact',
    ...(row.exception === undefined ? {} : { exception: row.exception }),
  }
}
