import type { IncomingMessage } from 'node:http'
import { InterlineError } from '../../base/errors.ts'
import type { Arriving } from './arriving.ts'
import { Blocks, BlockWriter } from './blocks.ts'

/** A body as it came: in the parts in which it came, or in blocks where it is large. */
export interface Collected {
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  readonly large: BlockWriter | undefined
  /** Its room is free for others. To be called once nobody needs its blocks any more. */
  readonly free: () => void
}

/** Bodies from here on are proven beside the main thread: twenty megabytes at once hold everybody else up for a tenth of a second. */
export const largeBytes = 256 * 1024
/** The same of a body that is packed. */
export const largePackedBytes = 8 * 1024

const pool = new Blocks()

/**
 * By events: an async iterator over the body costs more than the rest of the request. Bodies of more than `largeFrom` bytes are put into
 * blocks. Throws BODY_TOO_LARGE, BODY_MALFORMED, HUB_BUSY.
 */
export function collect(
  arriving: Arriving,
  request: IncomingMessage,
  { bytesMax, largeFrom }: { readonly bytesMax: number; readonly largeFrom: number },
): Promise<Collected> {
  const { promise, resolve, reject } = Promise.withResolvers<Collected>()
  const chunks: Buffer[] = []
  let bytes = 0
  let open = true
  let large: BlockWriter | undefined
  let isFree = false
  const free = (): void => {
    if (isFree) return
    isFree = true
    arriving.give(bytes)
    large?.free()
  }
  const fail = (error: unknown): void => {
    if (!open) return
    open = false
    free()
    reject(error)
  }
  // The end of every request closes it: an error is made only where there is one.
  const broken = (): void => {
    if (open) fail(new InterlineError('BODY_MALFORMED', { problem: 'it did not arrive whole' }))
  }
  const keep = (chunk: Buffer): void => {
    if (large === undefined && bytes <= largeFrom) {
      chunks.push(chunk)
      return
    }
    large ??= new BlockWriter(pool)
    for (const one of chunks.splice(0)) large.write(one)
    large.write(chunk)
    giveWay(request)
  }
  request.on('data', (chunk: Buffer) => {
    if (!open) return
    if (bytes + chunk.length > bytesMax) fail(new InterlineError('BODY_TOO_LARGE', { bytesMax }))
    else {
      try {
        arriving.take(chunk.length)
        bytes += chunk.length
        keep(chunk)
      } catch (error) {
        fail(error)
      }
    }
  })
  request.on('end', () => {
    if (!open) return
    open = false
    resolve({ chunks, bytes, large, free })
  })
  request.on('error', broken)
  request.on('close', broken)
  return promise
}

/** Otherwise up to 32 pieces of one sender are read in a row, while everybody else waits. */
function giveWay(request: IncomingMessage): void {
  request.pause()
  setImmediate(() => request.resume())
}

/** The parts of a body that is not large, in one piece. */
export function whole({ chunks, bytes }: Pick<Collected, 'chunks' | 'bytes'>): Buffer {
  const [first] = chunks
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, bytes)
}
