import { bytesOf, type Pieces } from './pieces.ts'

/** Writing DER (X.690 §10): just what CMS needs. A tag is the whole identifier octet. */
export function der(tag: number, ...contents: Pieces): Buffer {
  return Buffer.concat(derAround(tag, contents))
}

/** The same around contents that are not copied: `0x30` is a SEQUENCE, `0x04` an OCTET STRING, `0xa0` the explicit tag 0. */
export function derAround(tag: number, contents: Pieces): Pieces {
  return [Buffer.from([tag, ...lengthOctets(bytesOf(contents))]), ...contents]
}

/** A SEQUENCE, its members in the order in which they are given. */
export function sequence(...contents: readonly Uint8Array[]): Buffer {
  return der(0x30, ...contents)
}

/** A SET OF: DER orders its members by their bytes. */
export function setOf(...members: readonly Uint8Array[]): Buffer {
  return der(0x31, ...members.toSorted((a, b) => Buffer.compare(a, b)))
}

/** A small number, 0 to 127: versions. */
export function smallInteger(value: number): Buffer {
  return der(0x02, Buffer.from([value]))
}

/** These bytes as an OCTET STRING. */
export function octets(bytes: Uint8Array): Buffer {
  return der(0x04, bytes)
}

/** NULL, where an algorithm has no parameters. */
export function nothing(): Buffer {
  return der(0x05)
}

/** `1.2.840.113549` as an OBJECT IDENTIFIER. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** An explicit tag around one value: `[0]`. */
export function explicit(number: number, content: Uint8Array): Buffer {
  return der(0xa0 + number, content)
}

/** The same bytes under another tag: implicit tags, and signed attributes, which are signed as a SET and stored as `[0]`. */
export function retagged(tag: number, whole: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), whole.subarray(1)])
}

/** `YYMMDDHHMMSSZ`, from 2050 on GeneralizedTime (RFC 5652 §11.3). */
export function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')
  const late = digits >= '2050'
  return der(late ? 0x18 : 0x17, Buffer.from(late ? digits : digits.slice(2)))
}

function lengthOctets(length: number): readonly number[] {
  if (length < 128) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

function base128(value: number): readonly number[] {
  const bytes = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80)
  return bytes
}
