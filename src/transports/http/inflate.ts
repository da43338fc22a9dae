import { gunzipSync } from 'node:zlib'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'

/**
 * Gunzip of a whole body, cut at the limit: the plain size of the endpoint, and a ratio of 100:1 once a megabyte is out. Throws
 * BODY_TOO_LARGE, and BODY_MALFORMED also for a body that ends too early.
 */
export function inflate(body: Uint8Array, bytesMax: number): Uint8Array {
  const most = Math.min(bytesMax, Math.max(ratioFrom, body.length * limits.inflateRatio))
  try {
    return gunzipSync(body, { maxOutputLength: most })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new InterlineError('BODY_TOO_LARGE', { bytesMax: most })
    throw new InterlineError('BODY_MALFORMED', { problem: 'it is declared as gzip and is none' }, error)
  }
}

const ratioFrom = 1024 * 1024
