import { type Likeness, phoneDigits, plainValue } from './likeness.ts'

/** What stands where somebody was. */
export const erasedMark = '[erased]'

/** Shorter words are found only where they are all of a value: they are parts of too many others. */
const charactersLeast = 4

/** Finds somebody in texts, whatever the case, and says what of them is there. */
export class Spotter {
  readonly likeness: Likeness
  readonly #sure: RegExp | undefined
  readonly #named: RegExp | undefined
  readonly #beside: RegExp | undefined
  readonly #any: RegExp | undefined
  readonly #plain: ReadonlySet<string>

  constructor(likeness: Likeness) {
    const { sure, reached, names, streets, postcodes, objects } = likeness
    this.likeness = likeness
    this.#sure = patternOf(sure)
    this.#named = patternOf(names)
    this.#beside = patternOf([...reached, ...streets, ...postcodes, ...objects])
    this.#any = patternOf([...sure, ...reached, ...names, ...streets])
    this.#plain = new Set([...sure, ...reached, ...names, ...streets].map(plainValue))
  }

  /** Whether this text is about them: it has what is theirs alone, or a name of theirs and something else that is theirs. */
  isAbout(text: string): boolean {
    return has(this.#sure, text) || (has(this.#named, text) && has(this.#beside, text))
  }

  /** Whether anything of them is there, which may be somebody else's of the same name. */
  isNamed(text: string): boolean {
    return has(this.#any, text)
  }

  /** Whether a whole value is one of theirs. */
  isOne(value: string): boolean {
    return this.#plain.has(plainValue(value))
  }

  /** The text with the mark wherever something of them stands. */
  blotted(text: string): string {
    return this.#any === undefined ? text : text.replaceAll(this.#any, erasedMark)
  }
}

function has(pattern: RegExp | undefined, text: string): boolean {
  if (pattern === undefined) return false
  pattern.lastIndex = 0
  return pattern.test(text)
}

/** Any of these as whole words; undefined where there is none that is long enough. The longest first, so that no part of it stays. */
function patternOf(values: readonly string[]): RegExp | undefined {
  const alternatives = values
    .filter((value) => value.trim().length >= charactersLeast)
    .toSorted((one, other) => other.length - one.length)
    .map(wordsOf)
  return alternatives.length === 0
    ? undefined
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

/** The pattern of one value: between digits of a phone number whatever people write, between words any space. */
export function wordsOf(value: string): string {
  const digits = phoneDigits(value)
  if (digits !== undefined) return `(?:\\+|00)?${digits.split('').join('[\\s().\\-/]*')}`
  return value.trim().split(/\s+/).map(escaped).join('\\s+')
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`)
}
