import { Type } from 'typebox'
import { partsOf } from '../../access/partner-sight.ts'
import { many, page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'

export const listBalances = defineRoute({
  method: 'GET',
  path: '/v1/inventory/balances',
  scope: 'inventory:read',
  partners: true,
  operationId: 'listBalances',
  summary: 'On-hand stock by item, location, status, owner, lot, serial and package',
  tag: 'inventory',
  query: Type.Object(
    { ...pageQuery, sku: many('Item number.'), location: many('Location code.'), status: many('Stock status.') },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        sku: Type.String(),
        location: Type.String(),
        status: Type.String(),
        owner: Type.Optional(Type.String()),
        lot: Type.Optional(Type.String()),
        serial: Type.Optional(Type.String()),
        package: Type.Optional(Type.String()),
        onHand: Type.String({
          description: 'Decimal in the base unit; may be negative: a lost message is the usual cause.',
        }),
        uom: Type.String(),
        asOf: Type.String(),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { sku, location, status } = call.query
    const rows = await call.gateway.stock.list({
      tenant: call.principal.tenant,
      ...partsOf(call),
      ...(sku === undefined ? {} : { sku: [sku].flat() }),
      ...(location === undefined ? {} : { location: [location].flat() }),
      ...(status === undefined ? {} : { status: [status].flat() }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    const named = new Map(rows.map((row) => [row, row.key]))
    const answer = page(call, { rows, limit, query, position: (row) => named.get(row) ?? '' })
    const { data, page: position } = answer.body as { data: typeof rows; page: unknown }
    const hidden = new Set(['tenant', 'subject', 'version', 'key'])
    const shown = data.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== '' && !hidden.has(name))),
    )
    return { ...answer, body: { data: shown, page: position } }
  },
})
