import { OutcomeUnknown } from '../../backbone/backbone.ts'
import { readFailure } from '../../backbone/postgres/failures.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Clock } from '../../flow/ports.ts'

/** The database of the hub is away, and its start waits for it. */
export interface AwaitedEvent {
  readonly event: 'database_awaited'
  readonly detail: string
}

/** By which clock to wait, and who is told that it takes longer. */
export interface Patience {
  readonly clock: Pick<Clock, 'mono' | 'sleep'>
  readonly report: (event: AwaitedEvent) => void
}

/** A supervisor that starts everything at once needs no order; one that gave the wrong address hears of it within a minute. */
const patienceMs = 60_000
const pauseMs = 500

/**
 * Does one thing that needs the database, again while that does not answer. Throws DATABASE_UNAVAILABLE when it stays away, and
 * every other failure at once. What is done must be undone when it fails.
 */
export async function whileDatabaseIsAway<T>(attempt: () => Promise<T>, { clock, report }: Patience): Promise<T> {
  const until = clock.mono() + patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      const failure = awayOf(error)
      if (failure === undefined) throw error
      if (clock.mono() > until) throw failure
      report({ event: 'database_awaited', detail: failure.message })
    }
    await clock.sleep(pauseMs)
  }
}

/** The failure when it says that the database could not be reached; undefined when it answered, or has nothing to do with it. */
function awayOf(error: unknown): InterlineError | undefined {
  if (error instanceof OutcomeUnknown) return new InterlineError('DATABASE_UNAVAILABLE', { state: 'connection' }, error)
  const isOfConnection = error instanceof InterlineError || (error instanceof Error && fromDriver(error))
  const failure = isOfConnection ? readFailure(error) : undefined
  return failure instanceof InterlineError && failure.code === 'DATABASE_UNAVAILABLE' ? failure : undefined
}

/** Errors of sockets and of the server have a code; the driver's own are known by their words. */
function fromDriver(error: Error): boolean {
  return (
    'severity' in error ||
    ('syscall' in error && error.syscall !== 'listen') ||
    /^(Connection terminated|timeout expired|Query read timeout)/.test(error.message)
  )
}
