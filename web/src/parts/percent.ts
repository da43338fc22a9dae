const decimals = 2
/** The smallest step that is shown. */
const step = 10 ** -decimals

/**
 * A share in percent with at most two decimals, as people of this language write it. 0 % and 100 % are said only where it is so: what would
 * be rounded to them is shown as more or less than the nearest figure that is true.
 */
export function percentText(value: number, language: string): string {
  const write = (shown: number): string => `${shown.toLocaleString(language, { maximumFractionDigits: decimals })} %`
  const isNear = (edge: number): boolean => value !== edge && Math.abs(value - edge) <= step / 2
  if (isNear(0)) return value > 0 ? `< ${write(step)}` : `> ${write(-step)}`
  if (isNear(100)) return value > 100 ? `> ${write(100)}` : `> ${write(100 - step)}`
  return write(value)
}
