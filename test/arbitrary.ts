import fc from 'fast-check'
import type { Schema } from '../tools/reference/schema.ts'

/** Values that a schema takes: what the reference says is also what the tests try. Throws at a keyword that it does not know. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valuesOf))
  switch (schema.type) {
    case 'object':
      return schema.patternProperties === undefined ? record(schema) : map(schema)
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) })
    case 'string':
      return text(schema)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000_000, max: schema.maximum ?? 1_000_000 })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true }).map((one) => one + 0)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case undefined:
      return fc.jsonValue()
    default:
      throw new Error(`no values are known for ${JSON.stringify(schema.type)}`)
  }
}

function record({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valuesOf(field)]))
  return fc.record(members, { requiredKeys: [...required], noNullPrototype: true })
}

function map({ patternProperties = {} }: Schema): fc.Arbitrary<unknown> {
  const [values = {}] = Object.values(patternProperties)
  return fc.dictionary(fc.stringMatching(/^[a-z_]{1,20}$/), valuesOf(values), { maxKeys: 3, noNullPrototype: true })
}

function text({ format, pattern, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  const moments = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  if (format === 'date-time') return moments.map((one) => one.toISOString())
  if (format === 'date') return moments.map((one) => one.toISOString().slice(0, 10))
  if (pattern === undefined) return fc.string({ maxLength: Math.min(maxLength, 40), unit: 'grapheme' }).filter(fits)
  return fc.stringMatching(new RegExp(pattern)).filter(fits)

  function fits(one: string): boolean {
    return one.length <= maxLength
  }
}
