/**
 * The elements of a JSON array, each as the bytes that the sender wrote. The document must have been read before: this only finds
 * where elements begin and end.
 */
export function jsonElements(bytes: Uint8Array): Uint8Array[] {
  const elements: Uint8Array[] = []
  let depth = 0
  let inText = false
  let from = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (inText) {
      if (byte === backslash) at++
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if (byte === openArray || byte === openObject) {
      if (depth === 0) from = at + 1
      depth++
    } else if (byte === closeArray || byte === closeObject) {
      depth--
      if (depth === 0) keep(elements, bytes.subarray(from, at))
    } else if (byte === comma && depth === 1) {
      keep(elements, bytes.subarray(from, at))
      from = at + 1
    }
  }
  return elements
}

/** Without the white space around it; between the brackets of an empty array there is nothing else. */
function keep(elements: Uint8Array[], bytes: Uint8Array): void {
  let from = 0
  let end = bytes.length
  while (from < end && isSpace(bytes[from])) from++
  while (end > from && isSpace(bytes[end - 1])) end--
  if (end > from) elements.push(bytes.subarray(from, end))
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

const quote = 0x22
const comma = 0x2c
const openArray = 0x5b
const backslash = 0x5c
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d
