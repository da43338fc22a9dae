import { code, page } from '../markdown.ts'
import type { Demand } from '../proofs.ts'

/** Which test shows what is demanded of interfaces and their security; and what none shows. */
export function securityPage(points: readonly Demand[], items: readonly Demand[]): string {
  const all = [...points, ...items]
  const proofs = new Set(all.flatMap((demand) => demand.proofs.map(({ file, title }) => `${file} ${title}`)))
  return page(
    'What is tested of interfaces and security',
    `What is demanded of the hub, and by which tests it is held to that: ${all.length} demands, ${proofs.size} tests. A test refuses this list when a test of it is gone. What no test shows is said at its place. How the hub is protected is [explained elsewhere](../explanation/security.md).`,
    [
      '## OWASP API Security Top 10 (2023)',
      ...items.map(section),
      '## Acceptance points of the interfaces',
      ...points.map(section),
    ],
  )
}

function section({ id, title, proofs, open }: Demand): string {
  const tests = [...Map.groupBy(proofs, ({ file }) => file)].map(
    ([file, some]) => `- ${code(file)}\n${some.map((one) => `  - ${one.title}`).join('\n')}`,
  )
  return [
    `### ${id}: ${title}`,
    ...(tests.length === 0 ? [] : [tests.join('\n')]),
    ...(open === undefined ? [] : [`Not shown by a test: ${open}`]),
  ].join('\n\n')
}
