import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { availability } from '../../../model/stock/availability.ts'
import type { StockState } from '../../../model/stock/state.ts'
import { stockSubject } from '../../../model/stock/subject.ts'
import type { Gateway } from '../../gateway.ts'
import { instantOf } from '../../instant.ts'
import { InvalidRequest } from '../../problem.ts'
import { defineRoute } from '../../route.ts'

const quantity = (description: string) => Type.String({ description: `Decimal in the base unit. ${description}` })

const promise = {
  sku: Type.String(),
  availableToPromise: quantity('available + inbound − allocated − reserved − safetyStock.'),
  available: quantity('On hand and free to use.'),
  inbound: quantity('Confirmed and due by then.'),
  allocated: quantity('For orders that are being picked.'),
  reserved: quantity('Promised.'),
  safetyStock: quantity('Kept back.'),
  uom: Type.String(),
  asOf: Type.String({ description: 'Newest movement that is counted.' }),
}
const at = Type.Optional(
  Type.String({ maxLength: 40, description: 'Inbound stock that is due by then counts, RFC 3339. Now without it.' }),
)

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
      at,
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: Type.Object(promise) },
  handle: async ({ gateway, principal, query }) => {
    const subject = stockSubject(principal.tenant, query.sku)
    const { committed } = gateway.node.place
    const stored = committed.known(subject) ?? (await committed.read([subject])).get(subject)
    if (stored === undefined) throw new InterlineError('NOT_FOUND', { what: 'stock of this item' })
    const found = availability(stored.state as StockState, {
      at: instantAt(gateway, query.at),
      ...(query.location === undefined ? {} : { location: query.location }),
    })
    return { body: { sku: query.sku, ...found } }
  },
})

const rowsMost = 2000

export const readAvailabilities = defineRoute({
  method: 'POST',
  path: '/v1/inventory/availability',
  scope: 'inventory:read',
  operationId: 'readAvailabilities',
  summary:
    'Available to promise of many items at many locations, at up to ten dates: a cart, a page of a shop; changes nothing',
  tag: 'inventory',
  repeatable: 'asks',
  body: Type.Object(
    {
      skus: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        minItems: 1,
        maxItems: 200,
        description: 'Item numbers.',
      }),
      locations: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
          minItems: 1,
          maxItems: 50,
          description: 'Each gets a row of its own; without them one row counts all locations.',
        }),
      ),
      at: Type.Optional(
        Type.Array(Type.String({ maxLength: 40 }), {
          minItems: 1,
          maxItems: 10,
          description:
            'Inbound stock that is due by then counts, RFC 3339; each gets a row of its own. Now without it.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(Type.Object({ ...promise, location: Type.Optional(Type.String()), at: Type.String() })),
      unknown: Type.Array(Type.String(), {
        description: 'Items that nobody has ever told anything about: not the same as none in stock.',
      }),
    }),
  },
  handle: async ({ gateway, principal, body }) => {
    const skus = [...new Set(body.skus)]
    const locations = body.locations === undefined ? [undefined] : [...new Set(body.locations)]
    const times = body.at === undefined ? [undefined] : [...new Set(body.at)]
    const rows = skus.length * locations.length * times.length
    if (rows > rowsMost)
      throw new InvalidRequest([
        { pointer: '#/skus', detail: `items × locations × times: ${rows}, at most ${rowsMost}`, code: 'maxItems' },
      ])
    const instants = times.map((one) => instantAt(gateway, one))
    const subjects = new Map(skus.map((sku) => [sku, stockSubject(principal.tenant, sku)]))
    const states = await gateway.node.place.committed.read([...subjects.values()])
    const stateOf = (sku: string): StockState | undefined =>
      states.get(subjects.get(sku) ?? '')?.state as StockState | undefined
    const data = skus.flatMap((sku) => {
      const state = stateOf(sku)
      if (state === undefined) return []
      return locations.flatMap((location) =>
        instants.map((instant) => ({
          sku,
          ...(location === undefined ? {} : { location }),
          at: instant,
          ...availability(state, { at: instant, ...(location === undefined ? {} : { location }) }),
        })),
      )
    })
    return { body: { data, unknown: skus.filter((sku) => stateOf(sku) === undefined) } }
  },
})

/** Throws REQUEST_INVALID. */
function instantAt(gateway: Gateway, told: string | undefined): string {
  if (told === undefined) return new Date(gateway.now()).toISOString()
  instantOf('at', told)
  return told
}
