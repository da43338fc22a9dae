import { shaped } from './text.ts'

/** A currency, ISO 4217: three capital letters. Codes that ended stay legal, because old documents bear them. */
export function currency(meaning: string) {
  return shaped(meaning, { pattern: '^[A-Z]{3}$', max: 3 })
}
