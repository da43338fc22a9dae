import { Type } from 'typebox'
import { InterlineError } from '../../base/errors.ts'
import { availability } from '../../model/stock/availability.ts'
import type { StockState } from '../../model/stock/state.ts'
import { stockSubject } from '../../model/stock/subject.ts'
import { instantOf } from '../instant.ts'
import { page, pageQuery, pageSchema, readPage } from '../page.ts'
import { defineRoute } from '../route.ts'

const quantity = (description: string) => Type.String({ description: `Decimal in the base unit. ${description}` })

const many = (description: string) =>
  Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 20 })], { description }))

export const listBalances = defineRoute({
  method: 'GET',
  path: '/v1/inventory/balances',
  scope: 'inventory:read',
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

export const readAvailability = defineRoute({
  method: 'GET',
  path: '/v1/inventory/availability',
  scope: 'inventory:read',
  operationId: 'readAvailability',
  summary: 'Available to promise of an item, straight from the ledger',
  tag: 'inventory',
  query: Type.Object(
    {
      sku: Type.String({ maxLength: 100, description: 'Item number.' }),
      location: Type.Optional(Type.String({ maxLength: 100, description: 'One location; all of them without it.' })),
      at: Type.Optional(
        Type.String({ description: 'Inbound stock that is due by then counts, RFC 3339. Now without it.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      sku: Type.String(),
      availableToPromise: quantity('available + inbound − allocated − reserved − safetyStock.'),
      available: quantity('On hand and free to use.'),
      inbound: quantity('Confirmed and due by then.'),
      allocated: quantity('For orders that are being picked.'),
      reserved: quantity('Promised.'),
      safetyStock: quantity('Kept back.'),
      uom: Type.String(),
      asOf: Type.String({ description: 'Newest movement that is counted.' }),
    }),
  },
  handle: async ({ gateway, principal, query }) => {
    const subject = stockSubject(principal.tenant, query.sku)
    const stored = (await gateway.backbone.states([subject])).get(subject)
    if (stored === undefined) throw new InterlineError('NOT_FOUND', { what: 'stock of this item' })
    const at = query.at ?? new Date(gateway.now()).toISOString()
    instantOf('at', at)
    const found = availability(JSON.parse(stored.body) as StockState, {
      at,
      ...(query.location === undefined ? {} : { location: query.location }),
    })
    return { body: { sku: query.sku, ...found } }
  },
})
