import { page, table } from '../markdown.ts'

/** Content of `bench/results.json`, which `npm run bench` writes. */
export interface Results {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  readonly commit: string
  /** Figures by measurement, in the order in which they were taken. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Every figure that the last bench wrote, in the units that their names say. */
export function performancePage(results: Results): string {
  const rows = Object.entries(results.figures).map(([name, figures]) => [
    name,
    Object.entries(figures)
      .map(([figure, value]) => `${words(figure)} ${value.toLocaleString('en')}`)
      .join(' · '),
  ])
  return page('Performance', lead(results), [table(['measurement', 'figures'], rows)])
}

/** What the README shows of it: what an event costs here and elsewhere. */
export function performanceTable({ figures }: Results): string {
  const peers = figures['P10 one durable job per event elsewhere'] ?? {}
  const names = Object.keys(peers).flatMap((name) => (name.endsWith(', CPU µs') ? name.slice(0, -8) : []))
  const rows = names.map((name) => {
    const rate = peers[`${name}, events/s`] ?? peers[`${name}, jobs/s`]
    return [name, String(peers[`${name}, CPU µs`]), rate === undefined ? '' : rate.toLocaleString('en')]
  })
  return table(['one event through', 'CPU µs', 'per second'], rows)
}

function lead({ cpu, cores, node, commit }: Results): string {
  return `Written by \`npm run bench\` on ${cores} cores (${cpu}), Node ${node}, at commit ${commit}. Rates depend on what else the machine does; CPU time per event, of Node and PostgreSQL together, is the figure to compare. Peers come with \`npm run setup:bench\` and are measured in the same run.`
}

/** `cpuMicrosPerEvent` → `cpu micros per event`; names that are words already stay. */
function words(name: string): string {
  return name.includes(' ') ? `${name}:` : `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}:`
}
