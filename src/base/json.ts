import { InterlineError } from './errors.ts'
import { limits } from './limits.ts'

/** Bounds of a document; the defaults are the hub’s. */
export interface JsonLimits {
  readonly jsonDepth: number
  readonly jsonValues: number
  readonly jsonKeys: number
  readonly jsonStringBytes: number
  readonly jsonNumberCharacters: number
}

/**
 * Strict JSON (RFC 8259) from bytes that somebody else wrote. Numbers become their text, exactly as written, so that
 * 12345678901234567890 and 1.10 stay themselves; a key twice in one object, `__proto__` and its like, bad UTF-8 and everything
 * past a limit are refused; objects inherit nothing. Throws JSON_MALFORMED, JSON_TOO_DEEP, JSON_TOO_LARGE with the place.
 */
export function readJson(bytes: Uint8Array, bounds: JsonLimits = limits): unknown {
  return new Reader(decode(bytes), bytes, bounds).document()
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new InterlineError('JSON_MALFORMED', { position: firstBadByte(bytes), found: 'a byte that is not UTF-8' })
  }
}

/** Every replacement character is either where a byte was bad, or in the text itself. */
function firstBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  let position = 0
  let from = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', from)) {
    position += byteLength(text.slice(from, at))
    if (bytes[position] !== 0xef || bytes[position + 1] !== 0xbf || bytes[position + 2] !== 0xbd) return position
    position += 3
    from = at + 1
  }
  return position
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/**
 * Whether a text holds what no database text can: NUL or half of a surrogate pair. JSON allows both as escapes, and the raw bytes
 * keep them; canonical text may not hold them.
 */
export function hasUnstorableCharacter(text: string): boolean {
  if (text.length > shortMost) return text.includes('\u0000') || !text.isWellFormed()
  // Most texts are a few plain letters: looking at them here takes less than the two calls.
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0) return true
    if (unit >= firstSurrogate) return text.includes('\u0000') || !text.isWellFormed()
  }
  return false
}

const shortMost = 32
const firstSurrogate = 0xd800

/** The place of the first text or key in a document that cannot be stored; undefined when all of it can. */
export function unsupportedCharacter(value: unknown, place = ''): string | undefined {
  if (typeof value === 'string') return hasUnstorableCharacter(value) ? place : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    const below = Array.isArray(value) ? `${place}[${name}]` : place === '' ? name : `${place}.${name}`
    if (hasUnstorableCharacter(name)) return place
    const found = unsupportedCharacter(member, below)
    if (found !== undefined) return found
  }
  return undefined
}

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

const quote = 0x22
const backslash = 0x5c

/**
 * An object that inherits nothing, made so that an engine gives objects with the same members the same layout. One from
 * `Object.create(null)` is a hash table: twice as slow to fill, and several times as large.
 */
const Bare = function () {} as unknown as new () => Record<string, unknown>
Bare.prototype = Object.freeze(Object.create(null))

class Reader {
  readonly #text: string
  /** The same, where each character is one byte. */
  readonly #ascii: Uint8Array | undefined
  readonly #bounds: JsonLimits
  #at = 0
  #values = 0
  #depth = 0

  constructor(text: string, bytes: Uint8Array, bounds: JsonLimits) {
    this.#text = text
    this.#ascii = text.length === bytes.length ? bytes : undefined
    this.#bounds = bounds
  }

  document(): unknown {
    const value = this.#value(this.#skip())
    if (!Number.isNaN(this.#skip())) throw this.#unexpected('the end')
    return value
  }

  #value(code: number): unknown {
    if (++this.#values > this.#bounds.jsonValues) throw this.#tooLarge('values', this.#bounds.jsonValues)
    switch (code) {
      case quote:
        return this.#string()
      case 0x7b:
        return this.#object()
      case 0x5b:
        return this.#array()
      case 0x74:
        return this.#word('true', true)
      case 0x66:
        return this.#word('false', false)
      case 0x6e:
        return this.#word('null', null)
      default:
        return this.#number(code)
    }
  }

  #object(): Record<string, unknown> {
    const object = new Bare()
    this.#enter()
    let code = this.#skip()
    let keys = 0
    while (code !== 0x7d) {
      if (code !== quote) throw this.#unexpected('a key')
      const position = this.#at
      const key = this.#string()
      if (key in object) throw this.#malformed(position, `the key ${show(key)} twice in one object`)
      if (forbiddenKeys.has(key)) throw this.#malformed(position, `the key ${show(key)}, which is not accepted`)
      if (++keys > this.#bounds.jsonKeys) throw this.#tooLarge('keys in one object', this.#bounds.jsonKeys)
      if (this.#skip() !== 0x3a) throw this.#unexpected('a colon')
      this.#at++
      object[key] = this.#value(this.#skip())
      code = this.#separator(0x7d)
    }
    this.#leave()
    return object
  }

  #array(): unknown[] {
    const array: unknown[] = []
    this.#enter()
    let code = this.#skip()
    while (code !== 0x5d) {
      array.push(this.#value(code))
      code = this.#separator(0x5d)
    }
    this.#leave()
    return array
  }

  /** After an element: the closing bracket, or a comma and the start of the next one, which must not be the bracket. */
  #separator(close: number): number {
    const code = this.#skip()
    if (code === close) return code
    if (code !== 0x2c) throw this.#unexpected('a comma or the end of the list')
    this.#at++
    const next = this.#skip()
    if (next === close) throw this.#unexpected('another element')
    return next
  }

  #string(): string {
    const text = this.#text
    const start = ++this.#at
    let hash = 0
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        this.#at = at + 1
        return this.#written(start, at, hash)
      }
      if (code === backslash) return this.#escaped(start, at)
      if (code < 0x20) throw this.#malformed(at, 'a control character in a string')
      hash = (Math.imul(hash, 31) + code) | 0
    }
    throw this.#malformed(start - 1, 'a string that does not end')
  }

  /**
   * A text of its own. An engine gives a slice of a document as a view that keeps all of the document in memory, for as long as a
   * state holds one word of it. What documents say over and over (names of members, places, times, codes) is in memory once, and found
   * there without making it again.
   */
  #written(start: number, end: number, hash: number): string {
    const length = end - start
    if (length > wordLength) return this.#bounded(this.#copied(start, end))
    const known = words[hash & wordsMask]
    if (known !== undefined && known.length === length && this.#text.startsWith(known, start))
      return this.#bounded(known)
    const word = length < sliceLength ? this.#text.slice(start, end) : this.#copied(start, end)
    words[hash & wordsMask] = word
    return this.#bounded(word)
  }

  #copied(start: number, end: number): string {
    if (this.#ascii !== undefined) return utf8.decode(this.#ascii.subarray(start, end))
    return anyText.decode(encoder.encode(this.#text.slice(start, end)))
  }

  #escaped(start: number, first: number): string {
    const text = this.#text
    let made = text.slice(start, first)
    let at = first
    for (;;) {
      const code = text.charCodeAt(at)
      if (Number.isNaN(code)) throw this.#malformed(start - 1, 'a string that does not end')
      if (code < 0x20) throw this.#malformed(at, 'a control character in a string')
      if (code === quote) break
      if (code !== backslash) {
        made += text[at++]
        continue
      }
      const kind = text[at + 1] ?? ''
      if (kind === 'u') {
        const digits = text.slice(at + 2, at + 6)
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#malformed(at, 'an escape that is none')
        made += String.fromCharCode(Number.parseInt(digits, 16))
        at += 6
      } else {
        const found = escapes[kind]
        if (found === undefined) throw this.#malformed(at, 'an escape that is none')
        made += found
        at += 2
      }
    }
    this.#at = at + 1
    // Half of a surrogate pair is no view, and a copy by way of bytes would not be the same text.
    const isView = made.length >= sliceLength && made.isWellFormed()
    return this.#bounded(isView ? anyText.decode(encoder.encode(made)) : made)
  }

  #bounded(text: string): string {
    if (text.length > this.#bounds.jsonStringBytes)
      throw this.#tooLarge('characters in a string', this.#bounds.jsonStringBytes)
    return text
  }

  #number(first: number): string {
    const text = this.#text
    const start = this.#at
    let at = start
    if (first === 0x2d) at++
    if (text.charCodeAt(at) === 0x30) at++
    else at = this.#digits(at)
    if (text.charCodeAt(at) === 0x2e) at = this.#digits(at + 1)
    const exponent = text.charCodeAt(at) | 0x20
    if (exponent === 0x65) {
      const sign = text.charCodeAt(at + 1)
      at = this.#digits(sign === 0x2b || sign === 0x2d ? at + 2 : at + 1)
    }
    if (at - start > this.#bounds.jsonNumberCharacters)
      throw this.#tooLarge('characters in a number', this.#bounds.jsonNumberCharacters)
    this.#at = at
    return text.slice(start, at)
  }

  #digits(from: number): number {
    let at = from
    for (let code = this.#text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = this.#text.charCodeAt(++at));
    if (at === from) {
      this.#at = from
      throw this.#unexpected('a value')
    }
    return at
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected('a value')
    this.#at += word.length
    return value
  }

  /** The next character that is no white space, NaN at the end. */
  #skip(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
      this.#at++
    }
  }

  #enter(): void {
    this.#at++
    if (++this.#depth > this.#bounds.jsonDepth)
      throw new InterlineError('JSON_TOO_DEEP', { depth: this.#bounds.jsonDepth })
  }

  #leave(): void {
    this.#at++
    this.#depth--
  }

  #unexpected(expected: string): InterlineError {
    const found = this.#text[this.#at]
    return this.#malformed(this.#at, `${found === undefined ? 'the end' : show(found)} where ${expected} was expected`)
  }

  #malformed(position: number, found: string): InterlineError {
    return new InterlineError('JSON_MALFORMED', { position: byteLength(this.#text.slice(0, position)), found })
  }

  #tooLarge(what: string, most: number): InterlineError {
    return new InterlineError('JSON_TOO_LARGE', { what, most })
  }
}

const encoder = new TextEncoder()
const anyText = new TextDecoder('utf-8', { ignoreBOM: true })
/** By a hash of the word; a new one takes the place of another. */
const words: (string | undefined)[] = new Array<string | undefined>(4096).fill(undefined)
const wordsMask = words.length - 1
/** From here on an engine makes views instead of copies. */
const sliceLength = 13
const wordLength = 64

function show(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
