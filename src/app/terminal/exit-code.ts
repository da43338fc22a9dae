/** What the shell is told: all well, failed, not understood, some of it failed. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, partial: 3 } as const

/** The code that a command ends with. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The code for a piece of work of which some parts failed. */
export function exitCodeOf({ done, failed }: { done: number; failed: number }): ExitCode {
  if (failed === 0) return exitCodes.ok
  return done === 0 ? exitCodes.failed : exitCodes.partial
}
