import { withoutUnseenAround } from '../../base/doubtful-text.ts'
import { hasUnstorableCharacter } from '../../base/json.ts'

/**
 * The text at a path, for `identify`, which must not throw: undefined when anything on the way is missing, or when the text is
 * empty, longer than a key may be, or holds what a database text cannot.
 */
export function peekText(value: unknown, ...path: readonly string[]): string | undefined {
  const found = peek(value, ...path)
  return typeof found === 'string' && found !== '' && found.length <= 200 && !hasUnstorableCharacter(found)
    ? found
    : undefined
}

/** What something is called, as `Reading.name` has it: what nobody sees around it makes no other key. Undefined where there is none. */
export function peekName(value: unknown, ...path: readonly string[]): string | undefined {
  const found = peekText(value, ...path)
  return found === undefined ? undefined : withoutUnseenAround(found) || undefined
}

/** Whatever is at a path; undefined when anything on the way is missing. */
export function peek(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Readonly<Record<string, unknown>>)[name]
  }
  return found
}
