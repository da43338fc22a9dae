import type { InterchangeHeader } from '../../edi/envelope/events.ts'

/** ISA09 and the date of S004: six digits of this century, or eight. */
export function dayOf({ date }: Pick<InterchangeHeader, 'date'>): string | undefined {
  const digits = date.length === 6 ? `20${date}` : date
  return /^\d{8}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : undefined
}
