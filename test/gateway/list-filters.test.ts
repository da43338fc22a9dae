import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { routes } from '../../src/gateway/all.ts'
import { InvalidRequest, problemOf } from '../../src/gateway/problem.ts'
import { readQuery } from '../../src/gateway/request.ts'
import type { Route } from '../../src/gateway/route.ts'

interface Declared {
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Declared[]
}

/** Values of a filter that takes no other; none for a text. */
const valuesOf = (schema: Declared): readonly string[] =>
  schema.enum ?? schema.anyOf?.flatMap((one) => one.enum ?? []) ?? []

function refusal(route: Route, query: unknown): ReturnType<typeof problemOf> | undefined {
  if (route.query === undefined) throw new Error(`${route.operationId} declares no query`)
  try {
    readQuery(route, Compile(route.query), query)
    return undefined
  } catch (error) {
    if (error instanceof InvalidRequest) return problemOf(error, '')
    throw error
  }
}

const filters = routes
  .filter(({ method }) => method === 'GET')
  .flatMap((route) =>
    Object.entries((route.query?.properties ?? {}) as Readonly<Record<string, Declared>>).flatMap(([name, schema]) => {
      const values = valuesOf(schema)
      const isMany = schema.anyOf !== undefined
      return values.length === 0 ? [] : [{ route, name, values, isMany, place: `${route.path}?${name}` }]
    }),
  )

test.each(filters)('$place takes each of its values, and refuses any other by naming them', (filter) => {
  const { route, name, values, isMany } = filter
  for (const value of values) expect(refusal(route, { [name]: value })).toBeUndefined()
  if (isMany) expect(refusal(route, { [name]: values.slice(0, 20) })).toBeUndefined()
  const wrong = isMany ? ['no_such_value', [values[0], 'no_such_value']] : ['no_such_value']
  for (const value of wrong) {
    const problem = refusal(route, { [name]: value })
    expect(problem).toMatchObject({ code: 'REQUEST_INVALID' })
    expect(problem?.errors?.find(({ code }) => code === 'enum')?.detail).toContain(values.join(', '))
  }
})

const documents = ['appointments', 'deliveries', 'freight-invoices', 'invoices', 'orders', 'receipts', 'returns']

test.each([
  ...['/v1/transmissions?status', '/v1/transmissions?response'],
  ...['/v1/shipments', '/v1/shipments/positions', ...documents.map((path) => `/v1/${path}`)].flatMap((path) => [
    `${path}?status`,
    `${path}?exception`,
  ]),
])('%s is no free text: a value that does not exist would match nothing in silence', (place) => {
  expect(filters.map((filter) => filter.place)).toContain(place)
})

test('each kind of document has its own statuses', () => {
  const of = (place: string) => filters.find((filter) => filter.place === place)?.values
  expect(of('/v1/orders?status')).toContain('backordered')
  expect(of('/v1/receipts?status')).not.toContain('backordered')
})
