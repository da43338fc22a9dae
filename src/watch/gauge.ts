import { Counter, Gauge, type Registry } from 'prom-client'

/** A value that is asked for when somebody scrapes. */
export interface AskedGauge {
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  readonly read: () => Promise<readonly { readonly labels?: Record<string, string>; readonly value: number }[]>
}

/**
 * Registers a gauge. One that cannot be read is absent from the answer and counted; the others are answered all the same, because
 * a database that is away is what somebody wants to see then.
 */
export function defineGauge(registry: Registry, { name, help, labels = [], read }: AskedGauge): void {
  const failures = failuresOf(registry)
  const made = new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const rows = await read().catch(() => undefined)
      made.reset()
      if (rows === undefined) {
        made.remove()
        failures.inc({ gauge: name })
      }
      for (const row of rows ?? []) made.set(row.labels ?? {}, row.value)
    },
  })
}

function failuresOf(registry: Registry): Counter {
  const name = 'interline_gauge_failures_total'
  const known = registry.getSingleMetric(name)
  if (known instanceof Counter) return known
  return new Counter({ name, help: 'Gauges that could not be read.', labelNames: ['gauge'], registers: [registry] })
}
