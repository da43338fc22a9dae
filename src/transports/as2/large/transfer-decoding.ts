/** Decodes a stream of chunks. Throws where it is not what it says it is. */
export type Decoding = (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>

/** How content is decoded, by its Content-Transfer-Encoding; undefined where it stands as it is. Throws for one that is not known. */
export function decodingOf(encoding: string | undefined): Decoding | undefined {
  switch ((encoding ?? 'binary').trim().toLowerCase()) {
    case '7bit':
    case '8bit':
    case 'binary':
      return undefined
    case 'base64':
      return fromBase64
    case 'quoted-printable':
      return fromQuotedPrintable
    default:
      throw new Error(`the transfer encoding ${(encoding ?? '').slice(0, 40)} is not known`)
  }
}

async function* fromBase64(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let carried = ''
  let padding = ''
  for await (const chunk of chunks) {
    const text = latin1(chunk).replaceAll(/[\r\n\t ]/g, '')
    const [, digits = '', marks = ''] = /^([A-Za-z0-9+/]*)(=*)$/.exec(text) ?? [undefined, undefined, notBase64()]
    if (padding !== '' && digits !== '') notBase64()
    padding += marks
    if (padding.length > 2) notBase64()
    const all = carried + digits
    const whole = all.length - (all.length % 4)
    carried = all.slice(whole)
    if (whole > 0) yield Buffer.from(all.slice(0, whole), 'base64')
  }
  if (carried !== '') yield Buffer.from(carried, 'base64')
}

function notBase64(): never {
  throw new Error('not base64')
}

/** Line by line: a blank at the end of a line is none of the content, and a line may go on in the next one. */
async function* fromQuotedPrintable(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let line = ''
  let unfinished = ''
  for await (const chunk of chunks) {
    line += latin1(chunk)
    const whole = line.lastIndexOf('\n') + 1
    if (line.length - whole > lineMost) throw new Error(`a line of more than ${lineMost} characters`)
    if (whole === 0) continue
    const text = unfinished + withoutBreaks(line.slice(0, whole))
    line = line.slice(whole)
    // A code that is cut in two by the end of a line is put together again.
    unfinished = /=[0-9A-Fa-f]?$/.exec(text)?.[0] ?? ''
    yield decoded(text.slice(0, text.length - unfinished.length))
  }
  yield decoded(unfinished + withoutBreaks(line))
}

function withoutBreaks(text: string): string {
  return text.replaceAll(/[ \t]+(?=\r?\n|$)/g, '').replaceAll(/=\r?\n/g, '')
}

function decoded(text: string): Buffer {
  const bytes = text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1')
}

function latin1(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
}

const lineMost = 64 * 1024
