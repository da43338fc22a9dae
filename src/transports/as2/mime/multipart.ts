import type { Pieces } from '../cms/pieces.ts'

/**
 * The parts of a multipart content, each exactly as it stands between the delimiters: the line break before a delimiter belongs to the
 * delimiter (RFC 2046 §5.1.1), everything else may be covered by a signature. Throws when a delimiter is missing, parts are many, or
 * something follows the last one: what is ignored there would tell somebody who plays with encrypted blocks whether they decrypt.
 */
export function readMultipart(content: Buffer, boundary: string): readonly Buffer[] {
  if (boundary.length === 0 || boundary.length > 200) throw new Error('the boundary is missing or long')
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Buffer[] = []
  let start: number | undefined
  for (let at = delimiterFrom(content, mark, 0); ; at = delimiterFrom(content, mark, at + mark.length)) {
    if (at === -1) throw new Error('the last delimiter is missing')
    if (start !== undefined) parts.push(content.subarray(start, Math.max(start, endBefore(content, at))))
    if (parts.length > partsMost) throw new Error(`more than ${partsMost} parts`)
    const behind = at + mark.length
    if (content[behind] === 0x2d && content[behind + 1] === 0x2d) {
      demandBlank(content.subarray(behind + 2))
      return parts
    }
    start = content.indexOf(0x0a, behind) + 1
    if (start === 0) throw new Error('the last delimiter is missing')
  }
}

/** A multipart content; no part may hold a line that begins with the delimiter, which random boundaries see to. */
export function writeMultipart(parts: readonly Pieces[], boundary: string): Pieces {
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), ...part, lineBreak])
  return [...pieces, Buffer.from(`--${boundary}--\r\n`)]
}

const partsMost = 100
const lineBreak = Buffer.from('\r\n')

/** A delimiter stands at the start of a line and is followed by its end, blanks or two hyphens: not by more of a longer boundary. */
function delimiterFrom(content: Buffer, mark: Buffer, from: number): number {
  for (let at = content.indexOf(mark, from); at !== -1; at = content.indexOf(mark, at + 1)) {
    const behind = content.toString('latin1', at + mark.length, at + mark.length + 2)
    if ((at === 0 || content[at - 1] === 0x0a) && /^(?:\r\n|\n|[ \t]|--)/.test(behind)) return at
  }
  return -1
}

function demandBlank(rest: Buffer): void {
  if (rest.some((byte) => ![0x0d, 0x0a, 0x20, 0x09].includes(byte))) throw new Error('something follows the last part')
}

function endBefore(content: Buffer, delimiter: number): number {
  return content[delimiter - 2] === 0x0d ? delimiter - 2 : delimiter - 1
}
