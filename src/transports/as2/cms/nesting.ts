/**
 * Throws where a member of the first value is longer than what it is in, or one has no end: readers differ in what they make of that, and a
 * message must mean the same to all of them.
 */
export function demandNesting(bytes: Uint8Array): void {
  const open: Open[] = []
  let at = 0
  do {
    const within = open.at(-1) ?? { end: bytes.length, isMarked: false }
    const { tag, length, start } = headerAt(bytes, at)
    const end = length === undefined ? within.end : start + length
    if (start > within.end || end > within.end) throw new Error('a member is longer than what it is in')
    if (tag === 0 && length === 0 && within.isMarked) open.pop()
    else if ((tag & 0x20) !== 0) open.push({ end, isMarked: length === undefined })
    at = (tag & 0x20) === 0 ? end : start
    for (let last = open.at(-1); last !== undefined && !last.isMarked && at === last.end; last = open.at(-1)) open.pop()
    if (open.length > depthMost) throw new Error(`nested more than ${depthMost} deep`)
  } while (open.length > 0)
}

/** A constructed value that is open; one with a mark has its end there, and at most at that of what it is in. */
interface Open {
  readonly end: number
  readonly isMarked: boolean
}

interface Header {
  readonly tag: number
  /** Absent where it ends with a mark. */
  readonly length: number | undefined
  /** Of the content. */
  readonly start: number
}

function headerAt(bytes: Uint8Array, from: number): Header {
  const tag = byteAt(bytes, from)
  const at = behindTag(bytes, from)
  const first = byteAt(bytes, at)
  if (first < 0x80) return { tag, length: first, start: at + 1 }
  if (first === 0x80) {
    if ((tag & 0x20) === 0) throw new Error('a primitive value without a length')
    return { tag, length: undefined, start: at + 1 }
  }
  const octets = first & 0x7f
  if (octets > 6) throw new Error('a length of more than six octets')
  let length = 0
  for (let index = 1; index <= octets; index++) length = length * 256 + byteAt(bytes, at + index)
  return { tag, length, start: at + 1 + octets }
}

function behindTag(bytes: Uint8Array, at: number): number {
  if ((byteAt(bytes, at) & 0x1f) !== 0x1f) return at + 1
  let end = at + 1
  while ((byteAt(bytes, end) & 0x80) !== 0) end++
  return end + 1
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new Error('it ends too early')
  return byte
}

const depthMost = 64
