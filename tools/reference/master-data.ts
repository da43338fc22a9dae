import { code, page } from '../markdown.ts'
import { fieldTable, type Links } from './fields.ts'
import { isCodeList, type Schema } from './schema.ts'

interface DocumentedKind {
  readonly about: string
  readonly schema: Schema
}

/** The reference of master data: every kind, and every member of its rows. */
export function masterDataPage(kinds: Readonly<Record<string, DocumentedKind>>): string {
  const links: Links = (name, schema) =>
    isCodeList(schema) ? `[${name}](codes.md#${name})` : `[${name}](model.md#${name})`
  return page(
    'Master data',
    'What a row of each kind says. Columns of CSV files and members of JSON rows have the same names. A member that is not listed is refused. [What it is for](../guides/master-data.md).',
    Object.entries(kinds).map(
      ([name, { about, schema }]) =>
        `## ${name}\n\n${about} ${code(`/v1/master-data/${name}`)}\n\n${fieldTable(schema, links)}`,
    ),
  )
}
