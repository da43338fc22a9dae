import { type FoundRow, type RowScope, rowsQuery } from './check-query.ts'
import type { Check } from './checks/check.ts'
import type { CheckWorld } from './checks/world.ts'

/** What a check found, the oldest first, with the position of each. Asked now, so it may be newer than the figure. */
export async function foundRows(
  { answer }: Check,
  world: CheckWorld,
  scope: RowScope,
): Promise<readonly (FoundRow & { readonly position: string })[]> {
  if (answer.kind === 'table') {
    const { text, values } = rowsQuery(answer, scope)
    const { rows } = await world.pool.query<Readonly<Record<string, unknown>>>(text, [...values])
    return rows.map((row) => ({
      object: textOf(row['object']),
      number: textOf(row['number']),
      detail: textOf(row['detail']),
      since: (row['since'] as Date).toISOString(),
      labels: Object.fromEntries(Object.keys(answer.labels).map((name) => [name, textOf(row[`l_${name}`])])),
      page: answer.item.page,
      position: `${textOf(row['position'])} ${textOf(row['object'])}`,
    }))
  }
  const items = await answer.items(world, scope.now)
  return items
    .filter(({ isFound, tenant }) => isFound && (tenant === '*' || tenant === scope.tenant))
    .filter(({ labels }) =>
      Object.entries(scope.labels).every(([name, value]) => !answer.labels.includes(name) || labels[name] === value),
    )
    .map(({ object, number, since, detail, labels, page }) => {
      const instant = new Date(since).toISOString()
      return { object, number, since: instant, detail, labels, page, position: `${instant} ${object} ${detail}` }
    })
    .toSorted((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0))
    .filter(({ position }) => scope.after === undefined || position > scope.after)
    .slice(0, scope.limit)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
