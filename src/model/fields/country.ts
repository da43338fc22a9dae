import { shaped } from './text.ts'

/** A country, ISO 3166-1 alpha-2: two capital letters. */
export function country(meaning: string) {
  return shaped(meaning, { pattern: '^[A-Z]{2}$', max: 2 })
}
