import { randomBytes } from 'node:crypto'
import type { Bell, Breath, Clock, Random } from '../flow/ports.ts'

/** The machine's own clock. */
export const systemClock: Clock = {
  mono: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms: number, bell?: Bell) =>
    new Promise<void>((resolve) => {
      let stopListening: (() => void) | undefined
      const timer = setTimeout(wake, Math.max(0, ms))
      function wake(): void {
        clearTimeout(timer)
        stopListening?.()
        resolve()
      }
      stopListening = bell?.listen(wake)
    }),
}

/** Lets the event loop turn once after every two milliseconds of work: requests that came meanwhile are read, and those for what is known are answered. */
export function systemBreath(): Breath {
  let since = performance.now()
  return {
    pause: () =>
      performance.now() - since < stretchMs
        ? undefined
        : new Promise((resolve) => {
            setImmediate(() => {
              since = performance.now()
              resolve()
            })
          }),
  }
}

const stretchMs = 2

/** Randomness of the machine: jitter and ids must not be guessable from each other. */
export const systemRandom: Random = {
  next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
}
