import { code, table } from '../markdown.ts'
import { isCodeList, type Schema } from './schema.ts'

/** Where the page of a named schema is, from the page that mentions it: a part or a code list. */
export type Links = (name: string, schema: Schema) => string

/** A table of the members of a schema. Records without a name of their own are shown with their members: `lines[].itemId`. */
export function fieldTable(schema: Schema, links: Links): string {
  const rows = rowsOf(schema, '', links)
  return rows.length === 0 ? '' : table(['field', 'type', 'required', 'meaning'], rows)
}

function rowsOf(schema: Schema, path: string, links: Links): string[][] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const place = path === '' ? name : `${path}.${name}`
    const row = [code(place), kindOf(field, links), required.has(name) ? 'yes' : '', field.description ?? '']
    const item = field.type === 'array' ? (field.items ?? {}) : field
    const below = item.title === undefined ? rowsOf(item, item === field ? place : `${place}[]`, links) : []
    return [row, ...below]
  })
}

const decimalPattern = '^-?\\d+(\\.\\d+)?$'

function kindOf(schema: Schema, links: Links): string {
  if (schema.$ref !== undefined) return schema.$ref
  if (schema.title !== undefined && (isCodeList(schema) || schema.properties !== undefined))
    return links(schema.title, schema)
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return 'one of a list'
  if (schema.anyOf !== undefined) {
    const constants = schema.anyOf.every((one) => one.const !== undefined)
    return constants ? 'one of a list' : [...new Set(schema.anyOf.map((one) => kindOf(one, links)))].join(' or ')
  }
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {}, links)}`
  const values = Object.values(schema.patternProperties ?? {})[0]
  if (values !== undefined && Object.keys(values).length > 0 && values.type !== undefined)
    return `map to ${kindOf(values, links)}`
  if (schema.pattern === decimalPattern) return 'decimal'
  const prefix = /^\^([a-z]{3}_)$/.exec(schema.pattern ?? '')?.[1]
  if (prefix !== undefined) return `hub id ${code(prefix)}`
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'any')
  return schema.format === undefined ? type : `${type}, ${schema.format}`
}
