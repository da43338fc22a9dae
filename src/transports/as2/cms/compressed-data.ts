import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { limits } from '../../../base/limits.ts'
import { As2Failure } from '../failure.ts'
import type { Ber } from './ber.ts'
import { encapsulated, writeContent } from './content.ts'
import { objectIdentifier, sequence, smallInteger } from './der.ts'
import { identifiers } from './object-identifiers.ts'

/** CompressedData (RFC 3274). */
export async function compressData(content: Uint8Array): Promise<Buffer> {
  const packed = await pack(content)
  const value = sequence(smallInteger(0), sequence(objectIdentifier(identifiers.zlib)), encapsulated(packed))
  return writeContent(identifiers.compressedData, value)
}

/** Throws `decompression-failed`, also when it unpacks to more than `bytesMost`, or past a megabyte to a hundred times its size. */
export async function decompressData(value: Ber, bytesMost: number): Promise<Buffer> {
  if (value.at(1).at(0).objectIdentifier !== identifiers.zlib)
    throw new As2Failure('decompression-failed', 'it is not compressed with zlib')
  const packed = value.at(2).at(1, 0x80).at(0).bytes
  const most = Math.min(bytesMost, Math.max(ratioFrom, packed.length * limits.inflateRatio))
  try {
    return await unpack(packed, { maxOutputLength: most })
  } catch (error) {
    throw new As2Failure('decompression-failed', 'it is damaged or unpacks to too much', error)
  }
}

const ratioFrom = 1024 * 1024
const pack = promisify(deflate)
const unpack = promisify(inflate)
