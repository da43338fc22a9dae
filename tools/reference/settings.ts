import type { Field, Fields } from '../../src/base/fields.ts'
import { code, page, table } from '../markdown.ts'

/** The reference of the hub's own settings. */
export function settingsPage(fields: Fields, variableOf: (name: string) => string): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    code(name),
    code(variableOf(name)),
    kindOf(field),
    defaultOf(field),
    field.description,
  ])
  return page(
    'Settings',
    'A setting comes from its variable, from the file that `<variable>_FILE` names, or from the JSON file that `INTERLINE_CONFIG` names, in this order. `interline config print --redact` shows where each value came from. A name that is not in this list stops the start.',
    [table(['setting', 'variable', 'kind', 'default', 'meaning'], rows)],
  )
}

/** A table of settings as connectors declare them. */
export function fieldsTable(fields: Fields): string {
  return table(
    ['setting', 'kind', 'default', 'meaning'],
    Object.entries(fields).map(([name, field]) => [code(name), kindOf(field), defaultOf(field), field.description]),
  )
}

function kindOf(field: Field<unknown>): string {
  const range = field.min === undefined && field.max === undefined ? '' : `, ${field.min ?? '…'} to ${field.max ?? '…'}`
  const choices = field.choices === undefined ? '' : `: ${field.choices.map(code).join(', ')}`
  return `${field.kind}${choices}${range}${field.secret && field.kind !== 'secret' ? ', secret' : ''}`
}

function defaultOf(field: Field<unknown>): string {
  if (field.required) return 'required'
  if (field.default === '' || (Array.isArray(field.default) && field.default.length === 0)) return 'empty'
  if (field.kind === 'document') return code(JSON.stringify(field.default))
  return code(Array.isArray(field.default) ? field.default.join(',') : String(field.default))
}
