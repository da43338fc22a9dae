import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createDeflate, inflate } from 'node:zlib'
import { limits } from '../../../base/limits.ts'
import { As2Failure } from '../failure.ts'
import type { Ber } from './ber.ts'
import { encapsulated, writeContent } from './content.ts'
import { derAround, objectIdentifier, sequence, smallInteger } from './der.ts'
import { identifiers } from './object-identifiers.ts'
import type { Pieces } from './pieces.ts'

/** CompressedData (RFC 3274). */
export async function compressData(content: Pieces): Promise<Pieces> {
  const packed: Buffer[] = []
  await pipeline(content, createDeflate(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) packed.push(chunk)
  })
  const algorithm = sequence(objectIdentifier(identifiers.zlib))
  const value = derAround(0x30, [smallInteger(0), algorithm, ...encapsulated(packed)])
  return writeContent(identifiers.compressedData, value)
}

/**
 * How much the octets in it may unpack to: `bytesMost`, or past a megabyte a hundred times their size. Throws `decompression-failed` when
 * they are not compressed in the way that is offered.
 */
export function unpackedMost(value: Ber, octets: { readonly length: number }, bytesMost: number): number {
  if (value.at(1).at(0).objectIdentifier !== identifiers.zlib)
    throw new As2Failure('decompression-failed', 'it is not compressed with zlib')
  return Math.min(bytesMost, Math.max(ratioFrom, octets.length * limits.inflateRatio))
}

/** Throws `decompression-failed`, also when it unpacks to more than this. */
export async function unpackOctets(octets: Uint8Array, most: number): Promise<Buffer> {
  try {
    return await unpack(octets, { maxOutputLength: most })
  } catch (error) {
    throw new As2Failure('decompression-failed', 'it is damaged or unpacks to too much', error)
  }
}

const ratioFrom = 1024 * 1024
const unpack = promisify(inflate)
