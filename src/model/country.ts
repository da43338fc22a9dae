import { iso31661, iso31663 } from 'iso-3166'

/** Whether it is an ISO 3166-1 alpha-2 code that is assigned today. */
export function isCountry(code: string): boolean {
  return assigned.has(code)
}

/**
 * The alpha-2 code of a country as partners write it: alpha-2, alpha-3 or numeric, and the customs habits `UK` and `EL`. A code
 * that was withdrawn (`AN`, `YU`) keeps meaning what it meant. Undefined when no list has it.
 */
export function readCountry(text: string): string | undefined {
  if (assigned.has(text)) return text
  const code = text.trim().toUpperCase()
  return assigned.has(code) || withdrawn.has(code) ? code : others.get(code)
}

const assigned: ReadonlySet<string> = new Set(iso31661.map(({ alpha2 }) => alpha2))
const withdrawn: ReadonlySet<string> = new Set(iso31663.map(({ from }) => from.alpha2))
const others: ReadonlyMap<string, string> = new Map([
  ...iso31661.flatMap(({ alpha2, alpha3, numeric }) => [[alpha3, alpha2] as const, [numeric, alpha2] as const]),
  ['EL', 'GR'],
  ['UK', 'GB'],
])
