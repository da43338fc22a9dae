import { BerScan, depthMost } from './ber-scan.ts'
import type { Stretch } from './stretch.ts'

/** An OCTET STRING that lies on disk, in one piece or in pieces within pieces. */
export class OctetString {
  /** Octets of content. */
  readonly length: number
  readonly #stretch: Stretch
  readonly #at: number

  private constructor(stretch: Stretch, at: number, length: number) {
    this.#stretch = stretch
    this.#at = at
    this.length = length
  }

  /**
   * Finds where one that begins here ends, and leaves the scan there. Throws for anything but pieces in it, for too many of them, and for
   * lengths that lie.
   */
  static async find(stretch: Stretch, scan: BerScan): Promise<OctetString> {
    const at = scan.offset
    let length = 0
    for await (const piece of pieces(scan)) {
      scan.pass(piece)
      length += piece
    }
    return new OctetString(stretch, at, length)
  }

  /** Its content in order; a chunk holds good until the next one is asked for. */
  async *chunks(): AsyncGenerator<Buffer> {
    const scan = new BerScan(this.#stretch, this.#at)
    const room = Buffer.allocUnsafeSlow(this.#stretch.chunkBytes)
    let held = 0
    for await (const piece of pieces(scan)) {
      for (let left = piece; left > 0; ) {
        const taken = await scan.take(Math.min(left, room.length - held))
        taken.copy(room, held)
        held += taken.length
        left -= taken.length
        if (held < room.length) continue
        yield room
        held = 0
      }
    }
    if (held > 0) yield room.subarray(0, held)
  }
}

/** Lengths of the pieces; whoever gets one goes over its content before the next one is asked for. */
async function* pieces(scan: BerScan): AsyncGenerator<number> {
  const outer = await scan.header()
  if ((outer.tag & 0x20) === 0) {
    yield outer.length ?? 0
    return
  }
  const open = [{ end: outer.length === undefined ? undefined : scan.offset + outer.length }]
  let count = 0
  for (let within = open.at(-1); within !== undefined; within = open.at(-1)) {
    if (!(await scan.more(within))) {
      open.pop()
      continue
    }
    const { tag, length } = await scan.header()
    if (within.end !== undefined && length !== undefined && scan.offset + length > within.end)
      throw new Error('a piece is longer than what it is in')
    if (tag === constructedString) {
      open.push({ end: length === undefined ? undefined : scan.offset + length })
      if (open.length > depthMost) throw new Error(`nested more than ${depthMost} deep`)
    } else if (tag === string && length !== undefined) {
      if (++count > piecesMost) throw new Error(`more than ${piecesMost} pieces`)
      yield length
    } else throw new Error('a piece that is no string of octets')
  }
}

const string = 0x04
const constructedString = 0x24
/** A gigabyte in pieces of 256 octets; everybody sends pieces of a kilobyte or more. */
const piecesMost = 4_000_000
