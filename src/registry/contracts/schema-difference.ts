import { isSame, type JsonSchema } from './json-schema.ts'

/**
 * Whom a change breaks. `writers`: something that was written by the old schema is refused by the new one. `readers`: something may now be
 * written that whoever reads by the old schema does not expect, or misses what it counts on.
 */
export type Broken = 'writers' | 'readers' | 'both' | 'nobody'

/** One difference between two versions of a schema. */
export interface SchemaChange {
  /** Place in the values, as a JSON pointer; `*` stands for every element. Empty: the value as a whole. */
  readonly path: string
  /** What is otherwise, as a clause: `the member sku is required now`. */
  readonly reason: string
  readonly breaks: Broken
}

type Keywords = Readonly<Record<string, unknown>>

/**
 * What is different between two schemas of one thing, and whom that breaks. Readers tolerate members that they do not know, and values that
 * are new in a list: both are published as open. A keyword that nobody here can judge counts as a break for everybody.
 */
export function schemaChanges(before: JsonSchema, after: JsonSchema, path = ''): SchemaChange[] {
  if (isSame(before, after)) return []
  if (before === false || after === false)
    return [{ path, reason: before === false ? 'is allowed now' : 'is not allowed any more', breaks: 'both' }]
  const [was, is] = [keywordsOf(before), keywordsOf(after)]
  const values = enumerated(was, is, path)
  if (values !== undefined) return values
  const forms = formChanges(was, is, path)
  if (forms !== undefined) return forms
  return [
    ...typeChanges(was, is, path),
    ...memberChanges(was, is, path),
    ...elementChanges(was, is, path),
    ...limitChanges(was, is, path),
    ...partChanges(was, is, path),
    ...otherChanges(was, is, path),
  ]
}

/** One object, so that what was said of it is found again. */
const anything: Keywords = {}

function keywordsOf(schema: JsonSchema): Keywords {
  return typeof schema === 'boolean' ? anything : schema
}

/** The values that a schema lists; undefined when it lists none. */
function listed(schema: Keywords): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']]
  if (Array.isArray(schema['enum'])) return schema['enum'] as readonly unknown[]
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (!Array.isArray(alternatives) || alternatives.length === 0) return undefined
  const each = alternatives.map((one) => listed(keywordsOf(one as JsonSchema)))
  return each.every((one) => one !== undefined) ? each.flat() : undefined
}

/** Lists of values compared; undefined where neither schema is one. */
function enumerated(was: Keywords, is: Keywords, path: string): SchemaChange[] | undefined {
  const [old, now] = [listed(was), listed(is)]
  if (old === undefined && now === undefined) return undefined
  if (old === undefined) return [{ path, reason: `takes only ${shown(now ?? [])} now`, breaks: 'writers' }]
  if (now === undefined) return [{ path, reason: 'takes other values than those listed now', breaks: 'readers' }]
  const gone = old.filter((one) => !now.some((other) => isSame(one, other)))
  const fresh = now.filter((one) => !old.some((other) => isSame(one, other)))
  if ('const' in was && 'const' in is)
    return gone.length === 0 ? [] : [{ path, reason: `is ${shown(now)} and was ${shown(old)}`, breaks: 'both' }]
  return [
    ...gone.map((one): SchemaChange => ({ path, reason: `the value ${shown([one])} is gone`, breaks: 'writers' })),
    ...fresh.map((one): SchemaChange => ({ path, reason: `the value ${shown([one])} is new`, breaks: 'nobody' })),
  ]
}

function shown(values: readonly unknown[]): string {
  const text = values.map((one) => JSON.stringify(one)).join(', ')
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

const everyType = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']

function typesOf(schema: Keywords): readonly string[] {
  const { type } = schema
  if (type === undefined) return everyType
  const types = [type].flat().map(String)
  return types.includes('number') ? [...types, 'integer'] : types
}

function typeChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  const [old, now] = [typesOf(was), typesOf(is)]
  const gone = old.filter((one) => !now.includes(one))
  const fresh = now.filter((one) => !old.includes(one))
  const named = (schema: Keywords): string =>
    (schema['type'] === undefined ? ['anything'] : [schema['type']].flat().map(String)).join(' or ')
  const reason = `is ${named(is)} and was ${named(was)}`
  if (gone.length > 0 && fresh.length > 0) return [{ path, reason, breaks: 'both' }]
  if (gone.length > 0) return [{ path, reason, breaks: 'writers' }]
  return fresh.length > 0 ? [{ path, reason, breaks: 'readers' }] : []
}

function membersOf(
  schema: Keywords,
  keyword: 'properties' | 'patternProperties',
): Readonly<Record<string, JsonSchema>> {
  return (schema[keyword] ?? {}) as Readonly<Record<string, JsonSchema>>
}

function memberChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  const [old, now] = [membersOf(was, 'properties'), membersOf(is, 'properties')]
  const [owed, owes] = [was, is].map((one) => new Set((one['required'] ?? []) as readonly string[]))
  const changes = [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name): SchemaChange[] => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const [before, after] = [old, now].map((one) => (Object.hasOwn(one, name) ? one[name] : undefined))
    if (after === undefined)
      return [{ path: at, reason: 'is gone', breaks: is['additionalProperties'] === false ? 'both' : 'readers' }]
    if (before === undefined)
      return owes?.has(name) === true
        ? [{ path: at, reason: 'is new and required', breaks: 'writers' }]
        : [{ path: at, reason: 'is new', breaks: 'nobody' }]
    const duty: SchemaChange[] =
      owed?.has(name) === owes?.has(name)
        ? []
        : owes?.has(name) === true
          ? [{ path: at, reason: 'is required now', breaks: 'writers' }]
          : [{ path: at, reason: 'may be missing now', breaks: 'readers' }]
    return [...duty, ...schemaChanges(before, after, at)]
  })
  return [...changes, ...restChanges(was, is, path)]
}

/** Members that are not named. */
function restChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  const at = `${path}/*`
  const [old, now] = [was, is].map((one) => one['additionalProperties'] as JsonSchema | undefined)
  const rest: SchemaChange[] =
    now === false && old !== false
      ? [{ path: at, reason: 'members that are not named are refused now', breaks: 'writers' }]
      : old === false && now !== false
        ? [{ path: at, reason: 'members that are not named are taken now', breaks: 'nobody' }]
        : schemaChanges(old ?? true, now ?? true, at)
  const [patterns, later] = [membersOf(was, 'patternProperties'), membersOf(is, 'patternProperties')]
  const named = [...new Set([...Object.keys(patterns), ...Object.keys(later)])].flatMap((pattern) =>
    schemaChanges(patterns[pattern] ?? true, later[pattern] ?? true, at),
  )
  return [...rest, ...named]
}

function elementChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  const of = (schema: Keywords): JsonSchema => (schema['items'] ?? true) as JsonSchema
  const places = (schema: Keywords): readonly JsonSchema[] => (schema['prefixItems'] ?? []) as readonly JsonSchema[]
  const [old, now] = [places(was), places(is)]
  return [
    ...schemaChanges(of(was), of(is), `${path}/*`),
    ...Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, at) =>
      schemaChanges(old[at] ?? of(was), now[at] ?? of(is), `${path}/${at}`),
    ),
  ]
}

/** Keywords that bound something, and whether a larger figure takes less. */
const bounds: Readonly<Record<string, 'least' | 'most'>> = {
  minimum: 'least',
  exclusiveMinimum: 'least',
  minLength: 'least',
  minItems: 'least',
  minProperties: 'least',
  maximum: 'most',
  exclusiveMaximum: 'most',
  maxLength: 'most',
  maxItems: 'most',
  maxProperties: 'most',
}

function limitChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  const limits = Object.entries(bounds).flatMap(([keyword, side]): SchemaChange[] => {
    const none = side === 'least' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    const [old, now] = [was, is].map((one) => Number(one[keyword] ?? none)) as [number, number]
    if (old === now) return []
    const isNarrower = side === 'least' ? now > old : now < old
    const reason = `${keyword} is ${Number.isFinite(now) ? now : 'gone'} and was ${Number.isFinite(old) ? old : 'not set'}`
    return [{ path, reason, breaks: isNarrower ? 'writers' : 'readers' }]
  })
  const forms = ['pattern', 'format', 'uniqueItems', 'multipleOf'].flatMap((keyword): SchemaChange[] => {
    const [old, now] = [was[keyword], is[keyword]]
    if (isSame(old, now)) return []
    const reason = `${keyword} is ${now === undefined ? 'gone' : shown([now])} and was ${old === undefined ? 'not set' : shown([old])}`
    if (keyword === 'pattern' && isWider(String(old), String(now))) return [{ path, reason, breaks: 'readers' }]
    return [{ path, reason, breaks: old === undefined ? 'writers' : now === undefined ? 'readers' : 'both' }]
  })
  return [...limits, ...forms]
}

/** Whether a pattern is another with more alternatives: whatever it took it takes. */
function isWider(old: string, now: string): boolean {
  if (now.includes('(?')) return false
  const words = old.split(/([|()])/)
  let at = 0
  const added = now.split(/([|()])/).filter((word) => (word === words[at] ? at++ < 0 : true))
  return at === words.length && added.every((word) => word === '|' || /^[\w:.-]+$/.test(word))
}

/**
 * Several forms, in any order: an old one is kept when a new one takes all of it, a new one is known when an old one took all of it. A schema
 * without alternatives is its only form. Undefined where neither has any.
 */
function formChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] | undefined {
  const of = (schema: Keywords): readonly JsonSchema[] =>
    (schema['anyOf'] ?? schema['oneOf'] ?? [schema]) as readonly JsonSchema[]
  if (of(was)[0] === was && of(is)[0] === is) return undefined
  const [old, now] = [of(was), of(is)]
  const lost = old.filter((one) => !now.some((other) => isWithin(one, other)))
  const fresh = now.filter((one) => !old.some((other) => isWithin(one, other)))
  // One form that became another: said where they differ.
  if (lost.length === 1 && fresh.length <= 1) {
    const heir = fresh[0] ?? now.find((one) => !old.some((other) => isSame(one, other)))
    if (heir !== undefined) return schemaChanges(lost[0] ?? true, heir, path)
  }
  return [
    ...lost.map((one): SchemaChange => ({ path, reason: `the form ${shown([one])} is gone`, breaks: 'writers' })),
    ...fresh.map((one): SchemaChange => ({ path, reason: `the form ${shown([one])} is new`, breaks: 'readers' })),
  ]
}

/** Asked of each pair of forms twice and at every level anew: without a memory, forms within forms would take three times as long at each level. */
const within = new WeakMap<Keywords, WeakMap<Keywords, boolean>>()

/** Whether one schema takes all that another one took. */
function isWithin(inner: JsonSchema, outer: JsonSchema): boolean {
  const [one, other] = [keywordsOf(inner), keywordsOf(outer)]
  const known = inner === false || outer === false ? undefined : within.get(one)?.get(other)
  if (known !== undefined) return known
  const is = schemaChanges(inner, outer).every(({ breaks }) => breaks === 'readers' || breaks === 'nobody')
  if (inner === false || outer === false) return is
  const others = within.get(one) ?? new WeakMap<Keywords, boolean>()
  within.set(one, others.set(other, is))
  return is
}

function partChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  const [old, now] = [was, is].map((one) => (one['allOf'] ?? []) as readonly JsonSchema[]) as [
    readonly JsonSchema[],
    readonly JsonSchema[],
  ]
  return Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, at) =>
    schemaChanges(old[at] ?? true, now[at] ?? true, path),
  )
}

const judged = new Set([
  ...['type', 'const', 'enum', 'anyOf', 'oneOf', 'allOf', 'properties', 'patternProperties', 'required'],
  ...['additionalProperties', 'items', 'prefixItems', 'pattern', 'format', 'uniqueItems', 'multipleOf'],
  ...Object.keys(bounds),
])

function otherChanges(was: Keywords, is: Keywords, path: string): SchemaChange[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((keyword) => !judged.has(keyword) && !isSame(was[keyword], is[keyword]))
    .map((keyword) => ({ path, reason: `${keyword} is another, which nobody here can judge`, breaks: 'both' }))
}
