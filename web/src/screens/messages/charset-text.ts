/** Labels that browsers take for something else: the code page of Windows, which has letters where these have none. */
const mistaken: readonly string[] = ['iso-8859-1', 'iso-8859-9']

/** Bytes as text in these characters, each byte so that it is the same one when the hub writes the text again. */
export function textOf(bytes: ArrayBuffer, charset: string): string {
  const text = new TextDecoder(charset).decode(bytes)
  if (!mistaken.includes(charset)) return text
  const given = new Uint8Array(bytes)
  return text.replaceAll(/[\u0100-\uffff]/g, (character, at: number) => {
    const byte = given[at] ?? 0
    return byte >= 0x80 && byte < 0xa0 ? String.fromCharCode(byte) : character
  })
}

/** Line ends as the original has them: a field for text knows only one kind. */
export function withLineEndsOf(original: string, text: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  const breaks = new Set(original.match(/\r\n|\r|\n/g))
  const [only = '\n'] = breaks
  return breaks.size === 1 ? lines.replaceAll('\n', only) : lines
}
