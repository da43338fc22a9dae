import type { Pieces } from '../cms/pieces.ts'

/** A header field of MIME as it is meant: unfolded, with its name as it was written. */
export interface Field {
  readonly name: string
  readonly value: string
}

/** A MIME entity: header fields and content, and the exact bytes of both, which is what is signed. */
export interface EntityOf<B> {
  readonly fields: readonly Field[]
  readonly content: B
  readonly whole: B
}

/** One in memory. */
export type Entity = EntityOf<Buffer>

/**
 * Reads header fields up to the empty line. Lines may end in LF and values may be folded. Throws when what stands before the empty
 * line is no header, so that garbage is never taken for a message without one.
 */
export function readEntity(whole: Buffer): Entity {
  const fields: { name: string; value: string }[] = []
  let at = 0
  while (at < whole.length) {
    const end = whole.indexOf(0x0a, at)
    if (end === -1 || end > headerBytesMost) throw new Error('the header does not end')
    const line = whole.toString('latin1', at, end).replace(/\r$/, '')
    at = end + 1
    if (line === '') return { fields, content: whole.subarray(at), whole }
    readLine(line, fields)
  }
  throw new Error('the header does not end')
}

/** The value of a field, whatever the case of its name; undefined when it is missing. Throws when it comes twice. */
export function fieldOf(fields: readonly Field[], name: string): string | undefined {
  const found = fields.filter((one) => one.name.toLowerCase() === name)
  if (found.length > 1) throw new Error(`the header ${name} comes twice`)
  return found[0]?.value
}

/** An entity of ours: header fields in their order, and content. */
export interface WrittenEntity {
  readonly fields: Readonly<Record<string, string>>
  readonly content: Pieces
}

/** `binary` where nothing else is said: other encodings invite others to change line ends before they verify. */
export function writtenEntity(fields: Readonly<Record<string, string>>, content: Pieces): WrittenEntity {
  const encoding = fields['Content-Transfer-Encoding'] ?? 'binary'
  return { fields: { ...fields, 'Content-Transfer-Encoding': encoding }, content }
}

/** Header and content as they stand behind each other, with CRLF. */
export function wholeOf({ fields, content }: WrittenEntity): Pieces {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return [Buffer.from(`${lines.join('')}\r\n`, 'latin1'), ...content]
}

/** The same for a content that is small. */
export function writeEntity(fields: Readonly<Record<string, string>>, content: Uint8Array): Buffer {
  return Buffer.concat(wholeOf(writtenEntity(fields, [content])))
}

function readLine(line: string, fields: { name: string; value: string }[]): void {
  const last = fields.at(-1)
  if (/^[ \t]/.test(line)) {
    if (last === undefined) throw new Error('the header begins with a continued line')
    last.value = `${last.value} ${line.trim()}`.trim()
    return
  }
  const match = /^([!-9;-~]{1,128})[ \t]*:(.*)$/.exec(line)
  if (match === null) throw new Error('a header line has no name')
  if (fields.length >= fieldsMost) throw new Error(`more than ${fieldsMost} header lines`)
  fields.push({ name: match[1] ?? '', value: (match[2] ?? '').trim() })
}

/** Where its header must have ended. */
export const headerBytesMost = 64 * 1024
const fieldsMost = 100
