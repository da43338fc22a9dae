import { InterlineError } from '../../base/errors.ts'
import { type Charset, decodeText, edifactCharsets, encodeCharacter, isUtf8 } from '../../edi/bytes/charset.ts'
import { declaredCharset, detect } from '../../edi/read/detect.ts'

/** Character sets in which a corrected document can be written. */
export const correctionCharsets = [
  ...['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1252', 'iso-8859-1', 'iso-8859-2', 'iso-8859-3'],
  ...['iso-8859-4', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'iso-8859-8', 'iso-8859-9', 'iso-8859-15'],
] as const
/** One of them. */
export type CorrectionCharset = Charset | 'utf-16le' | 'utf-16be'

const marks: readonly { readonly charset: CorrectionCharset; readonly bytes: readonly number[] }[] = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
]
/** A declaration stands at the start: no more is looked at for it. */
const declarationBytes = 1024

/** A message as far as its characters are concerned. */
interface Written {
  readonly body: Uint8Array
  readonly contentType: string
}

/**
 * In which characters a message is written. Its mark and its bytes count before what it declares of itself; what is neither declared nor
 * UTF-8 is read as windows-1252, in which each of its bytes stays the same when the text is written again.
 */
export function charsetOf(message: Written): CorrectionCharset {
  const { body } = message
  const mark = markOf(body)
  if (mark !== undefined) return mark.charset
  const declared = declaredBy(message)
  if (!isUtf8(body)) return declared === undefined || declared === 'utf-8' ? 'windows-1252' : declared
  return body.every((byte) => byte < 128) ? (declared ?? 'utf-8') : 'utf-8'
}

/** The text of bytes in these characters, without their mark. Bytes that they do not have become U+FFFD. Throws CHARSET_UNKNOWN. */
export function textIn(bytes: Uint8Array, charset: string): string {
  if (!isCorrectionCharset(charset))
    throw new InterlineError('CHARSET_UNKNOWN', { charset, known: correctionCharsets.join(', ') })
  const mark = markOf(bytes)
  const rest = mark?.charset === charset ? bytes.subarray(mark.bytes.length) : bytes
  if (charset === 'utf-16le' || charset === 'utf-16be')
    return new TextDecoder(charset, { ignoreBOM: true }).decode(rest)
  return decodeText(rest, charset)
}

/** A corrected text as bytes, with the mark that the original has. Throws CORRECTION_UNWRITABLE for a character that the set does not have. */
export function correctedBytes(text: string, charset: CorrectionCharset, original: Uint8Array): Uint8Array {
  const mark = markOf(original)
  const bytes = encoded(text, charset)
  return mark?.charset === charset && !text.startsWith('\ufeff') ? Uint8Array.from([...mark.bytes, ...bytes]) : bytes
}

function encoded(text: string, charset: CorrectionCharset): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text)
  if (charset === 'utf-16le' || charset === 'utf-16be') {
    const bytes = Buffer.from(text, 'utf16le')
    return charset === 'utf-16le' ? bytes : bytes.swap16()
  }
  const bytes = new Uint8Array(text.length)
  let length = 0
  let line = 1
  for (const character of text) {
    if (character === '\n') line++
    const [byte] = encodeCharacter(character, charset) ?? []
    if (byte === undefined) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      throw new InterlineError('CORRECTION_UNWRITABLE', { character, code, charset, line })
    }
    bytes[length++] = byte
  }
  return bytes.subarray(0, length)
}

function isCorrectionCharset(charset: string): charset is CorrectionCharset {
  return correctionCharsets.some((one) => one === charset)
}

function markOf(bytes: Uint8Array): (typeof marks)[number] | undefined {
  return marks.find((one) => one.bytes.every((byte, at) => bytes[at] === byte))
}

/** By the envelope, by an XML declaration, or by the content type; undefined where nobody says so, or in words that are not known. */
function declaredBy({ body, contentType }: Written): Charset | undefined {
  const start = body.subarray(0, declarationBytes)
  const found = detect(start, true)
  const edi = found === undefined ? undefined : declaredCharset(found, start)
  if (edi !== undefined) return edi
  const xml = /^\s*<\?xml[^>]*\sencoding=["']([\w-]+)["']/.exec(decodeText(start, 'iso-8859-1'))?.[1]
  const label = (xml ?? /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1] ?? '').toLowerCase()
  return known.has(label) ? (label as Charset) : undefined
}

const known: ReadonlySet<string> = new Set<Charset>([
  ...Object.values(edifactCharsets),
  ...(['windows-1250', 'windows-1252'] as const),
])
