/**
 * Bytes to a string, eight at a time: the fastest pure way, and it makes no ropes. Decoding a whole chunk once and cutting it
 * up is as fast, but each substring of 13 characters or more keeps the whole chunk in memory.
 */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let at = start
  for (; at + 8 <= end; at += 8)
    text += String.fromCharCode(
      bytes[at] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at + 2] ?? 0,
      bytes[at + 3] ?? 0,
      bytes[at + 4] ?? 0,
      bytes[at + 5] ?? 0,
      bytes[at + 6] ?? 0,
      bytes[at + 7] ?? 0,
    )
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}

/** As `latin1Text`; a short text that was made lately is the same string again: codes, dates and cities come over and over. */
export function shortText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > shortMost) return latin1Text(bytes, start, end)
  let hash = length
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0
  const place = (hash ^ (hash >>> 11)) & (lately.length - 1)
  const known = lately[place] as string
  if (known.length === length) {
    let same = 0
    while (same < length && known.charCodeAt(same) === bytes[start + same]) same++
    if (same === length) return known
  }
  const made = latin1Text(bytes, start, end)
  lately[place] = made
  return made
}

const shortMost = 20
const lately: string[] = Array.from({ length: 4096 }, () => '')

/** Up to four ASCII bytes as one integer: tags and codes are compared without making strings. -1 for anything longer. */
export function packBytes(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 4) return -1
  let packed = 0
  for (let at = start; at < end; at++) packed = (packed << 7) | ((bytes[at] ?? 0) & 0x7f)
  return packed
}

/** As `packBytes`, of a text. */
export function packText(text: string): number {
  if (text.length > 4) return -1
  let packed = 0
  for (let at = 0; at < text.length; at++) packed = (packed << 7) | (text.charCodeAt(at) & 0x7f)
  return packed
}

/** Latin-1 bytes of a text, for writing and for comparing with what was read. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** The digits between two positions as a number; -1 if there is anything else, nothing, or more than fifteen. */
export function digitsAt(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 15) return -1
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
