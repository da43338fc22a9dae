import { InterlineError } from '../../base/errors.ts'
import { type Charset, decodeText, encodeCharacter } from '../bytes/charset.ts'

/** Encodings that a schema may name. A byte order mark at the start of a file wins over it. */
export const encodings = [
  'utf-8',
  'windows-1252',
  'windows-1250',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'utf-16le',
  'utf-16be',
] as const

/** How the characters of a flat file are written as bytes. */
export type Encoding = (typeof encodings)[number]

const marks: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
]

/** Labels of the platform that mean what they say. Its `iso-8859-1` is windows-1252. */
const honest: readonly Encoding[] = ['windows-1252', 'windows-1250', 'iso-8859-2', 'iso-8859-15']

const none = new Uint8Array(0)

/**
 * Bytes to text, piece by piece, and back to the number of bytes. What the encoding does not have becomes U+FFFD, one for each byte, so
 * that places stay exact; a damaged U+FFFD that was in the file counts as three.
 */
export class Decoder {
  #encoding: Encoding
  #held: Uint8Array = none
  #native: TextDecoder | undefined
  #isAscii = true
  #hasBegun = false
  /** Bytes of the mark at the start. */
  markBytes = 0

  constructor(encoding: Encoding) {
    this.#encoding = encoding
  }

  get encoding(): Encoding {
    return this.#encoding
  }

  push(piece: Uint8Array, isLast = false): string {
    let bytes = this.#held.length === 0 ? piece : joined(this.#held, piece)
    this.#held = none
    if (!this.#hasBegun) {
      if (bytes.length < 3 && !isLast) {
        this.#held = bytes.slice()
        return ''
      }
      bytes = this.#begin(bytes)
    }
    if (this.#encoding === 'utf-8') return this.#utf8(bytes, isLast)
    if (this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be') return this.#utf16(bytes, isLast)
    const charset = this.#encoding satisfies Charset
    return this.#native === undefined ? decodeText(bytes, charset) : this.#native.decode(bytes)
  }

  /** How many bytes this stretch of decoded text was. */
  size(text: string, from: number, to: number): number {
    if (this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be') return 2 * (to - from)
    if (this.#encoding !== 'utf-8' || this.#isAscii) return to - from
    let size = 0
    for (let at = from; at < to; at++) {
      const unit = text.charCodeAt(at)
      // Both halves of a pair are two of its four bytes.
      if (unit < 0x80 || unit === 0xfffd) size++
      else size += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
    }
    return size
  }

  #begin(bytes: Uint8Array): Uint8Array {
    this.#hasBegun = true
    const mark = marks.find((one) => one.bytes.every((byte, at) => bytes[at] === byte))
    if (mark !== undefined) {
      this.#encoding = mark.encoding
      this.markBytes = mark.bytes.length
    }
    if (this.#encoding === 'utf-8' || this.#encoding.startsWith('utf-16'))
      this.#native = new TextDecoder(this.#encoding, { ignoreBOM: true })
    else if (honest.includes(this.#encoding)) this.#native = new TextDecoder(this.#encoding)
    return bytes.subarray(this.markBytes)
  }

  #utf8(bytes: Uint8Array, isLast: boolean): string {
    const end = isLast ? bytes.length : wholeUtf8(bytes)
    if (end < bytes.length) this.#held = bytes.slice(end)
    const whole = bytes.subarray(0, end)
    const text = this.#native?.decode(whole) ?? ''
    const isDamaged = text.includes('\ufffd')
    if (text.length !== whole.length || isDamaged) this.#isAscii = false
    return isDamaged ? byteByByte(whole) : text
  }

  #utf16(bytes: Uint8Array, isLast: boolean): string {
    let end = isLast ? bytes.length : bytes.length - (bytes.length % 2)
    const high = this.#encoding === 'utf-16le' ? bytes[end - 1] : bytes[end - 2]
    if (!isLast && end >= 2 && high !== undefined && high >= 0xd8 && high < 0xdc) end -= 2
    if (end < bytes.length) this.#held = bytes.slice(end)
    return this.#native?.decode(bytes.subarray(0, end)) ?? ''
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

/** Where the last character that is not whole begins. */
function wholeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function lengthOf(lead: number): number {
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Slow, for pieces that are damaged: every byte that is no part of a character is one U+FFFD. */
function byteByByte(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0
    const length = byte < 0x80 ? 1 : byte < 0xc2 ? 0 : lengthOf(byte)
    const character = length === 0 ? undefined : whole(bytes.subarray(at, at + length))
    const isReplacement = character === undefined || character === '\ufffd'
    parts.push(isReplacement ? '\ufffd' : character)
    at += isReplacement ? 1 : length
  }
  return parts.join('')
}

function whole(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** The bytes of a text. Throws FILE_UNWRITABLE for a character that the encoding does not have. */
export function encodeText(text: string, encoding: Encoding, byteOrderMark: boolean): Uint8Array {
  const bytes = bytesOf(text, encoding)
  const mark = byteOrderMark ? marks.find((one) => one.encoding === encoding) : undefined
  return mark === undefined ? bytes : joined(Uint8Array.from(mark.bytes), bytes)
}

function bytesOf(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = new Uint8Array(text.length * 2)
    const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0]
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      bytes[at * 2 + low] = unit & 0xff
      bytes[at * 2 + high] = unit >> 8
    }
    return bytes
  }
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (const character of text) {
    const [byte] = encodeCharacter(character, encoding) ?? []
    if (byte === undefined)
      throw new InterlineError('FILE_UNWRITABLE', { problem: `${encoding} has no character for ${character}` })
    bytes[length++] = byte
  }
  return bytes.subarray(0, length)
}
