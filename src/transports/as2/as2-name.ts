/** AS2-From and AS2-To (RFC 4130 §6.2): 1 to 128 printable ASCII characters, compared with their case, quoted only where needed. */
export function readAs2Name(text: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1]
  const name = quoted === undefined ? text : quoted.replaceAll(/\\(.)/g, '$1')
  return isAs2Name(name) && (quoted !== undefined || !/["\\]/.test(name)) ? name : undefined
}

/** As a header carries it: in quotes where it holds spaces, quotes or backslashes (RFC 4130 §6.2). */
export function writeAs2Name(name: string): string {
  return /[\s"\\]/.test(name) ? `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}"` : name
}

/** Whether it can be an AS2 name: 1 to 128 printable characters of ASCII (RFC 4130 §6.2). */
export function isAs2Name(name: string): boolean {
  return /^[ -~]{1,128}$/.test(name)
}
