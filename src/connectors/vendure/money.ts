import type { Reading } from '../kit/reading.ts'

/** An amount, as the shop counts it in whole parts of the unit, in whole units: `2495` with two digits is `24.95`. Undefined where none is told. */
export function majorUnits(amount: Reading, digits: number): string | undefined {
  const parts = amount.optionalDecimal()
  if (parts === undefined) return undefined
  const match = /^(-?)(\d{1,30})$/.exec(parts)
  if (match === null) throw amount.wrong('an amount in whole parts')
  const [, sign = '', number = ''] = match
  if (digits === 0) return `${sign}${number}`
  const padded = number.padStart(digits + 1, '0')
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}
