import { constants, createZstdCompress, zstdCompressSync } from 'node:zlib'

/**
 * Bytes as one zstd frame, at level 1. The compressor is used again for the next ones: Node's function for bytes at hand makes one for
 * each call, which costs 25 µs before the first byte and leaves 16 kB that only a full collection takes back. Only until the next call.
 */
export function compress(bytes: Uint8Array): Uint8Array {
  const used = (kept ??= keptCompressor())
  if (used === undefined || bytes.length > keptMost) return zstdCompressSync(bytes, options)
  const coded = used(bytes)
  // One that failed may have kept half a frame.
  if (coded === undefined) kept = undefined
  return coded ?? zstdCompressSync(bytes, options)
}

/** Whether the compressor of this Node can be used again, which is not documented of it. */
export function isKept(): boolean {
  return (kept ??= keptCompressor()) !== undefined
}

type Compressor = (bytes: Uint8Array) => Uint8Array | undefined

/** What Node's streams call for a piece of their input: they say in the state how much room and how much input is left. */
interface Inner {
  readonly _handle?: {
    readonly writeSync?: (
      ...call: [
        flush: number,
        input: Uint8Array,
        at: number,
        length: number,
        output: Uint8Array,
        at: number,
        room: number,
      ]
    ) => void
  }
  readonly _writeState?: Uint32Array
}

function keptCompressor(): Compressor | undefined {
  const stream = createZstdCompress(options)
  let isBroken = false
  stream.on('error', () => {
    isBroken = true
  })
  const { _handle: handle, _writeState: state } = stream as Inner
  if (typeof handle?.writeSync !== 'function' || state?.length !== 2) return undefined
  return (bytes) => {
    if (isBroken) return undefined
    handle.writeSync?.(constants.ZSTD_e_end, bytes, 0, bytes.length, room, 0, room.length)
    const [roomLeft = 0, inputLeft = 0] = state
    return isBroken || inputLeft > 0 || roomLeft === 0 ? undefined : room.subarray(0, room.length - roomLeft)
  }
}

const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
let kept: Compressor | undefined
/** Larger ones are rare, and take so long that making a compressor is no matter. */
const keptMost = 256 * 1024
/** Bytes that cannot be compressed take a few more than before. */
const room = Buffer.allocUnsafeSlow(keptMost + 4096)
