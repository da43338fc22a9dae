import { OutcomeUnknown } from '../../backbone/backbone.ts'
import { InterlineError } from '../../base/errors.ts'

/** Whether the database was away or did not say: worth asking again. */
export function isOutage(error: unknown): boolean {
  return error instanceof OutcomeUnknown || (error instanceof InterlineError && error.code === 'DATABASE_UNAVAILABLE')
}

/** How long to wait before it is asked again, after so many tries: 200 ms at first, 3 s at most. */
export function againMs(tries: number): number {
  return Math.min(100 * 2 ** tries, 3000)
}
