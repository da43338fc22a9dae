import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { factSchemas } from '../../src/model/facts/all.ts'
import { objectSchemas } from '../../src/model/objects/all.ts'
import type { itemObject } from '../../src/model/objects/item.ts'
import type { Schema } from '../../tools/reference/schema.ts'
import { valuesOf } from '../arbitrary.ts'
import { codeListKeys } from '../code-list-keys.ts'
import { expectNone } from '../expect-none.ts'

/** One declaration gives the types, the published schema and the values that tests try: they may not part ways. */
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false })
addFormats.default(ajv)
const declared: readonly (readonly [string, TSchema])[] = [
  ...Object.entries(objectSchemas),
  // Facts that share a shape are tried once.
  ...new Map(Object.entries(factSchemas).map(([type, schema]) => [shapeOf(schema) ?? type, schema])),
]

test.each(declared)(
  '%s: whatever its schema takes, we and the validators of others take, also after a way through JSON',
  (_, schema) => {
    const published = JSON.parse(JSON.stringify(schema)) as Schema
    const [ours, theirs] = [Compile(schema), ajv.compile(published)]
    fc.assert(
      fc.property(valuesOf(published), (value) => {
        const travelled: unknown = JSON.parse(JSON.stringify(value))
        expect([ours.Check(travelled), theirs(travelled)]).toEqual([true, true])
      }),
      { numRuns: 15 },
    )
  },
)

test.each(declared)('%s: without a member that is required, nobody takes it', (_, schema) => {
  const published = JSON.parse(JSON.stringify(schema)) as Schema
  const [ours, theirs] = [Compile(schema), ajv.compile(published)]
  const [whole] = fc.sample(valuesOf(published), 1) as Record<string, unknown>[]
  const taken = (published.required ?? []).filter((name) => {
    const { [name]: _left, ...rest } = whole ?? {}
    return ours.Check(rest) || theirs(rest)
  })
  expectNone(taken)
})

test('the types are those of the schemas', () => {
  const lamp: Static<typeof itemObject> = {
    ...{ id: 'itm_01', tenantId: 'main', version: 3, schemaVersion: '1.0', identifiers: [], externalRefs: [] },
    ...{ createdAt: '2026-03-02T08:00:00Z', updatedAt: '2026-03-02T08:00:00Z', owner: { system: 'erp' } },
    ...{ sku: 'LAMP', description: 'A lamp', status: 'active', baseUom: 'C62', tracking: 'none' },
    uomConversions: [{ uom: 'XCT', numerator: '12', denominator: '1' }],
  }
  expect(Compile(objectSchemas.item as TSchema).Check(lamp)).toBe(true)
  const asFloat = { uom: 'XCT', numerator: 12, denominator: '1' }
  // @ts-expect-error -- what is added up is text, never a float
  const wrong: Static<typeof itemObject> = { ...lamp, uomConversions: [asFloat] }
  expect(Compile(objectSchemas.item as TSchema).Check(wrong)).toBe(false)
})

test('code lists name what the hub itself knows, no more and no less', () => {
  expectNone(codeListKeys())
})

function shapeOf(schema: TSchema): string | undefined {
  return (schema as { readonly title?: string }).title
}
