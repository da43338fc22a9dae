import { expect, test } from 'vitest'
import { compareContracts } from './compare.ts'
import { readContracts } from './read-contracts.ts'

const read = (schema: unknown) => readContracts([{ path: 'facts/order.received.json', text: JSON.stringify(schema) }])

test('few lines that unfold to more than a machine holds are a fault of the file', () => {
  const definitions = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `d${at}`,
      { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
    ]),
  )
  const { contracts, faults } = read({ $defs: { ...definitions, d40: { type: 'string' } }, $ref: '#/$defs/d0' })
  expect(contracts).toEqual([])
  expect(faults).toEqual([expect.stringContaining('facts/order.received.json: is too large')])
})

test.each<[string, unknown, string]>([
  ['a member that is none', { properties: { sku: null } }, '#/properties/sku is no schema'],
  ['members as a list', { properties: [] }, '#/properties is no object'],
  ['a duty as text', { required: 'sku' }, '#/required is no list'],
  ['values as text', { items: { enum: 'EA' } }, '#/items/enum is no list'],
  ['forms as an object', { anyOf: { a: true } }, '#/anyOf is no list'],
])('what is no schema is a fault with its place: %s', (_, schema, fault) => {
  expect(read(schema).faults).toEqual([`facts/order.received.json: ${fault}`])
})

test('what is nested deeper than anybody exchanges is a fault', () => {
  const deep = Array.from({ length: 300 }).reduce<object>((inner) => ({ items: inner }), {})
  expect(read(deep).faults).toEqual([expect.stringContaining('is nested too deep')])
})

test('forms within forms are compared in a moment', () => {
  const nested = (leaf: object): object =>
    Array.from({ length: 40 }).reduce<object>((inner) => ({ anyOf: [inner, { type: 'null' }] }), leaf)
  const [before, after] = [nested({ type: 'string' }), nested({ type: 'integer' })].map((one) => read(one).contracts[0])
  if (before === undefined || after === undefined) throw new Error('nothing was read')
  expect(compareContracts(before, after).some(({ isBreaking }) => isBreaking)).toBe(true)
})
