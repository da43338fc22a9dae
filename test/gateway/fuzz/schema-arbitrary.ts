import fc from 'fast-check'

/** A JSON schema as far as our documents use it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

/** Finds what a `$ref` names. */
export type Resolve = (reference: string) => Schema

/** Text that programs stumble over. */
const oddText = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eevil',
  'é'.normalize('NFD'),
  '👩‍👩‍👧',
  '𐀀',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e999',
  "'; DROP TABLE person; --",
  '${7*7}{{7*7}}',
  '../../../../etc/passwd',
  '%00%2e%2e%2f',
  '<script>alert(1)</script>',
  'http://169.254.169.254/latest/meta-data/',
  'x'.repeat(300),
  'ü'.repeat(5000),
  '\r\nset-cookie: a=b',
)
const oddNumber = fc.constantFrom(
  ...[0, -0, -1, 1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 53 + 2, 1e21, 1e308, -1e308, 5e-324],
)

/** Anything that JSON can hold, also what is deep or wide. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  oddNumber,
  oddText,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant([]),
  fc.constant({}),
  fc.integer({ min: 2, max: 100 }).map((depth) => nested(depth)),
  fc.constant(Array.from({ length: 3000 }, (_, at) => at)),
  fc.constant(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`member${at}`, at]))),
  fc.constant(JSON.parse('{"__proto__": {"scopes": ["*"]}, "constructor": {"prototype": {}}}')),
)

/** Values that the schema asks for, most of the time; and in each place now and then something else, too much, or nothing. */
export function fromSchema(schema: Schema, resolve: Resolve, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 14, arbitrary: fitting(schema, resolve, depth) }, { weight: 1, arbitrary: anything })
}

function fitting(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fromSchema(resolve(schema.$ref), resolve, depth)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((one) => fromSchema(one, resolve, depth)))
  const [type] = [schema.type ?? (schema.properties === undefined ? 'any' : 'object')].flat()
  if (depth > 6) return anything
  if (type === 'object') return object(schema, resolve, depth)
  if (type === 'array') return list(schema, resolve, depth)
  if (type === 'string') return text(schema)
  if (type === 'integer' || type === 'number') return number(schema)
  if (type === 'boolean') return fc.boolean()
  return type === 'null' ? fc.constant(null) : anything
}

function object(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(([name, one]) => {
    const value = fromSchema(one, resolve, depth + 1)
    const isNeeded = schema.required?.includes(name) === true
    return fc
      .option(value, { freq: isNeeded ? 20 : 2, nil: undefined })
      .map((said) => (said === undefined ? [] : [[name, said] as const]))
  })
  const extra = fc.option(fc.tuple(oddText, anything), { freq: 1, nil: undefined })
  const isWidened = fc.integer({ min: 0, max: 11 })
  return fc.tuple(fc.tuple(...members), extra, isWidened).map(([said, more, chance]) => {
    const entries: (readonly [string, unknown])[] = said.flat()
    return Object.fromEntries(more === undefined || chance > 0 ? entries : [...entries, more])
  })
}

function list(
  { items = {}, minItems = 0, maxItems = 5 }: Schema,
  resolve: Resolve,
  depth: number,
): fc.Arbitrary<unknown> {
  const one = fromSchema(items, resolve, depth + 1)
  const usual = fc.array(one, {
    minLength: Math.min(minItems, 5),
    maxLength: Math.max(Math.min(maxItems, 4), Math.min(minItems, 5)),
  })
  const tooMany = fc
    .tuple(one, fc.constantFrom(maxItems + 1, 2000))
    .map(([value, count]) => Array.from({ length: Math.min(count, 3000) }, () => value))
  return fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: tooMany })
}

function text({ pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<unknown> {
  const usual =
    pattern === undefined || /\(\?[=!<]/.test(pattern)
      ? fc.string({ minLength: Math.min(minLength, 100), maxLength: Math.min(maxLength ?? 30, 60) })
      : fc.stringMatching(new RegExp(pattern, 'u')).map((one) => one.slice(0, 2000))
  const edges = fc.constantFrom(
    'x'.repeat(Math.max(0, minLength - 1)),
    'x'.repeat(Math.min((maxLength ?? 300) + 1, 100_000)),
  )
  const dates = fc.constantFrom(
    '2026-04-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '0000-00-00',
    '9999-12-31T23:59:60Z',
    '+275760-09-13T00:00:00Z',
  )
  return fc.oneof({ weight: 8, arbitrary: usual }, edges, oddText, dates)
}

function number({ type, minimum = -1000, maximum = 1000 }: Schema): fc.Arbitrary<unknown> {
  const usual =
    type === 'integer'
      ? fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) })
      : fc.double({ min: minimum, max: maximum, noNaN: true })
  return fc.oneof(
    { weight: 8, arbitrary: usual },
    fc.constantFrom(minimum - 1, maximum + 1, minimum, maximum),
    oddNumber,
  )
}

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { deeper: value }
  return value
}

/** What may stand in a path, a query or a header instead of what belongs there. */
export const oddWord: fc.Arbitrary<string> = fc.oneof(oddText, fc.string({ maxLength: 40 }), fc.uuid())
