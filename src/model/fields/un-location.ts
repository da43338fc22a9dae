import { shaped } from './text.ts'

/** A place of UN/LOCODE: two letters for the country, three characters for the place, `DEHAM`. */
export function unLocation(meaning: string) {
  return shaped(meaning, { pattern: '^[A-Z]{2}[A-Z2-9]{3}$', max: 5 })
}
