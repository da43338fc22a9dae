/** The part of a JSON Schema that a reference page shows. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly maxLength?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly $ref?: string
}

/** Whether it is an open list of codes: known values with their meanings, and any other text. */
export function isCodeList({ title, anyOf }: Schema): boolean {
  return title !== undefined && anyOf?.some((one) => one.const !== undefined) === true
}

/** The schemas that it holds: members, items, alternatives. */
export function innerSchemas(schema: Schema): readonly Schema[] {
  return [
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.patternProperties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.anyOf ?? []),
  ]
}

/**
 * Every schema with a name, by name: parts and code lists. Throws when two differ under one name, because a reader would take one
 * for the other. What the whole is for may differ from place to place; what it consists of may not.
 */
export function namedSchemas(schemas: Iterable<Schema>): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>()
  const visit = (schema: Schema): void => {
    if (schema.title !== undefined) {
      const known = found.get(schema.title)
      if (known === undefined) found.set(schema.title, schema)
      else if (contentOf(known) !== contentOf(schema))
        throw new Error(`two different schemas are called ${schema.title}`)
    }
    innerSchemas(schema).forEach(visit)
  }
  for (const schema of schemas) visit(schema)
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function contentOf(schema: Schema): string {
  return JSON.stringify({ ...schema, description: undefined })
}
