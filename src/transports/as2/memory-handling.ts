import { unpackOctets } from './cms/compressed-data.ts'
import { octetsOf, readContent } from './cms/content.ts'
import { As2Failure } from './failure.ts'
import type { Handling } from './handling.ts'
import { canonicalLines } from './mime/canonical.ts'
import { readEntity } from './mime/entity.ts'
import { readMultipart } from './mime/multipart.ts'
import { decodeTransfer } from './mime/transfer-encoding.ts'

/** A small message that unpacks to more than memory is given: it must be opened on disk. */
export class SpoolNeeded extends As2Failure {
  constructor() {
    super('decompression-failed', 'it unpacks to more than is held in memory')
  }
}

/** How messages are opened in memory. What unpacks to more than `memoryBytesMost` is SpoolNeeded. */
export function inMemory(memoryBytesMost = Number.POSITIVE_INFINITY): Handling<Buffer, Buffer> {
  return {
    entity: async (whole) => readEntity(whole),
    decode: async (content, encoding) => decodeTransfer(content, encoding),
    parts: async (content, boundary) => readMultipart(content, boundary),
    cms: async (content) => {
      const cms = readContent(content)
      return { ...cms, octets: octetsOf(cms)?.bytes }
    },
    decrypt: async (octets, cipher) => Buffer.concat([cipher.update(octets), cipher.final()]),
    inflate: (octets, most) => inflate(octets, { most, memoryBytesMost }),
    plain: async (octets) => octets,
    canonical: async (bytes) => {
      const canonical = canonicalLines(bytes)
      return canonical.length === bytes.length ? undefined : canonical
    },
    feed: async (bytes, take) => take(bytes),
  }
}

async function inflate(
  octets: Buffer,
  { most, memoryBytesMost }: { readonly most: number; readonly memoryBytesMost: number },
): Promise<Buffer> {
  try {
    return await unpackOctets(octets, Math.min(most, memoryBytesMost))
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown }
    throw memoryBytesMost < most && code === 'ERR_BUFFER_TOO_LARGE' ? new SpoolNeeded() : error
  }
}
