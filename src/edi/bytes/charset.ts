/** Character sets that interchanges declare or agreements name. ISO 9735 code list 0001; X12 declares none. */
export type Charset =
  | 'utf-8'
  | 'iso-8859-1'
  | 'iso-8859-2'
  | 'iso-8859-3'
  | 'iso-8859-4'
  | 'iso-8859-5'
  | 'iso-8859-6'
  | 'iso-8859-7'
  | 'iso-8859-8'
  | 'iso-8859-9'
  | 'iso-8859-15'
  | 'windows-1250'
  | 'windows-1252'

/** Code list 0001. UNOA and UNOB are subsets of ISO 646: a byte above 0x7F is a verdict, and is read as Latin-1. */
export const edifactCharsets: Readonly<Record<string, Charset>> = {
  UNOA: 'iso-8859-1',
  UNOB: 'iso-8859-1',
  UNOC: 'iso-8859-1',
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'iso-8859-9',
  UNOL: 'iso-8859-15',
  UNOW: 'utf-8',
  UNOX: 'utf-8',
  UNOY: 'utf-8',
}

/** `iso-8859-9` differs from Latin-1 in six places. The platform's label of that name means windows-1254. */
const latin5: Readonly<Record<number, string>> = { 0xd0: 'Ğ', 0xdd: 'İ', 0xde: 'Ş', 0xf0: 'ğ', 0xfd: 'ı', 0xfe: 'ş' }

const tables = new Map<Charset, readonly string[]>()

/** The 128 characters of 0x80 to 0xFF. Made once from the platform's decoder where its label is honest, by hand where it is not. */
export function upperHalf(charset: Exclude<Charset, 'utf-8'>): readonly string[] {
  const known = tables.get(charset)
  if (known !== undefined) return known
  const made = Array.from({ length: 128 }, (_, index) => characterOf(charset, index + 128))
  tables.set(charset, made)
  return made
}

function characterOf(charset: Charset, byte: number): string {
  if (charset === 'iso-8859-1') return String.fromCharCode(byte)
  if (charset === 'iso-8859-9') return latin5[byte] ?? String.fromCharCode(byte)
  return new TextDecoder(charset).decode(Uint8Array.of(byte))
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const replacing = new TextDecoder('utf-8', { ignoreBOM: true })

/** Text of bytes of which at least one is above 0x7F. Bytes that are not UTF-8 become U+FFFD. */
export function decodeText(bytes: Uint8Array, charset: Charset): string {
  if (charset === 'utf-8') return replacing.decode(bytes)
  const upper = upperHalf(charset)
  let text = ''
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] ?? '\ufffd')
  return text
}

/** Whether all of the bytes are UTF-8 (RFC 3629): neither overlong forms nor halves of surrogate pairs. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** The bytes of a text; `undefined` where the set has no such character. */
export function encodeCharacter(character: string, charset: Charset): readonly number[] | undefined {
  const code = character.codePointAt(0) ?? 0
  if (code < 128) return [code]
  if (charset === 'utf-8') return [...new TextEncoder().encode(character)]
  const index = upperHalf(charset).indexOf(character)
  return index < 0 || character === '\ufffd' ? undefined : [index + 128]
}
