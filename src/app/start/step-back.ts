import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * The calling thread leaves the processor to others that want it: large files and bodies can wait, and share it with those that answer
 * requests. Where the system has no priorities for threads it goes without.
 */
export function stepBack(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), low)
  } catch {
    // Nothing else depends on it.
  }
}

const low = 10
