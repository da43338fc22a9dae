/** Whose numbers these are: each relationship counts for itself, and tests count apart from production. */
export interface ControlNumberKey {
  readonly standard: 'x12' | 'edifact'
  readonly level: 'interchange' | 'group' | 'set'
  readonly ourId: string
  readonly partnerId: string
  readonly environment: 'production' | 'test'
}

/**
 * Where control numbers come from. The row is raised in the transaction that creates what is sent: without a gap when it is
 * rolled back, never twice, one after the other for each relationship.
 */
export interface ControlNumbers {
  next(key: ControlNumberKey): Promise<number>
}

/** Nine digits: ISA13, GS06, ST02; EDIFACT allows fourteen characters and gets the same. */
export const controlNumberMax = 999_999_999

/** The number after this one. After the last comes 1 again, as X12 asks for; 0 is never used. */
export function followingControlNumber(last: number): number {
  return last >= controlNumberMax || last < 0 ? 1 : last + 1
}
