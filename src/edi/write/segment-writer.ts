import { InterlineError } from '../../base/errors.ts'
import { encodeCharacter } from '../bytes/charset.ts'
import type { Delimiters } from '../bytes/delimiters.ts'
import { anyText, type TextRule, writable } from './unwritable.ts'
import { repetitionsOf, type WrittenSegment } from './written.ts'

/** A value that was not written as it was given. */
export interface Alteration {
  readonly segmentTag: string
  readonly element: number
  readonly value: string
  readonly written: string
}

/** What separates, which characters may be written (all of them, where `text` is absent), and what people see. */
export interface SegmentWriterOptions {
  readonly delimiters: Delimiters
  readonly text?: TextRule
  /** Written after each terminator; for people who read the file. */
  readonly lineEnd?: string
  /** Keeps empty elements at the end of segments: a copy of what was read needs them. */
  readonly keepsTrailingEmpty?: boolean
}

/**
 * Puts segments into bytes: separators between, release characters where the syntax has one, nothing after the last value. A
 * delimiter inside a value of X12, which has no release character, becomes a blank; every change is told.
 */
export class SegmentWriter {
  readonly #delimiters: Delimiters
  readonly #text: TextRule
  readonly #lineEnd: string
  readonly #keepsTrailingEmpty: boolean
  readonly #special: Uint8Array
  #bytes = new Uint8Array(1 << 12)
  #length = 0
  readonly alterations: Alteration[] = []

  constructor({ delimiters, text = anyText, lineEnd = '', keepsTrailingEmpty = false }: SegmentWriterOptions) {
    this.#delimiters = delimiters
    this.#text = text
    this.#lineEnd = lineEnd
    this.#keepsTrailingEmpty = keepsTrailingEmpty
    this.#special = new Uint8Array(256)
    for (const byte of [
      delimiters.segment,
      delimiters.element,
      delimiters.component,
      delimiters.repetition,
      delimiters.release,
    ])
      if (byte >= 0) this.#special[byte] = 1
  }

  get length(): number {
    return this.#length
  }

  segment({ tag, elements }: WrittenSegment): void {
    this.raw(tag)
    let separators = 0
    for (let index = 0; index < elements.length; index++) {
      separators++
      const element = elements[index] ?? ''
      if (typeof element === 'string') {
        if (element === '' && !this.#keepsTrailingEmpty) continue
        separators = this.#separate(this.#delimiters.element, separators)
        this.#value(element, tag, index + 1)
      } else separators = this.#composite(tag, index + 1, separators, repetitionsOf(element))
    }
    this.#byte(this.#delimiters.segment)
    this.raw(this.#lineEnd)
  }

  /** Bytes that are written as they are: headers of fixed width, white space of a copy. */
  raw(text: string): void {
    for (let at = 0; at < text.length; at++) this.#byte(text.charCodeAt(at))
  }

  content(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** All that was written since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #composite(tag: string, element: number, before: number, repetitions: readonly (readonly string[])[]): number {
    let elements = before
    let missingRepetitions = 0
    for (const components of repetitions) {
      let missingComponents = 0
      for (const component of components) {
        if (component !== '' || this.#keepsTrailingEmpty) {
          elements = this.#separate(this.#delimiters.element, elements)
          missingRepetitions = this.#separate(this.#delimiters.repetition, missingRepetitions)
          missingComponents = this.#separate(this.#delimiters.component, missingComponents)
          this.#value(component, tag, element)
        }
        missingComponents++
      }
      missingRepetitions++
    }
    return elements
  }

  /** Writes the separators that are owed; none are owed afterwards. */
  #separate(separator: number, count: number): 0 {
    for (let turn = 0; turn < count; turn++) this.#byte(separator)
    return 0
  }

  #value(value: string, segmentTag: string, element: number): void {
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at)
      if (code < 0x20 || code > 0x7e || this.#special[code] === 1 || this.#text.isUpperCase) {
        this.#careful(value, segmentTag, element)
        return
      }
    }
    for (let at = 0; at < value.length; at++) this.#byte(value.charCodeAt(at))
  }

  #careful(value: string, segmentTag: string, element: number): void {
    const { release } = this.#delimiters
    const result = writable(value, this.#text)
    if (result === undefined) throw new InterlineError('EDI_TEXT_UNWRITABLE', { segment: segmentTag, element })
    let written = ''
    for (const character of result.text) {
      const code = character.codePointAt(0) ?? 0
      const isSpecial = code < 0x80 && this.#special[code] === 1
      const plain = isSpecial && release < 0 ? ' ' : character
      if (isSpecial && release >= 0) this.#byte(release)
      for (const byte of encodeCharacter(plain, this.#text.charset) ?? []) this.#byte(byte)
      written += plain
    }
    if (written !== value)
      this.alterations.push({ segmentTag, element, value: value.slice(0, 99), written: written.slice(0, 99) })
  }

  #byte(byte: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1)
    this.#bytes[this.#length++] = byte
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}
