import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { StockComparison } from '../../../flow/stock/stock-comparison.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'

const comparison = Type.Object({
  id: Type.String(),
  connection: Type.String({ description: 'The system that was asked.' }),
  state: Type.String({ description: 'running, done or failed.' }),
  takenAt: Type.String({ description: 'When the other system looked, RFC 3339; empty before it answered.' }),
  startedAt: Type.String(),
  endedAt: Type.Optional(Type.String()),
  items: Type.Integer({ description: 'Items that were compared.' }),
  lines: Type.Integer({ description: 'Lines that the other system listed.' }),
  differences: Type.Integer({ description: 'Stocks that the two do not agree on.' }),
  unreadable: Type.Integer({ description: 'Items whose unit could not be converted: nothing is said about them.' }),
  told: Type.Integer({ description: 'Cases that were opened for a person, or closed.' }),
  untold: Type.Integer({ description: 'Cases for which there was no room: the next comparison tells them.' }),
  causes: Type.Record(Type.String(), Type.Integer(), { description: 'How many differences have which cause.' }),
  problem: Type.Optional(freeText(Type.String({ description: 'Why it failed.' }))),
})

const difference = Type.Object({
  sku: Type.String(),
  location: Type.String({ description: 'In the words of the other system.' }),
  status: Type.String({ description: 'Empty: the two are not compared by it.' }),
  lot: Type.String({ description: 'Empty: the two are not compared by it.' }),
  ours: Type.String({ description: 'Decimal in the base unit: what the hub had when the other system looked.' }),
  theirs: Type.String({ description: 'Decimal in the base unit.' }),
  difference: Type.String({ description: 'Ours less theirs.' }),
  cause: Type.String({ description: 'Of the largest part.' }),
  explanations: Type.Array(
    Type.Object({
      cause: Type.String(),
      amount: Type.String({ description: 'The part of the difference that goes back to it; the parts add up.' }),
      certain: Type.Boolean({ description: 'It follows from what is recorded; otherwise it fits to the piece.' }),
      evidence: Type.Array(Type.String(), { description: 'Effects, messages, movements, counts, documents, cells.' }),
    }),
  ),
  repairs: Type.Array(Type.String(), { description: 'What can be done, the best first.' }),
  firstSeenAt: Type.String({
    description: 'When the first of the kept comparisons began that has seen it without a break, RFC 3339.',
  }),
})

export const createStockComparison = defineRoute({
  method: 'POST',
  path: '/v1/stock-comparisons',
  scope: 'inventory:read',
  operationId: 'createStockComparison',
  summary:
    'Compare the stock of the hub with that of another system, and say why they differ; opens cases, corrects nothing',
  tag: 'inventory',
  idempotent: true,
  body: Type.Object({ connection: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
  answer: { status: 202, schema: comparison },
  handle: async ({ gateway, principal, body, once }) => {
    const { connection } = body
    if (gateway.connections().get(connection)?.tenant !== principal.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection })
    const known = await gateway.stockComparisons.get(principal.tenant, `cmp_${once}`)
    if (known !== undefined) return { status: 202, body: shown(known as StockComparison) }
    const { comparison: begun, done } = await gateway.stockComparer.begin(connection, once)
    // Its end is in the list; only the list itself may be out of reach, which the next reader hears.
    done.catch((error: unknown) => gateway.refused(connection, error))
    return { status: 202, body: shown(begun) }
  },
})

export const listStockComparisons = defineRoute({
  method: 'GET',
  path: '/v1/stock-comparisons',
  scope: 'inventory:read',
  operationId: 'listStockComparisons',
  summary: 'The last ten comparisons of each system, and the last that came to its end, newest first',
  tag: 'inventory',
  query: Type.Object({ connection: Type.Optional(Type.String({ maxLength: 100 })) }, { additionalProperties: false }),
  answer: { status: 200, schema: Type.Object({ data: Type.Array(comparison) }) },
  handle: async ({ gateway, principal, query }) => ({
    body: {
      data: (await gateway.stockComparisons.list(principal.tenant, query.connection)).map((one) =>
        shown(one as StockComparison),
      ),
    },
  }),
})

export const readStockComparison = defineRoute({
  method: 'GET',
  path: '/v1/stock-comparisons/{id}',
  scope: 'inventory:read',
  operationId: 'readStockComparison',
  summary: 'How far a comparison is, or what it came to',
  tag: 'inventory',
  answer: { status: 200, schema: comparison },
  handle: async ({ gateway, principal, params }) => {
    const found = await gateway.stockComparisons.get(principal.tenant, params.id ?? '')
    if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'comparison with this id' })
    return { body: shown(found as StockComparison) }
  },
})

const text = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))

export const listStockDifferences = defineRoute({
  method: 'GET',
  path: '/v1/stock-comparisons/{id}/differences',
  scope: 'inventory:read',
  operationId: 'listStockDifferences',
  summary: 'What the two do not agree on, with the causes that are known and what can be done',
  tag: 'inventory',
  query: Type.Object(
    {
      ...pageQuery,
      sku: text('Item number.'),
      location: text('Place, in the words of the other system.'),
      cause: text('Cause of the largest part.'),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(difference) },
  handle: async (call) => {
    const { gateway, principal, params } = call
    const { limit, after, query } = readPage(call)
    const id = params.id ?? ''
    if ((await gateway.stockComparisons.get(principal.tenant, id)) === undefined)
      throw new InterlineError('NOT_FOUND', { what: 'comparison with this id' })
    const { sku, location, cause } = call.query
    const rows = await gateway.stockComparisons.differences({
      comparison: id,
      ...Object.fromEntries(Object.entries({ sku, location, cause, after }).filter(([, one]) => one !== undefined)),
      limit: limit + 1,
    })
    const withoutPosition = ({ position: _position, ...row }: (typeof rows)[number]) => row
    return page(call, { rows, limit, query, position: ({ position }) => position, shown: withoutPosition })
  },
})

function shown(one: StockComparison): Record<string, unknown> {
  return Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'tenant'))
}
