import fc from 'fast-check'
import type { Schema as FuzzedSchema, Resolve } from '../fuzz/schema-arbitrary.ts'

type Schema = FuzzedSchema & { readonly format?: string; readonly description?: string }

/** Values that there really are, by the name of the member or parameter that asks for one. */
export type Real = (name: string) => readonly unknown[] | undefined

/** Values that a schema allows: what there really is where it is known, the rest drawn. `share` of the optional members are said. */
export class ValidValues {
  readonly #resolve: Resolve
  readonly #real: Real

  constructor(resolve: Resolve, real: Real) {
    this.#resolve = resolve
    this.#real = real
  }

  of(
    schema: Schema,
    { name = '', isWhole = false }: { readonly name?: string; readonly isWhole?: boolean } = {},
  ): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.of(this.#resolve(schema.$ref), { name, isWhole })
    const real = this.#real(name)?.filter((one) => isOfType(schema, one))
    if (real !== undefined && real.length > 0) return fc.constantFrom(...real)
    if ('const' in schema) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return fc.oneof(...choices.map((one) => this.of(one, { name, isWhole })))
    const [type] = [schema.type ?? (schema.properties === undefined ? 'any' : 'object')].flat()
    if (type === 'object') return this.#object(schema, isWhole)
    if (type === 'array') return this.#list(schema, { name, isWhole })
    if (type === 'string') return textOf(schema)
    if (type === 'boolean') return fc.boolean()
    if (type === 'integer' || type === 'number') return numberOf(schema)
    return fc.constant(type === 'null' ? null : {})
  }

  #object({ properties = {}, required = [] }: Schema, isWhole: boolean): fc.Arbitrary<unknown> {
    const members = Object.entries(properties).filter(([name]) => isWhole || required.includes(name))
    return fc.record(Object.fromEntries(members.map(([name, one]) => [name, this.of(one, { name, isWhole })])))
  }

  #list(
    { items = {}, minItems = 0, maxItems = 3 }: Schema,
    about: { readonly name: string; readonly isWhole: boolean },
  ): fc.Arbitrary<unknown> {
    return fc.uniqueArray(this.of(items, about), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 3)),
      comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    })
  }
}

function isOfType({ type, items, anyOf, properties }: Schema, value: unknown): boolean {
  if (anyOf !== undefined) return anyOf.some((one) => isOfType(one, value))
  if (Array.isArray(value)) return type === 'array' && value.every((one) => isOfType(items ?? {}, one))
  if (typeof value === 'object') return type === 'object' || properties !== undefined
  return type === undefined || type === typeof value || (type === 'integer' && Number.isInteger(value))
}

/** What says RFC 3339 is an instant. */
function textOf({ pattern, format, description = '', minLength = 0, maxLength = 4000 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time' || /RFC 3339/.test(description))
    return fc.constantFrom('2026-04-01T11:00:00Z', '2026-04-01T13:00:00+02:00')
  if (pattern === undefined || /\(\?[=!<]/.test(pattern))
    return fc.stringMatching(
      new RegExp(`^[a-z]{${Math.max(1, minLength)},${Math.max(minLength, Math.min(maxLength, 12))}}$`),
    )
  // The engine of drawn words knows no look-around; none of ours that is needed here has one.
  return fc.stringMatching(new RegExp(pattern, 'u')).filter((one) => one.length >= minLength && one.length <= maxLength)
}

function numberOf({ type, minimum = 0, maximum = 1000 }: Schema): fc.Arbitrary<number> {
  return type === 'integer'
    ? fc.integer({ min: minimum, max: Math.min(maximum, minimum + 1000) })
    : fc.double({ min: minimum, max: maximum, noNaN: true })
}
