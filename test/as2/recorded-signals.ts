import type { Signals } from '../../src/watch/signals.ts'

/** Signals that are kept for the test instead of logged and counted. */
export function openSignals(): {
  readonly signals: Signals
  readonly told: (name: keyof Signals) => readonly unknown[]
} {
  const all: { readonly name: string; readonly values: unknown }[] = []
  const signals = new Proxy({} as Signals, {
    get: (_, name) => (values: unknown) => {
      all.push({ name: String(name), values })
    },
  })
  return { signals, told: (name) => all.filter((one) => one.name === name).map(({ values }) => values) }
}
