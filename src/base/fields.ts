import { isTimeZone } from './time-zone.ts'

/**
 * One setting as it is declared, once: validation, the reference page, the form, redaction and the type of `settings` follow from it. The
 * description is a sentence: it starts with a capital and ends with a full stop (tested).
 */
export interface Field<T> {
  readonly kind: 'text' | 'secret' | 'choice' | 'integer' | 'seconds' | 'flag' | 'url' | 'list' | 'document'
  readonly description: string
  readonly example?: string
  readonly default?: T
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly required: boolean
  readonly secret: boolean
  /** Reads the setting from what a file or the environment holds. Throws a plain sentence (no code) when it does not fit. */
  readonly parse: (value: unknown) => T
}

/** The settings of one thing, the hub or a connector, by the name that people write. */
export type Fields = Readonly<Record<string, Field<unknown>>>

/** What a declaration reads to: each name with the type that its field parses. */
export type SettingsOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never }

/** Text as it is written: not trimmed, and the empty text is a value. */
export function text(description: string, options: { example?: string; default?: string } = {}): Field<string> {
  return field({ kind: 'text', description, parse: readText, ...options })
}

/** An absolute URL of any scheme, normalised, without a slash at its end so that a path can be appended. */
export function url(description: string, options: { example?: string; default?: string } = {}): Field<string> {
  return field({ kind: 'url', description, parse: readUrl, ...options })
}

/** A zone by which clocks go, such as Europe/Brussels; empty where times without a zone are left as they are. */
export function timeZone(description: string, options: { example?: string } = {}): Field<string> {
  return field({ kind: 'text', description, parse: readTimeZone, default: '', ...options })
}

/** Never printed, logged or returned by an API. */
export function secret(description: string, options: { default?: string } = {}): Field<string> {
  return { ...field({ kind: 'secret', description, parse: readText, ...options }), secret: true }
}

/** One of these words, letter by letter; numbers and other spellings are refused. */
export function choice<const C extends string>(
  description: string,
  choices: readonly C[],
  options: { default?: C } = {},
): Field<C> {
  const parse = (value: unknown): C => {
    const found = choices.find((one) => one === value)
    if (found === undefined) throw new Error(`expected one of ${choices.join(', ')}, found ${show(value)}`)
    return found
  }
  return { ...field({ kind: 'choice', description, parse, ...options }), choices }
}

/** The default and the limits, both included; without limits, what a number holds exactly (±2^53 − 1). */
export interface NumberOptions {
  default?: number
  min?: number
  max?: number
}

/** A whole number, or its digits as text, because an environment variable holds nothing else. */
export function integer(description: string, options: NumberOptions = {}): Field<number> {
  return number('integer', description, options)
}

/** A duration in whole seconds. */
export function seconds(description: string, options: NumberOptions = {}): Field<number> {
  return number('seconds', description, { min: 0, ...options })
}

/** Yes or no: `true`, `1`, `yes`, `false`, `0` or `no`; any other word is refused rather than taken for no. */
export function flag(description: string, options: { default?: boolean } = {}): Field<boolean> {
  return field({ kind: 'flag', description, parse: readFlag, ...options })
}

/** Comma-separated texts. */
export function list(description: string, options: { default?: readonly string[] } = {}): Field<readonly string[]> {
  return field({ kind: 'list', description, parse: readList, ...options })
}

/** An object with members of its own, as JSON. `check` throws a plain sentence when it does not fit. */
export function document(
  description: string,
  options: { check: (value: object) => void; default?: object },
): Field<object> {
  const parse = (value: unknown): object => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error(`expected an object, found ${show(value)}`)
    options.check(value)
    return value
  }
  return field({
    kind: 'document',
    description,
    parse,
    ...(options.default === undefined ? {} : { default: options.default }),
  })
}

/** Several secrets, e.g. the old and the new one during a rotation. Never printed, logged or returned by an API. */
export function secretList(
  description: string,
  options: { default?: readonly string[] } = {},
): Field<readonly string[]> {
  return { ...list(description, options), secret: true }
}

/** What is wrong with one setting: its name is not known, it is missing, or its value does not fit. */
export interface SettingProblem {
  readonly name: string
  readonly kind: 'unknown' | 'missing' | 'invalid'
  /** A sentence without the name; never the value of a secret. */
  readonly detail: string
}

/** Reads all settings of a declaration, as far as they can be read, and says what is wrong with each of the others. */
export function checkSettings<F extends Fields>(
  fields: F,
  values: Readonly<Record<string, unknown>>,
): { readonly settings: SettingsOf<F>; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = Object.keys(values)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => ({
      name,
      kind: 'unknown',
      detail: `unknown setting; known are ${Object.keys(fields).join(', ')}`,
    }))
  const result: Record<string, unknown> = {}
  for (const [name, one] of Object.entries(fields)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) {
      if (one.required) problems.push({ name, kind: 'missing', detail: `required (${one.description})` })
      else result[name] = one.default
      continue
    }
    try {
      result[name] = one.parse(value)
    } catch (error) {
      problems.push({ name, kind: 'invalid', detail: one.secret ? 'not valid' : (error as Error).message })
    }
  }
  return { settings: result as SettingsOf<F>, problems }
}

/** Reads all settings of a declaration. Throws one Error that lists every problem. An unknown name is a problem. */
export function readSettings<F extends Fields>(fields: F, values: Readonly<Record<string, unknown>>): SettingsOf<F> {
  const { settings, problems } = checkSettings(fields, values)
  if (problems.length > 0) throw new Error(problems.map(({ name, detail }) => `${name}: ${detail}`).join('\n'))
  return settings
}

function field<T>(one: Omit<Field<T>, 'required' | 'secret'>): Field<T> {
  return { ...one, required: one.default === undefined, secret: false }
}

function number(kind: 'integer' | 'seconds', description: string, options: NumberOptions): Field<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options
  const parse = (value: unknown): number => {
    const read = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value
    if (typeof read !== 'number' || !Number.isSafeInteger(read))
      throw new Error(`expected a whole number, found ${show(value)}`)
    if (read < min || read > max) throw new Error(`expected a number from ${min} to ${max}, found ${read}`)
    return read
  }
  return field({ kind, description, parse, ...options })
}

function readText(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`expected text, found ${show(value)}`)
  return value
}

function readTimeZone(value: unknown): string {
  const text = readText(value)
  if (text === '' || isTimeZone(text)) return text
  throw new Error(`expected a time zone such as Europe/Brussels, found ${show(value)}`)
}

function readUrl(value: unknown): string {
  const text = readText(value)
  try {
    return new URL(text).href.replace(/\/$/, '')
  } catch {
    throw new Error(`expected a URL, found ${show(value)}`)
  }
}

function readFlag(value: unknown): boolean {
  if (value === true || value === 'true' || value === '1' || value === 'yes') return true
  if (value === false || value === 'false' || value === '0' || value === 'no') return false
  throw new Error(`expected true or false, found ${show(value)}`)
}

function readList(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(readText)
  return readText(value)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
