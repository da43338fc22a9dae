/** From when until when something is agreed, as days in RFC 3339. Both days belong to it; absent: for ever. */
export interface Validity {
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/** Whether it is agreed on a day. */
export function isValidOn({ from, until }: Validity, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until)
}

/** Whether there is a day on which both are agreed. */
export function overlaps(a: Validity, b: Validity): boolean {
  const begins = (a.from ?? '') > (b.from ?? '') ? (a.from ?? '') : (b.from ?? '')
  return isValidOn(a, begins) && isValidOn(b, begins)
}

/** What of a list is agreed together: each group on some day, all groups over all days. Without days of any there is one. */
export function agreedTogether<T extends Validity>(all: readonly T[]): readonly (readonly T[])[] {
  const days = ['', ...new Set(all.flatMap(({ from = '' }) => from))].filter((day, at) => at === 0 || day !== '')
  const groups = days.map((day) => all.filter((one) => isValidOn(one, day)))
  return groups.filter((group, at) => at === 0 || group.length > 0)
}
