import type { EventEmitter } from 'node:events'

/** What a shutdown needs of the process; the real one is `process`. */
export interface Stoppable extends EventEmitter {
  exit(code: number): void
}

/** What stopping means for this process, and when patience ends. */
export interface ShutdownOptions {
  /** Drains and hands over. Rejecting makes the exit code 1. */
  readonly stop: (reason: string) => Promise<void>
  /** After this the process ends whether drained or not: nothing depends on a clean stop. */
  readonly graceMs: number
  /** Says what is going on. */
  readonly report: (line: string, error?: unknown) => void
  /** Milliseconds that only grow. */
  readonly now?: () => number
}

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * One Ctrl-C reaches a process up to three times: from the terminal, through npm and through the bootstrap. Repeats within this time
 * are the same wish; a later one is impatience.
 */
const sameWishMs = 300

/**
 * The first signal drains, a second one ends the process at once. The end of the parent that started us counts as a signal. The answer
 * takes this back, for a start that failed: listening for the parent alone would keep the process alive for ever.
 */
export function onShutdown(options: ShutdownOptions, target: Stoppable = process): () => void {
  const now = options.now ?? (() => performance.now())
  let firstAt: number | undefined
  const receive = (reason: string): void => {
    if (firstAt === undefined) {
      firstAt = now()
      options.report(`stopping (${reason}); once more to stop at once`)
      drain(options, reason, target).catch(() => target.exit(1))
    } else if (now() - firstAt > sameWishMs) {
      options.report('stopped at once')
      target.exit(130)
    }
  }
  const heard = signals.map((signal) => [signal, () => receive(signal)] as const)
  const all = [...heard, ['disconnect', () => receive('parent ended')] as const]
  for (const [event, hear] of all) target.on(event, hear)
  return () => {
    for (const [event, hear] of all) target.off(event, hear)
  }
}

async function drain(options: ShutdownOptions, reason: string, target: Stoppable): Promise<void> {
  const limit = setTimeout(() => {
    options.report(`not drained after ${options.graceMs} ms`)
    target.exit(1)
  }, options.graceMs)
  try {
    await options.stop(reason)
    target.exit(0)
  } catch (error) {
    options.report('stop failed', error)
    target.exit(1)
  } finally {
    clearTimeout(limit)
  }
}
