import { code, page, table } from '../markdown.ts'

/** The part of a JSON Schema that a reference page shows. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly $ref?: string
}

/** A page with one table of fields per schema. */
export function schemasPage(title: string, lead: string, schemas: Readonly<Record<string, Schema>>): string {
  const names = Object.keys(schemas).toSorted()
  return page(
    title,
    lead,
    names.map((name) => section(name, schemas[name] ?? {})),
  )
}

function section(name: string, schema: Schema): string {
  const required = new Set(schema.required)
  const rows = Object.entries(schema.properties ?? {}).map(([field, one]) => [
    code(field),
    kindOf(one),
    required.has(field) ? 'yes' : '',
    one.description ?? '',
  ])
  const about = schema.description ?? ''
  return [`## ${name}`, about, rows.length === 0 ? '' : table(['field', 'type', 'required', 'meaning'], rows)]
    .filter((part) => part !== '')
    .join('\n\n')
}

function kindOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return 'one of a list'
  if (schema.anyOf !== undefined) {
    const constants = schema.anyOf.every((one) => one.const !== undefined)
    return constants ? 'one of a list' : [...new Set(schema.anyOf.map(kindOf))].join(' or ')
  }
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'any')
  return schema.format === undefined ? type : `${type}, ${schema.format}`
}
