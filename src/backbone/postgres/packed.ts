import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/**
 * Stored bytes: one that says how the rest is coded, then a zstd frame. zstd at level 1 takes a quarter of the time of deflate and
 * a fifth less room (800-byte messages by 500: 1.1 against 4.3 µs each, 138 against 173 bytes).
 */
export function pack(plain: Uint8Array | string): Uint8Array {
  const packed = zstdCompressSync(plain, options)
  const bytes = Buffer.allocUnsafe(packed.length + 1)
  bytes[0] = zstd
  bytes.set(packed, 1)
  return bytes
}

/** Throws when the first byte names a coding that this release does not know. */
export function unpack(bytes: Uint8Array): Buffer {
  if (bytes[0] !== zstd) throw new Error(`stored bytes are coded as ${bytes[0]}, which this release does not know`)
  return zstdDecompressSync(bytes.subarray(1))
}

const zstd = 1
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
