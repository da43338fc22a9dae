/** Loaded before a hub (`--import`): its machine's clock is off by CLOCK_SHIFT_MS, and nobody has told it. */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0)
const Machine = Date

class Shifted extends Machine {
  constructor(...parts: readonly (number | string | Date)[]) {
    if (parts.length === 0) super(Machine.now() + shiftMs)
    // The same parts as the machine's own takes, which TypeScript knows as seven signatures.
    else super(...(parts as [number]))
  }

  static override now(): number {
    return Machine.now() + shiftMs
  }
}

if (shiftMs !== 0) globalThis.Date = Shifted as DateConstructor
