import { inspect } from 'node:util'

/** Shows a defect of the simulated network on the hub's terminal; the network lives on without what failed. */
export function showDefect(error: unknown): void {
  process.stderr.write(`simulated network: ${inspect(error)}\n`)
}
