import { InterlineError } from '../../base/errors.ts'
import type { Intake } from '../../flow/intake/intake.ts'
import type { Settings } from '../settings/settings.ts'
import { diskRoom } from '../start/disk.ts'

/** Refuses before the database would have to: below the watermark of the disk, and while draining. The door for whatever comes in. */
export function guardedIntake(
  intake: Pick<Intake, 'accept'>,
  options: { readonly directory: string; readonly settings: Settings; readonly draining: () => boolean },
): Pick<Intake, 'accept'> {
  let low = false
  let lookedAt = Number.NEGATIVE_INFINITY
  let bytesSince = 0
  const take: Intake['accept'] = (arrival) =>
    low ? Promise.reject(new InterlineError('DISK_LOW')) : intake.accept(arrival)
  const look = async (): Promise<void> => {
    lookedAt = performance.now()
    bytesSince = 0
    low = (await diskRoom(options.directory, options.settings)).low
  }
  return {
    accept: (arrival) => {
      if (options.draining()) return Promise.reject(new InterlineError('HUB_STOPPING'))
      bytesSince += arrival.body.length
      const isDue = performance.now() - lookedAt > diskLookMs || bytesSince > diskLookBytes
      return isDue ? look().then(() => take(arrival)) : take(arrival)
    },
  }
}

const diskLookMs = 5000
/** A fast sender could write past the mark between two looks: each byte costs the database several. */
const diskLookBytes = 1_048_576
