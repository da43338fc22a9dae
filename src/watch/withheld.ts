/** What a field of a log line may hold. */
export type FieldKind = 'code' | 'number' | 'text'

/**
 * The value as it may be logged. Ids and codes have the shape of one, or are withheld; of our own texts, what stands in quotes is
 * masked, because that is where parsers and databases repeat what others wrote.
 */
export function loggable(kind: FieldKind, value: unknown): string | number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number') return value
  if (kind === 'number' || typeof value !== 'string') return withheld
  if (kind === 'code') return isCode(value) ? value : withheld
  return value.slice(0, textCharacters).replaceAll(quoted, maskUnlessOurs)
}

/** Letters, digits and joining signs, no white space: an id or a code, not a sentence, an address or one of our secrets. */
export function isCode(value: string): boolean {
  return code.test(value) && !secret.test(value)
}

const withheld = 'withheld'

const code = /^[\w.:/+-]{1,128}$/
const secret = /^(?:whsec|whsk|interline_live)_/
const textCharacters = 500
/** With the words before it; an unclosed quote masks the rest. */
const quoted = /(\w+ )?("[^"]*"?|'[^']*'?|`[^`]*`?|“[^”]*”?)/g
const ours = /^(?:constraint|relation|column|table|index|reading) $/

function maskUnlessOurs(found: string, word: string | undefined, text: string): string {
  if (word !== undefined && ours.test(word) && isCode(text.slice(1, -1))) return found
  return `${word ?? ''}${text.at(0)}…${text.at(0)}`
}
