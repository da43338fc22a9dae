import { promisify } from 'node:util'
import { gunzip, gunzipSync } from 'node:zlib'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'

/**
 * Gunzip of a whole body, cut at the limit: the plain size of the endpoint, and a ratio of 100:1 once a megabyte is out. Throws
 * BODY_TOO_LARGE, and BODY_MALFORMED also for a body that ends too early.
 */
export function inflate(body: Uint8Array, bytesMax: number): Uint8Array {
  const most = outputMost(body, bytesMax)
  try {
    return gunzipSync(body, { maxOutputLength: most })
  } catch (error) {
    throw refusal(error, most)
  }
}

/** The same; a large body is unpacked beside the main thread, which others wait for. */
export async function inflateBeside(body: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  if (body.length <= smallBytes) return inflate(body, bytesMax)
  const most = outputMost(body, bytesMax)
  try {
    return await gunzipBeside(body, { maxOutputLength: most, chunkSize: pieceBytes })
  } catch (error) {
    throw refusal(error, most)
  }
}

function outputMost(body: Uint8Array, bytesMax: number): number {
  return Math.min(bytesMax, Math.max(ratioFrom, body.length * limits.inflateRatio))
}

function refusal(error: unknown, most: number): InterlineError {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    return new InterlineError('BODY_TOO_LARGE', { bytesMax: most })
  return new InterlineError('BODY_MALFORMED', { problem: 'it is declared as gzip and is none' }, error)
}

const ratioFrom = 1024 * 1024
const smallBytes = 8 * 1024
/** Each piece comes back to the main thread by itself: in the usual 16 KiB a bomb would come back more than a thousand times. */
const pieceBytes = 256 * 1024
const gunzipBeside = promisify(gunzip)
