import { InterlineError } from '../../base/errors.ts'
import type { ReadInParts } from '../../flow/intake/large-messages.ts'
import { seenByBoth } from '../documents/seen-by-both.ts'
import { diskRoom, type Watermark } from '../start/disk.ts'
import { ThreadReading } from './thread-reading.ts'

/** Reads large messages in parts, each in a thread of its own. Its parts are stored beside it: DISK_LOW while there is no room for them. */
export function messageReadings(directory: string, watermark: Watermark): ReadInParts {
  return async ({ connection, name, contentType, body }) => {
    const { freeBytes, low } = await diskRoom(directory, watermark)
    if (low || freeBytes - body.length < watermark.watermarkMegabytes * 1_048_576) throw new InterlineError('DISK_LOW')
    return new ThreadReading({ connection, name, contentType, source: { bytes: await seenByBoth(body) } })
  }
}
