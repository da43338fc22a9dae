import { onDisk } from './large/disk-handling.ts'
import type { MessageSpool } from './large/spool.ts'
import type { Stretch } from './large/stretch.ts'
import { inMemory, SpoolNeeded } from './memory-handling.ts'
import type { EntityOf } from './mime/entity.ts'
import { type UnwrappedTo, type Unwrapping, unwrapBy } from './unwrap.ts'

/**
 * Takes a message apart where it lies: in memory, which is quicker, or on disk, which takes as little memory for a gigabyte as for a
 * megabyte. A small message that unpacks to a large one goes on on disk. Throws as `unwrap` does, and DISK_LOW.
 */
export async function unwrapAnywhere(
  message: EntityOf<Buffer | Stretch>,
  spool: MessageSpool | undefined,
  options: Unwrapping,
): Promise<UnwrappedTo<Buffer | Stretch>> {
  const { fields, content } = message
  if (!Buffer.isBuffer(content)) {
    if (spool === undefined) throw new Error('a message on disk needs a spool')
    return unwrapBy(onDisk(spool), { fields, content, whole: content }, options)
  }
  const memory = inMemory(spool === undefined ? undefined : unpackedInMemory)
  try {
    return await unwrapBy(memory, { fields, content, whole: content }, options)
  } catch (error) {
    if (!(error instanceof SpoolNeeded) || spool === undefined) throw error
    const spooled = await spool.write(inOnePiece(content))
    return unwrapBy(onDisk(spool), { fields, content: spooled, whole: spooled }, options)
  }
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const unpackedInMemory = 8 * 1_048_576
