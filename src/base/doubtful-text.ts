/** Digits that are gone, a long number with a fraction, an error in the place of a value, or the marks that keep a spreadsheet from reading a number. */
const spreadsheet =
  /^(?:[+-]?\d(?:[.,]\d+)?[Ee]\+\d{2,3}|\d{8,14}\.0|#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|NV|BEZUG!|WERT!)|="[^]*"|'(?:\d[\d.,]*|[=+@-][^]*))$/
const plain = /^[ -~]*$/
/** Marks of direction, blanks without width, soft hyphens, controls. What joins letters and emoji is none; NUL has a fault of its own. */
const invisible = /(?!\p{Join_Control}|[\0\t\n\r\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}]/u
const allInvisible = new RegExp(invisible.source, 'gu')
const around = new RegExp(
  `^(?:\\s|\\p{Join_Control}|${invisible.source})+|(?:\\s|\\p{Join_Control}|${invisible.source})+$`,
  'gu',
)

/** Why a text is not to be taken at its word. */
export type Doubt = 'spreadsheet' | 'invisible'

/**
 * Why a text cannot be what its sender meant; undefined for all others. Taken at its word it would be another item, lot or number
 * than the one that everybody reads.
 */
export function doubtOf(text: string): Doubt | undefined {
  if (spreadsheet.test(text)) return 'spreadsheet'
  return !plain.test(text) && invisible.test(text) ? 'invisible' : undefined
}

/** The text with what nobody sees written out: `A<U+200E>`. */
export function madeVisible(text: string): string {
  const codeOf = (one: string): string => (one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return text.replaceAll(allInvisible, (one) => `<U+${codeOf(one)}>`)
}

/** The text without the blanks and marks around it that nobody sees: they are no part of a name. What stands between its characters stays. */
export function withoutUnseenAround(text: string): string {
  return plain.test(text) ? text.trim() : text.replaceAll(around, '')
}
