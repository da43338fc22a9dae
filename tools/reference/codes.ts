import { code, page, table } from '../markdown.ts'
import type { Schema } from './schema.ts'

/** A page with every code list: its known values, what each means, and where the list is used. */
export function codesPage(lists: ReadonlyMap<string, Schema>, usedBy: (name: string) => readonly string[]): string {
  const lead =
    'Every list of codes in the [model](model.md) and the [facts](facts.md). All of them are open: a value that is not listed is kept as it came and means none of these, so take it as "other". New values are no breaking change.'
  return page(
    'Codes',
    lead,
    [...lists].map(([name, schema]) => {
      const rows = (schema.anyOf ?? []).flatMap(({ const: value, description = '' }) =>
        typeof value === 'string' ? [[code(value), description]] : [],
      )
      return `## ${name}\n\nIn: ${usedBy(name).map(code).join(', ')}.\n\n${table(['code', 'meaning'], rows)}`
    }),
  )
}
