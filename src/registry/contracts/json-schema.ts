/** A JSON Schema as far as differences are looked for; `true` and `false` take everything and nothing. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

/** Members of a schema that say nothing about which values it takes. */
const annotations = new Set([
  ...['title', 'description', 'examples', 'example', 'default', 'deprecated', 'readOnly', 'writeOnly'],
  ...['$schema', '$id', '$comment', '$defs', 'definitions', 'x-generated', 'contentMediaType'],
])

/** The same schema without what explains it. */
export function withoutWords(schema: unknown): JsonSchema {
  if (typeof schema !== 'object' || schema === null) return schema !== false
  return stripped(schema, false) as JsonSchema
}

/** `isNames`: the members of this object are names, not keywords. */
function stripped(value: unknown, isNames: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => stripped(one, false))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => isNames || !(annotations.has(name) || name.startsWith('~')))
      .map(([name, one]) => [name, literal.has(name) && !isNames ? one : stripped(one, !isNames && naming.has(name))]),
  )
}

const naming = new Set(['properties', 'patternProperties'])
/** Values, not schemas. */
const literal = new Set(['const', 'enum', 'required'])

/** Whether two JSON values are the same, whatever the order of their members. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, at) => isSame(one, b[at]))
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => Object.hasOwn(b, name) && isSame(member(a, name), member(b, name)))
}

function member(value: object, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name]
}

/** Where references lead, and how many values may still come of following them: few lines can unfold to more than a machine holds. */
export interface Unfolding {
  readonly root: unknown
  readonly room: { left: number }
}

/** The schema with everything that it refers to in its place. Throws RangeError for one that refers to itself or to nothing, or grows too large. */
export function resolved(schema: unknown, from: Unfolding, under: readonly string[] = []): unknown {
  if (from.room.left-- <= 0) throw new RangeError('is too large with everything that it refers to')
  if (Array.isArray(schema)) return schema.map((one) => resolved(one, from, under))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref: reference } = schema as { readonly $ref?: unknown }
  if (typeof reference === 'string') {
    if (under.includes(reference)) throw new RangeError(`${reference} refers to itself`)
    return resolved(pointed(from.root, reference), from, [...under, reference])
  }
  return Object.fromEntries(Object.entries(schema).map(([name, one]) => [name, resolved(one, from, under)]))
}

/** What a reference within a document points to. */
export function pointed(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) throw new RangeError(`${reference} is not in the same document`)
  return reference
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at: unknown, name) => {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name))
        throw new RangeError(`${reference} refers to nothing`)
      return member(at, name)
    }, root)
}

/** Deeper ones describe nothing that anybody exchanges. */
const depthMost = 200
const named = ['properties', 'patternProperties']
const listed = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const single = ['items', 'additionalProperties']

/** Throws RangeError, with the place, for what is no schema or one that nobody could compare. */
export function demandSchema(schema: unknown, place = '#', depth = 0): void {
  if (typeof schema === 'boolean') return
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new RangeError(`${place} is no schema`)
  if (depth > depthMost) throw new RangeError(`${place.slice(0, 100)} … is nested too deep`)
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${place}/${keyword}`
    if (named.includes(keyword))
      for (const [name, one] of Object.entries(objectAt(value, at))) demandSchema(one, `${at}/${name}`, depth + 1)
    else if (listed.includes(keyword))
      for (const [index, one] of listAt(value, at).entries()) demandSchema(one, `${at}/${index}`, depth + 1)
    else if (single.includes(keyword)) demandSchema(value, at, depth + 1)
    else if (keyword === 'required' || keyword === 'enum') listAt(value, at)
  }
}

function objectAt(value: unknown, at: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${at} is no object`)
  return value
}

function listAt(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${at} is no list`)
  return value
}
