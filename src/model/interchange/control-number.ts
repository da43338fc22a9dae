/** Nine digits: ISA13, GS06, ST02; EDIFACT allows fourteen characters and gets the same. */
export const controlNumberMax = 999_999_999

/** The number after this one. After the last comes 1 again, as X12 asks for; 0 is never used. */
export function followingControlNumber(last: number): number {
  return last >= controlNumberMax || last < 0 ? 1 : last + 1
}
