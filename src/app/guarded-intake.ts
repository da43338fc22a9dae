import { InterlineError } from '../base/errors.ts'
import type { Intake } from '../flow/intake.ts'
import { diskRoom } from './disk.ts'
import type { Settings } from './settings.ts'

/** Refuses before the database would have to: below the watermark of the disk, and while draining. The door for whatever comes in. */
export function guardedIntake(
  intake: Pick<Intake, 'accept'>,
  options: { readonly directory: string; readonly settings: Settings; readonly draining: () => boolean },
): Pick<Intake, 'accept'> {
  let low = false
  let lookedAt = Number.NEGATIVE_INFINITY
  let bytesSince = 0
  return {
    accept: async (arrival) => {
      if (options.draining()) throw new InterlineError('HUB_STOPPING')
      const now = performance.now()
      bytesSince += arrival.body.length
      if (now - lookedAt > diskLookMs || bytesSince > diskLookBytes) {
        lookedAt = now
        bytesSince = 0
        low = (await diskRoom(options.directory, options.settings)).low
      }
      if (low) throw new InterlineError('DISK_LOW')
      return intake.accept(arrival)
    },
  }
}

const diskLookMs = 5000
/** A fast sender could write past the mark between two looks: each byte costs the database several. */
const diskLookBytes = 1_048_576
