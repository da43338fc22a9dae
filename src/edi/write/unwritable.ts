import { type Charset, encodeCharacter } from '../bytes/charset.ts'

/** What happens to a character that the set cannot carry. The agreement decides. */
export type UnwritablePolicy = 'reject' | 'transliterate' | 'substitute' | 'drop'

/** How text becomes bytes for one partner. */
export interface TextRule {
  readonly charset: Charset
  /** Only ASCII, as UNOA and UNOB and most X12 partners want it. */
  readonly isAsciiOnly: boolean
  /** UNOA knows no lower case. */
  readonly isUpperCase: boolean
  readonly unwritable: UnwritablePolicy
  readonly substitute: string
}

/** UTF-8, nothing to replace. */
export const anyText: TextRule = {
  charset: 'utf-8',
  isAsciiOnly: false,
  isUpperCase: false,
  unwritable: 'substitute',
  substitute: '?',
}

/** Letters whose base letter is not found by taking marks off. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '€': 'EUR',
  '\u00a0': ' ',
}

/** The text as the partner can read it; `undefined` for a text that must not be sent. */
export function writable(
  text: string,
  rule: TextRule,
): { readonly text: string; readonly isChanged: boolean } | undefined {
  const cased = rule.isUpperCase ? text.toUpperCase() : text
  let result = ''
  for (const character of cased) {
    const written = isWritable(character, rule) ? character : replacement(character, rule)
    if (written === undefined) return undefined
    result += written
  }
  return { text: result, isChanged: result !== text }
}

function isWritable(character: string, rule: TextRule): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20 || code === 0x7f) return false
  if (code < 0x7f) return true
  return !rule.isAsciiOnly && encodeCharacter(character, rule.charset) !== undefined
}

function replacement(character: string, rule: TextRule): string | undefined {
  switch (rule.unwritable) {
    case 'reject':
      return undefined
    case 'drop':
      return ''
    case 'substitute':
      return rule.substitute
    case 'transliterate': {
      const plain = spelledOut[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, '')
      const cased = rule.isUpperCase ? plain.toUpperCase() : plain
      return cased !== '' && Array.from(cased).every((one) => isWritable(one, rule)) ? cased : rule.substitute
    }
  }
}
