import { code, page, table } from '../markdown.ts'

/** A metric as the registry of a running hub holds it. */
export interface DeclaredMetric {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly labels: readonly string[]
}

/** The reference of what `/metrics` shows. */
export function metricsPage(metrics: readonly DeclaredMetric[]): string {
  const rows = metrics
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, help, labels }) => [code(name), type, labels.map(code).join(', '), help])
  return page(
    'Metrics',
    'Served at `/metrics` for Prometheus. Labels are bounded: a value beyond the first thousand of a label is counted as `other`. Sums over all labels make sense. The process itself is measured too, under `process_` and `nodejs_`.',
    [table(['metric', 'type', 'labels', 'meaning'], rows)],
  )
}
