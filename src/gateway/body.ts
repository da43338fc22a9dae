import type { IncomingMessage } from 'node:http'
import { InterlineError } from '../base/errors.ts'
import type { Arriving } from './arriving.ts'

/** Sees the bytes of a body as they come. */
export interface Watcher {
  update(chunk: Uint8Array): void
}

/** The parts of a body as they came, together at most so many bytes. */
export interface Collected {
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** Has seen every byte; undefined for a body that is not large. */
  readonly watcher: Watcher | undefined
}

/**
 * Bodies from here on are looked at piece by piece while they come: to hash twenty megabytes at once, for a sender whose proof may be
 * wrong, would hold everybody else up for a tenth of a second.
 */
export const largeBytes = 256 * 1024

/**
 * By events: an async iterator over the body costs more than the rest of the request. `watch` makes the watcher of a large body. Throws
 * BODY_TOO_LARGE, BODY_MALFORMED, HUB_BUSY.
 */
export function collect<W extends Watcher>(
  arriving: Arriving,
  request: IncomingMessage,
  { bytesMax, watch }: { readonly bytesMax: number; readonly watch: () => W | undefined },
): Promise<Collected & { readonly watcher: W | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<Collected & { readonly watcher: W | undefined }>()
  const chunks: Buffer[] = []
  let bytes = 0
  let open = true
  let watcher: W | undefined
  const end = (): boolean => {
    if (!open) return false
    open = false
    arriving.give(bytes)
    return true
  }
  const fail = (error: unknown): void => {
    if (end()) reject(error)
  }
  // The end of every request closes it: an error is made only where there is one.
  const broken = (): void => {
    if (open) fail(new InterlineError('BODY_MALFORMED', { problem: 'it did not arrive whole' }))
  }
  request.on('data', (chunk: Buffer) => {
    if (!open) return
    if (bytes + chunk.length > bytesMax) fail(new InterlineError('BODY_TOO_LARGE', { bytesMax }))
    else {
      try {
        arriving.take(chunk.length)
        bytes += chunk.length
        chunks.push(chunk)
        if (watcher !== undefined) watcher.update(chunk)
        else if (bytes >= largeBytes && bytes - chunk.length < largeBytes) {
          watcher = watch()
          for (const one of watcher === undefined ? [] : chunks) watcher?.update(one)
        }
      } catch (error) {
        fail(error)
      }
    }
  })
  request.on('end', () => {
    if (end()) resolve({ chunks, bytes, watcher })
  })
  request.on('error', broken)
  request.on('close', broken)
  return promise
}

/** The body in one piece. */
export function whole({ chunks, bytes }: Collected): Buffer {
  const [first] = chunks
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, bytes)
}
