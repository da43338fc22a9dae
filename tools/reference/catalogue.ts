import type { CatalogueEntry } from '../../src/registry/catalogue.ts'
import type { Service } from '../../src/registry/service.ts'
import { code, page, table } from '../markdown.ts'

const kinds = [
  ['operation', 'Operations'],
  ['event', 'Events'],
  ['process', 'Processes'],
  ['connector_operation', 'What connectors can be asked'],
] as const

/** The catalogue of services, each with everything that it offers. */
export function cataloguePage(services: readonly Service[], entries: readonly CatalogueEntry[]): string {
  const link = (path: string): string => `[${path.replace(/^docs\//, '').replace(/\.md$/, '')}](../${path.slice(5)})`
  return page(
    'Service catalogue',
    'Everything that can be called, subscribed to or run, by the service that it belongs to: who answers for it, how much it may be away, and how much depends on it. The same is at `/v1/catalogue`, in the control tower under contracts, and in `interline contracts catalogue`. [Guide](../guides/contracts.md).',
    [
      table(
        ['service', 'what it does', 'owner', 'tier', 'criticality', 'guide', 'at night'],
        services.map(({ title, about, owner, tier, criticality, guide, runbook }) => [
          ...[title, about, owner, tier, criticality],
          ...[link(guide), link(runbook)],
        ]),
      ),
      'Tiers say how much a service may be away in a month: gold 22 minutes, silver 3.6 hours, bronze 1.5 days. Latency says how fast an answer is owed: interactive to somebody who waits, realtime as soon as it is known, bulk when all of it is done.',
      ...services.flatMap((service) => {
        const own = entries.filter((one) => one.service.id === service.id)
        const parts = kinds.flatMap(([kind, title]) => {
          const rows = own.filter((one) => one.kind === kind)
          if (rows.length === 0) return []
          return [
            `### ${title} of ${service.title.toLowerCase()}`,
            table(
              ['name', 'what it is', 'latency', 'described in'],
              rows.map(({ name, about, latency, page: where }) => [code(name), about, latency, link(where)]),
            ),
          ]
        })
        return [`## ${service.title}`, ...parts]
      }),
    ],
  )
}
