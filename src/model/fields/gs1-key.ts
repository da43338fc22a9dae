import { shaped } from './text.ts'

/** Global Location Number of GS1: 13 digits, the last of them a check digit. */
export function gln(meaning: string) {
  return shaped(meaning, { pattern: '^\\d{13}$', max: 13 })
}

/** Global Trade Item Number of GS1, of 8, 12, 13 or 14 digits. The hub compares it padded to 14. */
export function gtin(meaning: string) {
  return shaped(meaning, { pattern: '^\\d{8,14}$', max: 14 })
}

/** Serial Shipping Container Code of GS1: 18 digits, without the (00) in front of it on the label. */
export function sscc(meaning: string) {
  return shaped(meaning, { pattern: '^\\d{18}$', max: 18 })
}
