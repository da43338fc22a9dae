/** How bad a verdict is; the agreement decides. `accept` is accepted with errors: noted in the acknowledgement, processed all the same. */
export type Severity = 'reject' | 'accept' | 'warn' | 'ignore'

/** L0 bytes · L1 envelope · L2 segments and elements · L3 code lists · L4 totals · L5 cross-segment · L6 reference data · L7 partner rules. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** One code of the error list: what it means, and what each acknowledgement calls it. */
export interface CodeRow {
  readonly level: Level
  /** For people, one sentence. */
  readonly title: string
  /** Where the default of the level does not fit. */
  readonly severity?: Severity
  /** TA105. */
  readonly interchange?: string
  /** AK905. */
  readonly group?: string
  /** AK502 and IK502. */
  readonly set?: string
  /** AK304 and IK304; AK403 and IK403. What only the 999 knows begins with I and has its nearest 997 code in `older`. */
  readonly segment?: string
  readonly element?: string
  readonly older?: string
  /** Code list 0085 of CONTRL. */
  readonly contrl?: string
}

/** Keeps the codes as types. */
export function defineCodes<const T extends Readonly<Record<string, CodeRow>>>(
  rows: T,
): { readonly [K in keyof T]: CodeRow } {
  return rows
}
